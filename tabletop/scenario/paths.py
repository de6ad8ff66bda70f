"""All paths through an exercise: a search over the choices of planned play.

Paths are far too many to walk one by one, but most of them meet again. Two plays that stand at the same
choice, with the same things under way and the same of everything that a condition may still read, have the
same future: one of them is gone on with. So what a complete search says holds for every path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Never

from tabletop.scenario.conditions import Fact, reads
from tabletop.scenario.desks import Idle, Task
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Decision
from tabletop.scenario.planned import (
    Choose,
    Decided,
    Discussed,
    Happening,
    MoveOver,
    MoveStarted,
    PlannedPlay,
    Released,
)

BUDGET = 400_000
"""How much a search may do, in happenings and in entries copied: some seconds."""


@dataclass(frozen=True, slots=True)
class Way:
    """How play came to a point: the choice made last, and those before it."""

    choice: str
    before: Way | None

    @staticmethod
    def choices(way: Way | None) -> tuple[str, ...]:
        """The choices in order, each as ``--choose`` takes it."""
        found: list[str] = []
        while way is not None:
            found.append(way.choice)
            way = way.before
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Waited:
    """A cell took something up this many minutes after it was asked."""

    cell: str
    minutes: int


@dataclass(slots=True)
class Explored:
    """What some path of planned play shows, each with the first way to it that was found.

    `complete` says that every path was looked at: only then is what is not in here true of no path.
    ``late`` and ``overrun`` give the minute; ``crowded`` is by inject and decision (None: its discussion),
    the longest wait of each; ``idle`` the longest stretch by move and cell.
    """

    complete: bool = False
    moves: set[str] = field(default_factory=set)
    injects: set[str] = field(default_factory=set)
    late: dict[str, tuple[int, Way | None]] = field(default_factory=dict)
    overrun: dict[str, tuple[int, Way | None]] = field(default_factory=dict)
    crowded: dict[tuple[str, str | None], tuple[Waited, Way | None]] = field(default_factory=dict)
    idle: dict[tuple[str, str], tuple[Idle, Way | None]] = field(default_factory=dict)


def explore(index: Index, idle_after: int, crowded_after: int, budget: int = BUDGET) -> Explored:
    """Search all paths; ``idle_after`` and ``crowded_after`` are the minutes from which a stretch is told.

    A search that runs out of its budget gives what it has found, not `complete`.
    """
    search = _Search(index, idle_after, crowded_after, budget)
    search.run()
    return search.found


class _Search:
    """Depth first, so that few plays are held at a time."""

    def __init__(self, index: Index, idle_after: int, crowded_after: int, budget: int) -> None:
        self.found = Explored()
        self._index = index
        self._idle_after, self._crowded_after = idle_after, crowded_after
        self._left = budget
        self._keys = _Keys(index)
        self._seen: set[object] = set()

    def run(self) -> None:
        first = PlannedPlay(self._index)
        open_ends: list[tuple[PlannedPlay, Way | None]] = []
        if self._to_next_choice(first, None):
            open_ends.append((first, None))
        while open_ends and self._left > 0:
            play, way = open_ends.pop()
            open_ends += self._gone_on(play, way)
        self.found.complete = self._left > 0

    def _gone_on(self, play: PlannedPlay, way: Way | None) -> Iterator[tuple[PlannedPlay, Way | None]]:
        """The plays that the next choice leads to, as far as they are new."""
        task = play.next_choice()
        assert task is not None
        assert task.decision is not None
        for option in task.decision.options:
            fork, onward = play.fork(), Way(_as_choice(task.decision, task.cells, option.id), way)
            self._left -= 10 + (len(play.released) + len(play.chosen)) // 10
            self._look(fork, fork.step(_choosing(option.id)), onward)
            if self._to_next_choice(fork, onward) and self._is_new(fork, onward):
                yield fork, onward

    def _is_new(self, play: PlannedPlay, way: Way) -> bool:
        if play.move is not None:  # a play that is not gone on with has its idle stretches told now or never
            self._idle(play.move.id, play.desks.idle, way)
        key = self._keys.key(play, self.found.idle.keys())
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _to_next_choice(self, play: PlannedPlay, way: Way | None) -> bool:
        """Let everything happen that nobody chooses; False if the play is over."""
        while self._left > 0 and play.next_choice() is None:
            self._left -= 1
            happening = play.step(_nobody)
            if happening is None:
                return False
            self._look(play, happening, way)
        return self._left > 0

    # --- what a happening shows ----------------------------------------------------------------------

    def _look(self, play: PlannedPlay, happening: Happening | None, way: Way | None) -> None:
        match happening:
            case MoveStarted(move=move):
                self.found.moves.add(move.id)
            case Released(inject=inject, minute=minute):
                self.found.injects.add(inject.id)
                if play.move is not None and minute > play.move.minutes:
                    self.found.late.setdefault(inject.id, (minute, way))
            case Decided(inject=inject, decision=decision, cells=cells):
                self._waited(
                    inject.id, decision.id, Waited(cells[0], happening.taken_up - happening.asked), way
                )
            case Discussed(inject=inject, cell=cell):
                self._waited(inject.id, None, Waited(cell, happening.taken_up - happening.asked), way)
            case MoveOver():
                self._over(happening, way)

    def _waited(self, inject: str, decision: str | None, waited: Waited, way: Way | None) -> None:
        if waited.minutes > self._crowded_after:
            before = self.found.crowded.get((inject, decision))
            if before is None or waited.minutes > before[0].minutes:
                self.found.crowded[inject, decision] = (waited, way)

    def _over(self, over: MoveOver, way: Way | None) -> None:
        if over.minute > over.move.minutes:
            self.found.overrun.setdefault(over.move.id, (over.minute, way))
        self._idle(over.move.id, over.idle, way)

    def _idle(self, move: str, stretches: Iterable[Idle], way: Way | None) -> None:
        for idle in stretches:
            if idle.cell in self._index.players and idle.end - idle.start >= self._idle_after:
                self.found.idle.setdefault((move, idle.cell), (idle, way))


class _Keys:
    """What of a play decides its future, as a value to compare."""

    def __init__(self, index: Index) -> None:
        self._index = index
        moves = index.exercise.moves
        self._reads = {inject.id: reads(inject.when) for inject in index.injects.values()}
        # What is read after each move: by the moves that follow, and by what is in them.
        self._later: list[frozenset[Fact]] = [frozenset()]
        for move in reversed(moves):
            within = (self._reads[inject.id] for inject in move.injects if not inject.contingency)
            self._later.append(self._later[-1].union(reads(move.when), *within))
        self._later.reverse()
        self._named = _named_options(index)
        self._facts: dict[tuple[int, tuple[str, ...]], tuple[Fact, ...]] = {}

    def key(self, play: PlannedPlay, known_idle: Set[tuple[str, str]]) -> object:
        """Equal for plays with the same future; stretches of idleness told already are left out."""
        assert play.move is not None
        pending = tuple(
            each.id for each in play.move.injects if not each.contingency and each.id not in play.released
        )
        facts = self._facts_read(play.place, pending)
        return (
            play.place,
            play.minute,
            pending,
            tuple(self._value(play, fact) for fact in facts),
            tuple(play.moment_of(inject) for inject in pending),
            tuple(_tasks(play)),
            tuple(
                (cell, play.desks.free_since[cell])
                for cell in self._index.players
                if play.desks.is_idle(cell) and (play.move.id, cell) not in known_idle
            ),
        )

    def _facts_read(self, place: int, pending: tuple[str, ...]) -> tuple[Fact, ...]:
        if (place, pending) not in self._facts:
            facts = self._later[place].union(*(self._reads[inject] for inject in pending))
            self._facts[place, pending] = tuple(sorted(facts))
        return self._facts[place, pending]

    def _value(self, play: PlannedPlay, fact: Fact) -> object:
        kind, id = fact
        if kind == "track":
            return play.tracks.get(id)
        if kind == "released":
            return id in play.released
        if id not in self._index.decisions:
            return None
        # Options that no condition names are one and the same to it.
        options = (play.chosen.get((id, cell)) for cell in self._index.decision_cells(id))
        return tuple(option if (id, option) in self._named else None for option in options)


def _tasks(play: PlannedPlay) -> Iterator[object]:
    """All that was asked and is not done, in the order asked; with its end, if it is under way."""
    done = {number: minute for minute, number, _ in play.desks.running}
    tasks: dict[int, Task] = {number: task for _, number, task in play.desks.running}
    for queue in play.desks.queues.values():
        tasks |= {task.number: task for task in queue}
    for number in sorted(tasks):
        task = tasks[number]
        decision = task.decision.id if task.decision else None
        yield task.inject.id, decision, task.cells, task.asked, done.get(number)


def _named_options(index: Index) -> set[tuple[str, str | None]]:
    """Every option that a condition names, with its decision."""
    whens = [inject.when for inject in index.injects.values()] + [move.when for move in index.moves.values()]
    return {named for when in whens if when is not None for named in _named(when)}


def _named(when: Condition) -> Iterator[tuple[str, str | None]]:
    for place, options in when.chose.items():
        for option in options:
            yield place.partition("/")[0], option
    for part in (*(when.any_ or ()), *((when.not_,) if when.not_ is not None else ())):
        yield from _named(part)


def _as_choice(decision: Decision, cells: tuple[str, ...], option: str) -> str:
    return f"{decision.id}={option}" if decision.together else f"{decision.id}/{cells[0]}={option}"


def _choosing(option: str) -> Choose:
    return lambda decision, cells: option


def _nobody(decision: Decision, cells: tuple[str, ...]) -> Never:
    raise AssertionError(f"nobody is to be asked about '{decision.id}' here")
