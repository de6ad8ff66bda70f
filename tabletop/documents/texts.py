"""The texts of an exercise on its page in full: what is read out, handed over, or for control alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tabletop.documents.plain import entry, listed, prose
from tabletop.scenario.index import Index
from tabletop.scenario.model import Cell, Exercise, Inject, Move


def situation(exercise: Exercise) -> Iterator[str]:
    """What everybody is told before play."""
    yield from prose(exercise.background, 0)
    yield from listed("Ground rules", exercise.ground_rules, 0)


def of_cell(cell: Cell) -> Iterator[str]:
    """What only this cell is told before play."""
    yield from prose(cell.brief, 4)
    yield from listed("Aims", cell.aims, 4)


def of_move(move: Move, index: Index) -> Iterator[str]:
    """The briefing, what single cells are told besides, the agenda, questions, and what control should know."""
    yield from prose(move.briefing, 2)
    yield from _private(move.private, index, 2)
    yield from listed("Agenda", (f"{item.name}, {item.minutes} min" for item in move.agenda), 2)
    yield from listed("Questions", move.questions, 2)
    yield from _control(move.notes, 2)


def of_inject(inject: Inject, index: Index) -> Iterator[str]:
    """The text, what single cells are given besides, questions, and what control should know and watch for."""
    yield from prose(inject.text, 7)
    yield from _private(inject.private, index, 7)
    yield from listed("Questions", inject.questions, 7)
    yield from listed("Watch for", inject.expects, 7)
    yield from _control(inject.notes, 7)
    yield from _pointing("Objectives", inject.objectives, 7)
    yield from _pointing("Sources", inject.sources, 7)


def ending(exercise: Exercise) -> Iterator[str]:
    """What is asked after play, and what the exercise rests on."""
    yield from listed("Hot wash", exercise.hot_wash, 0)
    told = (", ".join(filter(None, (each.title, each.publisher, each.date, each.url))) for each in exercise.sources)
    yield from listed("Sources", told, 0)


def _private(private: Mapping[str, str], index: Index, indent: int) -> Iterator[str]:
    for cell, text in private.items():
        yield ""
        yield from entry(f"Only to {index.cells[cell].name}:", indent)
        yield from prose(text, indent + 2)


def _control(notes: str | None, indent: int) -> Iterator[str]:
    if notes:
        yield ""
        yield from entry("For control:", indent)
        yield from prose(notes, indent + 2)


def _pointing(title: str, ids: Iterable[str], indent: int) -> Iterator[str]:
    if named := ", ".join(ids):
        yield ""
        yield from entry(f"{title}: {named}", indent + 2, " " * indent)
