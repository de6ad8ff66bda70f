"""What control passes on: messages, requests for information, injects reworded; and the curtain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabletop.console.app import Console
from tabletop.errors import NotWritten
from tabletop.journal import FileJournal
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tests.console.conftest import SIZES, recorded, said, shows, types
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]


async def test_a_message_goes_from_one_cell_to_another(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "c", "tab", "right", "space", "tab")
        await type_text(pilot, "call us")
        await press(pilot, "f10")
    event = recorded(logs / "first.jsonl")[-2]
    assert event["type"] == "message_sent"
    assert event["data"]["to"] == ["jpn"]
    assert event["data"]["from"] == "rok"


@pytest.mark.parametrize("size", SIZES)
async def test_an_open_request_is_owed_until_it_is_answered(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "i", "tab")
        await type_text(pilot, "Which ships?")
        await press(pilot, "f10")
        assert "asks, 0 min" in said(app)
        await press(pilot, "i", "right")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "All of them")
        await press(pilot, "f10")
        assert "asks, 0 min" not in said(app)
    assert types(logs / "first.jsonl")[-3:] == ["request_raised", "request_answered", "clock_paused"]


async def test_an_inject_is_reworded_before_its_release_and_only_what_differs_is_recorded(
    console: Make, logs: Path
) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "e", "end")
        await type_text(pilot, " today")
        await press(pilot, "f10")
        assert "The strait is closed today" in said(app)
        await press(pilot, "space", "e")
        assert "Nothing to reword here" in said(app)
    data = next(event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == "inject_reworded")
    assert data == {"inject": data["inject"], "title": "The strait is closed today"}


@pytest.mark.parametrize("size", SIZES)
async def test_the_curtain_shows_what_every_player_may_see_and_nothing_of_controls(
    console: Make, size: tuple[int, int]
) -> None:
    app = console()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert "PRIVATE" in said(app)
        await press(pilot, "b")
        assert "ON THE WALL" in said(app)
        assert "It is nine in the morning" in said(app)
        for hidden in ("CONTROL ONLY", "ONLY FOR", "The strait is closed", "Leaked paper"):
            assert hidden not in said(app)
        await press(pilot, "b", "space", "b")
        assert "The strait is closed" in said(app)
        assert "CONTROL ONLY" not in said(app)
        await press(pilot, "left")
        assert "It is nine in the morning" in said(app)
        await press(pilot, "escape")
        assert "PRIVATE" in said(app)


@pytest.mark.parametrize("size", SIZES)
async def test_behind_the_curtain_what_is_due_is_given_out_and_no_secret_shows(
    console: Make, logs: Path, size: tuple[int, int]
) -> None:
    app = console()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "b")
        await shows(app, "space give out what was due at 0:00, of 2 due")
        await press(pilot, "space")
        assert "The strait is closed" in await shows(app, "recorded #3")
        await press(pilot, "space")
        shown = await shows(app, "Nothing is due. recorded #4")
        for hidden in ("Leaked paper", "A newspaper prints the plan.", "東京", "CONTROL ONLY", "ONLY FOR"):
            assert hidden not in shown
        await press(pilot, "t", "p")
        await shows(app, "PAUSED")
        await press(pilot, "p", "b")
        await shows(app, "PRIVATE")
    released = ["inject_released", "inject_released", "decision_asked", "clock_paused", "clock_resumed"]
    assert types(logs / "first.jsonl")[3:] == [*released, "clock_paused"]


async def test_a_reason_that_may_name_a_secret_is_not_told_on_the_wall(
    console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "b")

        def full(*_: Any, **__: Any) -> None:
            raise NotWritten("Leaked paper is not recorded.", "Make room.")

        monkeypatch.setattr(FileJournal, "append", full)
        await press(pilot, "space")
        assert "Leaked paper" not in await shows(app, "NOT RECORDED: look in private")
        monkeypatch.undo()


async def test_the_reading_done_starts_the_countdown_of_all_who_were_asked(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "t")
    asked = next(event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == "decision_asked")
    assert asked["cells"] == ["rok", "jpn"]


async def test_the_facilitator_takes_over_from_auto_and_hands_back(console: Make, logs: Path) -> None:
    app = console(auto=True)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await shows(app, "RUNNING AUTO")
        await shows(app, "#4 ")
        await press(pilot, "I")
        assert "AUTO" not in said(app)
        await press(pilot, "I")
        await shows(app, "RUNNING AUTO")
    events = recorded(logs / "first.jsonl")
    assert [event["by"] for event in events if event["type"] == "inject_released"] == ["auto", "auto"]


async def test_a_text_that_fits_promises_no_more_lines_below(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "f10")
        assert "Ground rules" in said(app)
        assert "more line" not in said(app)


async def test_a_consequence_put_off_is_brought_back_and_read_out(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1", "f10", "escape")
        assert "Read out now" not in said(app)
        await press(pilot, "y")
        assert "NOT READ" in said(app)
        await press(pilot, "enter")
        assert "The escort sails within the hour" in said(app)
        await press(pilot, "space", "y")
        assert "NOT READ" not in said(app)
    assert types(logs / "first.jsonl")[-2:] == ["consequence_read", "clock_paused"]


async def test_a_starting_text_left_as_it_stood_is_nobodys_answer(harbour: Exercise, console: Make, logs: Path) -> None:
    made = exercise_as_json(harbour)
    made["moves"][0]["injects"][0]["decisions"][0]["start"] = "The ministers met today."
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "f10")
        assert "No answer is given" in said(app)
        await press(pilot, "1", "f10")
    data = next(event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == "decision_recorded")
    assert data["option"] == "escort"
    assert "text" not in data


async def test_what_was_said_in_own_words_stands_beside_the_consequence_it_counts_as(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1", "tab")
        await type_text(pilot, "two boats")
        await press(pilot, "f10")
        assert "They said: two boats" in said(app)


async def test_silence_that_counts_as_an_option_has_its_consequence_read_out(
    harbour: Exercise, console: Make, logs: Path
) -> None:
    made = exercise_as_json(harbour)
    made["moves"][0]["injects"][0]["decisions"][0]["options"][1]["consequence"] = "Nobody moves."
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "x", "f10")
        assert "Nobody moves." in said(app)
        await press(pilot, "space")
    assert types(logs / "first.jsonl")[-3:] == ["decision_recorded", "consequence_read", "clock_paused"]


async def test_all_questions_are_listed_and_one_is_chosen(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "f4")
        assert "Which question?" in said(app)
        await press(pilot, "down", "enter")
        assert "(2 of" in said(app)


async def test_somebody_who_comes_late_is_typed_below_those_who_are_there(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "tab", "tab")
        await type_text(pilot, "Kim, rok, lead")
        await press(pilot, "f10", "space", "space", "space", "P")
        await type_text(pilot, "Lee, rok")
        await press(pilot, "f10")
    written = recorded(logs / "first.jsonl")
    assert [event["data"]["name"] for event in written if event["type"] == "participant_joined"] == ["Kim", "Lee"]
    assert "participant_left" not in types(logs / "first.jsonl")
