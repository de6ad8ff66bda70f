"""A whole small exercise, played with the keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.console.app import Console
from tabletop.console.widgets.schedule import Schedule
from tabletop.errors import NotWritten
from tests.console.conftest import SIZES, asked, recorded, said, types

Make = Callable[..., Console]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each when the one before is done."""
    for key in keys:
        await pilot.press(*(key.split("+") if len(key) > 1 and key.startswith("type:") else [key]))
        await pilot.pause()


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type a text."""
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await pilot.pause()


async def start(pilot: Pilot[Any]) -> None:
    """From the set-up into the first move."""
    await pilot.pause()
    await press(pilot, "f10", "space", "space", "space")


@pytest.mark.parametrize("size", SIZES)
async def test_an_exercise_is_played_from_set_up_to_report(console: Make, logs: Path, size: tuple[int, int]) -> None:
    app = console()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "tab", "tab")
        await type_text(pilot, "Kim, jpn, lead")
        await press(pilot, "f10")
        assert "Ground rules" in said(app)
        await press(pilot, "space")
        assert "Forty ships wait outside" in said(app)
        await press(pilot, "space")
        assert "It is nine in the morning" in said(app)
        await press(pilot, "space")
        assert "RUNNING" in said(app)
        assert "space release: The strait is closed, to everyone" in said(app)
        await press(pilot, "space")
        assert "Seoul" in said(app)
        await press(pilot, "d", "1", "f10")
        assert "The escort sails within the hour" in said(app)
        await press(pilot, "space", "d", "2", "f10")
        await press(pilot, "space")
        await press(pilot, "n")
        await type_text(pilot, "quiet in the room")
        await press(pilot, "f10", "m", "enter", "space")
        assert "Move 2 of 2" in said(app)
        await press(pilot, "space", "E", "space")
        assert "Hot wash" in said(app)
        await press(pilot, "1")
        await type_text(pilot, "we were slow")
        await press(pilot, "f10", "escape", "2", "p", "s", "escape", "3", "space")
        await type_text(pilot, "Write a list")
        await press(pilot, "f10", "escape", "4")
        assert "first.md" in said(app).replace(" ", "")
        await press(pilot, "q")
    log = logs / "first.jsonl"
    assert types(log) == [
        "session_opened",
        "participant_joined",
        "exercise_started",
        "move_started",
        "inject_released",
        "decision_recorded",
        "consequence_read",
        "decision_recorded",
        "inject_released",
        "discussion_noted",
        "move_started",
        "inject_released",
        "clock_paused",
        "hot_wash_noted",
        "session_closed",
        "objective_rated",
        "objective_rated",
        "action_agreed",
    ]
    decision = recorded(log)[5]["data"]
    assert decision["decided_by"] == "Kim"
    assert decision["tracks"] == {"trust": [6, 4]}
    assert (logs / "first.md").read_text(encoding="utf-8").startswith("**UNCLASSIFIED")


async def test_everything_due_goes_out_in_one_write(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "A")
    assert types(logs / "first.jsonl").count("inject_released") == 2


async def test_of_all_that_went_out_at_once_the_first_is_shown_to_be_read(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        schedule = app.screen.query_one(Schedule)
        first = schedule.chosen
        await press(pilot, "end", "A")
        assert schedule.chosen == first


async def test_an_early_release_is_asked_about_once(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "A", "end", "space")
        assert asked(app) == "Release from the pocket? Calm seas. It is for: The room is stuck."
        await press(pilot, "escape", "up", "space")
        assert asked(app) == "Release early? A protest note waits for: a cell: Send an escort."
        await press(pilot, "escape")
        assert types(logs / "first.jsonl").count("inject_released") == 2
        await press(pilot, "space", "space")
        assert types(logs / "first.jsonl").count("inject_released") == 3


async def test_leaving_pauses_the_clock_and_resuming_shows_it_paused(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "q")
    log = logs / "first.jsonl"
    assert types(log)[-1] == "clock_paused"
    again = console(log=log)
    async with again.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "PAUSED" in said(again)
        assert "The strait is closed" in said(again)
        await press(pilot, "p")
        assert "RUNNING" in said(again)
    assert types(log)[-2:] == ["clock_resumed", "clock_paused"]


async def test_a_clock_last_seen_later_is_offered(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert app.session is not None
        seq = app.session.state.last_seq
        alive = f'{{"seq":{seq + 1},"clock":125.0,"at":"2026-11-24T00:00:00.000Z"}}\n'
    log = logs / "first.jsonl"
    (logs / "first.alive").write_text(alive)
    again = console(log=log)
    async with again.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "0:02:05" in said(again)
        await press(pilot, "space")
        assert "PAUSED" in said(again)
    assert recorded(log)[-1]["type"] == "clock_set"
    assert recorded(log)[-1]["clock"] == 125.0


async def test_what_is_refused_is_said_and_what_was_typed_stays(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "r")
        await type_text(pilot, "It rains")
        await press(pilot, "tab", "tab", "tab")
        await type_text(pilot, "much")
        before = types(logs / "first.jsonl")
        await press(pilot, "f10")
        assert "It rains" in said(app)
        assert "much" in said(app)
        assert types(logs / "first.jsonl") == before


async def test_a_write_that_fails_cannot_be_missed(console: Make, logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert app.session is not None

        def full(*_: object, **__: object) -> None:
            raise NotWritten("The disk is full.", "Free some space.")

        monkeypatch.setattr(app.session.journal, "append", full)
        await press(pilot, "space")
        assert "NOT RECORDED" in said(app)
        assert "The disk is full." in said(app)
        await press(pilot, "n")
        await type_text(pilot, "kept")
        await press(pilot, "f10")
        assert "kept" in said(app)
        assert "The disk is full." in said(app)
        monkeypatch.undo()


async def test_leaving_asks_only_where_something_typed_would_be_lost(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "half a")
        await press(pilot, "ctrl+q")
        assert "not recorded" in said(app)
        await press(pilot, "escape")
        assert app.is_running
        assert "half a" in said(app)


async def test_undo_says_first_what_it_takes_back(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "u")
        assert "Take back?" in said(app)
        await press(pilot, "escape")
        assert "event_undone" not in types(logs / "first.jsonl")
        await press(pilot, "u", "space")
        assert types(logs / "first.jsonl")[-1] == "event_undone"


async def test_what_comes_of_a_choice_is_not_read_out_once_the_choice_is_taken_back(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1", "f10")
        assert "The escort sails within the hour" in said(app)
        await press(pilot, "u", "space")
        assert "The escort sails within the hour" not in said(app)
        assert "it was read out" not in said(app)
        await press(pilot, "space")
        assert "consequence_read" not in types(logs / "first.jsonl")


async def test_a_moves_notes_are_control_s_and_stand_below_its_briefing_off_the_wall(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "f10", "space", "space")
        assert "ON THE WALL" in said(app)
        assert "Keep it short." not in said(app)
        await press(pilot, "space", "B")
        assert "CONTROL ONLY You Keep it short." in said(app)


async def test_an_answer_in_own_words_counts_as_the_option_chosen(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "2", "tab")
        await type_text(pilot, "wait and see")
        await press(pilot, "tab", "tab", "tab", "tab")
        await type_text(pilot, "Lee: too slow")
        await press(pilot, "ctrl+s")
    data = recorded(logs / "first.jsonl")[-2]["data"]
    assert data["text"] == "wait and see"
    assert data["counts_as"] == "wait"
    assert data["dissents"] == [{"who": "Lee", "view": "too slow"}]


async def test_silence_is_recorded_as_out_of_time(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "x", "f10")
    data = recorded(logs / "first.jsonl")[-2]["data"]
    assert data["outcome"] == "out_of_time"
    assert data["counts_as"] == "wait"


async def test_an_inject_written_on_the_spot_is_released(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "w")
        await type_text(pilot, "A ship")
        await press(pilot, "f10")
        assert "A ship" in said(app)
    assert types(logs / "first.jsonl")[-3:] == ["inject_written", "inject_released", "clock_paused"]


async def test_a_window_too_small_says_so(console: Make) -> None:
    app = console()
    async with app.run_test(size=(50, 12), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert "too small" in said(app)


async def test_every_act_is_in_the_help_and_in_the_palette(console: Make) -> None:
    from tabletop.console.actions import ACTS, bindings

    app = console()
    assert all(binding.id for binding in bindings())
    async with app.run_test(size=(120, 110), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        named = [command.title for command in app.get_system_commands(app.screen)]
        await press(pilot, "f1")
        shown = " ".join(word for word in said(app).split() if word not in "│┃▇")
        assert [act.tip for act in ACTS if act.tip not in shown] == []
        assert any(title.startswith("note") for title in named)


async def test_auto_releases_what_is_due(console: Make, logs: Path) -> None:
    app = console(auto=True)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await pilot.pause(1.5)
    assert types(logs / "first.jsonl").count("inject_released") == 2


async def test_a_name_that_is_taken_is_refused_in_the_form(console: Make, logs: Path) -> None:
    logs.mkdir()
    (logs / "first.jsonl").write_text("not a log")
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "tab", "tab")
        await type_text(pilot, "Kim, rok")
        await press(pilot, "f10")
        assert "first-2" in said(app)
        assert "Kim, rok" in said(app)
    assert (logs / "first.jsonl").read_text() == "not a log"


async def test_a_clock_at_rest_repaints_nothing(console: Make) -> None:
    from tabletop.console.screens.run import RunScreen
    from tabletop.console.widgets.painted import Painted

    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "p")
        screen = app.screen
        assert isinstance(screen, RunScreen)
        before = [pane._said for pane in screen.query(Painted)]
        screen.tick()
        assert all(old is new for old, new in zip(before, (p._said for p in screen.query(Painted)), strict=True))
