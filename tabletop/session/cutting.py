"""What to leave out when the plan runs late: injects that nothing else rests on, with the minutes each saves.

A cut keeps every objective exercised and every branch alive: what could be reached without it can be reached
with it. That is proved by the search of all paths, on the exercise without what is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from tabletop.scenario.conditions import reads
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Exercise, Inject
from tabletop.scenario.paths import explore
from tabletop.session.once import once_a_state
from tabletop.session.state import State

NEVER = 10**6
"""Minutes: idle and crowded cells are of no interest here."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An inject to leave out, and the minutes of the room that it saves: of the cell that it keeps longest."""

    inject: Inject
    minutes: int


def propose(state: State, minutes: int) -> tuple[Cut, ...]:
    """Cuts that save so many minutes, if there are as many; in the order of the plan.

    Takes a second or two for a large exercise: each cut is proved before it is proposed.
    """
    alive = _Alive(state.exercise)
    chosen: list[Cut] = []
    saved = 0
    for cut in sorted(_candidates(state), key=lambda each: -each.minutes):
        if saved >= minutes:
            break
        out = {each.inject.id for each in chosen} | {cut.inject.id}
        if _objectives_stay(state, out) and alive.without(out):
            chosen.append(cut)
            saved += cut.minutes
    order = {id: at for at, id in enumerate(state.index.injects)}
    return tuple(sorted(chosen, key=lambda each: order[each.inject.id]))


@once_a_state
def saved(state: State) -> int:
    """The minutes that the injects save which were left out of the move that is on, and of those after it."""
    out = state.play.skipped
    left = (inject for inject in _ahead(state) if inject.id in out and inject.when is None)
    return sum(_minutes(inject, state.index) for inject in left)


def _candidates(state: State) -> Iterator[Cut]:
    """Injects that are sure to come, are not out yet, and that no condition asks about."""
    read = {fact for when in _whens(state.exercise) for fact in reads(when)}
    for inject in _to_come(state):
        asked = {("chose", decision.id) for decision in inject.decisions}
        if inject.when is None and not asked & read and ("released", inject.id) not in read:
            minutes = _minutes(inject, state.index)
            if minutes:
                yield Cut(inject, minutes)


def _whens(exercise: Exercise) -> Iterator[Condition | None]:
    yield from (move.when for move in exercise.moves)
    yield from (inject.when for inject in exercise.injects())


def _to_come(state: State) -> Iterator[Inject]:
    """What the plan still has."""
    play = state.play
    return (each for each in _ahead(state) if each.id not in play.released and each.id not in play.skipped)


def _ahead(state: State) -> Iterator[Inject]:
    """What the plan has, of the move that is on and of those after it."""
    moves, on = state.exercise.moves, state.play.move
    at = next((place for place, move in enumerate(moves) if on is not None and move.id == on.id), 0)
    for move in moves[at:]:
        yield from (inject for inject in move.injects if not inject.contingency)


def _minutes(inject: Inject, index: Index) -> int:
    busy = dict.fromkeys(index.addressees(inject), inject.minutes)
    for decision in inject.decisions:
        for cell in index.decision_cells(decision.id):
            busy[cell] = busy.get(cell, 0) + decision.minutes
    return max(busy.values(), default=0)


def _objectives_stay(state: State, out: Set[str]) -> bool:
    """Whether each objective was exercised, or still will be."""
    staying = [*(inject for inject in _to_come(state) if inject.id not in out), *_released(state)]
    exercised = {objective for inject in staying for objective in inject.objectives}
    lost = {objective for id in out for objective in state.index.injects[id].objectives} - exercised
    return not lost


def _released(state: State) -> Iterable[Inject]:
    return [inject for id in state.play.released if (inject := state.original(id)) is not None]


class _Alive:
    """What planned play can reach, with and without some injects."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._reached = self._reach(frozenset())

    def without(self, out: Set[str]) -> bool:
        """Whether all else can still be reached; False where it cannot be proved."""
        if self._reached is None:
            return False
        reached = self._reach(out)
        return reached is not None and reached >= self._reached - out

    def _reach(self, out: Set[str]) -> Set[str] | None:
        moves = [
            move.model_copy(update={"injects": tuple(each for each in move.injects if each.id not in out)})
            for move in self._exercise.moves
        ]
        found = explore(Index(self._exercise.model_copy(update={"moves": tuple(moves)})), NEVER, NEVER)
        return found.injects | {f"move {id}" for id in found.moves} if found.complete else None
