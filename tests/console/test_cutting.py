"""Late: the console proposes what to leave out, and one key takes the proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tabletop.console.app import Console
from tabletop.scenario.model import Exercise, exercise_from_json
from tests.console.conftest import recorded, said, shows
from tests.console.test_play import press, start

Make = Callable[..., Console]


def drill() -> Exercise:
    """An hour with two injects that nothing rests on, and one that alone exercises the objective."""
    injects = [
        {"id": "gate", "title": "The gate", "minutes": 10, "objectives": ["consult"], "text": "A gate."},
        {"id": "poll", "title": "A poll", "at": 20, "minutes": 12, "text": "A poll."},
        {"id": "call", "title": "A call", "at": 40, "minutes": 8, "text": "A call."},
    ]
    return exercise_from_json(
        {
            "format": 1,
            "id": "drill",
            "title": "The drill",
            "cells": [{"id": "north", "name": "North"}],
            "objectives": [{"id": "consult", "text": "Consult."}],
            "moves": [{"id": "dawn", "title": "Dawn", "minutes": 60, "injects": injects}],
        }
    )


async def test_one_key_takes_the_proposal_and_the_record_says_why(console: Make, logs: Path) -> None:
    app = console(exercise=drill())
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert app.session is not None
        app.session.do({"do": "deadline", "at": "2000-01-01T00:00:00.000Z"})
        await shows(app, "asked")
        await press(pilot, "X")
        await shows(app, "Leave these out?")
        assert "12 min A poll" in said(app)
        assert "8 min A call" in said(app)
        assert "min The gate" not in said(app)
        await press(pilot, "space")
    skipped = [event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == "inject_skipped"]
    assert [each["inject"] for each in skipped] == ["poll", "call"]
    assert {each["reason"] for each in skipped} == {"left out to finish on time"}


async def test_a_plan_that_ends_in_time_is_left_as_it_is(console: Make) -> None:
    app = console(exercise=drill())
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "X")
        await shows(app, "nothing has to be left out")
