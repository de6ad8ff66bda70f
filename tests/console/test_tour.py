"""The tour of five steps: offered once, each step done by doing it, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.console.app import Console
from tabletop.console.screens.library import LibraryScreen
from tests.console.conftest import SIZES, said, shows, types
from tests.console.test_play import press, type_text

OFFER = "New here?"


@pytest.mark.parametrize("size", SIZES)
async def test_each_step_is_done_by_doing_it(logs: Path, size: tuple[int, int]) -> None:
    app = Console(logs=logs)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await shows(app, OFFER)
        await press(pilot, "t")
        await shows(app, "Tour 1 of 5: release.")
        await press(pilot, "space", "space", "space")
        await shows(app, "space release: Fire on the car deck")
        await press(pilot, "space")
        await shows(app, "Tour 2 of 5: decide.")
        await press(pilot, "d")
        assert "Call the other centre" in await shows(app, "What does Seoul's rescue centre do first?")
        await press(pilot, "1", "f10")
        await shows(app, "Tour 3 of 5: read what follows.")
        await shows(app, "Kitakyushu")
        await press(pilot, "space")
        await shows(app, "Tour 4 of 5: note.")
        await press(pilot, "n")
        await type_text(pilot, "well put")
        await shows(app, "F10 or Ctrl+S record")
        await press(pilot, "f10")
        await shows(app, "Tour 5 of 5: end.")
        await press(pilot, "E", "space")
        await shows(app, "Tour: done.")
        await press(pilot, "f9")
        await shows(app, "What remains")
        assert "Tour" not in said(app)
    (log,) = logs.glob("*.jsonl")
    assert types(log)[-1] == "clock_paused"


async def test_the_offer_is_gone_for_ever_with_one_key_and_the_tour_is_not(logs: Path) -> None:
    first = Console(logs=logs)
    async with first.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(first, OFFER)
        await press(pilot, "x")
        assert OFFER not in said(first)
    second = Console(logs=logs)
    async with second.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(second, "cells, ")
        assert OFFER not in said(second)
        await press(pilot, "t")
        await shows(second, "Tour 1 of 5")


async def test_who_opens_an_exercise_is_not_asked_again(logs: Path) -> None:
    first = Console(logs=logs)
    async with first.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(first, "cells, ")
        await press(pilot, "enter")
        await shows(first, "Who is here")
        await press(pilot, "escape")
        await shows(first, "EXERCISES")
        assert isinstance(first.screen, LibraryScreen)
        assert OFFER not in said(first)


async def test_the_tour_ends_where_it_is_and_play_goes_on(logs: Path) -> None:
    app = Console(logs=logs)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(app, OFFER)
        await press(pilot, "t")
        await shows(app, "Tour 1 of 5")
        await press(pilot, "space", "space", "space", "f9", "space")
        assert "Tour" not in await shows(app, "Fire on deck seven")
