"""Everything in one key and one small form: what each act records, and what the screen then says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tabletop.console.app import Console
from tabletop.console.screens.ruling import roll, vote
from tabletop.console.screens.timing import reading
from tabletop.errors import Refused
from tests.console.conftest import SIZES, recorded, said, shows, types
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]
Pressing = Pilot[Any]


@asynccontextmanager
async def in_play(app: Console, size: tuple[int, int]) -> AsyncIterator[Pressing]:
    """The first move is on, and its first inject is out."""
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space")
        if size[0] < 100:
            await press(pilot, "escape")
        yield pilot


def session_clock(app: Console) -> float:
    """What the exercise clock shows."""
    assert app.session is not None
    return app.session.clock.elapsed


def newest(logs: Path, kind: str) -> dict[str, Any]:
    """The newest event's data of a kind."""
    return [event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == kind][-1]


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_carries_the_inject_under_the_cursor(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "down", "n")
        await type_text(pilot, "They wait")
        await press(pilot, "f10")
        await shows(app, 'Note (on "Leaked paper"): They wait')
    assert newest(logs, "discussion_noted") == {"text": "They wait", "inject": "leak"}


async def test_the_inject_that_a_note_carries_can_be_taken_out(console: Make, logs: Path) -> None:
    app = console()
    async with in_play(app, (120, 40)) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "Coffee")
        await press(pilot, "shift+tab", "right", "f10")
    assert newest(logs, "discussion_noted") == {"text": "Coffee"}


@pytest.mark.parametrize("size", SIZES)
async def test_a_quote_is_recorded_word_for_word(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "quotation_mark")
        await type_text(pilot, "Not on my watch")
        await press(pilot, "tab", "right", "f10")
        await shows(app, 'Quote (Seoul, on "The strait is closed"): "Not on my w')
    assert newest(logs, "discussion_noted") == {
        "text": "Not on my watch",
        "cell": "rok",
        "quote": True,
        "inject": "closure",
    }


@pytest.mark.parametrize("size", SIZES)
async def test_a_cell_assumes_something(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "f")
        await type_text(pilot, "It is mined")
        await press(pilot, "tab", "right", "tab", "right", "f10")
        await shows(app, "Assumption (Seoul): It is mined")
    assert newest(logs, "fact_recorded") == {"kind": "assumption", "cell": "rok", "text": "It is mined"}


async def test_an_observation_has_its_kind_objective_cell_and_inject(console: Make, logs: Path) -> None:
    app = console()
    async with in_play(app, (80, 24)) as pilot:
        await press(pilot, "o", "right", "tab")
        await type_text(pilot, "Nobody called")
        await press(pilot, "tab", "tab", "right", "tab", "right", "f10")
        await shows(app, "Area for improvement (Seoul, on")
    assert newest(logs, "observation_recorded") == {
        "kind": "improvement",
        "text": "Nobody called",
        "objective": "consult",
        "cell": "rok",
        "inject": "closure",
    }


@pytest.mark.parametrize("size", SIZES)
async def test_a_proposal_has_reasons_on_both_sides_and_is_ruled_on_by_a_vote(
    console: Make, logs: Path, size: tuple[int, int]
) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "R", "tab")
        await type_text(pilot, "Send a tug")
        await press(pilot, "tab")
        await type_text(pilot, "cheap")
        await press(pilot, "enter")
        await type_text(pilot, "quick")
        await press(pilot, "tab")
        await type_text(pilot, "weak")
        await press(pilot, "f10")
        await shows(app, "Seoul proposes: Send a tug (2 for, 1 against)")
        await press(pilot, "r")
        await type_text(pilot, "It sails")
        assert "(o) Send a tug" in said(app)
        assert "About (who asked" not in said(app)
        await press(pilot, "tab", "tab", "right", "tab")
        await type_text(pilot, "7 3 1")
        await press(pilot, "f10")
        await shows(app, "7 for, 3 against, 1 abstained")
        await press(pilot, "r")
        assert "On the proposal" not in said(app)
    proposal = newest(logs, "argument_made")
    assert (proposal["for"], proposal["against"]) == (["cheap", "quick"], ["weak"])
    ruling = newest(logs, "ruling_made")
    assert ruling == {
        "text": "It sails",
        "about": "Send a tug",
        "method": "vote",
        "vote": {"for": 7, "against": 3, "abstained": 1},
    }


@pytest.mark.parametrize("size", SIZES)
async def test_a_ruling_is_rolled_for_with_odds_stated_before(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "r")
        await type_text(pilot, "The tug arrives")
        await press(pilot, "tab", "tab", "right", "right", "f10")
        assert "The odds are missing" in said(app)
        await press(pilot, "tab")
        await type_text(pilot, "60")
        await press(pilot, "tab")
        await type_text(pilot, "7")
        await press(pilot, "f10")
        screen = await shows(app, "The roll is")
    ruling = newest(logs, "ruling_made")
    assert ruling["roll"]["odds"] == 60
    assert ruling["roll"]["seed"] == 7
    assert f"The roll is {ruling['roll']['result']}, the odds were 60 %." in screen


@pytest.mark.parametrize("size", SIZES)
async def test_tracks_are_set_by_hand(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "s", "f10")
        assert "No track is set" in said(app)
        await type_text(pilot, "-2")
        await press(pilot, "f10")
        await shows(app, "Trust 6 to 4")
    assert newest(logs, "track_set")["tracks"] == {"trust": [6, 4]}


@pytest.mark.parametrize("size", SIZES)
async def test_expected_actions_are_marked_for_a_cell(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "M", "right", "tab", "p", "f10")
        await shows(app, "Expected action")
        await press(pilot, "M")
        await shows(app, "(so far: Seoul partly)")
    marked = newest(logs, "expectation_marked")
    assert marked == {"inject": "closure", "number": 1, "cell": "rok", "met": "partly"}


async def test_an_inject_of_an_earlier_move_is_chosen_to_be_marked(console: Make, logs: Path) -> None:
    app = console()
    async with in_play(app, (80, 24)) as pilot:
        await press(pilot, "m", "enter", "space", "M")
        assert "Which inject?" in said(app)
        await press(pilot, "enter", "tab", "y", "f10")
    assert newest(logs, "expectation_marked") == {"inject": "closure", "number": 1, "met": "yes"}


@pytest.mark.parametrize("size", SIZES)
async def test_an_inject_is_revealed_to_another_cell_later(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "v")
        await shows(app, "Every cell has been given all")
        await press(pilot, "space", "v", "f10")
        await shows(app, "revealed to Seoul too")
    assert newest(logs, "inject_revealed") == {"inject": "leak", "cells": ["rok"]}


@pytest.mark.parametrize("size", SIZES)
async def test_an_inject_begins_from_a_template(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "w")
        await type_text(pilot, "Fire at sea")
        await press(pilot, "f2")
        await shows(app, "FLASH.")
        await press(pilot, "f10")
        assert "The template's text stands as it was" in said(app)
        app.screen.query_one("#text", TextArea).load_text("A tanker burns.")
        await press(pilot, "f2")
        assert "A tanker burns." in said(app)
        await press(pilot, "f10")
        await shows(app, '"Fire at sea" released to everyone')
    written = newest(logs, "inject_written")["inject"]
    assert (written["title"], written["via"], written["text"]) == ("Fire at sea", "call", "A tanker burns.")


@pytest.mark.parametrize("size", SIZES)
async def test_a_cell_is_asked_again(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "d", "2", "f10", "Q")
        await shows(app, "again: everyone")
        await press(pilot, "tab", "space", "f10")
        await shows(app, "Seoul asked:")
    assert newest(logs, "decision_asked") == {"decision": "answer", "cells": ["rok"]}


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_is_put_on_the_spot(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "Q", "left", "tab")
        await type_text(pilot, "Who pays?")
        await press(pilot, "tab")
        await type_text(pilot, "We")
        await press(pilot, "enter")
        await type_text(pilot, "They")
        await press(pilot, "tab", "space", "tab")
        await type_text(pilot, "5")
        await press(pilot, "f10")
        await shows(app, 'Seoul asked: "Who pays?", 5 min')
    asked = newest(logs, "decision_asked")
    assert asked["cells"] == ["rok"]
    assert [option["text"] for option in asked["options"]] == ["We", "They"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_clock_is_corrected(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "C")
        await type_text(pilot, "0:20")
        await press(pilot, "tab")
        await type_text(pilot, "late start")
        await press(pilot, "f10")
        await shows(app, "Clock set from 0:00:")
        assert session_clock(app) >= 1200
    assert newest(logs, "clock_set")["to"] == 1200


def test_a_clock_reading_is_room_time_or_minutes_more_or_less() -> None:
    assert reading("1:05", 0) == 3900
    assert reading("1:05:30", 0) == 3930
    assert reading("-5", 400) == 100
    assert reading("-10", 400) == 0
    assert reading("+ 2", 400) == 520
    with pytest.raises(Refused, match="Write 1:05"):
        reading("soon", 400)


@pytest.mark.parametrize("size", SIZES)
async def test_the_end_is_asked_for_later_and_changed(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        session = app.session
        assert session is not None
        from datetime import timedelta

        from tabletop.console.words import parse

        for minutes in (3, 90):
            then = parse(session.clock.now().at).astimezone() + timedelta(minutes=minutes)
            await press(pilot, "F", "home", *["delete"] * 5)
            await type_text(pilot, f"{then:%H:%M}")
            await press(pilot, "f10")
            if minutes == 3:
                await shows(app, "min LATE")
                await shows(app, "X finish on time")
        await pilot.pause()
        assert "LATE" not in said(app)
    assert types(logs / "first.jsonl").count("deadline_set") == 2


@pytest.mark.parametrize("size", SIZES)
async def test_an_objective_is_rated_and_an_action_agreed_in_play(
    console: Make, logs: Path, size: tuple[int, int]
) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "O", "tab", "s", "f10")
        await shows(app, "Rated S")
        await press(pilot, "T")
        await type_text(pilot, "Write a list")
        await press(pilot, "f10")
        await shows(app, "Write a list")
    assert newest(logs, "objective_rated") == {"objective": "consult", "rating": "S"}
    assert newest(logs, "action_agreed")["action"] == "Write a list"


@pytest.mark.parametrize("size", SIZES)
async def test_a_closed_session_is_reopened(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "E", "space", "2", "escape", "escape")
        await shows(app, "ENDED")
        assert "U reopen" in said(app)
        await press(pilot, "U")
        await shows(app, "PAUSED")
    assert types(logs / "first.jsonl")[-1] == "session_reopened"


@pytest.mark.parametrize("text", ["", "many", "7 3 1 2"])
def test_a_vote_without_counts_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        vote(text)


def test_votes_are_counted_however_they_are_written() -> None:
    assert vote("7-3") == {"for": 7, "against": 3, "abstained": 0}
    assert vote("7 for, 3 against, 1 abstained") == {"for": 7, "against": 3, "abstained": 1}


@pytest.mark.parametrize(("odds", "seed"), [("", ""), ("101", ""), ("60", "x")])
def test_a_roll_without_odds_is_refused(odds: str, seed: str) -> None:
    with pytest.raises(Refused):
        roll(odds, seed)
