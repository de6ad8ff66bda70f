"""A small exercise in two versions, and sessions of it played by commands: what is compared in these tests."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tabletop.journal.memory import MemoryJournal
from tabletop.journal.reading import Reading, parse
from tabletop.review.comparing import Comparison, compare
from tabletop.review.logs import Log
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

Command = dict[str, Any]

_EXERCISE: dict[str, Any] = {
    "format": 1,
    "id": "gate",
    "title": "The gate",
    "marking": "FOR EXERCISE USE ONLY",
    "objectives": [
        {"id": "consult", "text": "Consult before acting.", "capability": "Coordination"},
        {"id": "inform", "text": "Inform the public."},
    ],
    "cells": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
    "tracks": [{"id": "trust", "name": "Trust", "start": 5}],
    "moves": [
        {
            "id": "dawn",
            "title": "Dawn",
            "minutes": 30,
            "injects": [
                {
                    "id": "closed",
                    "title": "The gate is closed",
                    "decisions": [
                        {
                            "id": "reply",
                            "cells": ["north"],
                            "question": "How do you reply?",
                            "minutes": 5,
                            "options": [
                                {"id": "call", "text": "Call at once", "effects": {"trust": 2}},
                                {"id": "wait", "text": "Wait", "effects": {"trust": -1}},
                            ],
                        }
                    ],
                },
                {"id": "thanks", "title": "South is glad", "at": 10, "when": {"chose": {"reply": ["call"]}}},
                {"id": "rumour", "title": "A rumour", "at": 10, "when": {"chose": {"reply": ["wait"]}}},
            ],
        },
        {"id": "dusk", "title": "Dusk", "minutes": 20, "injects": [{"id": "open", "title": "The gate opens"}]},
    ],
}


def exercise(change: Mapping[str, Any] | None = None, id: str = "gate") -> Exercise:
    """The exercise; with a `change` its second version, which offers a third option and has one more inject."""
    value = copy.deepcopy(_EXERCISE)
    value["id"] = id
    if change is not None:
        decision = value["moves"][0]["injects"][0]["decisions"][0]
        decision["options"].append({"id": "write", "text": "Write a letter"})
        value["moves"][1]["injects"].append({"id": "rain", "title": "Rain", "when": {"chose": {"reply": ["write"]}}})
        value |= change
    return exercise_from_json(value)


FIRST = exercise()
SECOND = exercise({})

BEGIN: list[Command] = [{"do": "start"}, {"do": "move"}, {"do": "release", "inject": "closed"}]
END: list[Command] = [{"do": "move"}, {"do": "release", "inject": "open"}, {"do": "close"}]


def decide(minutes: float = 0, **answer: Any) -> list[Command]:
    """North's answer, so many minutes after the question."""
    return [{"do": "wait", "minutes": minutes}, {"do": "decide", "decision": "reply", **answer}]


def chose(option: str, minutes: float = 0) -> list[Command]:
    """A whole session in which North chose an option, and what that brings went out."""
    brought = {"call": "thanks", "wait": "rumour"}.get(option)
    released = [{"do": "release", "inject": brought}] if brought else []
    return [*BEGIN, *decide(minutes, option=option), *released, *END]


def played(
    commands: Iterable[Command], on: Exercise = FIRST, name: str = "gate", day: int = 1, by: str = "facilitator"
) -> Reading:
    """The log of a session, played on that day of January 2027."""
    time = SimulatedTime(datetime(2027, 1, 1, 9, tzinfo=UTC) + timedelta(days=day - 1))
    journal = MemoryJournal(name)
    session = Session.create(on, journal, ExerciseClock(time), name=name, by=by)
    for command in commands:
        if command["do"] == "wait":
            time.advance(command["minutes"] * 60)
        else:
            session.do(command, by)
    return replace(parse(journal.lines(), Path(f"{name}.jsonl")), path=None)


def logs(*sessions: Iterable[Command], on: Exercise = FIRST) -> list[Log]:
    """Sessions on days after one another, called a, b, c ..."""
    names = [chr(97 + place) for place in range(len(sessions))]
    return [
        Log(name, played(session, on, name, day))
        for day, (name, session) in enumerate(zip(names, sessions, strict=True), start=1)
    ]


def compared(*sessions: Iterable[Command], on: Exercise = FIRST) -> Comparison:
    """The comparison of sessions."""
    return compare(logs(*sessions, on=on))
