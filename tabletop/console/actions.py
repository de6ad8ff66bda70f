"""What the facilitator can do: one registry that makes the keys, the key bar, the help and the palette."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding

from tabletop.console import enabling
from tabletop.console.enabling import Enabled
from tabletop.console.keynames import key_name, key_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from tabletop.console.glance import Glance


@dataclass(frozen=True)
class Act:
    """Something to be done with one key: ``run`` on the screen is ``action_<id>``.

    ``bar`` orders it in the key bar, 0 keeps it out, and so does ``wanted`` where it says no; the palette and
    the help show every act.
    """

    id: str
    key: str
    label: str
    tip: str
    enabled: Enabled = enabling.always
    bar: int = 0
    wanted: Enabled = enabling.always

    @property
    def name(self) -> str:
        """The key as people know it."""
        return key_name(self.key)


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
        "Record what a cell decided, or a new answer in place of an old one; the most overdue is filled in",
        enabling.deciding,
        bar=2,
    ),
    Act("note", "n", "note", "Note what was said in the room, on the inject under the cursor", enabling.playing, bar=3),
    Act("quote", "quotation_mark", "quote", "Record what somebody said, word for word", enabling.playing, bar=24),
    Act(
        "observe",
        "o",
        "observe",
        "Record an observation: a strength, or an area for improvement",
        enabling.started,
        bar=4,
    ),
    Act("release_all", "A", "release all", "Release everything that is due, in one go", enabling.several_due, bar=5),
    Act(
        "rule",
        "r",
        "ruling",
        "Record a ruling of control: by judgement, by a vote, by a roll; and what it does to the tracks",
        enabling.playing,
        bar=6,
    ),
    Act("propose", "R", "proposal", "Record a proposal with reasons for and against it", enabling.playing, bar=26),
    Act(
        "fact",
        "f",
        "fact",
        "Record what a cell takes as established, or assumes",
        enabling.playing,
        bar=25,
    ),
    Act(
        "skip",
        "x",
        "skip",
        "Leave an inject out, or record that an answer was declined or out of time",
        enabling.in_move,
        bar=8,
    ),
    Act("more_time", "plus", "2 more min", "Two more minutes for the question most overdue", enabling.owing, bar=9),
    Act("restart", "t", "time anew", "Start the countdown again: the reading is done", enabling.owing, bar=16),
    Act(
        "ask",
        "Q",
        "ask",
        "Ask a cell again, or put a question of your own to any cells",
        enabling.playing,
        bar=27,
    ),
    Act(
        "consequence",
        "y",
        "what follows",
        "Read out what follows from a choice: later, or again",
        enabling.playing,
    ),
    Act("mark", "M", "mark", "Mark whether players did what was expected", enabling.released, bar=23),
    Act("pause", "p", "pause", "Stop the clock, or let it run on", enabling.playing, bar=10),
    Act(
        "auto",
        "I",
        "by itself",
        "Let what is due go out by itself, and the next move open; or take over again",
        enabling.playing,
    ),
    Act("clock", "C", "set clock", "Correct the clock", enabling.playing),
    Act("finish", "F", "finish by", "Say, or change, when the room has to end", enabling.not_closed),
    Act(
        "cut",
        "X",
        "finish on time",
        "Propose what to leave out when the plan ends too late",
        enabling.in_move,
        bar=7,
        wanted=enabling.late,
    ),
    Act("move", "m", "move", "Go to the next move, or to any other", enabling.playing, bar=11),
    Act("undo", "u", "undo", "Take back the newest act; says first what that is", enabling.undoable, bar=12),
    Act(
        "write",
        "w",
        "write",
        "Write an inject on the spot, from a template if wished, and release it",
        enabling.in_move,
        bar=13,
    ),
    Act("reveal", "v", "reveal", "Give an inject that was released to more cells", enabling.released, bar=28),
    Act("hold", "h", "hold", "Keep the inject under the cursor back", enabling.in_move, bar=15),
    Act(
        "reword",
        "e",
        "reword",
        "Change the wording of the inject under the cursor before its release",
        enabling.in_move,
    ),
    Act("act", "a", "act", "Record what a cell does unasked", enabling.playing, bar=14),
    Act("message", "c", "message", "Pass on a message from one cell to others", enabling.playing, bar=17),
    Act(
        "request",
        "i",
        "request",
        "A request for information: raise one, or answer one that is open",
        enabling.playing,
        bar=18,
    ),
    Act("track", "s", "set track", "Set tracks by hand", enabling.with_tracks),
    Act("rate", "O", "rate", "Rate an objective: P, S, M or U", enabling.with_objectives),
    Act("agree", "T", "action", "Agree a corrective action: something to do", enabling.started),
    Act(
        "done",
        "D",
        "action done",
        "Close an action that is done: of this session, or of an earlier one",
        enabling.started,
    ),
    Act("people", "P", "people", "Who is here, in which cell, who leads: complete it or change it"),
    Act("briefing", "B", "briefing", "Read the move's briefing again", enabling.in_move),
    Act(
        "told",
        "K",
        "what they know",
        "What each cell has been told so far; the arrows go from cell to cell",
        bar=29,
    ),
    Act("last_move", "L", "last move", "What happened in the last move, on one page", enabling.moved),
    Act("record", "l", "record", "The record so far, by kind, by cell, by what is searched for", bar=20),
    Act("curtain", "b", "on the wall", "Draw the curtain: only what every player may see", bar=19),
    Act("unmask", "z", "show card", "Show a card for one cell, which is masked once the curtain was drawn"),
    Act("end", "E", "end", "End play and go on to the hot wash", enabling.playing, bar=21),
    Act("reopen", "U", "reopen", "Play goes on after all", enabling.closed, bar=2),
    Act("help", "f1", "all keys", "Every key, and what it does", bar=22),
    Act("quit", "q", "quit", "Leave; the clock is paused and the session can be resumed", bar=23),
)
"""Every act of the console, in the order of the help."""

BY_ID = {act.id: act for act in ACTS}


def bindings(acts: Iterable[Act] = ACTS) -> list[Binding]:
    """The acts as key bindings, each with an id so that it can be remapped."""
    return [Binding(act.key, act.id, act.label, show=False, tooltip=act.tip, id=f"act.{act.id}") for act in acts]


def bar(glance: Glance) -> list[Act]:
    """What can be done now, the most wanted first; the first is always what Space does."""
    shown = [act for act in ACTS if act.bar and act.enabled(glance) and act.wanted(glance)]
    return sorted(shown, key=lambda act: act.bar)


def palette(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What can be done now on the screen of play, for the command palette."""
    glance: Glance | None = getattr(screen, "glance", None)
    for act in ACTS:
        if glance is not None and act.enabled(glance):
            run = partial(screen.run_action, act.id)
            key = key_of(screen.app, f"act.{act.id}", act.key)
            yield SystemCommand(f"{act.label} ({key})", act.tip, run)
