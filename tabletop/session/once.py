"""Views of a state that the clock does not touch, worked out once for as long as the state stands.

A state is never changed, and a console looks at it each second: what only an event can change is kept until one comes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tabletop.session.state import State

View = TypeVar("View")


def once_a_state(view: Callable[[State], View]) -> Callable[[State], View]:
    """Keeps what a view said of the last state it was asked about; who takes it must not change it."""
    kept: tuple[State, View] | None = None

    @wraps(view)
    def asked(state: State) -> View:
        nonlocal kept
        found = kept  # one look: another thread may ask about another state
        if found is None or found[0] is not state:
            kept = found = (state, view(state))
        return found[1]

    return asked
