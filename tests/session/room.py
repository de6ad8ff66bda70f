"""A small exercise and a session on it, for tests of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.errors import Refused
from tabletop.journal import Event, MemoryJournal
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.schedule import Slot, schedule
from tabletop.session.session import Session


def _option(id: str, trust: int | str | None = None, **keys: Any) -> dict[str, Any]:
    return {"id": id, "text": id.title(), "effects": {} if trust is None else {"trust": trust}, **keys}


NOTICE = {
    "id": "notice",
    "title": "The notice",
    "to": ["rok", "jpn"],
    "effects": {"trust": -1},
    "expects": ["They call each other."],
    "decisions": [
        {
            "id": "keep",
            "cells": ["rok", "jpn"],
            "question": "Keep the pact?",
            "minutes": 10,
            "otherwise": "wait",
            "options": [
                _option("yes", +2, consequence="Relief.", reveal_to=["usa"]),
                _option("no", -3, consequence="Dismay."),
                _option("wait"),
                _option("cut", "=1"),
            ],
        },
        {
            "id": "joint",
            "cells": ["rok", "jpn"],
            "together": True,
            "question": "What do you say together?",
            "open": False,
            "options": [_option("deny", +1), _option("admit", -1)],
        },
        {"id": "letter", "cells": ["usa"], "question": "Write to both."},
    ],
}
EXERCISE = {
    "format": 1,
    "id": "pact",
    "title": "The pact",
    "cells": [{"id": id, "name": id.upper()} for id in ("rok", "jpn", "usa")],
    "objectives": [{"id": "consult", "text": "Consult first."}],
    "tracks": [
        {"id": "trust", "name": "Trust", "start": 6},
        {"id": "noise", "name": "Noise", "start": 0, "max": 4},
    ],
    "moves": [
        {
            "id": "dawn",
            "title": "Dawn",
            "minutes": 30,
            "injects": [
                NOTICE,
                {"id": "leak", "title": "A leak", "at": 10, "delay": 5, "when": {"chose": {"keep": ["no"]}}},
                {"id": "thaw", "title": "A thaw", "at": 1, "when": {"track": {"trust": ">= 7"}}},
                {"id": "echo", "title": "An echo", "when": {"released": ["leak"]}, "effects": {"noise": 3}},
                {"id": "spare", "title": "A spare", "kind": "contingency", "use_if": "They are calm."},
            ],
        },
        {"id": "storm", "title": "Storm", "minutes": 20, "when": {"track": {"trust": "<= 2"}}},
        {
            "id": "dusk",
            "title": "Dusk",
            "minutes": 20,
            "injects": [{"id": "late", "title": "Late", "to": ["usa"], "private": {"usa": "Hush."}}],
        },
    ],
}


class Room:
    """A session in memory, on a clock that the test moves."""

    def __init__(self) -> None:
        self.time = SimulatedTime()
        self.journal = MemoryJournal()
        exercise = exercise_from_json(EXERCISE)
        self.session = Session.create(exercise, self.journal, ExerciseClock(self.time), name="first")

    def do(self, name: str, /, **fields: Any) -> Event:
        """Do a command; its last event."""
        return self.session.do({"do": name, **fields})[-1]

    def refused(self, name: str, /, **fields: Any) -> str:
        """Do a command that must be refused without a trace; why."""
        state, count = self.session.state, len(self.session.events)
        with pytest.raises(Refused) as caught:
            self.session.do({"do": name, **fields})
        assert self.session.state is state
        assert len(self.session.events) == count
        return str(caught.value)

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self.time.advance(minutes * 60)

    @property
    def trust(self) -> int:
        """The value of the track."""
        return self.session.state.play.tracks["trust"]

    def slot(self, inject: str) -> Slot:
        """Where an inject stands now."""
        slots = schedule(self.session.state, self.session.clock.elapsed)
        return next(slot for slot in slots if slot.inject.id == inject)
