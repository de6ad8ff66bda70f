"""A small exercise and a session of it, for tests that need a log of real play."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabletop.journal import Event, Journal
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

GATE = {
    "id": "closed",
    "title": "The gate is closed",
    "effects": {"trust": -1},
    "decisions": [
        {
            "id": "reply",
            "question": "How?",
            "options": [{"id": "call", "text": "Call", "effects": {"trust": 2}}, {"id": "wait", "text": "Wait"}],
        }
    ],
}
EXERCISE = exercise_from_json(
    {
        "format": 1,
        "id": "gate",
        "title": "The gate",
        "cells": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
        "tracks": [{"id": "trust", "name": "Trust", "start": 5}],
        "moves": [{"id": "dawn", "title": "Dawn", "minutes": 30, "injects": [GATE]}],
    }
)
BEGINNING: list[dict[str, Any]] = [
    {"do": "start"},
    {"do": "join", "name": "Kim Min-jun", "cell": "north"},
    {"do": "move"},
    {"do": "release", "inject": "closed"},
    {"do": "note", "text": "Silence. Then\nlaughter. 항만 " + "and so on " * 120},
    {"do": "decide", "decision": "reply", "cells": "north", "option": "call", "rationale": "It is urgent."},
    {"do": "undo"},
]
GOING_ON: list[dict[str, Any]] = [
    {"do": "decide", "decision": "reply", "cells": "north", "option": "wait"},
    {"do": "close"},
]


def begin(journal: Journal, time: SimulatedTime) -> Session:
    """A new session, its first line written."""
    return Session.create(EXERCISE, journal, ExerciseClock(time), name="gate-1")


def sit(session: Session, time: SimulatedTime, acts: Sequence[dict[str, Any]]) -> list[Event]:
    """Does acts one after another, a minute and a bit apart; the events they made."""
    events: list[Event] = []
    for act in acts:
        time.advance(65)
        events += session.do(act)
    return events


def play(journal: Journal, notes: int = 0) -> None:
    """A whole session with so many notes in it."""
    time = SimulatedTime()
    session = begin(journal, time)
    sit(session, time, BEGINNING)
    sit(session, time, [{"do": "note", "text": f"Note {number}: 비밀"} for number in range(notes)])
    sit(session, time, GOING_ON)
