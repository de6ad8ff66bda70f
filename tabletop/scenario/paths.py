"""All paths through an exercise: a search over the choices of planned play.

Paths are far too many to walk one by one, but most of them meet again. Two plays that stand at the same
choice, with the same things under way and the same of everything that a condition may still read, have the
same future: one of them is gone on with. So what a complete search says holds for every path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal, Never

from tabletop.scenario.desks import Idle
from tabletop.scenario.futures import EffectAt, Futures, askers, negated
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Effect
from tabletop.scenario.planned import (
    Choose,
    Decided,
    Discussed,
    Happening,
    Moved,
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


Asking = tuple[Literal["move", "inject"], str]
"""Whose `when` it is."""


@dataclass(slots=True)
class Explored:
    """What some path of planned play shows, each with the first way to it that was found.

    `complete` says that every path was looked at: only then is what is not in here true of no path.
    ``late`` and ``overrun`` give the minute; ``crowded`` is by inject and decision (None: its discussion),
    the longest wait of each; ``idle`` the longest stretch by move and cell. ``conditions`` are those that
    were asked, and whether one was ever false; ``before_question`` those that held by a `not: chose` before
    its decision (the last of the key) was asked; ``effects`` those that were applied, and whether one ever
    moved its track.
    """

    complete: bool = False
    moves: set[str] = field(default_factory=set)
    injects: set[str] = field(default_factory=set)
    late: dict[str, tuple[int, Way | None]] = field(default_factory=dict)
    overrun: dict[str, tuple[int, Way | None]] = field(default_factory=dict)
    crowded: dict[tuple[str, str | None], tuple[Waited, Way | None]] = field(default_factory=dict)
    idle: dict[tuple[str, str], tuple[Idle, Way | None]] = field(default_factory=dict)
    conditions: dict[Asking, bool] = field(default_factory=dict)
    before_question: dict[tuple[str, str, str], Way | None] = field(default_factory=dict)
    effects: dict[EffectAt, bool] = field(default_factory=dict)


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
        self._negated = {inject.id: frozenset(negated(inject.when)) for inject in index.injects.values()}
        self._move_negated = {move.id: frozenset(negated(move.when)) for move in index.moves.values()}
        # Injects whose `when` may still show something, by move.
        self._watched = {
            move.id: [each.id for each in move.injects if each.when is not None and not each.contingency]
            for move in index.moves.values()
        }
        self._futures = Futures(index, askers(index, (*self._negated.values(), *self._move_negated.values())))
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
        key = self._futures.key(play, self.found.idle.keys(), self.found.effects)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _to_next_choice(self, play: PlannedPlay, way: Way | None) -> bool:
        """Let everything happen that nobody chooses; False if the play is over."""
        while self._left > 0 and play.next_choice() is None:
            self._left -= 1
            if play.move is None:
                self._turns(play, way)
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
                self._effects((inject.id,), inject.effects, happening.tracks)
                if play.move is not None and minute > play.move.minutes:
                    self.found.late.setdefault(inject.id, (minute, way))
            case Decided(inject=inject, decision=decision, cells=cells):
                option = decision.option(happening.option) if happening.option else None
                if option is not None:
                    place = (inject.id, decision.id, option.id)
                    self._effects(place, option.effects, happening.tracks)
                self._waited(inject.id, decision.id, Waited(cells[0], happening.taken_up - happening.asked), way)
            case Discussed(inject=inject, cell=cell):
                self._waited(inject.id, None, Waited(cell, happening.taken_up - happening.asked), way)
            case MoveOver():
                self._over(happening, way)
        if play.move is not None:
            self._whens(play, play.move.id, way)

    def _effects(self, place: tuple[str, ...], effects: Mapping[str, Effect], moved: Moved) -> None:
        for track, effect in effects.items():
            if isinstance(effect, int) and effect and track in moved:
                at, (before, after) = EffectAt(place, track), moved[track]
                self.found.effects[at] = self.found.effects.get(at, False) or before != after

    def _whens(self, play: PlannedPlay, move: str, way: Way | None) -> None:
        """What the conditions of this move's pending injects say now."""
        settled = False
        for inject in self._watched[move]:
            if inject not in play.released:
                holds = inject in play.since or not self._index.conditional(inject)
                self._asked(("inject", inject), holds, self._negated[inject], play, way)
                settled = settled or not holds
        if settled:
            self._watched[move] = [
                inject
                for inject in self._watched[move]
                if self._negated[inject] or not self.found.conditions.get(("inject", inject))
            ]

    def _turns(self, play: PlannedPlay, way: Way | None) -> None:
        """What the conditions of the moves say whose turn comes now."""
        for move in self._index.exercise.moves[play.place :]:
            holds = self._index.move_conditions[move.id](play.tracks, play.released, play.chosen)
            if move.when is not None:
                self._asked(("move", move.id), holds, self._move_negated[move.id], play, way)
            if holds:
                return

    def _asked(self, asking: Asking, holds: bool, negated: Set[str], play: PlannedPlay, way: Way | None) -> None:
        self.found.conditions[asking] = self.found.conditions.get(asking, False) or not holds
        for decision in negated if holds else ():
            asker = self._index.inject_of.get(decision)
            if asker is not None and asker.id not in play.released:
                self.found.before_question.setdefault((*asking, decision), way)

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


def _as_choice(decision: Decision, cells: tuple[str, ...], option: str) -> str:
    return f"{decision.id}={option}" if decision.together else f"{decision.id}/{cells[0]}={option}"


def _choosing(option: str) -> Choose:
    return lambda decision, cells: option


def _nobody(decision: Decision, cells: tuple[str, ...]) -> Never:
    raise AssertionError(f"nobody is to be asked about '{decision.id}' here")
