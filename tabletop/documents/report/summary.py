"""The executive summary: plain sentences made from the facts in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Section, Words, refs, say
from tabletop.documents.report.happenings import changes, choice
from tabletop.documents.words import RATINGS, and_listed, capital, count, date, lasting, quoted, was
from tabletop.review.decisions import CellAnswers, DecisionTaken
from tabletop.review.reviewing import Review
from tabletop.review.tracks import TrackCourse, moved

_MOST = 12  # decisions named and lines cited at most; their own section has all of them


def summary(review: Review) -> Section:
    """The section on the session as a whole."""
    about = review.exercise.summary
    blocks: list[Block] = [Paragraph((about,))] if about and review.exercise.background else []
    blocks.append(Paragraph(say(_held(review), " ", _played(review))))
    blocks.append(Paragraph(say(_decided(review))))
    if key := list(_key_decisions(review)):
        told = _most_telling(key)
        blocks += [Paragraph(("The decisions that steered play, met dissent or moved a track:",))]
        blocks.append(Bullets(tuple(_in_short(decision, cell, review) for decision, cell in told)))
        if len(key) > len(told):
            blocks.append(Paragraph((f"{len(key) - len(told)} more are under Decisions.",)))
    blocks += [Paragraph(words) for words in (_tracks(review), _evaluated(review), _agreed(review)) if words]
    return Section("Executive summary", tuple(blocks))


def _held(review: Review) -> Words:
    times, people = review.times, [each for each in review.participants if each.kind == "player"]
    who = f" with {count(len(people), 'player')}" if people else ""
    cells = count(len(review.exercise.cells), "cell")
    played = f"{quoted(review.exercise.title)} was played in the session {quoted(review.name)}"
    if times.started is None:
        opened = f"The session {quoted(review.name)} of {quoted(review.exercise.title)} was opened"
        return say(opened, refs(0), ", and play did not start.")
    day = f" on {date(times.started.at)} by {cells}{who}"
    planned = f"of {lasting(times.planned_minutes * 60)} planned"
    ends = refs(times.started.seq, *([times.ended.seq] if times.ended else []))
    return say(f"{played}{day}. Play took {lasting(times.play)} {planned}", ends, ".")


def _played(review: Review) -> Words:
    moves = len({played.move for played in review.moves})
    fates = Counter(played.fate for played in review.injects if not played.written)
    released = fates["released"]
    all_moves, planned = len(review.exercise.moves), len(list(review.exercise.injects()))
    written = sum(1 for played in review.injects if played.written)
    more = f"; {count(written, 'more inject')} {was(written)} written on the spot" if written else ""
    skipped = f" and {fates['skipped']} skipped" if fates["skipped"] else ""
    return say(
        f"{moves} of {count(all_moves, 'move')} {was(moves)} played",
        _cited([played.seq for played in review.moves], "Timeline"),
        f". Of {count(planned, 'planned inject')}, {released or 'none'} {was(released)} released",
        f"{skipped}{more}",
        _cited(_injects(review), "Timeline"),
        ".",
    )


def _injects(review: Review) -> list[int]:
    releases = [entry.seq for played in review.injects for entry in played.released[:1]]
    return [*releases, *(played.skipped.seq for played in review.injects if played.skipped)]


def _cited(seqs: list[int], section: str) -> Words:
    """References where they are few, else the section that has them all."""
    return refs(*sorted(seqs)) if len(seqs) <= _MOST else (f" (see {section})",)


def _decided(review: Review) -> Words:
    answers = [cell.newest.entry for decision in review.decisions for cell in decision.by_cells]
    if not answers:
        return ("No decision was recorded.",)
    given = [answer.entry for decision in review.decisions for answer in decision.answers]
    asked = count(len(review.decisions), "decision")
    return say(
        f"{count(len(answers), 'answer')} to {asked} {was(len(answers))} recorded",
        _cited([entry.seq for entry in answers], "Decisions"),
        ".",
        _share(
            "Dissent is on record in",
            "entry",
            "entries",
            [entry.seq for entry in given if entry.data.dissents],
        ),
        _share("No answer came in", "case", "cases", [e.seq for e in answers if e.data.outcome != "answered"]),
        _share("An answer was revised in", "case", "cases", _revisions(review)),
        _missing(sum(len(decision.unanswered) for decision in review.decisions)),
    )


def _revisions(review: Review) -> list[int]:
    return [each.entry.seq for each in review.corrections if each.kind == "revised" and each.standing]


def _share(what: str, one: str, many: str, seqs: list[int]) -> Words:
    return say(f" {what} {count(len(seqs), one, many)}", refs(*seqs), ".") if seqs else ()


def _missing(number: int) -> str:
    return f" Of {count(number, 'answer')} asked for there is no record." if number else ""


def _key_decisions(review: Review) -> Iterator[tuple[DecisionTaken, CellAnswers]]:
    for decision in review.decisions:
        for cell in decision.by_cells:
            dissent = any(answer.entry.data.dissents for answer in cell.answers)
            if decision.steers or dissent or moved(cell.newest.entry.data):
                yield decision, cell


def _most_telling(key: list[tuple[DecisionTaken, CellAnswers]]) -> list[tuple[DecisionTaken, CellAnswers]]:
    """The first of those that steered play, then of those that met dissent, in the order of play."""

    def rank(place: int) -> tuple[bool, bool]:
        decision, cell = key[place]
        return not decision.steers, not any(answer.entry.data.dissents for answer in cell.answers)

    return [key[place] for place in sorted(sorted(range(len(key)), key=rank)[:_MOST])]


def _in_short(decision: DecisionTaken, cell: CellAnswers, review: Review) -> Words:
    entry = cell.newest.entry
    dissent = f", {count(len(entry.data.dissents), 'dissent')}" if entry.data.dissents else ""
    effects = changes(entry.data, review.names)
    asked = f", asked {quoted(decision.question)}" if decision.question else ""
    answer = f": {choice(entry.data, review)}{dissent}"
    cells = and_listed(review.names.cell(id) for id in cell.cells)
    return say(f"{cells}{asked}{answer}", refs(entry.seq), ".", f" {effects}" if effects else "")


def _tracks(review: Review) -> Words:
    courses = [course for course in review.tracks if course.changes]
    if not courses:
        return ()
    return say(
        "; ".join(_moved(course) for course in courses),
        refs(*(course.changes[-1].entry.seq for course in courses)),
        ".",
    )


def _moved(course: TrackCourse) -> str:
    name, start, end = course.track.name, course.track.start, course.end
    return f"{name} ended where it began, at {end}" if start == end else f"{name} went from {start} to {end}"


def _evaluated(review: Review) -> Words:
    ratings = [each.rating for each in review.objectives if each.rating]
    goals = len(review.exercise.objectives)
    if not ratings:
        words: Words = (f"{_none_of(goals)}.",) if goals else ()
    else:
        shares = Counter(str(entry.data.rating) for entry in ratings)
        parts = [f"{shares[grade]} {grade} ({name.lower()})" for grade, name in RATINGS.items() if shares[grade]]
        seqs = refs(*sorted(entry.seq for entry in ratings))
        words = say(f"Of {_all_of(goals)}, {len(ratings)} {was(len(ratings))} rated: ", and_listed(parts))
        words = say(words, seqs, ".")
    strengths = [entry.seq for each in review.objectives for entry in each.strengths]
    areas = [entry.seq for each in review.objectives for entry in each.improvements]
    found = capital(
        f"{count(len(strengths), 'strength')} and {count(len(areas), 'area')} for improvement were recorded"
    )
    cited = _cited([*strengths, *areas], "Observations by objective")
    return say(words, " " if words else "", found, cited, ".")


def _all_of(goals: int) -> str:
    return "the one objective" if goals == 1 else f"the {goals} objectives"


def _none_of(goals: int) -> str:
    return "The one objective was not rated" if goals == 1 else f"None of {_all_of(goals)} was rated"


def _agreed(review: Review) -> Words:
    if not review.actions:
        return ("No corrective action was agreed.",)
    number = len(review.actions)
    seqs = refs(*(action.entry.seq for action in review.actions))
    agreed = f"{count(number, 'corrective action')} {was(number)} agreed"
    return say(agreed, seqs, "; see the improvement plan.")
