"""The injects against the plan: what was given out, what was not and why, and the road through the branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.documents.blocks import Block, Paragraph, Section, Table, Words, joined, refs, say
from tabletop.documents.words import and_listed, bare, capital, count, listed, minute, quoted, was
from tabletop.review.branches import Branch
from tabletop.review.course import InjectPlayed
from tabletop.review.reviewing import Review
from tabletop.scenario.conditions import reads
from tabletop.scenario.model import Inject


def injects(review: Review) -> Section:
    """Each inject: when it was planned, when it was given out, what became of it."""
    rows = tuple(_inject(played, review) for played in _in_order(review.injects))
    if not rows:
        return Section("Injects", (Paragraph(("The exercise has no inject.",)),))
    opening = Paragraph(("Planned and given out are in hours and minutes of the move.",))
    table = Table(("Inject", "Move", "Planned", "Given out", "What became of it"), rows)
    return Section("Injects", (opening, table))


def _in_order(injects: Sequence[InjectPlayed]) -> list[InjectPlayed]:
    """As in the exercise; what was written on the spot stands in its move, behind what had been given out by then."""
    found = [each for each in injects if each.written is None]
    for new in (each for each in injects if each.written is not None):
        there = [at for at, each in enumerate(found) if each.move == new.move]
        before = [at for at in there if found[at].released and _first(found[at]) < _first(new)]
        at = before[-1] if before else there[0] - 1 if there and new.released else there[-1] if there else len(found)
        found.insert(at + 1, new)
    return found


def _first(played: InjectPlayed) -> int:
    """The entry that gave it out, or else wrote it."""
    entry = played.released[0] if played.released else played.written
    return entry.seq if entry else 0


def _inject(played: InjectPlayed, review: Review) -> tuple[Words, ...]:
    move = review.index.moves.get(played.move or "")
    return (
        (played.title,),
        (move.title if move else played.move or "",),
        (planned(played, review),),
        ("" if played.minute is None else minute(played.minute),),
        became(played, review),
    )


def became(played: InjectPlayed, review: Review) -> Words:
    """What became of it, with the entries that say so."""
    return listed(_fate(played, review))


def planned(played: InjectPlayed, review: Review) -> str:
    """When it could come, in minutes of its move; nothing where control chooses."""
    inject, at = played.inject, played.planned_minute
    if at is None:
        return ""
    if inject.when is None or not review.index.conditional(inject.id):
        return minute(max(at, inject.delay))
    what = _awaited(inject, review)
    delay = f", plus {count(inject.delay, 'minute')}" if inject.delay else ""
    return f"{what}{delay}, from {minute(at)} on" if at else f"{what}{delay}"


def _awaited(inject: Inject, review: Review) -> str:
    """What it waited for: an answer, where its condition asks of nothing else."""
    facts = reads(inject.when)
    decisions = sorted({review.numbers.get(id, 0) for kind, id in facts if kind == "chose"})
    if len(decisions) == 1 and decisions[0] and all(kind == "chose" for kind, _ in facts):
        return f"after the answer to decision {decisions[0]}"
    return "once its condition held"


def _fate(played: InjectPlayed, review: Review) -> Iterator[Words]:
    if played.written:
        yield say("written on the spot", refs(played.written.seq))
    yield from (say("reworded", refs(entry.seq)) for entry in played.reworded)
    to_the_end = " to the end" if played.fate == "held" else ""
    for hold in played.held:
        reason = f": {bare(hold.data.reason)}" if hold.data.reason else ""
        yield say(f"held back{to_the_end}{reason}", refs(hold.seq))
    for release in played.released:
        yield say(f"given to {review.names.cells(release.data.cells)}", refs(release.seq))
    branch = review.branches.get(played.inject.id)
    if played.released and branch and not branch.held:
        yield (f"by control's choice, {_although(branch, review)}",)
    for reveal in played.revealed:
        yield say(f"shown to {review.names.cells(reveal.data.cells)} too", refs(reveal.seq))
    if played.skipped:
        reason = bare(played.skipped.data.reason)
        yield say("left out", f": {reason}" if reason else ", no reason recorded", refs(played.skipped.seq))
    elif not played.released and played.fate != "held":
        yield (_not_given(played, branch, review),)


def _not_given(played: InjectPlayed, branch: Branch | None, review: Review) -> str:
    match played.fate:
        case "in the pocket":
            return "kept in the pocket"
        case "not reached":
            return "its move was not played"
        case "not taken" if branch:
            taken = "branch not taken" if _over(played, review) else "branch not taken when the record ends"
            return f"{taken}: {_why_not(branch, review)}"
    ended = "the move was over" if _over(played, review) else "the record ends"
    held = "its condition held, and " if branch else ""
    return f"not given out: {held}{ended} before it was"


def _over(played: InjectPlayed, review: Review) -> bool:
    return any(move.finished for move in review.moves if move.move == played.move)


def _why_not(branch: Branch, review: Review) -> str:
    """What the branch was for, or what came in its place."""
    if needed := review.explained.needed(branch.when, branch.play):
        return f"it was for the case that {needed}"
    came = [review.names.inject(id) for id in review.explained.instead(branch.when, branch.play)]
    return f"{and_listed(came)} came instead" if came else "its condition did not hold"


def _although(branch: Branch, review: Review) -> str:
    came = [review.names.inject(id) for id in review.explained.instead(branch.when, branch.play)]
    if needed := review.explained.needed(branch.when, branch.play):
        return f"although it was for the case that {needed}"
    return f"although it was not to come beside {and_listed(came)}" if came else "although its condition did not hold"


# --- how many ----------------------------------------------------------------------------------------


def counted(review: Review) -> Words:
    """How many were given out, and what became of the others, in sentences."""
    by_fate: dict[str, list[InjectPlayed]] = {}
    for played in review.injects:
        by_fate.setdefault(played.fate, []).append(played)
    given = by_fate.get("released", [])
    return say(
        f"{capital(count(len(given), 'inject'))} {was(len(given))} given out{_of_these(given)}.",
        f" {_besides(by_fate)}." if _besides(by_fate) else "",
        *(_missed(label, by_fate.get(fate, []), review) for fate, label in _MISSED),
    )


_MISSED = (
    ("skipped", "left out"),
    ("held", "held back to the end"),
    ("lost", "not reached before its move, or the record, was over"),
)


def _of_these(given: Sequence[InjectPlayed]) -> str:
    kinds = (
        (sum(1 for each in given if each.inject.contingency and not each.written), "from the facilitator's pocket"),
        (sum(1 for each in given if each.written), "written on the spot"),
    )
    parts = [f"{number} {how}" for number, how in kinds if number]
    return f" ({and_listed(parts)})" if parts else ""


def _besides(by_fate: dict[str, list[InjectPlayed]]) -> str:
    kinds = (
        ("not taken", "stood on a branch that was not taken", "stood on branches that were not taken"),
        ("in the pocket", "was kept in the pocket", "were kept in the pocket"),
        ("not reached", "belonged to a move that was not played", "belonged to moves that were not played"),
    )
    found = [(len(by_fate.get(fate, ())), one, many) for fate, one, many in kinds]
    return capital(and_listed(f"{number} {one if number == 1 else many}" for number, one, many in found if number))


def _missed(label: str, missed: Sequence[InjectPlayed], review: Review) -> Words:
    if not missed:
        return ()
    return say(f" {capital(label)}: ", joined((_missing(each) for each in missed), "; "), ".")


def _missing(played: InjectPlayed) -> Words:
    skip = played.skipped
    hold = played.held[-1] if played.held and not skip else None
    entry = skip or hold
    if entry is None:
        return (quoted(played.title),)
    reason = f" ({entry.data.reason.strip().rstrip('.')})" if entry.data.reason else " (no reason recorded)"
    return say(quoted(played.title), reason, refs(entry.seq))


# --- the road ----------------------------------------------------------------------------------------


def road(review: Review) -> Section:
    """Which branches were taken, on what that turned, and what was not seen for it."""
    taken = [branch for branch in review.branches.values() if branch.seq is not None]
    if not taken:
        return Section("The road through the branches", (Paragraph((_no_road(review),)),))
    rows = tuple(_taken(branch, review) for branch in sorted(taken, key=lambda each: each.seq or 0))
    blocks: tuple[Block, ...] = (
        Paragraph(("Which choices and tracks led where, and what was left aside for it:",)),
        Table(("What came", "Because", "Instead of"), rows),
    )
    return Section("The road through the branches", blocks)


def _no_road(review: Review) -> str:
    conditional = any(review.index.conditional(id) for id in review.index.injects)
    return "No branch was taken." if conditional else "The exercise has no branches."


def _taken(branch: Branch, review: Review) -> tuple[Words, ...]:
    name = review.names.inject(branch.id) if branch.kind == "inject" else f"the move {review.names.move(branch.id)}"
    came = say(name, refs(branch.seq) if branch.seq is not None else "")
    return came, capital_words(because_of(branch, review)), (instead_of(branch, review),)


def because_of(branch: Branch, review: Review) -> Words:
    """What made it come: choices and values with their entries, or control's choice against its condition."""
    if not branch.held:
        return (f"control's choice, {_although(branch, review)}",)
    clauses = review.explained.met(branch.when, branch.play)
    return joined((say(clause.words, refs(*clause.seqs)) for clause in clauses), ", and ")


def led_to(decision: str, review: Review) -> list[tuple[str, int]]:
    """What came because of a decision: the injects and moves with their entries, in order."""
    found = (branch for branch in review.branches.values() if branch.held and branch.seq is not None)
    answers = {answer.entry.seq for answer in review.decision[decision].answers}
    led = [
        (branch.id, branch.seq)
        for branch in found
        if branch.seq is not None
        and any(answers & set(clause.seqs) for clause in review.explained.met(branch.when, branch.play))
        and ("chose", decision) in reads(branch.when)
    ]
    return sorted(led, key=lambda each: each[1])


def instead_of(branch: Branch, review: Review) -> str:
    """The branches of the same move that were shut out by the same facts."""
    return ", ".join(review.names.inject(id) for id in shut_out(branch, review))


def shut_out(branch: Branch, review: Review) -> list[str]:
    """The injects of its move that did not come and ask about the same decisions or tracks, or about it."""
    move = review.index.move_of.get(branch.id)
    asked = reads(branch.when)
    others = [each for each in review.branches.values() if each.seq is None and not each.held]
    return [
        each.id
        for each in others
        if move is not None
        and review.index.move_of.get(each.id) is move
        and (
            {fact for fact in asked & reads(each.when) if fact[0] != "released"}
            or ("released", branch.id) in reads(each.when)
        )
    ]


def capital_words(words: Words) -> Words:
    """Words that begin with a capital."""
    first = words[0] if words else ""
    return (capital(first), *words[1:]) if isinstance(first, str) else words
