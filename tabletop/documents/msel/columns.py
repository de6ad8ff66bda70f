"""What stands in each column of the sheets: its heading, its key, its width, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from tabletop.documents.words import count
from tabletop.scenario.index import Index
from tabletop.scenario.model import Cell, Condition, Decision, Effect, Exercise, Inject, Move, Objective
from tabletop.session.schedule import condition_words

Written = str | int | timedelta | None
"""What a column has for one row; a timedelta is minutes into a move, shown as h:mm."""

EVERYONE = "All players"


class Numbered(Index):
    """An exercise's index with the numbers that its moves and injects have on paper, from 1."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(exercise)
        self.inject_number = {id: number for number, id in enumerate(self.injects, 1)}
        self.move_number = {id: number for number, id in enumerate(self.moves, 1)}


class Column(NamedTuple):
    """A column: ``key`` is what an edit of it changes, empty where nothing is read back from it.

    ``width`` is in characters; ``printed`` says whether it belongs on the controllers' paper.
    """

    heading: str
    key: str
    width: int
    write: Callable[[Any, Numbered], Written]
    printed: bool = True


PROSE = frozenset({"text", "brief", "briefing", "notes", "use_if", "private"})
"""The keys of columns that hold paragraphs, rather than a list of lines."""


class Table(NamedTuple):
    """A sheet: its name, its columns, and the things that its rows are."""

    name: str
    columns: tuple[Column, ...]
    things: Callable[[Exercise], Iterable[Any]]
    about: str


def row_of(table: Table, thing: Any, index: Numbered) -> list[Written]:
    """The cells of one thing's row."""
    return [column.write(thing, index) for column in table.columns]


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(text.strip() for text in texts)


def _time(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def _number(inject: Inject, index: Numbered) -> int:
    return index.inject_number[inject.id]


def _move_title(inject: Inject, index: Numbered) -> str:
    return move_title(index.move_of[inject.id], index)


def move_title(move: Move, index: Numbered) -> str:
    """A move by number and title: ``1. The notice``."""
    return f"{index.move_number[move.id]}. {move.title.strip()}"


def _at(inject: Inject, index: Numbered) -> Written:
    return None if inject.contingency and not inject.at else _time(inject.at)


def _to(inject: Inject, index: Numbered) -> str:
    cells = index.addressees(inject)
    return EVERYONE if cells == index.players else _names(cells, index)


def _names(cells: Iterable[str], index: Numbered) -> str:
    return "; ".join(index.cells[cell].name for cell in cells)


def _private(private: Mapping[str, str]) -> str:
    return "\n".join(f"[{cell}] {text.strip()}" for cell, text in private.items())


def effects_words(effects: Mapping[str, Effect]) -> str:
    """``trust +1; picture =3``."""
    return "; ".join(f"{track} {f'{does:+}' if isinstance(does, int) else does}" for track, does in effects.items())


def _when(thing: Inject | Move, index: Numbered) -> str:
    when: Condition | None = thing.when
    return "" if when is None else condition_words(when, index) or "always"


def _decisions(inject: Inject, index: Numbered) -> str:
    return "\n\n".join(_decision(decision, index) for decision in inject.decisions)


def _decision(decision: Decision, index: Numbered) -> str:
    cells = _names(index.decision_cells(decision.id), index)
    who = f"{cells} together" if decision.together else cells
    time = f", {decision.minutes} min" if decision.minutes else ""
    options = [
        f"  {number}. {option.text.strip()} ({option.id}{_does(option.effects)})"
        for number, option in enumerate(decision.options, 1)
    ]
    return "\n".join([f"{decision.question.strip()} ({decision.id}: {who}{time})", *options])


def _does(effects: Mapping[str, Effect]) -> str:
    return f": {effects_words(effects)}" if effects else ""


_MSEL = (
    Column("No.", "number", 5, _number),
    Column("Move", "move", 13, _move_title),
    Column("Planned time", "at", 8, _at),
    Column("Story time", "scenario_time", 11, lambda inject, _: inject.scenario_time),
    Column("Type", "kind", 11, lambda inject, _: inject.kind.capitalize()),
    Column("Status", "status", 9, lambda inject, _: None),
    Column("Subject", "title", 20, lambda inject, _: inject.title),
    Column("Mode", "via", 11, lambda inject, _: inject.via),
    Column("From", "from", 14, lambda inject, _: inject.from_),
    Column("To", "to", 13, _to),
    Column("Controller", "controller", 11, lambda inject, _: None),
    Column("Description", "text", 58, lambda inject, _: inject.text),
    Column("Expected action", "expects", 28, lambda inject, _: _lines(inject.expects)),
    Column("Objectives", "objectives", 12, lambda inject, _: "; ".join(inject.objectives)),
    Column("Decisions", "decisions", 48, _decisions),
    Column("Condition", "when", 20, _when),
    Column("Notes", "notes", 24, lambda inject, _: inject.notes),
    Column("Use if", "use_if", 24, lambda inject, _: inject.use_if, printed=False),
    Column("Only for one cell", "private", 44, lambda inject, _: _private(inject.private), printed=False),
    Column("Questions", "questions", 28, lambda inject, _: _lines(inject.questions), printed=False),
    Column(
        "Discussion time",
        "minutes",
        11,
        lambda inject, _: _time(inject.minutes) if inject.minutes else None,
        printed=False,
    ),
    Column("Delay", "delay", 8, lambda inject, _: _time(inject.delay) if inject.delay else None, printed=False),
    Column("Effects", "effects", 14, lambda inject, _: effects_words(inject.effects), printed=False),
    Column("Sources", "sources", 16, lambda inject, _: "; ".join(inject.sources), printed=False),
    Column("ID", "id", 20, lambda inject, _: inject.id, printed=False),
    Column("Move ID", "move-id", 14, lambda inject, index: index.move_of[inject.id].id, printed=False),
)


def _agenda(move: Move, index: Numbered) -> str:
    return "\n".join(f"{item.name}: {item.minutes} min" for item in move.agenda)


def _size(move: Move, index: Numbered) -> str:
    pocket = sum(inject.contingency for inject in move.injects)
    planned = count(len(move.injects) - pocket, "inject")
    return f"{planned}, {pocket} in the pocket" if pocket else planned


def _objective(read: Callable[[Objective], Written]) -> Callable[[Any, Numbered], Written]:
    return lambda objective, _: read(objective)


def _cell(read: Callable[[Cell], Written]) -> Callable[[Any, Numbered], Written]:
    return lambda cell, _: read(cell)


def _of_move(read: Callable[[Move], Written]) -> Callable[[Any, Numbered], Written]:
    return lambda move, _: read(move)


_OBJECTIVES = (
    Column("ID", "id", 20, _objective(lambda each: each.id)),
    Column("Objective", "text", 70, _objective(lambda each: each.text)),
    Column("Capability", "capability", 26, _objective(lambda each: each.capability)),
    Column("Critical tasks", "tasks", 70, _objective(lambda each: _lines(each.tasks))),
)
_CELLS = (
    Column("ID", "id", 14, _cell(lambda each: each.id)),
    Column("Name", "name", 26, _cell(lambda each: each.name)),
    Column("Roles", "roles", 46, _cell(lambda each: _lines(each.roles))),
    Column("Brief", "brief", 80, _cell(lambda each: each.brief)),
    Column("Aims", "aims", 50, _cell(lambda each: _lines(each.aims))),
)
_MOVES = (
    Column("No.", "number", 5, lambda move, index: index.move_number[move.id]),
    Column("ID", "id", 14, _of_move(lambda each: each.id)),
    Column("Title", "title", 24, _of_move(lambda each: each.title)),
    Column("Time", "minutes", 8, _of_move(lambda each: _time(each.minutes))),
    Column("Story time", "scenario_time", 12, _of_move(lambda each: each.scenario_time)),
    Column("Played only if", "when", 26, _when),
    Column("Injects", "number", 16, _size),
    Column("Agenda", "agenda", 24, _agenda),
    Column("Briefing", "briefing", 70, _of_move(lambda each: each.briefing)),
    Column("Questions", "questions", 40, _of_move(lambda each: _lines(each.questions))),
    Column("Notes", "notes", 40, _of_move(lambda each: each.notes)),
)

MSEL = Table("MSEL", _MSEL, lambda exercise: exercise.injects(), "inject")
"""The sheet of injects, in the order of the file."""
OTHERS = (
    Table("Objectives", _OBJECTIVES, lambda exercise: exercise.objectives, "objective"),
    Table("Cells", _CELLS, lambda exercise: exercise.cells, "cell"),
    Table("Moves", _MOVES, lambda exercise: exercise.moves, "move"),
)
"""The sheets beside it."""
