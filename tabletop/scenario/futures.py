"""What of a group of plays decides its future, besides its tracks: groups that agree in it are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

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
        # What is read after each move: by the moves that follow, and by what is in them.
        self._later: list[frozenset[Fact]] = [frozenset()]
        for move in reversed(moves):
            within = (self._reads[inject.id] for inject in move.injects if not inject.contingency)
            self._later.append(self._later[-1].union(_facts(move.when, asked), *within))
        self._later.reverse()
        self.named = _named_options(index)
        self._read: dict[tuple[int, tuple[str, ...]], tuple[Fact, ...]] = {}

    def key(self, play: PlannedPlay, known_idle: Set[tuple[str, str]]) -> object:
        """The key of a play within a move; stretches of idleness told already are left out of it."""
        assert play.move is not None
        pending = tuple(each.id for each in play.move.injects if not each.contingency and each.id not in play.released)
        return (
            play.place,
            play.minute,
            pending,
            tuple(self._value(play, fact) for fact in self._facts_read(play.place, pending)),
            tuple(play.moment_of(inject) for inject in pending),
            tuple(_tasks(play)),
            tuple(
                (cell, play.desks.free_since[cell])
                for cell in self._index.players
                if play.desks.is_idle(cell) and (play.move.id, cell) not in known_idle
            ),
        )

    def _facts_read(self, place: int, pending: tuple[str, ...]) -> tuple[Fact, ...]:
        """The facts, besides tracks, that a condition may still read."""
        if (place, pending) not in self._read:
            facts = self._later[place].union(*(self._reads[inject] for inject in pending))
            self._read[place, pending] = tuple(sorted(facts))
        return self._read[place, pending]

    def _value(self, play: PlannedPlay, fact: Fact) -> object:
        kind, id = fact
        if kind == "released":
            return id in play.released
        # Options that no condition names are one and the same to it.
        options = (play.chosen.get((id, cell)) for cell in self._index.decision_cells(id))
        return tuple(option if (id, option) in self.named else None for option in options)


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
