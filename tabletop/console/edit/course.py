"""A course of play of the author's choice, and planned play taken along it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Literal

from tabletop.errors import TabletopError, UsageError
from tabletop.journal import Journal, MemoryJournal
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition
from tabletop.scenario.planned import Decided, Happening, MoveStarted, Released, play
from tabletop.session import commands, rehearsal
from tabletop.session.choosing import Choices, Chooser, read_choices
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.rehearsal import AUTO, LONGEST
from tabletop.session.session import Session

TRIES = 40
"""Seeds that are tried to come to a point which the author's own does not lead to."""


@dataclass(frozen=True)
class Course:
    """Choices as ``--choose`` takes them; what they leave open is drawn by weight with the seed."""

    given: tuple[str, ...] = ()
    seed: int = 1

    def choices(self, index: Index) -> Choices:
        """The choices that the exercise still offers: while it is being written, names come and go."""
        kept: list[str] = []
        for each in self.given:
            try:
                read_choices([*kept, each], index)
            except UsageError:
                continue
            kept.append(each)
        return read_choices(kept, index)

    def happenings(self, index: Index) -> Iterator[Happening]:
        """Planned play along this course."""
        return play(index, Chooser(self.seed, self.choices(index)))

    def choosing(self, decision: str, cells: tuple[str, ...], option: str | None) -> Course:
        """The same, with this answer chosen; None leaves it to the weights."""
        place = f"{decision}/{cells[0]}"
        own = {decision, *(f"{decision}/{cell}" for cell in cells)}
        others = tuple(each for each in self.given if each.partition("=")[0] not in own)
        return replace(self, given=(*others, f"{place}={option}") if option else others)


@dataclass(frozen=True)
class Point:
    """Where a trial begins: as a move is to be opened, or as an inject is due."""

    kind: Literal["move", "inject"]
    id: str


@dataclass(frozen=True)
class Reached:
    """What happens before a point, and when it is come to; ``total`` is None where this course passes it by."""

    before: tuple[Happening, ...]
    total: int | None
    minute: int = 0


def reach(index: Index, course: Course, point: Point) -> Reached:
    """Play up to a point. What is in the pocket is come to as its move begins."""
    before: list[Happening] = []
    for happening in course.happenings(index):
        if _is_there(happening, point):
            return Reached(tuple(before), happening.total, happening.minute)
        before.append(happening)
        if isinstance(happening, MoveStarted) and _in_pocket(index, happening, point):
            return Reached(tuple(before), happening.total, happening.minute)
    return Reached(tuple(before), None)


def _is_there(happening: Happening, point: Point) -> bool:
    if point.kind == "move":
        return isinstance(happening, MoveStarted) and happening.move.id == point.id
    return isinstance(happening, Released) and happening.inject.id == point.id


def _in_pocket(index: Index, started: MoveStarted, point: Point) -> bool:
    inject = index.injects.get(point.id) if point.kind == "inject" else None
    return inject is not None and inject.contingency and index.move_of[inject.id] is started.move


def leading_to(index: Index, course: Course, point: Point) -> Course:
    """A course that comes to the point: the author's own, else with what its `when` asks for, else other seeds.

    Where none is found it is the author's own again.
    """
    move = index.moves.get(point.id) if point.kind == "move" else index.move_of.get(point.id)
    inject = index.injects.get(point.id) if point.kind == "inject" else None
    asked = course
    for when in (move.when if move else None, inject.when if inject else None):
        asked = replace(asked, given=(*_asked(when, asked), *asked.given))
    others = (replace(asked, seed=seed) for seed in range(1, TRIES))
    tried = chain([course, asked], others)
    return next((each for each in tried if reach(index, each, point).total is not None), course)


def _asked(when: Condition | None, course: Course) -> Iterator[str]:
    """The choices that a condition asks for, where the author has not chosen otherwise."""
    taken = {each.partition("=")[0] for each in course.given}
    for place, options in when.chose.items() if when is not None else ():
        if place not in taken and options:
            yield f"{place}={options[0]}"


# --- along a course -----------------------------------------------------------------------------------


def commands_of(happening: Happening) -> Iterator[commands.Command]:
    """What a facilitator does as it happens, and that a consequence is read out as soon as it is chosen."""
    yield from rehearsal.commands_of(happening)
    if isinstance(happening, Decided):
        chosen = happening.decision.option(happening.option or "")
        if chosen is not None and chosen.consequence:
            cells = chosen.reveal_to or happening.cells
            yield commands.Read(decision=happening.decision.id, option=chosen.id, cells=cells)


class Along:
    """A session that is taken along planned play; ``time`` passes only here."""

    def __init__(self, index: Index, journal: Journal, name: str, start: datetime | None = None) -> None:
        self.time = SimulatedTime() if start is None else SimulatedTime(start)
        self.session = Session.create(index.exercise, journal, ExerciseClock(self.time), name=name, by=AUTO)
        self.session.do(commands.Start(), by=AUTO)

    def do(self, happenings: Iterable[Happening]) -> Iterator[Happening]:
        """Let them happen, one by one."""
        for happening in happenings:
            self.wait_until(happening.total)
            for command in commands_of(happening):
                self.session.do(command, by=AUTO)
            yield happening

    def wait_until(self, minutes: int) -> None:
        """Let the clock run to so many minutes of play."""
        if minutes * 60 > LONGEST:
            raise TabletopError("This play would last for millennia.", "Mind its minutes.")
        self.time.advance(minutes * 60 - self.time.steady())


def write_trial(index: Index, reached: Reached, log: Path, now: datetime) -> None:
    """Write the log of planned play up to a point, its wall times such that the point is now; its clock stands.

    Raises TabletopError where play is so long that it began before the calendar.
    """
    minutes = reached.total or 0
    try:
        start = now - timedelta(minutes=minutes)
    except OverflowError as cause:
        raise TabletopError("This play would last for millennia.", "Mind its minutes.") from cause
    journal = MemoryJournal(log.stem)
    along = Along(index, journal, log.stem, start)
    for _ in along.do(reached.before):
        pass
    along.wait_until(minutes)
    along.session.do(commands.Pause(), by=AUTO)
    log.write_bytes(journal.lines())
