"""The executive summary: plain sentences made from the facts in the log, beginning with what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Section, Words, joined, refs, say
from tabletop.documents.report.happenings import choice
from tabletop.documents.report.injects import because_of, counted, led_to
from tabletop.documents.report.standing import rehearsed
from tabletop.documents.words import (
    RATINGS,
    and_listed,
    capital,
    count,
    date,
    first_sentence,
    lasting,
    quoted,
    sentence,
    was,
)
from tabletop.review.decisions import CellAnswers, DecisionTaken
from tabletop.review.reviewing import Review
from tabletop.review.tracks import TrackCourse, moved
from tabletop.scenario.conditions import reads

_MOST = 12  # lines cited at most; the section that is named has all of them


def summary(review: Review) -> Section:
    """The section on the session as a whole."""
    happened = say(" ", _played(review), " ", counted(review)) if review.times.started else ()
    blocks: list[Block] = [Paragraph(say(_held(review), happened)), Paragraph(say(_decided(review)))]
    turning = sorted(_turning_points(review), key=lambda each: each[1].newest.entry.seq)
    if told := tuple(_in_short(decision, cell, review) for decision, cell in turning):
        blocks += [Paragraph(("The answers on which play turned, or that met dissent:",)), Bullets(told)]
    if turned := tuple(_by_tracks(review)):
        blocks += [Paragraph(("Where the tracks decided what came:",)), Bullets(turned)]
    blocks += [Paragraph(words) for words in (_ending(review),) if words]
    if courses := [course for course in review.tracks if course.changes]:
        blocks += [Paragraph(("The tracks, each with its last change:",)), Bullets(tuple(map(_moved, courses)))]
    blocks += [Paragraph(words) for words in (_evaluated(review), _agreed(review), _scenario(review)) if words]
    return Section("Executive summary", tuple(blocks))


def _held(review: Review) -> Words:
    times, people = review.times, [each for each in review.participants if each.kind == "player"]
    who = f" with {count(len(people), 'player')}" if people else ""
    cells = count(len(review.exercise.cells), "cell")
    title = quoted(review.exercise.title)
    if times.started is None:
        return say(f"The session {quoted(review.name)} of {title} was opened", refs(0), ", and play did not start.")
    if rehearsed(review):
        held = f"{title} was rehearsed by the program for {cells}; nobody was in the room"
    else:
        held = f"{title} was played on {date(times.started.at)} by {cells}{who}"
    planned = f"of {lasting(times.planned_minutes * 60)} planned"
    ends = refs(times.started.seq, *([times.ended.seq] if times.ended else []))
    return say(f"{held}. Play took {lasting(times.play)} {planned}", ends, ".")


def _played(review: Review) -> Words:
    moves, planned = len({played.move for played in review.moves}), len(review.exercise.moves)
    if not moves:
        return ("No move was begun.",)
    cited = _cited([played.seq for played in review.moves], "Timeline")
    if moves == planned:
        words = {1: "The one move was played", 2: "Both moves were played"}.get(
            planned, f"All {planned} moves were played"
        )
    else:
        last = "" if moves == 1 else "the last "
        words = f"{moves} of {planned} moves {was(moves)} played, {last}{quoted(review.moves[-1].title)}"
    return say(words, cited, ".")


def _cited(seqs: list[int], section: str) -> Words:
    """References where they are few, else the section that has them all."""
    return refs(*sorted(seqs)) if len(seqs) <= _MOST else (f" (see {section})",)


def _decided(review: Review) -> Words:
    answers = [cell.newest.entry for decision in review.decisions for cell in decision.by_cells]
    if not answers:
        return ("No decision was recorded.",)
    replaced = [answer.entry for each in review.decisions for cell in each.by_cells for answer in cell.answers[:-1]]
    asked = count(len(review.decisions), "question")
    own = [entry.seq for entry in answers if entry.data.outcome == "answered" and not entry.data.option]
    tracks = sum(1 for entry in answers if any(before != after for before, after in moved(entry.data).values()))
    return say(
        f"{count(len(answers), 'answer')} to {asked} {was(len(answers))} recorded",
        f", and {tracks} of them moved a track" if tracks else "",
        _cited([entry.seq for entry in answers], "Decisions"),
        ".",
        _own(own),
        _dissent([e.seq for e in answers if e.data.dissents], [e.seq for e in replaced if e.data.dissents]),
        _share("No answer came in", "case", "cases", [e.seq for e in answers if e.data.outcome != "answered"]),
        _replaced(_revisions(review)),
        _missing(sum(len(decision.unanswered) for decision in review.decisions)),
    )


def _own(seqs: list[int]) -> Words:
    number = len(seqs)
    return (
        say(f" {count(number, 'answer')} {was(number)} in the cells' own words", refs(*sorted(seqs)), ".")
        if seqs
        else ()
    )


def _revisions(review: Review) -> list[int]:
    return [each.entry.seq for each in review.corrections if each.kind == "revised" and each.standing]


def _share(what: str, one: str, many: str, seqs: list[int]) -> Words:
    return say(f" {what} {count(len(seqs), one, many)}", refs(*sorted(seqs)), ".") if seqs else ()


def _dissent(now: list[int], before: list[int]) -> Words:
    """On how many answers that count there is dissent, and on how many that no longer do."""
    if not now and not before:
        return ()
    earlier = say(f"{count(len(before), 'earlier answer')} that no longer {_counts(before)}", refs(*sorted(before)))
    if not now:
        return say(" Dissent is on record only on ", earlier, ".")
    there = say(f" Dissent is on record on {count(len(now), 'answer')}", refs(*sorted(now)))
    return say(there, say(" and on ", earlier) if before else "", ".")


def _counts(seqs: list[int]) -> str:
    return "counts" if len(seqs) == 1 else "count"


def _replaced(seqs: list[int]) -> Words:
    """Whether minds changed or the record was put right is for the reasons to say."""
    if not seqs:
        return ()
    cases = f" In {count(len(seqs), 'case')} a later answer was put in place of an earlier one"
    return say(cases, refs(*sorted(seqs)), "; Appendix D has the reasons.")


def _missing(number: int) -> str:
    return (
        f" {capital(count(number, 'answer'))} that {was(number)} asked for {was(number)} not recorded."
        if number
        else ""
    )


def _turning_points(review: Review) -> Iterator[tuple[DecisionTaken, CellAnswers]]:
    """The answers that led to a branch or met dissent, all of them."""
    for decision in review.decisions:
        steered = bool(led_to(decision.id, review))
        for cell in decision.by_cells:
            if steered or any(answer.entry.data.dissents for answer in cell.answers):
                yield decision, cell


def _in_short(decision: DecisionTaken, cell: CellAnswers, review: Review) -> Words:
    entry = cell.newest.entry
    led = led_to(decision.id, review)
    asked = f", asked {review.names.question(decision.id)}" if decision.question else ""
    return say(
        f"{review.names.each(cell.cells)}{asked}: {choice(entry.data, review)}",
        _dissented(cell),
        refs(entry.seq),
        say(". It led to ", joined((say(review.names.inject(id), refs(seq)) for id, seq in led), "; ")) if led else "",
        ".",
    )


def _dissented(cell: CellAnswers) -> str:
    now = len(cell.newest.entry.data.dissents)
    before = sum(len(answer.entry.data.dissents) for answer in cell.answers[:-1])
    if not now:
        return f", after {count(before, 'dissent')} from an earlier answer" if before else ""
    return f", with {count(now, 'dissent')}{f', and {before} from an earlier answer' if before else ''}"


def _by_tracks(review: Review) -> Iterator[Words]:
    """The branches that came for the tracks' values, and for no choice."""
    for branch in sorted(review.branches.values(), key=lambda each: each.seq or 0):
        if branch.seq is None or not branch.held or branch.kind != "inject":
            continue
        kinds = {kind for kind, _ in reads(branch.when)}
        if "track" in kinds and "chose" not in kinds:
            yield say(review.names.inject(branch.id), refs(branch.seq), " came, as ", because_of(branch, review), ".")


def _ending(review: Review) -> Words:
    """How play ended: the last inject that was given out."""
    given = [(entry.seq, each) for each in review.injects for entry in each.released[:1]]
    if not given:
        return ()
    seq, last = max(given, key=lambda each: each[0])
    ended = "The last inject was" if review.finished else "The last inject on record was"
    return say(f"{ended} {quoted(last.title)}", refs(seq), ".")


def _moved(course: TrackCourse) -> Words:
    name, start, end = course.track.name, course.track.start, course.end
    meaning = f": {quoted(course.meaning)}" if course.meaning else ""
    went = f"ended where it began, at {end}" if start == end else f"went from {start} to {end}"
    scale = f"on a scale of {course.track.min} to {course.track.max}"
    return say(f"{name} {went}, {scale}{meaning}", refs(course.changes[-1].entry.seq), ".")


def _evaluated(review: Review) -> Words:
    ratings = [each.rating for each in review.objectives if each.rating]
    goals = len(review.exercise.objectives)
    if not ratings:
        words: Words = (f"{_none_of(goals)}.",) if goals else ()
    else:
        shares = Counter(str(entry.data.rating) for entry in ratings)
        parts = [f"{shares[grade]} {grade} ({name.lower()})" for grade, name in RATINGS.items() if shares[grade]]
        seqs = refs(*sorted(entry.seq for entry in ratings))
        words = say(f"{_rated(len(ratings), goals)}: ", and_listed(parts))
        words = say(words, seqs, ".")
    strengths = [entry.seq for each in review.objectives for entry in each.strengths]
    areas = [entry.seq for each in review.objectives for entry in each.improvements]
    found = capital(
        f"{count(len(strengths), 'strength')} and {count(len(areas), 'area')} for improvement were recorded"
    )
    cited = _cited([*strengths, *areas], "Observations by objective")
    return say(words, " " if words else "", found, cited, ".")


def _rated(number: int, goals: int) -> str:
    if number == goals:
        return "The one objective was rated" if goals == 1 else f"All {goals} objectives were rated"
    return f"{number} of {goals} objectives {was(number)} rated"


def _none_of(goals: int) -> str:
    return "The one objective was not rated" if goals == 1 else f"None of the {goals} objectives was rated"


def _agreed(review: Review) -> Words:
    if not review.actions:
        return ("No corrective action was agreed.",)
    number = len(review.actions)
    seqs = refs(*(action.entry.seq for action in review.actions))
    agreed = f"{capital(count(number, 'corrective action'))} {was(number)} agreed"
    return say(agreed, seqs, "; see the improvement plan.")


def _scenario(review: Review) -> Words:
    about = first_sentence(review.exercise.summary)
    return (f"The scenario: {sentence(about)}",) if about else ()
