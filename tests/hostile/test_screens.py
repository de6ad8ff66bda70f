"""Every screen in a pseudo-terminal, on an exercise and a log whose every text is hostile: nothing raw comes through.

The walk below opens them one after another; the program itself tells which screens it showed, and a screen that is
made later and is not walked to is missed by name.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fuzz
import pytest
import yaml
from textual.screen import Screen

import tabletop.console
from tabletop.scenario.starting import starting_exercise
from tests.hostile.test_output import CONTROL, OWN, STEERS, hostile_log, poisoned

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

MARKS = "[/] [/red] [b [@click=app.quit]quit[/] [[ ]]"
WIDE = "항만봉쇄 港湾封鎖 ｆｕｌｌ \u200b\u0301\u0301 👩‍👩‍👧 ﷽"
TEXT = f"{MARKS} {WIDE} {'x' * 10_000}"
"""What may stand in an exercise file."""
LOGGED = f"{STEERS} {TEXT}"
"""What may stand in a log that somebody else made."""
TELLING = """
import sys
from textual.screen import Screen
showing, told = Screen._on_screen_resume, open(sys.argv.pop(1), "a", buffering=1)
def tell(screen, *event):
    told.write(type(screen).__name__ + "\\n")
    return showing(screen, *event)
Screen._on_screen_resume = tell
from tabletop.cli import main
sys.exit(main())
"""
"""The program, which tells a file what screens it shows."""
F1, F10, ESC, DOWN, ENTER, PALETTE = "\x1bOP", "\x1b[21~", "\x1b", "\x1b[B", "\r", "\x10"
Steps = tuple[tuple[str, str], ...]
"""Keys, and the screen that comes of them; none where the same one stays."""


def there_and_back(home: str, screen: str, *keys: str) -> Steps:
    """Each key opens such a screen, and Escape leaves it."""
    return tuple(step for key in keys for step in ((key, screen), (ESC, home)))


class Walk:
    """The program in a pseudo-terminal: keys go in, and what comes out is held against what may."""

    def __init__(self, here: Path, words: tuple[str, ...], size: tuple[int, int] = (120, 40)) -> None:
        import pexpect

        self._told = here / "told"
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        paths = os.pathsep.join(sys.path)
        environment = {**kept, "TERM": "xterm-256color", "PYTHONPATH": paths, "TABLETOP_LOGS": str(here / "logs")}
        command = ["-c", TELLING, str(self._told), *words]
        self.child = pexpect.spawn(
            sys.executable, command, cwd=here, env=environment, dimensions=(size[1], size[0]), timeout=30
        )
        self.raw = b""

    def screens(self) -> list[str]:
        """The screens that were shown, in the order of their showing."""
        return self._told.read_text().splitlines() if self._told.exists() else []

    def take(self, steps: Steps) -> None:
        """Press keys, and wait for the screens that come of them."""
        for keys, screen in steps:
            before = len(self.screens())
            self.child.send(keys)
            self._read(screen, before)

    def begin(self, screen: str) -> None:
        """Wait for the first screen."""
        self._read(screen, 0)

    def _read(self, screen: str, before: int) -> None:
        """Until the screen was shown and the terminal is quiet, or has had its time: where a clock runs it never is."""
        import pexpect

        begun = time.monotonic()
        while True:
            try:
                self.raw += self.child.read_nonblocking(65536, 0.2)
                quiet = False
            except pexpect.TIMEOUT:
                quiet = True
            shown, passed = self.screens()[before:], time.monotonic() - begun
            if (not screen or screen in shown) and (quiet or passed > 3):
                return
            assert passed < 30, f"{screen} never came: {shown}"

    def leave(self) -> None:
        """End it; hold all that it wrote against what may stand in it."""
        import pexpect

        self.child.send("\x11")
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before
        self.child.close()
        assert self.child.exitstatus == 0
        assert b"Traceback" not in self.raw
        assert b"[@click=app.quit]" in self.raw  # it was seen, and it is text
        assert b"]0;owned\x07" not in self.raw
        assert not set(CONTROL.findall(OWN.sub(b"", self.raw).decode())) - {"\r"}


@contextmanager
def walking(here: Path, *words: str) -> Iterator[Walk]:
    """A walk; nothing of it stays behind."""
    walk = Walk(here, words)
    try:
        yield walk
    finally:
        with suppress(OSError):
            walk.child.close(force=True)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a hostile exercise, a hostile session that was played, and one that is still played."""
    for folder in ("exercises", "logs"):
        (tmp_path / folder).mkdir()
    good = yaml.safe_load(starting_exercise("evil"))
    given = poisoned(good, TEXT)
    for bent, move in zip(given["moves"], good["moves"], strict=True):
        bent["scenario_time"] = move["scenario_time"]  # a time: the loader takes no words for it
    (tmp_path / "exercises" / "evil.yaml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    (tmp_path / "logs" / "over.jsonl").write_bytes(hostile_log(LOGGED))
    (tmp_path / "logs" / "now.jsonl").write_bytes(hostile_log(LOGGED, fuzz.good_lines()[:-1]))
    return tmp_path


PLAYING: Steps = (
    *there_and_back("RunScreen", "DecideScreen", "d"),
    *there_and_back("RunScreen", "FormScreen", *"noaPcifRFOT"),
    *there_and_back("RunScreen", "ChooseScreen", "M"),
    *there_and_back("RunScreen", "ShiftingForm", "r"),
    (DOWN, ""),
    (DOWN, ""),
    *there_and_back("RunScreen", "SkipForm", "x"),
    *there_and_back("RunScreen", "WriteScreen", "w"),
    *there_and_back("RunScreen", "ToldScreen", "K"),
    *there_and_back("RunScreen", "ReadingScreen", "B"),
    *there_and_back("RunScreen", "HelpScreen", F1),
    *there_and_back("RunScreen", "CommandPalette", PALETTE),
    *there_and_back("RunScreen", "AskScreen", "u"),
    ("b", "CurtainScreen"),
    ("b", "RunScreen"),
    ("l", "RecordScreen"),
    (DOWN, ""),
    (ESC, "RunScreen"),
)
ENDING: Steps = (
    ("E", "AskScreen"),
    (ENTER, "AfterScreen"),
    *there_and_back("AfterScreen", "HotWashScreen", "1"),
    *there_and_back("AfterScreen", "RatingsScreen", "2"),
    *there_and_back("AfterScreen", "ActionsScreen", "3"),
    *there_and_back("AfterScreen", "ReportScreen", "4"),
)
REVIEWING: Steps = (
    *((key, "") for view in "12345" for key in (view, DOWN, DOWN)),
    ("4", ""),
    *there_and_back("ReviewScreen", "DetailsScreen", ENTER),
    *there_and_back("ReviewScreen", "FormScreen", *"fora"),
    *there_and_back("ReviewScreen", "HelpScreen", F1),
)
WRITING: Steps = (
    *((key, "") for view in "1234" for key in (view, DOWN, DOWN)),
    ("2", ""),
    *there_and_back("EditScreen", "PartsScreen", "v"),
    *there_and_back("EditScreen", "ChoicesScreen", "c"),
    *there_and_back("EditScreen", "HelpScreen", F1),
)
BEGINNING: Steps = ((F10, "ReadingScreen"), (" ", ""), (" ", ""), (" ", ""), (" ", ""), (" ", ""))
WALKS: dict[str, tuple[tuple[str, ...], str, Steps]] = {
    "playing": (("resume", "now"), "RunScreen", PLAYING),
    "ending": (("resume", "now"), "RunScreen", ENDING),
    "beginning": (("run", "exercises/evil.yaml", "--name", "new"), "SetupScreen", BEGINNING),
    "choosing": ((), "LibraryScreen", there_and_back("LibraryScreen", "AboutScreen", "i")),
    "reviewing": (("review", "over"), "ReviewScreen", REVIEWING),
    "writing": (("edit", "exercises/evil.yaml"), "EditScreen", WRITING),
    "watching": (("display", "now"), "Screen", ((DOWN, ""), (F1, "HelpScreen"), (ESC, "Screen"))),
}
"""Walks by name: the command, its first screen, and the steps."""
NOTHING_OF_ANYBODYS = {"TooSmallScreen", "FullScreen"}
"""Fixed words only, or what others are made from."""
ELSEWHERE = {"ElsewhereScreen", "TellScreen"}
"""After a log that could not be written, or a roll: tests/console holds them."""


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_through_the_screens_brings_nothing_raw_to_the_terminal(here: Path, name: str) -> None:
    words, first, steps = WALKS[name]
    with walking(here, *words) as walk:
        walk.begin(first)
        walk.take(steps)
        walk.leave()


def test_the_walks_lead_to_every_screen() -> None:
    walked = {first for _, first, _ in WALKS.values()} | {screen for *_, steps in WALKS.values() for _, screen in steps}
    assert sorted(every_screen() - walked - NOTHING_OF_ANYBODYS - ELSEWHERE) == []


def every_screen() -> set[str]:
    """The names of all screens that the console has."""
    parts = pkgutil.walk_packages(tabletop.console.__path__, "tabletop.console.")
    found = [each for part in parts for each in vars(importlib.import_module(part.name)).values()]
    kinds = {each for each in found if isinstance(each, type) and issubclass(each, Screen)}
    return {kind.__name__ for kind in kinds if kind.__module__.startswith("tabletop.")}
