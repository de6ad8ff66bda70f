"""What every screen shares: a sentence where the terminal is too small, help for the screen at hand, the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tabletop.console.app import Console
from tabletop.console.display import Display
from tabletop.console.review.app import ReviewApp
from tabletop.console.review.walk import Walk
from tabletop.console.screens.help import HelpScreen
from tabletop.console.small import TooSmallScreen
from tabletop.journal import Follower
from tabletop.session.evolve import fold
from tests.console.conftest import said, shows, text_of
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]
SMALL = "This window is too small: it has 59 columns and 24 lines, and 60 columns and 15 lines are the least."
WAYS: dict[str, tuple[tuple[str, ...], str]] = {
    "set-up": ((), "Who is here"),
    "reading": (("f10",), "Ground rules"),
    "play": (("f10", "space", "space", "space"), "RUNNING"),
    "form": (("f10", "space", "space", "space", "n"), "What was said"),
    "decision": (("f10", "space", "space", "space", "space", "d"), "Own words"),
    "record": (("f10", "space", "space", "space", "l"), "Record of first"),
    "hot wash": (("f10", "space", "space", "space", "E", "space", "space"), "Hot wash"),
    "ratings": (("f10", "space", "space", "space", "E", "space", "2"), "Ratings"),
    "report": (("f10", "space", "space", "space", "E", "space", "4"), "first.md"),
    "help": (("f10", "space", "space", "space", "f1"), "release"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_screen_that_has_no_room_says_so_and_is_as_it_was_once_it_has(console: Make, way: str) -> None:
    keys, words = WAYS[way]
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        before = app.screen
        await shows(app, words)
        await pilot.resize_terminal(59, 24)
        await shows(app, SMALL)
        assert words not in said(app)
        await pilot.resize_terminal(80, 24)
        await shows(app, words)
        assert app.screen is before


async def test_a_key_pressed_blind_does_nothing(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await pilot.resize_terminal(80, 14)
        await shows(app, "it has 80 columns and 14 lines")
        await press(pilot, "space", "d", "q")
        await pilot.resize_terminal(80, 24)
        await shows(app, "space release: The strait is closed")


async def test_nothing_typed_is_lost_by_any_size(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "서울은 기다린다 wait")
        for size in ((80, 24), (60, 15), (30, 5), (1, 1), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await shows(app, "What was said")
        area = app.screen.query_one("#text", TextArea)
        assert area.text == "서울은 기다린다 wait"
        assert app.screen.focused is area
        await type_text(pilot, "ing")
        assert area.text.endswith("waiting")


async def test_a_console_begins_in_a_terminal_too_small_and_shows_itself_later(logs: Path) -> None:
    app = Console(logs=logs)
    async with app.run_test(size=(40, 10), notifications=True, tooltips=True) as pilot:
        await shows(app, "it has 40 columns and 10 lines")
        await pilot.resize_terminal(80, 24)
        await shows(app, "EXERCISES")


async def test_ctrl_q_leaves_a_console_that_is_too_small(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await pilot.resize_terminal(40, 10)
        await shows(app, "too small")
        await press(pilot, "ctrl+q")
    assert app.return_code == 0


async def played(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space")


async def test_display_and_review_say_it_too_each_by_its_own_least_size(console: Make, logs: Path) -> None:
    await played(console)
    log = logs / "first.jsonl"
    follower = Follower(log)
    display = Display(follower, fold(follower.poll()), None, log)
    async with display.run_test(size=(60, 15), notifications=True, tooltips=True) as pilot:
        await shows(display, "The strait is closed")
        await pilot.resize_terminal(39, 15)
        await shows(display, "40 columns and 12 lines are the least")
        await pilot.resize_terminal(60, 15)
        await shows(display, "The strait is closed")
    review = ReviewApp(Walk.read(log))
    async with review.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.resize_terminal(80, 10)
        await shows(review, "48 columns and 15 lines are the least")
        assert isinstance(review.screen, TooSmallScreen)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "help"])
async def test_f1_tells_the_keys_of_the_screen_at_hand_and_goes_again(console: Make, way: str) -> None:
    keys, _ = WAYS[way]
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        before = app.screen
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        await shows(app, "Esc")
        await press(pilot, "f1")
        assert app.screen is before


async def test_f1_in_the_library_and_on_the_display_tells_their_keys(console: Make, logs: Path) -> None:
    await played(console)
    library = Console(logs=logs)
    async with library.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(library, "EXERCISES")
        await press(pilot, "f1")
        await shows(library, "Walk a session")
    follower = Follower(logs / "first.jsonl")
    display = Display(follower, fold(follower.poll()), None, logs / "first.jsonl")
    async with display.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(display, "The strait is closed")
        await press(pilot, "f1")
        await shows(display, "Newest")


async def test_a_click_on_the_key_bar_does_the_act(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await shows(app, "d decide n note")
        await click_on(pilot, app, "n note")
        await shows(app, "What was said")
        await click_on(pilot, app, "Esc back")
        await shows(app, "n note")
        await click_on(pilot, app, "space release")
        await shows(app, "The strait is closed")


async def test_a_click_chooses_an_option_and_answers_a_question(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        await click_on(pilot, app, "Wait for the other capital")
        await shows(app, "(o) 2")
        await click_on(pilot, app, "( ) medium")
        await shows(app, "(o) medium")
        await press(pilot, "f10", "u")
        await click_on(pilot, app, "space take it back")
        await shows(app, "Owed 東京 9:")


async def click_on(pilot: Pilot[Any], app: Console, words: str) -> None:
    """Click on words, wherever they stand."""
    lines = text_of(app).splitlines()
    y, line = next((y, line) for y, line in reversed(list(enumerate(lines))) if words in line)
    await pilot.click(offset=(line.index(words) + 2, y))
    await pilot.pause()
