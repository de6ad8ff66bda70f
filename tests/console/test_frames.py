"""What every screen shows, character by character: a change of a screen shows as a change of its frame.

``TABLETOP_FRAMES=write pytest tests/console/test_frames.py`` writes the frames anew; look at the difference.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tabletop.console.app import Console
from tabletop.console.display import Display
from tabletop.console.review.app import ReviewApp
from tabletop.console.review.walk import Walk
from tabletop.journal import FileJournal, Follower
from tabletop.scenario.library import ShelfEntry
from tabletop.scenario.model import Exercise
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.evolve import fold
from tabletop.session.session import Session
from tests.console.conftest import SIZES, shows, text_of

FRAMES = Path(__file__).parent / "frames"
WRITE = os.environ.get("TABLETOP_FRAMES") == "write"
BEGINS = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
Act = dict[str, Any] | int
"""A command, or seconds that pass."""

BEFORE: tuple[Act, ...] = (
    {"do": "join", "id": "kim", "name": "Kim Minji", "cell": "rok", "lead": True},
    {"do": "join", "id": "sato", "name": "佐藤", "cell": "jpn"},
    {"do": "join", "id": "eva", "name": "Eva", "kind": "evaluator"},
    {"do": "deadline", "at": "2026-11-24T16:30:00.000Z"},
)
PLAY: tuple[Act, ...] = (
    *BEFORE,
    {"do": "start"},
    {"do": "move"},
    60,
    {"do": "release", "inject": "closure"},
    150,
)
AFTER: tuple[Act, ...] = (
    *PLAY,
    {"do": "decide", "decision": "answer", "cells": ["rok"], "option": "escort", "rationale": "The captains wait."},
    {"do": "note", "text": "Nobody knows who closed it.", "cell": "jpn", "inject": "closure"},
    {"do": "observe", "kind": "strength", "text": "Seoul called first.", "objective": "consult"},
    {"do": "close"},
)
SCREENS: dict[str, tuple[tuple[Act, ...], tuple[str, ...]]] = {
    "ground-rules": (BEFORE, ("space",)),
    "play": (PLAY, ()),
    "decide": (PLAY, ("d",)),
    "note": (PLAY, ("n",)),
    "observe": (PLAY, ("o",)),
    "ruling": (PLAY, ("r",)),
    "proposal": (PLAY, ("R",)),
    "fact": (PLAY, ("f",)),
    "skip": (PLAY, ("x",)),
    "write": (PLAY, ("w",)),
    "act": (PLAY, ("a",)),
    "message": (PLAY, ("c",)),
    "request": (PLAY, ("i",)),
    "move": (PLAY, ("m",)),
    "people": (PLAY, ("P",)),
    "record": (PLAY, ("l",)),
    "told": (PLAY, ("K",)),
    "curtain": (PLAY, ("b",)),
    "help": (PLAY, ("f1",)),
    "end": (PLAY, ("E",)),
}


@pytest.fixture(autouse=True)
def universal_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times on the screen are of the place; here it is the same place everywhere."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def played(exercise: Exercise, log: Path, acts: tuple[Act, ...]) -> Session:
    """A session in which these acts were done, its clock standing still at the last."""
    passing = SimulatedTime(BEGINS)
    session = Session.create(exercise, FileJournal.create(log), ExerciseClock(passing), name=log.stem)
    for act in acts:
        if isinstance(act, int):
            passing.advance(act)
        else:
            session.do(act)
    return session


def compare(name: str, size: tuple[int, int], app: Any, log: Path) -> None:
    """Hold what the screen shows against its frame; where the log stands is no part of it."""
    shown = text_of(app).replace(str(log.parent), "LOGS")
    frame = "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
    path = FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_of_play_shows_its_frame(
    name: str, size: tuple[int, int], harbour: Exercise, tmp_path: Path
) -> None:
    acts, keys = SCREENS[name]
    session = played(harbour, tmp_path / "autumn.jsonl", acts)
    async with Console(session=session, logs=tmp_path).run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        for _ in range(5):
            await pilot.pause(0.05)
        compare(name, size, pilot.app, tmp_path / "autumn.jsonl")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", ["1", "2", "3", "4", "5"])
async def test_a_view_of_the_review_shows_its_frame(
    view: str, size: tuple[int, int], harbour: Exercise, tmp_path: Path
) -> None:
    log = tmp_path / "autumn.jsonl"
    played(harbour, log, AFTER).close()
    async with ReviewApp(Walk.read(log)).run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(view)
        for _ in range(5):
            await pilot.pause(0.05)
        compare(f"review-{view}", size, pilot.app, log)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("cell", [None, "rok"])
async def test_the_players_screen_shows_its_frame(
    cell: str | None, size: tuple[int, int], harbour: Exercise, tmp_path: Path
) -> None:
    log = tmp_path / "autumn.jsonl"
    played(harbour, log, PLAY).close()
    follower = Follower(log)
    async with Display(follower, fold(follower.poll()), cell, log).run_test(size=size) as pilot:
        for _ in range(10):
            await pilot.pause(0.1)
        compare(f"display-{cell or 'all'}", size, pilot.app, log)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_set_up_shows_its_frame(
    size: tuple[int, int], harbour: Exercise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with Console(exercise=harbour, name="autumn", logs=Path("LOGS")).run_test(size=size) as pilot:
        for _ in range(5):
            await pilot.pause(0.05)
        compare("set-up", size, pilot.app, tmp_path / "autumn.jsonl")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_library_shows_its_frame(
    size: tuple[int, int], harbour: Exercise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ShelfEntry("harbour", harbour.title, "harbour.yaml", 70, 2, 2, harbour.topics, harbour.summary, 5)
    monkeypatch.setattr("tabletop.scenario.library.found_on_shelf", lambda: iter([entry]))
    log = tmp_path / "autumn.jsonl"
    played(harbour, log, PLAY).close()
    os.utime(log, (BEGINS.timestamp(), BEGINS.timestamp()))
    async with Console(logs=tmp_path).run_test(size=size) as pilot:
        await shows(pilot.app, "The closed harbour")
        for _ in range(3):
            await pilot.pause(0.05)
        compare("library", size, pilot.app, log)
