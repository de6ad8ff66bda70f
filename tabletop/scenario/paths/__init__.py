"""All paths through an exercise: a search over the choices of planned play.

Paths are far too many to walk one by one, but most of them meet again. Plays that stand at the same choice,
with the same things under way and the same of every answer and release that a condition may still read, go
on together as one group, whatever the values of their tracks (`groups`). Options that no condition tells
apart are taken together, too. Groups are gone on with in the order of play, so that each is complete before
it goes on, and what a complete search says is exact for every path.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, NamedTuple, Never

from tabletop.scenario.desks import Idle
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Option
from tabletop.scenario.paths.carried import Carried
from tabletop.scenario.paths.futures import Futures
from tabletop.scenario.paths.groups import Board, EffectAt, Group, Step
from tabletop.scenario.paths.naming import negated
from tabletop.scenario.paths.reaching import within_reach
from tabletop.scenario.paths.spaces import Space, Values
from tabletop.scenario.planned import Choose, Decided, Discussed, Happening, MoveOver, MoveStarted, Released

BUDGET = 100_000
"""How much a search may do, in happenings and in groups made: some two seconds."""

LARGEST_SPACE = 2**24
"""Combinations of track values up to which a search is begun: their set takes a megabyte."""


class Crossing:
    """A choice that groups have come to, and all the ways by which they came."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.ways: list[Way] = []


class Way(NamedTuple):
    """How a group came to a point: from a crossing, by one of these options, with these values of its tracks."""

    space: Space
    values: Values
    trail: Step | None
    crossing: Crossing | None = None
    options: tuple[Option, ...] = ()

    def choices(self) -> tuple[str, ...]:
        """Choices that lead here, in order, each as ``--choose`` takes it."""
        found: list[str] = []
        way, wanted = self, self.values
        while way.crossing is not None:
            wanted = way._before_trail(wanted)
            task = way.crossing.group.next_choice()
            assert task is not None
            assert task.decision is not None
            option, wanted = way._option(task.decision, task.cells, wanted)
            found.append(_as_choice(task.decision, task.cells, option))
            way = next(each for each in way.crossing.ways if each.values & wanted)
            wanted &= way.values
        return tuple(reversed(found))

    def _before_trail(self, wanted: Values) -> Values:
        """The values from which the trail leads to these."""
        step = self.trail
        while step is not None:
            wanted = self.space.before(wanted, step.track, step.effect) if step.track else wanted & step.values
            step = step.before
        return wanted

    def _option(self, decision: Decision, cells: tuple[str, ...], wanted: Values) -> tuple[str, Values]:
        """The option that was chosen, and the values at the crossing from which it leads to these."""
        assert self.crossing is not None
        for option in self.options:
            came = wanted
            does = {**option.effects, **self.space.carried.chosen(decision, cells, option.id)}
            for track, effect in reversed(does.items()):
                if self.space.knows(track):
                    came = self.space.before(came, track, effect)
            came &= self.crossing.group.values
            if came:
                return option.id, came
        raise AssertionError("no option leads to values that were reached")


class Waited(NamedTuple):
    """A cell took something up this many minutes after it was asked."""

    cell: str
    minutes: int


Asking = tuple[Literal["move", "inject"], str]
"""Whose `when` it is, or whose text."""


@dataclass
class Explored:
    """What some path of planned play shows, each with the first way to it that was found.

    `complete` says that every path was looked at: only then is what is not in here true of no path.
    ``late`` and ``overrun`` give the minute; ``crowded`` is by inject and decision (None: its discussion),
    the longest wait of each; ``idle`` the longest stretch by move and cell. ``conditions`` are those that
    were asked, and whether one was ever false; ``before_question`` those that held by a `not: chose` before
    its decision (the last of the key) was asked; ``effects`` those that were applied, and whether one ever
    moved its track. ``untold`` has what reached a cell (the last of the key) that had not been told of what it takes
    for granted (the one before), and whether any play could have told it.
    """

    complete: bool = False
    moves: set[str] = field(default_factory=set)
    injects: set[str] = field(default_factory=set)
    late: dict[str, tuple[int, Way]] = field(default_factory=dict)
    overrun: dict[str, tuple[int, Way]] = field(default_factory=dict)
    crowded: dict[tuple[str, str | None], tuple[Waited, Way]] = field(default_factory=dict)
    idle: dict[tuple[str, str], tuple[Idle, Way]] = field(default_factory=dict)
    conditions: dict[Asking, bool] = field(default_factory=dict)
    before_question: dict[tuple[str, str, str], Way] = field(default_factory=dict)
    effects: dict[EffectAt, bool] = field(default_factory=dict)
    untold: dict[tuple[Asking, str, str], tuple[bool, Way]] = field(default_factory=dict)


def explore(index: Index, idle_after: int, crowded_after: int, budget: int = BUDGET) -> Explored:
    """Search all paths; ``idle_after`` and ``crowded_after`` are the minutes from which a stretch is told.

    A search that runs out of its budget gives what it has found, not `complete`.
    """
    search = Search(index, idle_after, crowded_after, budget)
    search.run()
    return search.found


class Search:
    """Crossing by crossing, in the order of play."""

    def __init__(self, index: Index, idle_after: int, crowded_after: int, budget: int) -> None:
        self.found = Explored()
        self._index = index
        self._idle_after, self._crowded_after = idle_after, crowded_after
        self._left = budget
        tracks = within_reach(index)
        self._space = Space(tracks, Carried(index, tracks))
        self._futures = Futures(index, self._space.carried)
        self._negated = {inject.id: frozenset(negated(inject.when)) for inject in index.injects.values()}
        self._move_negated = {move.id: frozenset(negated(move.when)) for move in index.moves.values()}
        # Injects whose `when` may still show something, by move.
        self._watched = {
            move.id: [each.id for each in move.injects if each.when is not None and not each.contingency]
            for move in index.moves.values()
        }
        self._crossings: dict[object, Crossing] = {}
        self._open: list[tuple[tuple[int, int, int, int], Crossing]] = []
        self._numbers = count()
        self._from: tuple[Crossing | None, tuple[Option, ...]] = (None, ())

    def run(self) -> None:
        """Look at all paths, as far as the budget goes."""
        space = self._space
        if space.size > LARGEST_SPACE:
            return
        self._cost = 1 + space.size // 2**17
        board = Board(self._index, space)
        self.found.effects = board.counting
        self._go_on(Group(board))
        while self._open and self._left > 0:
            _, crossing = heapq.heappop(self._open)
            self._cross(crossing)
        self.found.complete = not self._open and self._left > 0

    def _cross(self, crossing: Crossing) -> None:
        """Take each choice of a crossing that a condition tells apart from the others."""
        task = crossing.group.next_choice()
        assert task is not None
        assert task.decision is not None
        for options in self._told_apart(task.decision):
            group = crossing.group.fork()
            self._from = (crossing, options)
            self._left -= self._cost * (4 + len(options))
            happening = group.choose_among(options, _choosing(options[0].id))
            group.trail = None  # the way back of the options' effects is their crossing's
            self._happened(group, happening)

    def _told_apart(self, decision: Decision) -> Iterable[tuple[Option, ...]]:
        classes = self._futures.told_apart.get(decision.id, {})
        alike: dict[int, tuple[Option, ...]] = {}
        for option in decision.options:
            number = classes.get(option.id, 0)
            alike[number] = (*alike.get(number, ()), option)
        return alike.values()

    def _go_on(self, group: Group) -> None:
        """Let everything happen that nobody chooses, up to the next crossings."""
        groups = [group]
        while groups and self._left > 0:
            group = groups.pop()
            if group.move is None:
                groups += self._next_move(group)
            elif group.next_choice() is not None:
                self._meet(group)
            elif (parts := group.turn_of_presumed()) is not None:
                groups += parts
            else:
                self._left -= self._cost
                groups += self._happened_to(group, group.happen(_nobody))

    def _happened(self, group: Group, happening: Happening | None) -> None:
        for each in self._happened_to(group, happening):
            self._go_on(each)

    def _happened_to(self, group: Group, happening: Happening | None) -> list[Group]:
        self._look(group, happening)
        groups = list(group.settled())
        for each in groups:
            if each.move is not None:
                self._whens(each, each.move.id)
        return groups

    def _next_move(self, group: Group) -> Iterator[Group]:
        rest: Group | None = group
        for move, plays, passes in group.turns():
            rest = passes
            if move.when is not None:
                for each in (plays, passes):
                    if each is not None:
                        holding = each.values if each is plays else 0
                        self._asked(("move", move.id), self._move_negated[move.id], each, holding)
            if plays is not None:
                yield from self._happened_to(plays, plays.start(move))
        if rest is not None:
            self._ended(rest)

    def _ended(self, group: Group) -> None:
        """No move is left for these plays; the findings are complete without it."""

    def _meet(self, group: Group) -> None:
        """Join those that came to this crossing before."""
        assert group.move is not None
        self._idle(group.move.id, group.desks.idle, group)  # who joins others has it told now or never
        key = self._key(group)
        way = self._way(group)
        crossing = self._crossings.get(key)
        if crossing is None:
            crossing = self._crossings[key] = Crossing(group)
            place = (group.place, group.minute, group.count, next(self._numbers))
            heapq.heappush(self._open, (place, crossing))
        crossing.ways.append(way)
        crossing.group.values |= group.values

    def _key(self, group: Group) -> object:
        """Plays of one key have the same future, and the same past as far as it is still to be told."""
        return self._futures.key(group, self.found.idle.keys())

    def _way(self, group: Group) -> Way:
        return Way(group.board.space, group.values, group.trail, *self._from)

    # --- what a happening shows ----------------------------------------------------------------------

    def _look(self, group: Group, happening: Happening | None) -> None:
        match happening:
            case MoveStarted(move=move):
                self.found.moves.add(move.id)
                self._untold(("move", move.id), f"move {move.id}", group)
            case Released(inject=inject, minute=minute):
                self.found.injects.add(inject.id)
                self._untold(("inject", inject.id), inject.id, group)
                if group.move is not None and minute > group.move.minutes and inject.id not in self.found.late:
                    self.found.late[inject.id] = (minute, self._way(group))
            case Decided(inject=inject, decision=decision, cells=cells):
                self._waited(inject.id, decision.id, cells[0], happening.taken_up - happening.asked, group)
            case Discussed(inject=inject, cell=cell):
                self._waited(inject.id, None, cell, happening.taken_up - happening.asked, group)
            case MoveOver(move=move, minute=minute, idle=idle):
                if minute > move.minutes and move.id not in self.found.overrun:
                    self.found.overrun[move.id] = (minute, self._way(group))
                self._idle(move.id, idle, group)

    def _untold(self, what: Asking, id: str, group: Group) -> None:
        for needed, values in group.untold(id):
            key = (what, needed.of, needed.cell)
            if key not in self.found.untold:
                self.found.untold[key] = (needed.may, self._way(group)._replace(values=values))

    def _waited(self, inject: str, decision: str | None, cell: str, minutes: int, group: Group) -> None:
        if minutes > self._crowded_after:
            before = self.found.crowded.get((inject, decision))
            if before is None or minutes > before[0].minutes:
                self.found.crowded[inject, decision] = (Waited(cell, minutes), self._way(group))

    def _idle(self, move: str, stretches: Iterable[Idle], group: Group) -> None:
        for idle in stretches:
            long = idle.end - idle.start >= self._idle_after
            if long and idle.cell in self._index.players and (move, idle.cell) not in self.found.idle:
                self.found.idle[move, idle.cell] = (idle, self._way(group))

    def _whens(self, group: Group, move: str) -> None:
        """What the conditions of this move's pending injects say now."""
        settled = False
        for inject in self._watched[move]:
            if inject not in group.released:
                holding = group.holding(inject)
                self._asked(("inject", inject), self._negated[inject], group, holding)
                settled = settled or holding != group.values
        if settled:
            self._watched[move] = [
                inject
                for inject in self._watched[move]
                if self._negated[inject] or not self.found.conditions.get(("inject", inject))
            ]

    def _asked(self, asking: Asking, negated: Set[str], group: Group, holding: Values) -> None:
        """A condition was asked, and holds for these of the group's values."""
        self.found.conditions[asking] = self.found.conditions.get(asking, False) or holding != group.values
        for decision in negated if holding else ():
            asker = self._index.inject_of.get(decision)
            key = (*asking, decision)
            if asker is not None and asker.id not in group.released and key not in self.found.before_question:
                self.found.before_question[key] = self._way(group)._replace(values=holding)


def _as_choice(decision: Decision, cells: tuple[str, ...], option: str) -> str:
    return f"{decision.id}={option}" if decision.together else f"{decision.id}/{cells[0]}={option}"


def _choosing(option: str) -> Choose:
    return lambda decision, cells: option


def _nobody(decision: Decision, cells: tuple[str, ...]) -> Never:
    raise AssertionError(f"nobody is to be asked about '{decision.id}' here")
