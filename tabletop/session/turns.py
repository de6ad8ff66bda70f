"""Which move comes next."""

from __future__ import annotations

from tabletop.scenario.model import Move
from tabletop.session.state import State


def next_move(state: State) -> Move | None:
    """The next move, in order after the one that is on, whose `when` holds; None where there is none."""
    moves = state.exercise.moves
    on = state.play.move
    ids = [move.id for move in moves]
    place = ids.index(on.id) + 1 if on is not None and on.id in ids else 0
    holding = (move for move in moves[place:] if state.holds(state.index.move_conditions[move.id]))
    return next(holding, None)
