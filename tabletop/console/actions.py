"""What the facilitator can do: one registry that makes the keys, the key bar, the help and the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding

if TYPE_CHECKING:
    from textual.screen import Screen

    from tabletop.console.glance import Glance

Enabled = Callable[["Glance"], bool]


def _always(glance: Glance) -> bool:
    return True


def _playing(glance: Glance) -> bool:
    return glance.playing


def _in_move(glance: Glance) -> bool:
    return glance.playing and glance.state.play.move is not None


def _due(glance: Glance) -> bool:
    return len(glance.due) > 1


def _owed(glance: Glance) -> bool:
    return glance.playing and bool(glance.owed)


def _decisions(glance: Glance) -> bool:
    return glance.playing and any(True for _ in glance.state.decision_ids())


def _undoable(glance: Glance) -> bool:
    return bool(glance.session.will_undo())


def _tracks(glance: Glance) -> bool:
    return glance.playing


@dataclass(frozen=True)
class Act:
    """Something to be done with one key: ``run`` on the screen is ``action_<id>``.

    ``bar`` orders it in the key bar, 0 keeps it out; the palette and the help show every act.
    """

    id: str
    key: str
    label: str
    tip: str
    enabled: Enabled = _always
    bar: int = 0
    shown_key: str = ""

    @property
    def name(self) -> str:
        """The key as people know it."""
        return self.shown_key or self.key


ACTS: tuple[Act, ...] = (
    Act(
        "next",
        "space",
        "release",
        "Does what the key bar says: releases what is due, opens a move, ends a reading",
        bar=1,
    ),
    Act(
        "decide",
        "d",
        "decide",
        "Record what a cell decided; the most overdue is filled in",
        _decisions,
        bar=2,
    ),
    Act("note", "n", "note", "Note what was said in the room", _playing, bar=3),
    Act(
        "observe",
        "o",
        "observe",
        "Record an observation: a strength, or an area for improvement",
        _playing,
        bar=4,
    ),
    Act("release_all", "A", "release all", "Release everything that is due, in one go", _due, bar=5),
    Act("rule", "r", "ruling", "Record a ruling of control, and what it does to the tracks", _playing, bar=6),
    Act(
        "skip",
        "x",
        "skip",
        "Leave an inject out, or record that an answer was declined or out of time",
        _in_move,
        bar=7,
    ),
    Act(
        "more_time",
        "plus",
        "2 more min",
        "Two more minutes for the question most overdue",
        _owed,
        bar=8,
        shown_key="+",
    ),
    Act("pause", "p", "pause", "Stop the clock, or let it run on", _playing, bar=9),
    Act("move", "m", "move", "Go to the next move, or to any other", _playing, bar=10),
    Act("undo", "u", "undo", "Take back the newest act; says first what that is", _undoable, bar=11),
    Act("write", "w", "write", "Write an inject on the spot and release it", _in_move, bar=12),
    Act("act", "a", "act", "Record what a cell does unasked", _playing, bar=13),
    Act("hold", "h", "hold", "Keep the inject under the cursor back", _in_move, bar=14),
    Act("message", "c", "message", "Pass on a message from one cell to others", _playing, bar=16),
    Act(
        "request",
        "i",
        "request",
        "A request for information: raise one, or answer one that is open",
        _playing,
        bar=17,
    ),
    Act("reword", "e", "reword", "Change the wording of the inject under the cursor before its release", _in_move),
    Act("consequence", "y", "what follows", "Read out what follows from a choice: later, or again", _playing),
    Act("cut", "X", "finish on time", "Propose what to leave out when the plan ends too late", _in_move),
    Act("restart", "t", "time anew", "Start the countdown again: the reading is done", _owed, bar=15),
    Act("people", "P", "people", "Who is here, in which cell, who leads: complete it or change it"),
    Act("briefing", "B", "briefing", "Read the move's briefing again", _in_move),
    Act("curtain", "b", "on the wall", "Draw the curtain: only what every player may see", bar=18),
    Act("record", "l", "record", "The record so far, newest last", bar=19),
    Act("end", "E", "end", "End play and go on to the hot wash", _playing, bar=20),
    Act("help", "f1", "all keys", "Every key, and what it does", bar=21, shown_key="F1"),
    Act("quit", "q", "quit", "Leave; the clock is paused and the session can be resumed", bar=22),
)
"""Every act of the console, in the order of the help."""

BY_ID = {act.id: act for act in ACTS}


def bindings(acts: Iterable[Act] = ACTS) -> list[Binding]:
    """The acts as key bindings, each with an id so that it can be remapped."""
    return [Binding(act.key, act.id, act.label, show=False, tooltip=act.tip, id=f"act.{act.id}") for act in acts]


def bar(glance: Glance) -> list[Act]:
    """What can be done now, the most wanted first; the first is always what Space does."""
    shown = [act for act in ACTS if act.bar and act.enabled(glance)]
    return sorted(shown, key=lambda act: act.bar)


def palette(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What can be done now on the screen of play, for the command palette."""
    glance: Glance | None = getattr(screen, "glance", None)
    for act in ACTS:
        if glance is not None and act.enabled(glance):
            run = partial(screen.run_action, act.id)
            yield SystemCommand(f"{act.label} ({act.name})", act.tip, run)
