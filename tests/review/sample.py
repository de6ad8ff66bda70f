"""A session written by hand, event by event: the record that these tests read."""

from __future__ import annotations

from typing import Any

from tabletop.journal.chain import canonical_sha256
from tabletop.journal.event import Draft
from tabletop.journal.memory import MemoryJournal
from tabletop.journal.reading import Damage, Reading, Torn
from tabletop.review.reviewing import Review, review

EXERCISE: dict[str, Any] = {
    "format": 1,
    "id": "gate",
    "title": "The gate",
    "summary": "Two capitals, one closed gate.",
    "marking": "UNCLASSIFIED // FOR EXERCISE USE ONLY",
    "authors": ["A. Author"],
    "topics": ["border", "trade"],
    "background": "The gate closed at dawn.\n\n- Nobody knows why.\n- Lorries wait.",
    "objectives": [
        {
            "id": "consult",
            "text": "Consult before acting.",
            "capability": "Coordination",
            "tasks": ["Names who calls."],
        },
        {"id": "inform", "text": "Inform the public."},
    ],
    "cells": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
    "tracks": [
        {"id": "trust", "name": "Trust", "start": 6, "marks": {"0": "broken", "5": "business-like"}},
        {"id": "cost", "name": "Cost", "start": 2, "good": "low"},
    ],
    "hot_wash": ["What surprised you?"],
    "moves": [
        {
            "id": "dawn",
            "title": "Dawn",
            "minutes": 30,
            "injects": [
                {
                    "id": "closed",
                    "title": "The gate is closed",
                    "objectives": ["consult"],
                    "expects": ["South calls North."],
                    "effects": {"trust": -1},
                    "decisions": [
                        {
                            "id": "reply",
                            "question": "How do you reply?",
                            "minutes": 5,
                            "otherwise": "wait",
                            "options": [
                                {"id": "call", "text": "Call at once", "consequence": "The line is open."},
                                {"id": "wait", "text": "Wait"},
                            ],
                        }
                    ],
                },
                {"id": "queue", "title": "The queue grows", "at": 10},
                {"id": "rumour", "title": "A rumour", "at": 20, "when": {"chose": {"reply": ["wait"]}}},
                {"id": "spare", "title": "A spare card", "kind": "contingency"},
            ],
        },
        {
            "id": "dusk",
            "title": "Dusk",
            "minutes": 20,
            "injects": [{"id": "open", "title": "The gate opens"}],
        },
    ],
}

Line = tuple[float, str, dict[str, Any]]

OPENED: Line = (
    0,
    "session_opened",
    {
        "format": "tabletop-log/1",
        "version": "0.1.0",
        "name": "gate-1",
        "exercise": EXERCISE,
        "exercise_sha256": canonical_sha256(EXERCISE),
    },
)

PLAYED: list[Line] = [
    OPENED,
    (
        0,
        "participant_joined",
        {"id": "ann", "name": "Ann", "role": "Minister", "cell": "north", "lead": True},
    ),
    (0, "participant_joined", {"id": "bo", "name": "Bo", "cell": "south"}),
    (0, "participant_joined", {"id": "fay", "name": "Fay", "kind": "facilitator"}),
    (0, "exercise_started", {}),
    (0, "move_started", {"move": "dawn"}),
    (60, "inject_released", {"inject": "closed", "cells": ["north", "south"], "tracks": {"trust": [6, 5]}}),
    (
        180,
        "decision_recorded",
        {
            "decision": "reply",
            "cells": ["north"],
            "option": "wait",
            "decided_by": "ann",
            "seconds": 120,
            "rationale": "We know too little",
            "dissents": [{"who": "Bo", "view": "We should call"}],
            "tracks": {"trust": [5, 4]},
        },
    ),
    (240, "consequence_read", {"decision": "reply", "option": "call", "cells": ["south"]}),
    (
        300,
        "decision_recorded",
        {
            "decision": "reply",
            "cells": ["south"],
            "outcome": "out_of_time",
            "counts_as": "wait",
            "seconds": 240,
        },
    ),
    (
        420,
        "decision_revised",
        {
            "replaces": 7,
            "decision": "reply",
            "cells": ["north"],
            "option": "call",
            "decided_by": "ann",
            "seconds": 360,
            "rationale": "South is waiting",
            "confidence": "high",
            "tracks": {"trust": [4, 6]},
        },
    ),
    (500, "inject_released", {"inject": "queue", "cells": ["north"]}),
    (505, "event_undone", {"undoes": [11]}),
    (600, "inject_skipped", {"inject": "queue", "reason": "too late"}),
    (620, "discussion_noted", {"text": "Nobody called", "cell": "south", "quote": True, "happened": 610}),
    (
        640,
        "observation_recorded",
        {
            "kind": "strength",
            "text": "North called South",
            "objective": "consult",
            "cell": "north",
            "inject": "closed",
        },
    ),
    (
        650,
        "observation_recorded",
        {
            "kind": "improvement",
            "text": "No list of numbers",
            "analysis": "Nobody keeps one",
            "objective": "consult",
        },
    ),
    (660, "observation_recorded", {"kind": "note", "text": "Taken back later"}),
    (670, "entry_withdrawn", {"withdraws": 17, "reason": "wrong room"}),
    (680, "expectation_marked", {"inject": "closed", "number": 1, "cell": "south", "met": "partly"}),
    (690, "fact_recorded", {"kind": "assumption", "cell": "north", "text": "The gate stays closed"}),
    (700, "request_raised", {"id": "r1", "cell": "south", "text": "How long is the queue?"}),
    (720, "clock_paused", {}),
    (720, "clock_resumed", {}),
    (740, "request_answered", {"id": "r1", "text": "Two kilometres"}),
    (900, "move_started", {"move": "dusk"}),
    (960, "inject_written", {"inject": {"id": "rain", "title": "Rain", "text": "It rains."}}),
    (970, "inject_released", {"inject": "rain", "cells": ["south"], "tracks": {"cost": [2, 3]}}),
    (1500, "hot_wash_noted", {"text": "The silence surprised us", "cell": "south"}),
    (1800, "session_closed", {}),
    (1800, "objective_rated", {"objective": "consult", "rating": "M", "text": "Late"}),
    (1800, "objective_rated", {"objective": "consult", "rating": "S", "text": "Late, yet done"}),
    (
        1800,
        "action_agreed",
        {
            "id": "a1",
            "action": "Keep a list of numbers",
            "objective": "consult",
            "owner": "North",
            "due": "1 March",
        },
    ),
    (1800, "feedback_given", {"strengths": ["Pace", "Cards"], "well_structured": 5}),
]
"""Seq of a line is its place: #6 the release, #7 the decision, #10 its revision, #29 the close."""


def journal(lines: list[Line]) -> MemoryJournal:
    """The lines as a log; each is written a minute after the one before, whatever its clock."""
    log = MemoryJournal()
    for seq, (clock, kind, data) in enumerate(lines):
        at = f"2026-11-24T{9 + seq // 60:02}:{seq % 60:02}:00.000Z"
        log.append([Draft(kind, data, at, clock, "facilitator")], expect=seq)
    return log


def reading(lines: list[Line], damage: Damage | None = None, torn: Torn | None = None) -> Reading:
    """The lines as they are read from a log."""
    log = journal(lines)
    return Reading(log.events, log.head, damage, torn, newer=False)


def reviewed(lines: list[Line] = PLAYED) -> Review:
    """The review of the lines."""
    read = reading(lines)
    return review(read.events, read.head)
