"""The console killed without warning in a real terminal, over and over: what it showed as recorded is in the log.

``TABLETOP_SCREEN_KILLS`` says how often. After each kill the session is resumed: the count on the screen is the log's.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
import yaml
from journal_playing import EXERCISE

from tabletop.journal import read_log
from tabletop.scenario.model import exercise_as_json

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

KILLS = int(os.environ.get("TABLETOP_SCREEN_KILLS", "5"))
F10, ESCAPE = "\x1b[21~", "\x1b"
RECORDED = re.compile(r"^ *#(\d+) \d\d:\d\d:\d\d .*recorded *$", re.MULTILINE)
ACTS = [
    *(["n", f"{'It was said. ' * length}항만", F10] for length in (1, 1, 3, 12)),
    ["o", "Seen by the evaluator", F10],
    [" "],
    ["d", "1", F10],
    ["p"],
]
"""Keys of one act each; at a moment when an act is not possible, its keys do nothing."""


class Screen:
    """The console in a pseudo-terminal; ``acknowledged`` is how many events it has shown as recorded."""

    def __init__(self, *words: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color"}
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        command = ["-m", "tabletop", *words]
        self.child = pexpect.spawn(sys.executable, command, dimensions=(24, 80), env=environment, timeout=None)
        self.acknowledged = 0

    def text(self) -> str:
        """What stands there now."""
        return "\n".join(self._screen.display)

    def read(self, seconds: float) -> bool:
        """Takes in what was written, waiting so long for it; False at the end."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        for found in RECORDED.finditer(self.text()):
            self.acknowledged = max(self.acknowledged, int(found[1]) + 1)
        return True

    def wait(self, words: str) -> None:
        """Waits until the words stand there."""
        ends = time.monotonic() + 30
        while words not in self.text():
            assert time.monotonic() < ends, f"{words!r} never came:\n{self.text()}"
            assert self.read(0.1), f"it ended:\n{self.text()}"

    def pause(self, seconds: float) -> None:
        """Reads on for a while."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0 and self.read(left):
            pass

    def kill(self) -> None:
        """Kills it, and reads what it had still written."""
        self.child.kill(signal.SIGKILL)
        while self.read(5):
            pass


@contextmanager
def console(*words: str) -> Iterator[Screen]:
    """The console, gone afterwards."""
    screen = Screen(*words)
    try:
        yield screen
    finally:
        screen.child.close(force=True)


def play_until_killed(screen: Screen, random: Random) -> None:
    """Acts quicker than anybody types, and a kill that falls anywhere among them, most often into one being done."""
    for _ in range(random.randrange(1, 5)):
        for keys in random.choice(ACTS):
            screen.child.send(keys)
            screen.pause(random.uniform(0.02, 0.15))
        screen.child.send(ESCAPE)
        screen.pause(0.05)
    *before, last = random.choice(ACTS)
    for keys in before:
        screen.child.send(keys)
        screen.pause(0.1)
    screen.child.send(last)
    screen.pause(random.uniform(0, 0.08))
    screen.kill()


def test_whenever_the_console_is_killed_what_it_showed_as_recorded_is_in_the_log(tmp_path: Path) -> None:
    exercise = tmp_path / "gate.yaml"
    exercise.write_text(yaml.safe_dump(exercise_as_json(EXERCISE)), encoding="utf-8")
    log, random, found = tmp_path / "seen.jsonl", Random(7), Counter[str]()
    with console("run", str(exercise), "--name", "seen", "--logs", str(tmp_path)) as screen:
        screen.wait("Who is here")
        screen.child.send(F10)
        for words in ("start the exercise", "start the clock", " recorded"):
            screen.wait(words)
            screen.child.send(" ")
        play_until_killed(screen, random)
    for kill in range(1, KILLS + 1):
        before = read_log(log)
        assert before.damage is None
        unseen = len(before.events) - screen.acknowledged
        assert 0 <= unseen <= 3, f"kill {kill}: {screen.acknowledged} were shown, {len(before.events)} are there"
        assert all(event.more for event in before.events[screen.acknowledged : -1]), "more than one command"
        found["torn" if before.torn else "ahead of the screen" if unseen else "level"] += 1
        with console("resume", str(log)) as screen:
            screen.wait(" recorded")
            assert screen.acknowledged == len(before.events)
            assert read_log(log).events == before.events
            if kill < KILLS:
                screen.child.send("p")
                play_until_killed(screen, random)
    assert screen.acknowledged > KILLS
    print(f"{KILLS} kills, {len(read_log(log).events)} events: {dict(found)}")
