"""What of a group of plays decides its future, besides its values: groups that agree in it are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from tabletop.scenario.conditions import Fact, reads
from tabletop.scenario.desks import Task
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Inject, Move
from tabletop.scenario.paths.carried import Carried
from tabletop.scenario.paths.naming import Classes, negated
from tabletop.scenario.planned import PlannedPlay


class Futures:
    """Makes keys of plays: equal for plays that, with equal tracks and carried facts, have the same future."""

    def __init__(self, index: Index, carried: Carried) -> None:
        self._index = index
        moves = index.exercise.moves
        asked = {decision: inject.id for decision, inject in index.inject_of.items()}
        self._reads = {
            inject.id: _facts(_asking(inject, inject.id, carried), asked, carried, move.id)
            for move in moves
            for inject in move.injects
        }
        self._planned = [tuple(each.id for each in move.injects if not each.contingency) for move in moves]
        # What is read after each move and not carried: by the moves that follow, and by what is in them.
        self._later: list[frozenset[Fact]] = [frozenset()]
        for move, injects in zip(reversed(moves), reversed(self._planned), strict=True):
            within = [each for inject in injects for each in _asking(index.injects[inject], inject, carried)]
            asking = [*_asking(move, f"move {move.id}", carried), *within]
            self._later.append(self._later[-1] | _facts(asking, asked, carried, ""))
        self._later.reverse()
        # Injects whose `when` nothing in their own move can change: if it fails as the move starts, they are out.
        self._fixed = {
            inject.id
            for move in moves
            for inject in move.injects
            if index.conditional(inject.id)
            and all(carried.is_made_elsewhere(*fact, move.id) for fact in reads(inject.when))
        }
        # Options that some condition tells apart from the rest of their decision by looking at the play.
        self.told_apart = {id: classes for id, classes in carried.classes.items() if id not in carried.choices}
        self._read: dict[tuple[int, tuple[str, ...]], _Read] = {}

    def key(self, play: PlannedPlay, known_idle: Set[tuple[str, str]]) -> object:
        """The key of a play within a move; stretches of idleness told already are left out of it."""
        assert play.move is not None
        move, desks, released, chosen = play.move.id, play.desks, play.released, play.chosen
        since, fixed = play.since, self._fixed
        pending = tuple(
            [
                inject
                for inject in self._planned[play.place - 1]
                if inject not in released and (inject not in fixed or inject in since)
            ]
        )
        read = self._read.get((play.place, pending)) or self._facts_read(play.place, pending)
        return (
            play.place,
            play.minute,
            pending,
            tuple([inject in released for inject in read.released]),
            tuple([classes.get(chosen.get(place)) for place, classes in read.choices]),
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
        """What a condition may still read here that is not among the values."""
        facts = sorted(self._later[place].union(*(self._reads[inject] for inject in pending)))
        read = _Read(
            released=[id for kind, id in facts if kind == "released"],
            choices=[
                ((id, cell), self.told_apart.get(id, {}))
                for kind, id in facts
                if kind == "chose"
                for cell in self._index.decision_cells(id)
            ],
            conditional=[inject for inject in pending if self._index.conditional(inject)],
        )
        self._read[place, pending] = read
        return read


class _Read(NamedTuple):
    """The facts that conditions may still read, choices with their options' classes; and the injects that wait."""

    released: list[str]
    choices: list[tuple[tuple[str, str], Classes]]
    conditional: list[str]


def _asking(thing: Inject | Move, id: str, carried: Carried) -> list[Condition]:
    """All that the play is asked when it is the thing's turn."""
    needed = [each.when for each in carried.needed.get(id, ())]
    return needed if thing.when is None else [thing.when, *needed]


def _facts(whens: Iterable[Condition], askers: Mapping[str, str], carried: Carried, move: str) -> frozenset[Fact]:
    """What conditions asked in a move look up in the play; for a `not: chose` also whether it was asked."""
    found: set[Fact] = set()
    for when in whens:
        read = {fact for fact in reads(when) if fact[0] == "released" or (fact[0] == "chose" and fact[1] in askers)}
        found |= {fact for fact in read if not carried.carries(*fact, move)}
        found |= {("released", askers[decision]) for decision in negated(when) if decision in askers}
    return frozenset(found)


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
