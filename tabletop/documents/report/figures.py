"""The report's pictures: what each shows in a sentence, and the numbers behind it with their entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Figure, Paragraph, Ref, Table, Words
from tabletop.documents.report.happenings import cause, choice
from tabletop.documents.words import RATINGS, and_listed, capital, clock, count, lasting
from tabletop.review.charts.lanes import Lanes, Mark, lanes
from tabletop.review.charts.pace import Paced, Thought, move_pace, thinking
from tabletop.review.charts.participation import in_words, participation
from tabletop.review.charts.ratings import rated
from tabletop.review.charts.tracks import TrackLine, track_lines
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.session.events import Answer, InjectReleased, InjectRevealed, Payload

COUNTED = ("Answers", "Said", "Acts", "Messages")
"""What the participation of a cell is counted in."""
_COUNTS = (
    "Answers that were revised count again. Said are notes, facts, assumptions, arguments and remarks of the hot wash; "
    "messages are those sent, and requests to control."
)


def course_figure(review: Review) -> Iterator[Block]:
    """The swim-lanes; nothing where no cell was given or decided anything."""
    chart = lanes(review)
    if not chart.marks:
        return
    rows = tuple(_mark(mark, review.entries[mark.seq], review) for mark in chart.marks)
    table = Table(("Log", "Play", "Cells", "What"), rows)
    yield Figure("The course of play, cell by cell", _course(chart), chart, table)


def _course(chart: Lanes) -> str:
    kinds = Counter(mark.kind for mark in chart.marks)
    dissents = sum(1 for mark in chart.marks if mark.dissents)
    parts = [
        count(kinds["inject"], "inject given out", "injects given out"),
        count(kinds["decision"] + kinds["revised"], "answer"),
        *([count(kinds["no answer"], "case without an answer", "cases without an answer")] * bool(kinds["no answer"])),
    ]
    dissent = f"; {count(dissents, 'answer')} met with dissent" if dissents else ""
    each = and_listed(f"{name} {_of(id, chart)}" for id, name in chart.cells)
    return f"A lane for each cell, time running to the right: {and_listed(parts)}{dissent}. By cell: {each}."


def _of(cell: str, chart: Lanes) -> str:
    kinds = Counter(mark.kind for mark in chart.marks if cell in mark.cells)
    return f"{count(kinds['inject'], 'inject')} and {count(kinds['decision'] + kinds['revised'], 'answer')}"


def _mark(mark: Mark, entry: Entry[Payload], review: Review) -> tuple[Words, ...]:
    data = entry.data
    if isinstance(data, Answer):
        what = f"{'Revised: ' if mark.kind == 'revised' else ''}{choice(data, review)}"
        told = f"{what}, with {count(mark.dissents, 'dissent')}" if mark.dissents else what
    elif isinstance(data, InjectReleased | InjectRevealed):
        told = review.names.inject(data.inject)
    else:
        told = ""
    return (Ref(mark.seq),), (clock(entry.clock),), (review.names.each(mark.cells),), (capital(told),)


def pace_figure(review: Review) -> Iterator[Block]:
    """The moves against their plan."""
    chart = move_pace(review)
    if not chart.moves:
        return
    actual, planned = sum(each.actual for each in chart.moves), sum(each.planned + each.granted for each in chart.moves)
    words = "; ".join(f"{each.title}: {each.actual:.0f} of {_plan(each)} minutes" for each in chart.moves)
    description = f"The moves took {actual:.0f} minutes of {planned:.0f} planned or added. {words}."
    rows = tuple(_paced(each) for each in chart.moves)
    columns = ("Move", "Planned", "Added", "Actual", "Log")
    yield Figure("Planned and actual time of the moves", description, chart, Table(columns, rows))


def _plan(each: Paced) -> str:
    return f"{each.planned:.0f} + {each.granted:.0f}" if each.granted else f"{each.planned:.0f}"


def _paced(each: Paced) -> tuple[Words, ...]:
    numbers = (each.planned, each.granted, each.actual)
    return (each.title,), *((f"{number:.0f} min",) for number in numbers), (Ref(each.seq),)


def thinking_figure(review: Review) -> Iterator[Block]:
    """How long the answers took."""
    chart = thinking(review)
    if not chart.answers:
        return
    longest = max(chart.answers, key=lambda each: each.seconds)
    over = sum(1 for each in chart.answers if each.allowed and each.seconds > each.allowed * 60)
    limited = sum(1 for each in chart.answers if each.allowed)
    within = (
        f" {capital(count(over, 'answer'))} of {limited} with a time limit took longer than that." if limited else ""
    )
    description = (
        f"The time that {count(len(chart.answers), 'answer')} took, from the last asking on; the longest was "
        f"{lasting(longest.seconds)}, on decision {longest.number} by {longest.who}.{within}"
    )
    rows = tuple(_thought(each) for each in chart.answers)
    columns = ("Decision", "Cells", "Taken", "Allowed", "Log")
    yield Figure("How long decisions took", description, chart, Table(columns, rows))


def _thought(each: Thought) -> tuple[Words, ...]:
    allowed = f"{each.allowed} min" if each.allowed else "no limit"
    return (str(each.number),), (each.who,), (lasting(each.seconds),), (allowed,), (Ref(each.seq),)


def tracks_figure(review: Review) -> Iterator[Block]:
    """The tracks over time."""
    chart = track_lines(review)
    if not chart.lines:
        return
    rows = tuple(row for line in chart.lines for row in _steps(line, review))
    table = Table(("Track", "Play", "To", "Cause", "Log"), rows)
    description = f"Each track over the time of play. {' '.join(_went(line) for line in chart.lines)}"
    yield Figure("The tracks over time, and what moved them", description, chart, table)


def _went(line: TrackLine) -> str:
    values = [line.track.start, *(step.value for step in line.steps)]
    return (
        f"{line.track.name}: from {line.track.start} to {line.end} in {count(len(line.steps), 'step')}, "
        f"least {min(values)}, greatest {max(values)}."
    )


def _steps(line: TrackLine, review: Review) -> Iterator[tuple[Words, ...]]:
    for step in line.steps:
        told = cause(review.entries[step.seq], review)
        yield (line.track.name,), (clock(step.minutes * 60),), (str(step.value),), (told,), (Ref(step.seq),)


def ratings_figure(review: Review) -> Iterator[Block]:
    """The ratings of the objectives; nothing where none was rated."""
    chart = rated(review)
    if not any(each.rating for each in chart.objectives):
        return
    shares = Counter(each.rating for each in chart.objectives)
    parts = [f"{shares[grade]} {grade} ({name.lower()})" for grade, name in RATINGS.items() if shares[grade]]
    unrated = f"; {shares['']} not rated" if shares[""] else ""
    rows: tuple[tuple[Words, ...], ...] = tuple(
        (
            (f"Objective {each.number}: {each.text}",),
            (each.rating or "not rated",),
            (Ref(each.seq),) if each.seq is not None else (),
        )
        for each in chart.objectives
    )
    description = f"The ratings of {count(len(chart.objectives), 'objective')}: {and_listed(parts)}{unrated}."
    yield Figure("Ratings of the objectives", description, chart, Table(("Objective", "Rating", "Log"), rows))


def participation_blocks(review: Review) -> Iterator[Block]:
    """How much of the record is each cell's: a table for every format, and its picture."""
    chart = participation(review)
    if not any(each.total for each in chart.cells):
        return
    rows: tuple[tuple[Words, ...], ...] = tuple(
        ((each.name,), *((str(number),) for number in (each.answers, each.said, each.acts, each.messages)))
        for each in chart.cells
    )
    words = "; ".join(f"{each.name}: {in_words(each)}" for each in chart.cells)
    table = Table(("Cell", *COUNTED), rows)
    yield Paragraph((_COUNTS,))
    yield table
    yield Figure("Participation by cell", f"Entries of the record by cell. {words}.", chart, table)
