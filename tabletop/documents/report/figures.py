"""The report's pictures: what each shows in a sentence, and the numbers behind it with their entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Figure, Paragraph, Ref, Table, Words
from tabletop.documents.report.happenings import cause, choice
from tabletop.documents.words import RATINGS, and_listed, capital, clock, lasting, rating_within
from tabletop.review.charts.lanes import Lanes, Mark, lanes
from tabletop.review.charts.pace import Paced, Thought, move_pace, thinking
from tabletop.review.charts.participation import in_words, participation
from tabletop.review.charts.ratings import rated
from tabletop.review.charts.tracks import TrackLine, track_lines
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.session.events import Answer, InjectReleased, InjectRevealed, Payload

COUNTED = (key("Answers"), key("Said"), key("Acts"), key("Messages"))
"""What the participation of a cell is counted in."""
_COUNTS = key(
    "Answers that were revised count again. Said are notes, facts, assumptions, arguments and remarks of the hot wash; "
    "messages are those sent, and requests to control."
)


def course_figure(review: Review) -> Iterator[Block]:
    """The swim-lanes; nothing where no cell was given or decided anything."""
    chart = lanes(review)
    if not chart.marks:
        return
    rows = tuple(_mark(mark, review.entries[mark.seq], review) for mark in chart.marks)
    table = Table((fixed("Log"), fixed("Play"), fixed("Cells"), fixed("What")), rows)
    yield Figure(fixed("The course of play, cell by cell"), _course(chart), chart, table)


def _course(chart: Lanes) -> str:
    kinds = Counter(mark.kind for mark in chart.marks)
    dissents = sum(1 for mark in chart.marks if mark.dissents)
    parts = [
        fixed("{injects:inject given out|injects given out}", injects=kinds["inject"]),
        fixed("{answers:answer|answers}", answers=kinds["decision"] + kinds["revised"]),
    ]
    if silent := kinds["no answer"]:
        parts.append(fixed("{cases:case without an answer|cases without an answer}", cases=silent))
    told = and_listed(parts)
    if dissents:
        told = fixed("{parts}; {answers:answer|answers} met with dissent", parts=told, answers=dissents)
    each = and_listed(_of(id, name, chart) for id, name in chart.cells)
    return fixed("A lane for each cell, time running to the right: {parts}. By cell: {cells}.", parts=told, cells=each)


def _of(cell: str, name: str, chart: Lanes) -> str:
    kinds = Counter(mark.kind for mark in chart.marks if cell in mark.cells)
    return fixed(
        "{cell} {injects:inject|injects} and {answers:answer|answers}",
        cell=name,
        injects=kinds["inject"],
        answers=kinds["decision"] + kinds["revised"],
    )


def _mark(mark: Mark, entry: Entry[Payload], review: Review) -> tuple[Words, ...]:
    data = entry.data
    if isinstance(data, Answer):
        told = choice(data, review)
        if mark.kind == "revised":
            told = fixed("Revised: {choice}", choice=told)
        if mark.dissents:
            told = fixed("{choice}, with {dissents:dissent|dissents}", choice=told, dissents=mark.dissents)
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
    words = fixed("; ").join(
        fixed(
            "{title}: {actual} of {planned} minutes", title=each.title, actual=f"{each.actual:.0f}", planned=_plan(each)
        )
        for each in chart.moves
    )
    description = fixed(
        "The moves took {actual} minutes of {planned} planned or added. {moves}.",
        actual=f"{actual:.0f}",
        planned=f"{planned:.0f}",
        moves=words,
    )
    rows = tuple(_paced(each) for each in chart.moves)
    columns = (fixed("Move"), fixed("Planned"), fixed("Added"), fixed("Actual"), fixed("Log"))
    yield Figure(fixed("Planned and actual time of the moves"), description, chart, Table(columns, rows))


def _plan(each: Paced) -> str:
    return f"{each.planned:.0f} + {each.granted:.0f}" if each.granted else f"{each.planned:.0f}"


def _paced(each: Paced) -> tuple[Words, ...]:
    numbers = (each.planned, each.granted, each.actual)
    return (each.title,), *((fixed("{minutes} min", minutes=f"{number:.0f}"),) for number in numbers), (Ref(each.seq),)


def thinking_figure(review: Review) -> Iterator[Block]:
    """How long the answers took."""
    chart = thinking(review)
    if not chart.answers:
        return
    longest = max(chart.answers, key=lambda each: each.seconds)
    over = sum(1 for each in chart.answers if each.allowed and each.seconds > each.allowed * 60)
    limited = sum(1 for each in chart.answers if each.allowed)
    description = fixed(
        "The time that {answers:answer|answers} took, from the last asking on; the longest was "
        "{time}, on decision {number} by {who}.",
        answers=len(chart.answers),
        time=lasting(longest.seconds),
        number=longest.number,
        who=longest.who,
    )
    if limited:
        within = fixed(
            "{over:answer|answers} of {limited} with a time limit took longer than that.", over=over, limited=limited
        )
        description += fixed(" ") + capital(within)
    rows = tuple(_thought(each) for each in chart.answers)
    columns = (fixed("Decision"), fixed("Cells"), fixed("Taken"), fixed("Allowed"), fixed("Log"))
    yield Figure(fixed("How long decisions took"), description, chart, Table(columns, rows))


def _thought(each: Thought) -> tuple[Words, ...]:
    allowed = fixed("{minutes} min", minutes=each.allowed) if each.allowed else fixed("no limit")
    return (str(each.number),), (each.who,), (lasting(each.seconds),), (allowed,), (Ref(each.seq),)


def tracks_figure(review: Review) -> Iterator[Block]:
    """The tracks over time."""
    chart = track_lines(review)
    if not chart.lines:
        return
    rows = tuple(row for line in chart.lines for row in _steps(line, review))
    table = Table((fixed("Track"), fixed("Play"), fixed("After"), fixed("Cause"), fixed("Log")), rows)
    description = fixed(" ").join((fixed("Each track over the time of play."), *map(_went, chart.lines)))
    yield Figure(fixed("The tracks over time, and what moved them"), description, chart, table)


def _went(line: TrackLine) -> str:
    values = [line.track.start, *(step.value for step in line.steps)]
    return fixed(
        "{track}: from {start} to {end} in {steps:step|steps}, least {least}, greatest {greatest}.",
        track=line.track.name,
        start=line.track.start,
        end=line.end,
        steps=len(line.steps),
        least=min(values),
        greatest=max(values),
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
    parts = and_listed(rating_share(grade, shares[grade]) for grade in RATINGS if shares[grade])
    if unrated := shares[""]:
        parts = fixed("{parts}; {number} not rated", parts=parts, number=unrated)
    rows: tuple[tuple[Words, ...], ...] = tuple(
        (
            (fixed("Objective {number}: {text}", number=each.number, text=each.text),),
            (each.rating or fixed("not rated"),),
            (Ref(each.seq),) if each.seq is not None else (),
        )
        for each in chart.objectives
    )
    description = fixed(
        "The ratings of {objectives:objective|objectives}: {parts}.", objectives=len(chart.objectives), parts=parts
    )
    table = Table((fixed("Objective"), fixed("Rating"), fixed("Log")), rows)
    yield Figure(fixed("Ratings of the objectives"), description, chart, table)


def rating_share(grade: str, number: int) -> str:
    """How many objectives have a rating: ``2 S (performed with some challenges)``."""
    return fixed("{number} {rating} ({name})", number=number, rating=grade, name=rating_within(grade))


def participation_blocks(review: Review) -> Iterator[Block]:
    """How much of the record is each cell's: a table for every format, and its picture."""
    chart = participation(review)
    if not any(each.total for each in chart.cells):
        return
    rows: tuple[tuple[Words, ...], ...] = tuple(
        ((each.name,), *((str(number),) for number in (each.answers, each.said, each.acts, each.messages)))
        for each in chart.cells
    )
    words = fixed("; ").join(fixed("{cell}: {text}", cell=each.name, text=in_words(each)) for each in chart.cells)
    table = Table((fixed("Cell"), *map(fixed, COUNTED)), rows)
    yield Paragraph((fixed(_COUNTS),))
    yield table
    description = fixed("Entries of the record by cell. {cells}.", cells=words)
    yield Figure(fixed("Participation by cell"), description, chart, table)
