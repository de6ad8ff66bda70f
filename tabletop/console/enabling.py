"""When an act can do something: what the registry of acts asks of the session as it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.console.glance import Glance

Enabled = Callable[["Glance"], bool]


def always(glance: Glance) -> bool:
    """At any time."""
    return True


def playing(glance: Glance) -> bool:
    """While play is on."""
    return glance.playing


def not_closed(glance: Glance) -> bool:
    """Until the session is closed."""
    return glance.state.phase != "closed"


def closed(glance: Glance) -> bool:
    """Once the session is closed."""
    return glance.state.phase == "closed"


def started(glance: Glance) -> bool:
    """While play is on, and after it."""
    return glance.state.phase != "opened"


def in_move(glance: Glance) -> bool:
    """While a move is on."""
    return glance.playing and glance.state.play.move is not None


def several_due(glance: Glance) -> bool:
    """While more than one inject is due."""
    return len(glance.due) > 1


def owing(glance: Glance) -> bool:
    """While an answer is owed."""
    return glance.playing and bool(glance.owed)


def deciding(glance: Glance) -> bool:
    """While there is a decision to answer or to revise."""
    return glance.playing and any(True for _ in glance.state.decision_ids())


def undoable(glance: Glance) -> bool:
    """While there is something to take back."""
    return bool(glance.session.will_undo())


def with_tracks(glance: Glance) -> bool:
    """While play is on, in an exercise that has tracks."""
    return glance.playing and bool(glance.state.exercise.tracks)


def with_objectives(glance: Glance) -> bool:
    """While play is on and after it, in an exercise that has objectives."""
    return started(glance) and bool(glance.state.exercise.objectives)


def released(glance: Glance) -> bool:
    """Once an inject was given out."""
    return glance.playing and any(True for _ in glance.state.play.released)


def moved(glance: Glance) -> bool:
    """Once a move was begun."""
    return bool(glance.state.play.moves_played)


def late(glance: Glance) -> bool:
    """While the plan ends later than was asked."""
    from tabletop.console.glance import minutes_over

    return in_move(glance) and glance.state.deadline is not None and minutes_over(glance) > 0
