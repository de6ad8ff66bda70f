"""Whose turn it is: which move comes next, and from when each question counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabletop.scenario.model import Move
from tabletop.session.once import once_a_state
from tabletop.session.state import Asked, Place, State


def next_move(state: State) -> Move | None:
    """The next move, in order after the one that is on, whose `when` holds; None where there is none."""
    moves = state.exercise.moves
    on = state.play.move
    ids = [move.id for move in moves]
    place = ids.index(on.id) + 1 if on is not None and on.id in ids else 0
    holding = (move for move in moves[place:] if state.holds(state.index.move_conditions[move.id]))
    return next(holding, None)


@once_a_state
def turns(state: State) -> Mapping[Place, float]:
    """For each answer that a cell owes, the clock reading from which its minutes count.

    A cell deals with one thing at a time, in the order asked, as in planned play: a question's turn comes when
    those before it are answered, or their minutes are over. What has no limit holds nothing up.
    """
    found: dict[Place, float] = {}
    free: dict[str, float] = {}
    for decision, cells in _in_order(state):
        asks = {cell: state.play.asked[decision, cell] for cell in cells}
        turn = max(max(ask.clock, free.get(cell, 0.0)) for cell, ask in asks.items())
        for cell, ask in asks.items():
            found[decision, cell] = turn
            free[cell] = max(free.get(cell, 0.0), _done(state, (decision, cell), ask, turn))
    return found


def _in_order(state: State) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions in the order in which they were first asked, each with the cells that answer it as one."""
    play = state.play
    since = min((ask.clock for place, ask in play.asked.items() if play.owes(place)), default=0.0)
    # What was answered before the oldest of what is owed was asked holds nothing up.
    places = [
        place
        for place in play.asked
        if play.owes(place) or ((answer := play.answers.get(place)) is not None and answer.clock > since)
    ]
    places.sort(key=lambda place: _order(state, place))
    joint: set[str] = set()
    for id, cell in places:
        decision = state.decision(id)
        if decision is None or not decision.together:
            yield id, (cell,)
        elif id not in joint:
            joint.add(id)
            yield id, tuple(each for each in state.decision_cells(id) if (id, each) in play.asked)


def _order(state: State, place: Place) -> tuple[int, int, str]:
    """When its inject came, and where it stands among the questions of that; asking again changes nothing in it."""
    inject = state.inject_of(place[0])
    released = state.play.released.get(inject.id) if inject is not None else None
    if inject is None or released is None:
        return state.play.asked[place].seq, 0, place[1]
    return released.seq, [each.id for each in inject.decisions].index(place[0]), place[1]


def _done(state: State, place: Place, ask: Asked, turn: float) -> float:
    """When the cell is done with it: as it answered, or as its minutes are over."""
    if state.play.owes(place):
        return turn + ask.limit * 60.0
    answer = state.play.answers.get(place)
    while answer is not None and answer.previous is not None and answer.previous.first == answer.first:
        answer = answer.previous  # revised later, but given then
    return answer.clock if answer is not None and answer.seq > ask.seq else 0.0
