"""The injects against the plan: what was given out, what was not and why, and the road through the branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.documents.blocks import Block, Paragraph, Section, Table, Words, joined, refs, sentences, woven
from tabletop.documents.words import and_listed, bare, because, capital, listed, minute, quoted
from tabletop.review.branches import Branch
from tabletop.review.course import InjectPlayed
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.scenario.conditions import reads
from tabletop.scenario.model import Inject


def injects(review: Review) -> Section:
    """Each inject: when it was planned, when it was given out, what became of it."""
    rows = tuple(_inject(played, review) for played in _in_order(review.injects))
    if not rows:
        return Section(fixed("Injects"), (Paragraph((fixed("The exercise has no inject."),)),))
    opening = Paragraph((fixed("Planned and given out are in hours and minutes of the move."),))
    columns = (fixed("Inject"), fixed("Move"), fixed("Planned"), fixed("Given out"), fixed("What became of it"))
    return Section(fixed("Injects"), (opening, Table(columns, rows)))


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
    if inject.delay:
        what = fixed("{what}, plus {minutes:minute|minutes}", what=what, minutes=inject.delay)
    return fixed("{what}, from {time} on", what=what, time=minute(at)) if at else what


def _awaited(inject: Inject, review: Review) -> str:
    """What it waited for: an answer, where its condition asks of nothing else."""
    facts = reads(inject.when)
    decisions = sorted({review.numbers.get(id, 0) for kind, id in facts if kind == "chose"})
    if len(decisions) == 1 and decisions[0] and all(kind == "chose" for kind, _ in facts):
        return fixed("after the answer to decision {number}", number=decisions[0])
    return fixed("once its condition held")


def _fate(played: InjectPlayed, review: Review) -> Iterator[Words]:
    if played.written:
        yield woven("written on the spot{seqs}", seqs=refs(played.written.seq))
    yield from (woven("reworded{seqs}", seqs=refs(entry.seq)) for entry in played.reworded)
    back = fixed("held back to the end") if played.fate == "held" else fixed("held back")
    for hold in played.held:
        yield (because(back, bare(hold.data.reason)), *refs(hold.seq))
    for release in played.released:
        cells = review.names.cells(release.data.cells)
        yield woven("given to {cells}{seqs}", cells=cells, seqs=refs(release.seq))
    branch = review.branches.get(played.inject.id)
    if played.released and branch and not branch.held:
        yield (fixed("by control's choice, {although}", although=_although(branch, review)),)
    for reveal in played.revealed:
        cells = review.names.cells(reveal.data.cells)
        yield woven("shown to {cells} too{seqs}", cells=cells, seqs=refs(reveal.seq))
    if skip := played.skipped:
        reason = bare(skip.data.reason)
        out = because(fixed("left out"), reason) if reason else fixed("left out, no reason recorded")
        yield (out, *refs(skip.seq))
    elif not played.released and played.fate != "held":
        yield (_not_given(played, branch, review),)


def _not_given(played: InjectPlayed, branch: Branch | None, review: Review) -> str:
    match played.fate:
        case "in the pocket":
            return fixed("kept in the pocket")
        case "not reached":
            return fixed("its move was not played")
        case "not taken" if branch:
            over = _over(played, review)
            taken = fixed("branch not taken") if over else fixed("branch not taken when the record ends")
            return because(taken, _why_not(branch, review))
    if _over(played, review):
        if branch:
            return fixed("not given out: its condition held, and the move was over before it was")
        return fixed("not given out: the move was over before it was")
    if branch:
        return fixed("not given out: its condition held, and the record ends before it was")
    return fixed("not given out: the record ends before it was")


def _over(played: InjectPlayed, review: Review) -> bool:
    return any(move.finished for move in review.moves if move.move == played.move)


def _why_not(branch: Branch, review: Review) -> str:
    """What the branch was for, or what came in its place."""
    if needed := review.explained.needed(branch.when, branch.play):
        return fixed("it was for the case that {condition}", condition=needed)
    came = [review.names.inject(id) for id in review.explained.instead(branch.when, branch.play)]
    return fixed("{injects} came instead", injects=and_listed(came)) if came else fixed("its condition did not hold")


def _although(branch: Branch, review: Review) -> str:
    came = [review.names.inject(id) for id in review.explained.instead(branch.when, branch.play)]
    if needed := review.explained.needed(branch.when, branch.play):
        return fixed("although it was for the case that {condition}", condition=needed)
    if came:
        return fixed("although it was not to come beside {injects}", injects=and_listed(came))
    return fixed("although its condition did not hold")


# --- how many ----------------------------------------------------------------------------------------


def counted(review: Review) -> Words:
    """How many were given out, and what became of the others, in sentences."""
    by_fate: dict[str, list[InjectPlayed]] = {}
    for played in review.injects:
        by_fate.setdefault(played.fate, []).append(played)
    given = by_fate.get("released", [])
    words = fixed(
        "{injects:inject|injects} {injects:~was|were} given out{parts}.", injects=len(given), parts=_of_these(given)
    )
    besides = _besides(by_fate)
    return sentences(
        capital(words),
        fixed("{parts}.", parts=besides) if besides else "",
        *(_missed(label, by_fate.get(fate, [])) for fate, label in _MISSED),
    )


_MISSED = (
    ("skipped", key("Left out: {injects}.")),
    ("held", key("Held back to the end: {injects}.")),
    ("lost", key("Not reached before its move, or the record, was over: {injects}.")),
)


def _of_these(given: Sequence[InjectPlayed]) -> str:
    pocket = sum(1 for each in given if each.inject.contingency and not each.written)
    written = sum(1 for each in given if each.written)
    parts = [
        *([fixed("{number} from the facilitator's pocket", number=pocket)] if pocket else []),
        *([fixed("{number} written on the spot", number=written)] if written else []),
    ]
    return fixed(" ({said})", said=and_listed(parts)) if parts else ""


def _besides(by_fate: dict[str, list[InjectPlayed]]) -> str:
    kinds = (
        (
            "not taken",
            key("{number} {number:~stood on a branch that was not taken|stood on branches that were not taken}"),
        ),
        ("in the pocket", key("{number} {number:~was|were} kept in the pocket")),
        (
            "not reached",
            key("{number} {number:~belonged to a move that was not played|belonged to moves that were not played}"),
        ),
    )
    found = [(len(by_fate.get(fate, ())), told) for fate, told in kinds]
    return capital(and_listed(fixed(told, number=number) for number, told in found if number))


def _missed(label: str, missed: Sequence[InjectPlayed]) -> Words:
    return woven(label, injects=listed(_missing(each) for each in missed)) if missed else ()


def _missing(played: InjectPlayed) -> Words:
    skip = played.skipped
    hold = played.held[-1] if played.held and not skip else None
    entry = skip or hold
    if entry is None:
        return (quoted(played.title),)
    reason = entry.data.reason.strip().rstrip(".") or fixed("no reason recorded")
    return woven("{inject} ({reason}){seqs}", inject=quoted(played.title), reason=reason, seqs=refs(entry.seq))


# --- the road ----------------------------------------------------------------------------------------


def road(review: Review) -> Section:
    """Which branches were taken, on what that turned, and what was not seen for it."""
    taken = [branch for branch in review.branches.values() if branch.seq is not None]
    if not taken:
        return Section(fixed("The road through the branches"), (Paragraph((_no_road(review),)),))
    rows = tuple(_taken(branch, review) for branch in sorted(taken, key=lambda each: each.seq or 0))
    blocks: tuple[Block, ...] = (
        Paragraph((fixed("Which choices and tracks led where, and what was left aside for it:"),)),
        Table((fixed("What came"), fixed("Because"), fixed("Instead of")), rows),
    )
    return Section(fixed("The road through the branches"), blocks)


def _no_road(review: Review) -> str:
    conditional = any(review.index.conditional(id) for id in review.index.injects)
    return fixed("No branch was taken.") if conditional else fixed("The exercise has no branches.")


def _taken(branch: Branch, review: Review) -> tuple[Words, ...]:
    name = (
        review.names.inject(branch.id)
        if branch.kind == "inject"
        else fixed("the move {move}", move=review.names.move(branch.id))
    )
    came = (name, *(refs(branch.seq) if branch.seq is not None else ()))
    return came, capital_words(because_of(branch, review)), (instead_of(branch, review),)


def because_of(branch: Branch, review: Review) -> Words:
    """What made it come: choices and values with their entries, or control's choice against its condition."""
    if not branch.held:
        return (fixed("control's choice, {although}", although=_although(branch, review)),)
    clauses = review.explained.met(branch.when, branch.play)
    return joined(((clause.words, *refs(*clause.seqs)) for clause in clauses), fixed(", and "))


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
    return fixed(", ").join(review.names.inject(id) for id in shut_out(branch, review))


def shut_out(branch: Branch, review: Review) -> list[str]:
    """The injects that were left aside for it: of those that the same facts shut out, the ones nearest to its moment.

    One fact may shut out an early inject and a late one; each is told beside what came at its own time.
    """
    came = [each for each in review.branches.values() if each.seq is not None]
    lost = (each for each in review.branches.values() if each.seq is None and not each.held)
    at = {id: inject.at for id, inject in review.index.injects.items()}
    found = []
    for each in lost:
        apart = {other.id: abs(at[other.id] - at[each.id]) for other in came if _gave_way(each, other, review)}
        if branch.id in apart and apart[branch.id] == min(apart.values()):
            found.append(each.id)
    return found


def _gave_way(lost: Branch, came: Branch, review: Review) -> bool:
    """Whether an inject did not come for what another of its move turned on, or for that other alone."""
    move = review.index.move_of.get(came.id)
    if move is None or review.index.move_of.get(lost.id) is not move:
        return False
    if lacking := review.explained.lacking(lost.when, lost.play):
        return bool(lacking & {fact for fact in reads(came.when) if fact[0] != "released"})
    return ("released", came.id) in reads(lost.when)


def capital_words(words: Words) -> Words:
    """Words that begin with a capital."""
    first = words[0] if words else ""
    return (capital(first), *words[1:]) if isinstance(first, str) else words
