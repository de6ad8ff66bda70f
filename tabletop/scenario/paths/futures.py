"""What of a group of plays decides its future, besides its tracks: groups that agree in it are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from tabletop.scenario.conditions import Fact, reads
from tabletop.scenario.desks import Task
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition
from tabletop.scenario.planned import PlannedPlay


class Futures:
    """Makes keys of plays: equal for plays that, with equal tracks, have the same future."""

    def __init__(self, index: Index) -> None:
        self._index = index
        moves = index.exercise.moves
        asked = _askers(index)
        self._reads = {inject.id: _facts(inject.when, asked) for inject in index.injects.values()}
        self._planned = [tuple(each.id for each in move.injects if not each.contingency) for move in moves]
        # What is read after each move: by the moves that follow, and by what is in them.
        self._later: list[frozenset[Fact]] = [frozenset()]
        for move, injects in zip(reversed(moves), reversed(self._planned), strict=True):
            within = (self._reads[inject] for inject in injects)
            self._later.append(self._later[-1].union(_facts(move.when, asked), *within))
        self._later.reverse()
        self.named = _named_options(index)
        self._read: dict[tuple[int, tuple[str, ...]], _Read] = {}

    def key(self, play: PlannedPlay, known_idle: Set[tuple[str, str]]) -> object:
        """The key of a play within a move; stretches of idleness told already are left out of it."""
        assert play.move is not None
        move, desks, released, chosen = play.move.id, play.desks, play.released, play.chosen
        pending = tuple([inject for inject in self._planned[play.place - 1] if inject not in released])
        read = self._read.get((play.place, pending)) or self._facts_read(play.place, pending)
        # Options that no condition names are one and the same to it.
        choices = [chosen.get(place) for place in read.choices]
        return (
            play.place,
            play.minute,
            pending,
            tuple([inject in released for inject in read.released]),
            tuple([one if one in named else None for one, named in zip(choices, read.named, strict=True)]),
            tuple([play.moment_of(inject) for inject in read.conditional]),
            tuple(_tasks(play)),
            tuple(
                [
                    (cell, desks.free_since[cell])
                    for cell in self._index.players
                    if (move, cell) not in known_idle and desks.is_idle(cell)
                ]
            ),
        )

    def _facts_read(self, place: int, pending: tuple[str, ...]) -> _Read:
        """What, besides tracks, a condition may still read here."""
        facts = sorted(self._later[place].union(*(self._reads[inject] for inject in pending)))
        places = [(id, cell) for kind, id in facts if kind == "chose" for cell in self._index.decision_cells(id)]
        named = {decision: {o for d, o in self.named if d == decision} for decision, _ in places}
        read = _Read(
            released=[id for kind, id in facts if kind == "released"],
            choices=places,
            named=[named[decision] for decision, _ in places],
            conditional=[inject for inject in pending if self._index.conditional(inject)],
        )
        self._read[place, pending] = read
        return read


class _Read(NamedTuple):
    """The facts that conditions may still read, and the injects whose moment rests on one."""

    released: list[str]
    choices: list[tuple[str, str]]
    named: list[set[str | None]]
    conditional: list[str]


def _facts(when: Condition | None, askers: Mapping[str, str]) -> frozenset[Fact]:
    """What a condition reads besides tracks; for a `not: chose` also whether the question was asked."""
    read = {fact for fact in reads(when) if fact[0] == "released" or (fact[0] == "chose" and fact[1] in askers)}
    asked: set[Fact] = {("released", askers[decision]) for decision in negated(when) if decision in askers}
    return frozenset(read | asked)


def _askers(index: Index) -> dict[str, str]:
    """The inject that asks each decision."""
    return {decision: inject.id for decision, inject in index.inject_of.items()}


def _tasks(play: PlannedPlay) -> Iterator[object]:
    """All that was asked and is not done, in the order asked; with its end, if it is under way."""
    done = {number: minute for minute, number, _ in play.desks.running}
    tasks: dict[int, Task] = {number: task for _, number, task in play.desks.running}
    for queue in play.desks.queues.values():
        for task in queue:
            tasks[task.number] = task
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


def negated(when: Condition | None, within: bool = False) -> Iterator[str]:
    """The decisions that a condition asks about inside a `not`."""
    if when is None:
        return
    if within:
        yield from (place.partition("/")[0] for place in when.chose)
    for part in when.any_ or ():
        yield from negated(part, within)
    yield from negated(when.not_, True)
