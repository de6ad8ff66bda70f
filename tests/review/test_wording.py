"""Every event has its sentence: one line, titles rather than ids, no full stop."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tabletop.journal.event import Event
from tabletop.review.wording import _SENTENCES, describe, made_on_the_spot
from tabletop.scenario.index import Index
from tabletop.scenario.model import exercise_from_json
from tabletop.session.events import PAYLOADS


@pytest.fixture
def index(sample: ModuleType) -> Index:
    return Index(exercise_from_json(sample.EXERCISE))


def event(type: str, /, **data: Any) -> Event:
    return Event(3, "2026-11-24T01:23:45.678Z", 90.0, "facilitator", type, data)


def test_every_type_of_event_has_a_sentence() -> None:
    assert set(PAYLOADS.values()) == set(_SENTENCES)


@pytest.mark.parametrize(
    ("type", "data", "words"),
    [
        (
            "session_opened",
            {"version": "1", "name": "one", "exercise": {}, "exercise_sha256": ""},
            'Session "one" opened: The gate',
        ),
        (
            "participant_joined",
            {"id": "kim", "name": "Kim", "role": "J-2", "cell": "north"},
            "Kim joined (player, J-2, North)",
        ),
        (
            "participant_moved",
            {"id": "kim", "cell": "south", "lead": False},
            "Kim changed: South, no longer lead",
        ),
        ("clock_set", {"from": 60, "to": 3670, "reason": "slip"}, "Clock set from 0:01:00 to 1:01:10: slip"),
        ("move_started", {"move": "dawn"}, 'Move "Dawn" started'),
        (
            "move_started",
            {"move": "dawn", "reading": 130},
            'Move "Dawn" started; its briefing took 0:02:10 to read',
        ),
        (
            "inject_released",
            {"inject": "closed", "cells": ["north", "south"], "tracks": {"trust": [6, 5]}},
            '"The gate is closed" released to everyone [Trust 6 to 5]',
        ),
        (
            "inject_released",
            {"inject": "queue", "cells": ["north"], "tracks": {"cost": [10, 10]}},
            '"The queue grows" released to North [Cost stays 10]',
        ),
        ("inject_skipped", {"inject": "queue", "reason": "no time"}, '"The queue grows" skipped: no time'),
        ("redacted", {"type": "discussion_noted"}, "Withheld when the log was shared (discussion noted)"),
        (
            "inject_reworded",
            {"inject": "queue", "title": "x", "text": "y"},
            '"The queue grows" reworded before release: new title and text',
        ),
        ("inject_written", {"inject": {"id": "fog", "title": "Fog"}}, 'Inject written on the spot: "Fog"'),
        (
            "expectation_marked",
            {"inject": "closed", "number": 1, "cell": "south", "met": "partly"},
            'Expected action 1 of "The gate is closed" (South) is met in part',
        ),
        (
            "decision_asked",
            {"decision": "reply", "cells": ["north"], "minutes": 5},
            'North asked: "How do you reply?", 5 min',
        ),
        ("time_granted", {"move": "dusk", "minutes": 5}, '5 more minutes given for the move "Dusk"'),
        (
            "decision_recorded",
            {"decision": "reply", "cells": ["north"], "option": "call", "seconds": 250, "decided_by": "Kim"},
            'North, on "How do you reply?": decides "Call at once" (after 4 min 10 s, by Kim)',
        ),
        (
            "decision_recorded",
            {"decision": "reply", "cells": ["north"], "outcome": "out_of_time", "counts_as": "wait"},
            'North, on "How do you reply?": runs out of time, counts as "Wait"',
        ),
        (
            "decision_recorded",
            {"decision": "reply", "cells": ["south"], "text": "We\nshout", "early": True},
            'South, on "How do you reply?": answers in own words: "We shout" (before being asked)',
        ),
        (
            "decision_revised",
            {
                "replaces": 2,
                "decision": "reply",
                "cells": ["north"],
                "option": "wait",
                "dissents": [{"who": "Lee", "view": "no"}],
            },
            'North, on "How do you reply?": decides "Wait" (revised, dissent: Lee)',
        ),
        (
            "consequence_read",
            {"decision": "reply", "option": "call", "cells": ["south"]},
            'Consequence of "Call at once" read to South',
        ),
        ("discussion_noted", {"text": "Never.", "cell": "south", "quote": True}, 'Quote (South): "Never."'),
        ("discussion_noted", {"text": '"Never."', "quote": True}, 'Quote: "Never."'),
        ("discussion_noted", {"text": '"A quake" is all', "quote": True}, "Quote: \"'A quake' is all\""),
        (
            "discussion_noted",
            {"text": "Calm.", "cell": "south", "inject": "closed"},
            'Note (South, on "The gate is closed"): Calm.',
        ),
        (
            "ruling_made",
            {"text": "It rains", "method": "roll", "roll": {"odds": 30, "seed": 1, "result": 12}},
            "Ruling (roll of 12 against 30 %): It rains",
        ),
        ("track_set", {"tracks": {"trust": [5, 7]}}, "Set by hand [Trust 5 to 7]"),
        ("objective_rated", {"objective": "consult", "rating": "S"}, 'Rated S: "Consult before acting."'),
        ("event_undone", {"undoes": [4, 5]}, "Undone: #4 and #5"),
        ("entry_withdrawn", {"withdraws": 9, "reason": "typing error"}, "#9 withdrawn: typing error"),
        ("weather_changed", {"to": "rain"}, "Weather changed (this version does not know it)"),
        ("move_started", {"room": 5}, "Move started (this version does not know it)"),
        ("move_started", {"move": "gone"}, 'Move "gone" started'),
    ],
)
def test_an_event_in_words(index: Index, type: str, data: dict[str, Any], words: str) -> None:
    assert describe(event(type, **data), index) == words


def test_what_was_made_on_the_spot_is_named_by_its_title(index: Index) -> None:
    fog = {"id": "fog", "title": "Fog", "decisions": [{"id": "sail", "question": "Do you sail?"}]}
    made = [
        event("inject_written", inject=fog),
        event("decision_asked", decision="why", cells=["north"], question="Why?"),
    ]
    names = made_on_the_spot(made)
    released = event("inject_released", inject="fog", cells=["north"])
    asked = [event("decision_asked", decision=id, cells=["north"]) for id in ("sail", "why")]
    assert describe(released, index, names) == '"Fog" released to North'
    assert [describe(each, index, names) for each in asked] == [
        'North asked: "Do you sail?"',
        'North asked: "Why?"',
    ]


def test_people_and_options_that_came_with_the_session_are_named(index: Index) -> None:
    options = [{"id": "run", "text": "Run for it"}]
    names = made_on_the_spot(
        [
            event("participant_joined", id="kim", name="Kim Min-jun"),
            event("decision_asked", decision="why", cells=["north"], question="Why?", options=options),
        ]
    )
    dissents = [{"who": "kim", "view": "no"}, {"view": "no"}]
    data = {"decision": "why", "cells": ["north"], "option": "run", "decided_by": "kim", "dissents": dissents}
    words = 'North, on "Why?": decides "Run for it" (by Kim Min-jun, dissent: Kim Min-jun and somebody)'
    assert describe(event("decision_recorded", **data), index, names) == words
    assert describe(event("participant_left", id="kim"), index, names) == "Kim Min-jun left"
    assert describe(event("participant_left", id="lee"), index, names) == "Lee left"


def test_a_request_is_answered_by_its_words(index: Index) -> None:
    names = made_on_the_spot([event("request_raised", id="r1", cell="south", text="How long is the queue?")])
    answered = event("request_answered", id="r1", text="Two kilometres")
    assert describe(answered, index, names) == 'Control answered "How long is the queue?": Two kilometres'
