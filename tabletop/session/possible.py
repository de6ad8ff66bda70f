"""Whether a branch may still be taken: what was answered and left out is settled, all else is open."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.scenario.model import Condition
from tabletop.session.state import State


def may_come(state: State, when: Condition | None) -> bool:
    """Whether a `when` holds or may yet come to hold, if no answer is revised; tracks may always move."""
    return when is None or _stands(state, when) is not False


def _stands(state: State, when: Condition) -> bool | None:
    """Whether it holds for good, or never will; None while that is open."""
    parts = [_chose(state, place, options) for place, options in when.chose.items()]
    parts += [None] * len(when.track)
    parts += [_released(state, inject) for inject in when.released]
    if when.any_ is not None:
        parts.append(_one_of(_stands(state, part) for part in when.any_))
    if when.not_ is not None:
        stands = _stands(state, when.not_)
        parts.append(None if stands is None else not stands)
    return False if False in parts else None if None in parts else True


def _one_of(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return True if True in found else None if None in found else False


def _chose(state: State, place: str, options: tuple[str, ...]) -> bool | None:
    decision, _, cell = place.partition("/")
    cells = (cell,) if cell else state.decision_cells(decision)
    return _one_of(_answered(state, decision, each, options) for each in cells)


def _answered(state: State, decision: str, cell: str, options: tuple[str, ...]) -> bool | None:
    place = (decision, cell)
    if place in state.play.answers and not state.play.owes(place):
        return state.play.chosen.get(place) in options
    asks = state.inject_of(decision)
    return None if asks is None or place in state.play.asked or not _gone(state, asks.id) else False


def _released(state: State, inject: str) -> bool | None:
    return True if inject in state.play.released else False if _gone(state, inject) else None


def _gone(state: State, inject: str) -> bool:
    """Whether an inject was left out, or left behind with its move."""
    play = state.play
    if inject in play.released:
        return False
    move = state.index.move_of.get(inject)
    left = move is not None and move.id in play.visits and (play.move is None or play.move.id != move.id)
    return inject in play.skipped or left
