"""The facilitator guide: the whole exercise in the order in which it is run, with room for notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.documents.papers.conditions import condition
from tabletop.documents.papers.moves import move_blocks
from tabletop.documents.papers.pieces import (
    Aside,
    Block,
    Break,
    Grid,
    Heading,
    Lines,
    Listing,
    Paper,
    Run,
    Words,
    bold,
    para,
    words,
)
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.wording import cell_names, label, spread
from tabletop.documents.words import minute
from tabletop.review.speech import fixed, key
from tabletop.scenario.index import Index
from tabletop.scenario.model import Cell, Exercise, Objective, Source

_WISHED = {"high": key("high is good"), "low": key("low is good")}


def facilitator_guide(exercise: Exercise, language: str) -> Paper:
    """The guide."""
    index = Index(exercise)
    return Paper(
        marking=plain(exercise.marking),
        title=plain(exercise.title),
        kind=fixed("Facilitator guide"),
        reader=fixed("For control only"),
        cover=tuple(_cover(exercise)),
        blocks=tuple(_blocks(index)),
        contents=2,
        language=language,
        authors=tuple(map(plain, exercise.authors)),
    )


def _cover(exercise: Exercise) -> Iterator[Block]:
    yield para(fixed("Nothing in this guide is for players, but what it says to read out or to hand over."))
    yield from prose(exercise.summary)
    injects = list(exercise.injects())
    pocket = sum(inject.contingency for inject in injects)
    told = (
        (key("Length"), fixed("{time} hours of play", time=minute(exercise.minutes))),
        (key("Cells"), ", ".join(plain(cell.name) for cell in exercise.cells)),
        (key("Moves"), f"{len(exercise.moves)}"),
        (
            key("Injects"),
            fixed("{planned} on the plan, {pocket} in the pocket", planned=len(injects) - pocket, pocket=pocket),
        ),
        (key("Decisions"), f"{sum(len(inject.decisions) for inject in injects)}"),
        (key("Play begins at"), plain(f"{exercise.scenario_starts or ''} {exercise.zone or ''}")),
        (key("Trains"), "; ".join(map(plain, exercise.trains))),
        (key("In the room"), "; ".join(map(plain, exercise.audience))),
        (key("To be read before"), "; ".join(map(plain, exercise.read_before))),
        (key("Authors"), ", ".join(map(plain, exercise.authors))),
    )
    yield Listing(tuple((para(label(name), value),) for name, value in told if value))


def _blocks(index: Index) -> Iterator[Block]:
    exercise = index.exercise
    yield Heading(1, fixed("Before play"))
    yield from _opening(exercise)
    yield Heading(1, fixed("Cells"))
    for cell in exercise.cells:
        yield from _cell(cell)
    if exercise.tracks:
        yield Heading(1, fixed("Tracks"))
        yield _tracks(index)
    for number, move in enumerate(exercise.moves, 1):
        yield from move_blocks(number, move, index)
    yield Heading(1, fixed("Hot wash"), fresh=True)
    yield para(fixed("Hold it while everyone is still there, and note what is said."))
    for question in exercise.hot_wash:
        yield Listing((prose(question),))
        yield Lines(3)
    if exercise.sources:
        yield Heading(1, fixed("Sources"))
        yield para(fixed("What the exercise says of the real world rests on these. Players are not given them."))
        yield _sources(exercise.sources)


def _opening(exercise: Exercise) -> Iterator[Block]:
    if exercise.objectives:
        yield Heading(2, fixed("Objectives"))
        rows = [(words(each.id), _with_tasks(each), inline(each.capability or "")) for each in exercise.objectives]
        columns = (fixed("Objective"), fixed("Text"), fixed("Capability"))
        yield Grid(fixed("What the exercise is meant to train"), columns, tuple(rows), (2, 6, 3))
    yield Heading(2, fixed("Order of the day"))
    yield _order(exercise)
    if exercise.ground_rules:
        yield Heading(2, fixed("Ground rules"))
        yield Aside(fixed("Read out"), (Listing(tuple(prose(rule) for rule in exercise.ground_rules), 1),))
    if exercise.background:
        yield Heading(2, fixed("The situation"))
        yield Aside(fixed("Read out"), prose(exercise.background))


def _with_tasks(objective: Objective) -> Words:
    tasks = (word for task in objective.tasks for word in (Break(), Run("– "), *inline(task)))
    return (*inline(objective.text), *tasks)


def _order(exercise: Exercise) -> Grid:
    starts, rows, index = 0, [], Index(exercise)
    for number, move in enumerate(exercise.moves, 1):
        only = condition(move.when, index)
        title = (
            fixed("{title} (only if {condition})", title=plain(move.title), condition=only)
            if only
            else plain(move.title)
        )
        told = (f"{number}", title, minute(starts), f"{move.minutes}", plain(move.scenario_time or ""))
        rows.append(tuple(words(each) for each in told))
        starts += move.minutes
    columns = (fixed("Move"), fixed("Title"), fixed("Starts at"), fixed("Minutes"), fixed("Story time"))
    return Grid(fixed("The moves, if all of them are played"), columns, tuple(rows), (1, 5, 2, 2, 3))


def _cell(cell: Cell) -> Iterator[Block]:
    yield Heading(2, plain(cell.name))
    if cell.roles:
        yield para(label("Roles"), "; ".join(map(plain, cell.roles)))
    inside = list(prose(cell.brief or ""))
    if cell.aims:
        inside += [para(bold(fixed("Aims"))), Listing(tuple(prose(aim) for aim in cell.aims))]
    if inside:
        yield Aside(fixed("Only for {cells}", cells=plain(cell.name)), tuple(inside), private=True)


def _tracks(index: Index) -> Grid:
    rows = []
    for track in index.exercise.tracks:
        marks = "; ".join(f"{value} {plain(text)}" for value, text in sorted(track.marks.items()))
        wished = fixed(_WISHED[track.good]) if track.good in _WISHED else ""
        told = (f"{plain(track.name)} ({track.id})", f"{track.start}", spread(track.min, track.max), wished, marks,
                cell_names(index, track.shown_to) or fixed("Control alone"), "")  # fmt: skip
        rows.append(tuple(words(each) for each in told))
    names = (key("Track"), key("Start"), key("Range"), key("Wished for"), key("Marks"), key("Shown to"), key("Now"))
    columns = tuple(fixed(name) for name in names)
    caption = fixed("{tracks:track|tracks}; the last column is for keeping them by hand", tracks=len(rows))
    return Grid(caption, columns, tuple(rows), (4, 2, 2, 2, 5, 3, 3))


def _sources(sources: Sequence[Source]) -> Grid:
    rows = []
    for each in sources:
        told = (each.id, plain(each.title), plain(each.publisher or ""), plain(each.date or ""), plain(each.url or ""))
        rows.append(tuple(words(part) for part in told))
    columns = (fixed("Source"), fixed("Title"), fixed("Publisher"), fixed("Published"), fixed("Address"))
    return Grid(fixed("Sources"), columns, tuple(rows), (3, 6, 4, 2, 4))
