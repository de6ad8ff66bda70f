"""The small forms: what is missing is said at its field, and no key does what nobody asked for."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea

from tabletop.console.app import Console
from tabletop.console.flowing import as_written, flowing
from tabletop.console.people import doubts
from tabletop.console.screens.setup import SetupScreen
from tabletop.console.widgets.pick import Pick
from tabletop.journal import FileJournal
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tabletop.session.clock import ExerciseClock, SystemTime
from tabletop.session.session import Session
from tests.console.conftest import SIZES, asked, recorded, said, shows, types
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]


def newest(logs: Path, kind: str) -> dict[str, Any]:
    return [event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == kind][-1]


def agreed_earlier(harbour: Exercise, logs: Path) -> None:
    """A session before this one agreed two actions and closed one."""
    earlier = Session.create(
        harbour, FileJournal.create(logs / "earlier.jsonl"), ExerciseClock(SystemTime()), name="earlier"
    )
    agreed = [("Write a list of numbers", "consult"), ("Call the embassy", "inform")]
    earlier.do({"do": "start"})
    for action, objective in agreed:
        earlier.do({"do": "agree", "action": action, "objective": objective, "owner": "Kim", "due": "2027-01-31"})
    earlier.do({"do": "close_action", "id": "a2"})
    earlier.close()


def focused(app: App[Any]) -> str | None:
    return app.focused.id if app.focused is not None else None


@pytest.mark.parametrize(
    ("key", "field", "sentence"),
    [
        ("n", "text", "Write what was said."),
        ("a", "text", "Say what they do."),
        ("c", "to", "Tick whom it goes to."),
        ("i", "text", "Write it first."),
        ("f", "text", "Write what it is."),
        ("r", "text", "Write the ruling."),
        ("R", "proposal", "Write what they propose."),
        ("o", "text", "Write what was seen."),
        ("T", "action", "Say what will be done."),
        ("w", "title", "Give it a title."),
    ],
)
async def test_what_is_missing_is_said_at_its_field(console: Make, key: str, field: str, sentence: str) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, key, "f10")
        assert sentence in said(app)
        assert "is missing" not in said(app)
        assert focused(app) == field
        fields = list(app.screen.query_one("#form").children)
        assert fields.index(app.screen.query_one("#form-fault")) == fields.index(app.screen.query_one(f"#{field}")) + 1


async def test_space_keeps_a_choice_and_moves_nothing(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "quiet")
        await press(pilot, "tab", "right", "space", "space")
        assert app.screen.query_one("#cell", Pick).value == "rok"
        await press(pilot, "f10")
    assert newest(logs, "discussion_noted")["cell"] == "rok"


# --- leaving out -------------------------------------------------------------------------------------


async def test_the_reason_is_typed_at_once_where_one_thing_can_be_meant(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "x")
        await shows(app, "leave out: The strait is closed")
        await pilot.pause()
        assert focused(app) == "reason"
        await type_text(pilot, "late")
        await press(pilot, "f10")
    assert newest(logs, "inject_skipped") == {"inject": "closure", "reason": "late"}


async def test_a_reason_typed_at_the_choice_is_the_reason(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "x", "down")
        await type_text(pilot, "no mandate")
        assert app.screen.query_one("#reason", Input).value == "no mandate"
        await press(pilot, "f10")
    data = newest(logs, "decision_recorded")
    assert (data["outcome"], data["rationale"]) == ("declined", "no mandate")


# --- rewording ---------------------------------------------------------------------------------------

SOURCE = "This is one\nparagraph.\n\n- an entry\n- that goes\n  on\n\nThe third,\nlast."


def test_a_text_flows_without_its_files_line_breaks() -> None:
    assert flowing(SOURCE) == "This is one paragraph.\n\n- an entry\n- that goes on\n\nThe third, last."


def test_paragraphs_that_nobody_changed_stay_as_they_were_written() -> None:
    changed = flowing(SOURCE).replace("The third, last.", "The end.")
    assert as_written(changed, SOURCE) == SOURCE.replace("The third,\nlast.", "The end.")
    assert as_written(flowing(SOURCE), SOURCE) == SOURCE


async def test_only_what_was_changed_is_reworded(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "e")
        area = app.screen.query_one("#text", TextArea)
        assert "sail. The line has been quiet" in area.text
        app.screen.query_one("#title", Input).value = "It is closed"
        await press(pilot, "f10")
    assert newest(logs, "inject_reworded") == {"inject": "closure", "title": "It is closed"}


# --- people ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("Kim, contrl", "Kim: no cell is named; 'contrl' may be meant for control."),
        ("Kim, seol, lead", "Kim: no cell is named; 'seol' may be meant for Seoul."),
        ("Kim, MOFA", "Kim: no cell is named. The cells are rok (Seoul), jpn (東京)."),
        ("Kim, rok, leed", "Kim: 'leed' may be meant for lead."),
        ("Kim, National Security Adviser, rok, lead", ""),
        ("Kim, evaluator", ""),
        ("Kim", ""),
    ],
)
def test_a_cell_that_is_none_is_doubted_by_name(harbour: Exercise, line: str, doubt: str) -> None:
    found = doubts(line, harbour)
    assert found.startswith(doubt) if doubt else not found


async def test_set_up_begins_with_its_first_field_and_warns_of_a_misspelt_cell(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert focused(app) == "name"
        await press(pilot, "tab", "tab")
        await type_text(pilot, "Kim, contrl")
        await press(pilot, "f10")
        assert isinstance(app.screen, SetupScreen)
        await shows(app, "'contrl' may be meant for control")
        await press(pilot, "backspace")
        assert "may be meant for" not in said(app)
        await type_text(pilot, "l")
        await press(pilot, "f10")
        await shows(app, "Ground rules")
    assert newest(logs, "participant_joined")["role"] == "contrl"


async def test_people_warns_of_a_misspelt_cell_and_takes_the_corrected_line(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "P")
        await type_text(pilot, "Lee, rokk")
        await press(pilot, "f10")
        assert "'rokk' may be meant for rok" in said(app)
        await press(pilot, "backspace", "f10")
    assert newest(logs, "participant_joined")["cell"] == "rok"


async def test_set_up_shows_what_earlier_sessions_left_open_for_the_objectives(
    harbour: Exercise, console: Make, logs: Path
) -> None:
    agreed_earlier(harbour, logs)
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True):
        text = await shows(app, "Still open from earlier sessions")
        assert "- Write a list of numbers (Kim, 2027-01-31, earlier)" in text
        assert "Call the embassy" not in text


async def test_an_action_that_is_done_is_closed_in_set_up_and_recorded_as_the_session_opens(
    harbour: Exercise, console: Make, logs: Path
) -> None:
    agreed_earlier(harbour, logs)
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(app, "an action is done")
        await press(pilot, "f4", "tab")
        await type_text(pilot, "It hangs in the room")
        await press(pilot, "f10")
        await shows(app, "done: Write a list of numbers")
        await press(pilot, "f10")
        await shows(app, "Ground rules")
    closed = newest(logs, "action_closed")
    assert closed == {"log": "earlier", "id": "a1", "text": "It hangs in the room"}


async def test_an_action_of_an_earlier_session_is_closed_in_play(harbour: Exercise, console: Make, logs: Path) -> None:
    agreed_earlier(harbour, logs)
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "D")
        await shows(app, "How it was done")
        await press(pilot, "tab")
        await type_text(pilot, "It hangs in the room")
        await press(pilot, "f10")
        await press(pilot, "D")
        await shows(app, "No action is open")
    assert newest(logs, "action_closed")["log"] == "earlier"


# --- after play --------------------------------------------------------------------------------------


async def test_a_note_of_the_hot_wash_is_in_sight_once_recorded(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour) | {"hot_wash": [f"Prompt {at}: what surprised you?" for at in range(20)]}
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "E", "space", "1")
        await type_text(pilot, "slow")
        await press(pilot, "f10")
        await shows(app, "- slow")


async def test_a_second_letter_rates_nothing_that_is_rated(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "E", "space", "2", "p", "s")
        await press(pilot, "u")
        rated = [event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == "objective_rated"]
        assert [(each["objective"], each["rating"]) for each in rated] == [
            ("consult", "P"),
            ("inform", "S"),
            ("inform", "U"),
        ]


async def test_down_after_a_rating_goes_no_further_than_the_rating_did(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "E", "space", "2", "p", "down")
        assert app.screen.query_one("#objectives", OptionList).highlighted == 1
        await press(pilot, "up")
        assert app.screen.query_one("#objectives", OptionList).highlighted == 0


async def test_a_letter_rates_anew_and_keeps_the_reason(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "E", "space", "2", "p", "enter", "right", "right", "tab")
        await type_text(pilot, "Nobody was told")
        await press(pilot, "f10", "m")
    rated = newest(logs, "objective_rated")
    assert (rated["objective"], rated["rating"], rated["text"]) == ("inform", "M", "Nobody was told")


async def test_down_goes_on_after_a_rating_with_its_reason(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "E", "space", "2", "p", "enter", "right", "f10", "down")
        assert app.screen.query_one("#objectives", OptionList).highlighted == 0  # from the last on to the first


# --- the record --------------------------------------------------------------------------------------


async def test_an_answer_is_withdrawn_together_with_its_reading(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1", "f10", "space", "l", "up", "enter")
        assert asked(app).startswith("Withdraw #4 and what rests on it?")
        assert "With it goes: #5 Consequence of" in asked(app)
        await press(pilot, "space")
        assert types(logs / "first.jsonl")[-2:] == ["entry_withdrawn", "entry_withdrawn"]
        await shows(app, "#4 withdrawn [Trust 4 to 6]: 東京")


async def test_what_was_undone_and_when_to_finish_are_told_in_full(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "w")
        await type_text(pilot, "Tokyo asks")
        await press(pilot, "f10", "u", "space")
        await shows(app, 'Undone: #3 and #4: Inject written on the spot: "Tokyo asks"; "Tokyo asks" released')
        at = f"{datetime.now().astimezone() + timedelta(hours=2):%H:%M}"
        await press(pilot, "F")
        await type_text(pilot, at)
        await press(pilot, "f10", "l")
        assert f"To finish by {at}" in await shows(app, "lines")


# --- a disk that takes no more -----------------------------------------------------------------------


async def refused(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys while the disk is full."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        await press(pilot, *keys)


@pytest.mark.parametrize("size", SIZES)
async def test_a_full_disk_offers_to_go_on_elsewhere_and_what_was_typed_is_recorded_there(
    console: Make, logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("TABLETOP_LOGS", str(elsewhere))
    app = console()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "kept")
        await refused(pilot, "f10")
        assert "go on in a new log?" in asked(app)
        await press(pilot, "enter")
        assert app.screen.query_one("#text", TextArea).text == "kept"
        await shows(app, "Not recorded yet. F10 records it")
        assert app.session is not None
        assert isinstance(app.session.journal, FileJournal)
        assert app.session.journal.path == elsewhere / "first.jsonl"
        await press(pilot, "f10")
        await shows(app, "Note")
        assert "NOT RECORDED" not in said(app)
    assert types(elsewhere / "first.jsonl")[-2:] == ["discussion_noted", "clock_paused"]
    assert "discussion_noted" not in types(logs / "first.jsonl")


async def test_an_offer_that_is_declined_is_made_again_with_the_next_act(
    console: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLETOP_LOGS", str(tmp_path / "elsewhere"))
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await refused(pilot, "space")
        assert "go on in a new log?" in asked(app)
        await press(pilot, "escape")
        assert "NOT RECORDED" in said(app)
        await press(pilot, "space", "enter")
        await shows(app, "RUNNING")
        assert "NOT RECORDED" not in said(app)
        await press(pilot, "space")
        await shows(app, '"The strait is closed" released')
