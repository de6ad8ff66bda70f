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
from tabletop.documents.papers.wording import cell_names
from tabletop.documents.words import count, minute
from tabletop.scenario.index import Index
from tabletop.scenario.model import Cell, Exercise, Objective, Source


def facilitator_guide(exercise: Exercise, language: str) -> Paper:
    """The guide."""
    index = Index(exercise)
    return Paper(
        marking=plain(exercise.marking),
        title=plain(exercise.title),
        kind="Facilitator guide",
        reader="For control only",
        cover=tuple(_cover(exercise)),
        blocks=tuple(_blocks(index)),
        contents=2,
        language=language,
        authors=tuple(map(plain, exercise.authors)),
    )


def _cover(exercise: Exercise) -> Iterator[Block]:
    yield para("Nothing in this guide is for players, but what it says to read out or to hand over.")
    yield from prose(exercise.summary)
    injects = list(exercise.injects())
    pocket = sum(inject.contingency for inject in injects)
    facts = (
        ("Length", f"{minute(exercise.minutes)} hours of play"),
        ("Cells", ", ".join(plain(cell.name) for cell in exercise.cells)),
        ("Moves", f"{len(exercise.moves)}"),
        ("Injects", f"{len(injects) - pocket} on the plan, {pocket} in the pocket"),
        ("Decisions", f"{sum(len(inject.decisions) for inject in injects)}"),
        ("Play begins at", plain(f"{exercise.scenario_starts or ''} {exercise.zone or ''}")),
        ("Trains", "; ".join(map(plain, exercise.trains))),
        ("In the room", "; ".join(map(plain, exercise.audience))),
        ("To be read before", "; ".join(map(plain, exercise.read_before))),
        ("Written by", ", ".join(map(plain, exercise.authors))),
    )
    yield Listing(tuple((para(bold(f"{name}: "), value),) for name, value in facts if value))


def _blocks(index: Index) -> Iterator[Block]:
    exercise = index.exercise
    yield Heading(1, "Before play")
    yield from _opening(exercise)
    yield Heading(1, "Cells")
    for cell in exercise.cells:
        yield from _cell(cell)
    if exercise.tracks:
        yield Heading(1, "Tracks")
        yield _tracks(index)
    for number, move in enumerate(exercise.moves, 1):
        yield from move_blocks(number, move, index)
    yield Heading(1, "Hot wash", fresh=True)
    yield para("Hold it while everyone is still there, and note what is said.")
    for question in exercise.hot_wash:
        yield Listing((prose(question),))
        yield Lines(3)
    if exercise.sources:
        yield Heading(1, "Sources")
        yield para("What the exercise says of the real world rests on these. Players are not given them.")
        yield _sources(exercise.sources)


def _opening(exercise: Exercise) -> Iterator[Block]:
    if exercise.objectives:
        yield Heading(2, "Objectives")
        rows = [(words(each.id), _with_tasks(each), inline(each.capability or "")) for each in exercise.objectives]
        yield Grid("What the exercise is meant to train", ("Objective", "Text", "Capability"), tuple(rows), (2, 6, 3))
    yield Heading(2, "Order of the day")
    yield _order(exercise)
    if exercise.ground_rules:
        yield Heading(2, "Ground rules")
        yield Aside("Read out", (Listing(tuple(prose(rule) for rule in exercise.ground_rules), 1),))
    if exercise.background:
        yield Heading(2, "The situation")
        yield Aside("Read out", prose(exercise.background))


def _with_tasks(objective: Objective) -> Words:
    tasks = (word for task in objective.tasks for word in (Break(), Run("– "), *inline(task)))
    return (*inline(objective.text), *tasks)


def _order(exercise: Exercise) -> Grid:
    starts, rows, index = 0, [], Index(exercise)
    for number, move in enumerate(exercise.moves, 1):
        only = condition(move.when, index)
        title = f"{plain(move.title)}{f' (only if {only})' if only else ''}"
        told = (f"{number}", title, minute(starts), f"{move.minutes}", plain(move.scenario_time or ""))
        rows.append(tuple(words(each) for each in told))
        starts += move.minutes
    columns = ("Move", "Title", "Starts at", "Minutes", "Story time")
    return Grid("The moves, if all of them are played", columns, tuple(rows), (1, 5, 2, 2, 3))


def _cell(cell: Cell) -> Iterator[Block]:
    yield Heading(2, plain(cell.name))
    if cell.roles:
        yield para(bold("Roles: "), "; ".join(map(plain, cell.roles)))
    inside = list(prose(cell.brief or ""))
    if cell.aims:
        inside += [para(bold("Aims")), Listing(tuple(prose(aim) for aim in cell.aims))]
    if inside:
        yield Aside(f"Only for {plain(cell.name)}", tuple(inside), private=True)


def _tracks(index: Index) -> Grid:
    rows = []
    for track in index.exercise.tracks:
        marks = "; ".join(f"{value} {plain(text)}" for value, text in sorted(track.marks.items()))
        wished = {"high": "high is good", "low": "low is good"}.get(track.good, "")
        told = (f"{plain(track.name)} ({track.id})", f"{track.start}", f"{track.min} to {track.max}", wished, marks,
                cell_names(index, track.shown_to) or "Control alone", "")  # fmt: skip
        rows.append(tuple(words(each) for each in told))
    columns = ("Track", "Start", "Range", "Wished for", "Marks", "Shown to", "Now")
    caption = f"{count(len(rows), 'track')}; the last column is for keeping them by hand"
    return Grid(caption, columns, tuple(rows), (4, 2, 2, 2, 5, 3, 3))


def _sources(sources: Sequence[Source]) -> Grid:
    rows = []
    for each in sources:
        told = (each.id, plain(each.title), plain(each.publisher or ""), plain(each.date or ""), plain(each.url or ""))
        rows.append(tuple(words(part) for part in told))
    return Grid("Sources", ("Source", "Title", "Publisher", "Date", "Address"), tuple(rows), (3, 6, 4, 2, 4))
