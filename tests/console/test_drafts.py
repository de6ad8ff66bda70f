"""What is typed and not yet recorded outlives the program, and goes once it is recorded or dropped."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.widgets import TextArea

from tabletop.console.app import Console
from tabletop.errors import NotWritten
from tabletop.journal import FileJournal
from tests.console.conftest import shows
from tests.console.test_play import press, start, type_text
from tests.console.test_terminal import F10, Terminal, running

Make = Callable[..., Console]
__all__ = ["running"]


async def kept(logs: Path, words: str, seconds: float = 10) -> None:
    """Wait until the words stand beside the log."""
    for _ in range(int(seconds / 0.05)):
        if (file := logs / "first.drafts").exists() and words in file.read_text(encoding="utf-8"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{words!r} was never kept")


async def gone(logs: Path, seconds: float = 10) -> None:
    """Wait until nothing stands beside the log."""
    for _ in range(int(seconds / 0.05)):
        if not (logs / "first.drafts").exists():
            return
        await asyncio.sleep(0.05)
    raise AssertionError((logs / "first.drafts").read_text(encoding="utf-8"))


def waits(terminal: Terminal, file: Path, words: str) -> None:
    """Wait until the words stand in a file."""
    ends = time.monotonic() + 20
    while not (file.exists() and words in file.read_text(encoding="utf-8")):
        assert time.monotonic() < ends, f"{words!r} was never kept:\n{terminal.text()}"
        terminal.read()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_what_is_typed_survives_a_kill_and_is_fetched_with_the_word_that_it_is_a_draft(
    running: Terminal, logs: Path
) -> None:
    running.press("n", "What was said")
    running.child.send("서울은 기다린다 東京も待つ")
    waits(running, logs / "real.drafts", "東京も待つ")
    running.child.kill(signal.SIGKILL)
    running.end()
    again = Terminal("resume", "real", "--logs", str(logs))
    again.wait("Typed, and not recorded: Note")
    again.press("n", "A draft, typed 20")
    assert "서울은기다린다東京も待つ" in again.text().replace(" ", "")
    again.press(F10, "#4 ")
    again.child.send("\x11")
    assert again.end() == 0
    assert not (logs / "real.drafts").exists()
    assert "서울은 기다린다 東京も待つ" in (logs / "real.jsonl").read_text(encoding="utf-8")


async def test_a_decision_comes_back_with_its_choice(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "2", "tab", "tab")
        await type_text(pilot, "they will not wait")
        await kept(logs, "they will not wait")
        dies(app)
    again = console(log=logs / "first.jsonl")
    async with again.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(again, "PAUSED")
        await press(pilot, "d")
        await shows(again, "(o) 2")
        assert [area.text for area in again.screen.query(TextArea) if area.text] == ["they will not wait"]


async def test_a_draft_goes_once_it_is_recorded(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "said")
        await kept(logs, "said")
        await press(pilot, "f10")
        await gone(logs)


async def test_a_draft_goes_once_its_author_drops_it(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "said")
        await kept(logs, "said")
        await press(pilot, "escape", "escape")
        await gone(logs)


async def test_what_a_full_disk_kept_out_of_the_record_stays_a_draft(
    console: Make, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise NotWritten("The event is not recorded: no space left.", "Make room.")

    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "said")
        monkeypatch.setattr(FileJournal, "append", full)
        monkeypatch.setattr(FileJournal, "writable", False)
        await press(pilot, "f10")
        await shows(app, "Enter takes it")
        await press(pilot, "escape", "escape")
        await shows(app, "keeps it as a draft")
        await press(pilot, "escape")
        await kept(logs, "said")


async def test_the_set_up_is_kept_too(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "tab", "tab")
        await type_text(pilot, "Kim, jpn, lead")
        await kept(logs, "Kim, jpn, lead")
        dies(app)
    again = console()
    async with again.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(again, "Kim, jpn, lead")
        await press(pilot, "f10")
        await shows(again, "Ground rules")
        await gone(logs)


async def test_a_folder_that_takes_no_draft_stops_nothing(
    console: Make, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabletop.console.drafts.write_drafts", lambda *_: False)
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "said")
        await press(pilot, "ctrl+q")
        await shows(app, "Nothing keeps it")
        await press(pilot, "escape", "f10")
        await shows(app, "said")


def dies(app: App[Any]) -> None:
    """What a kill would leave undone: the drafts are not looked at again."""
    assert isinstance(app, Console)
    app.drafts = None
