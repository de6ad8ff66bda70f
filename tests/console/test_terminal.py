"""The console in a real terminal: started, played, killed, resumed."""

from __future__ import annotations

import os
import resource
import signal
import sys
import termios
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pexpect
import pyte
import pytest
from rich.cells import cell_len

from tests.console.conftest import HARBOUR, types

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

COMMAND = os.environ.get("TABLETOP_TEST_COMMAND", f"{sys.executable} -m tabletop").split()


class Terminal:
    """A program in a pseudo-terminal, and what stands on its screen."""

    def __init__(self, *words: str, size: tuple[int, int] = (80, 24), largest: int | None = None) -> None:
        """Start it; with ``largest``, no file that it writes may grow beyond so many bytes."""
        width, height = size
        # The size that a test runner tells its own programs is not this terminal's.
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment = {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        command = [*COMMAND, *words]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(height, width),
            env=environment,
            preexec_fn=partial(_begin, size, largest),
        )

    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(self.screen.display)

    def read(self) -> None:
        """Take in what the program wrote."""
        try:
            raw = self.child.read_nonblocking(65536, timeout=0.1)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += raw
        self.stream.feed(raw)

    def wait(self, words: str, seconds: float = 20) -> None:
        """Wait until the words stand on the screen."""
        ends = time.monotonic() + seconds
        while words not in self.text():
            assert time.monotonic() < ends, f"{words!r} never came:\n{self.text()}"
            self.read()

    def click(self, words: str) -> None:
        """Click on words, wherever they stand on the screen."""
        self.wait(words)
        y, line = next((y, line) for y, line in enumerate(self.screen.display, 1) if words in line)
        x = cell_len(line[: line.index(words)]) + 2
        self.child.send(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m")

    def press(self, keys: str, words: str) -> None:
        """Press keys and wait for words."""
        self.child.send(keys)
        self.wait(words)

    def end(self) -> int:
        """Wait for its end; the exit code."""
        self.child.expect(pexpect.EOF, timeout=20)
        self.raw += self.child.before or b""
        self.child.wait()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)


def _begin(size: tuple[int, int], largest: int | None) -> None:
    """In the program, before it runs: pexpect itself gives it its size only later, maybe too late."""
    termios.tcsetwinsize(0, (size[1], size[0]))
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


F10 = "\x1b[21~"


@pytest.fixture
def running(logs: Path) -> Iterator[Terminal]:
    """A session in its first move, one inject released."""
    terminal = Terminal("run", str(HARBOUR), "--name", "real", "--logs", str(logs))
    terminal.wait("Who is here")
    terminal.press(F10, "Ground rules")
    terminal.press(" ", "Forty ships")
    terminal.press(" ", "nine in the morning")
    terminal.press(" ", "RUNNING")
    terminal.press(" ", "left")
    yield terminal
    terminal.child.close(force=True)


def test_every_acknowledged_event_survives_a_kill(running: Terminal, logs: Path) -> None:
    running.press("d", "Send an escort")
    running.press("1" + F10, "Read out now")
    running.press(" ", "#5 ")
    running.child.kill(signal.SIGKILL)
    running.end()
    log = logs / "real.jsonl"
    before = types(log)
    assert before[-1] == "consequence_read"
    again = Terminal("resume", str(log))
    again.wait("PAUSED")
    again.wait("The strait is closed")
    assert types(log) == before
    again.child.send("\x11")
    assert again.end() == 0
    assert types(log) == before


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_pauses_the_clock_and_mends_the_terminal(
    running: Terminal, logs: Path, sent: signal.Signals, code: int
) -> None:
    running.child.kill(sent)
    assert running.end() == code
    assert types(logs / "real.jsonl")[-1] == "clock_paused"
    assert b"\x1b[?1049l" in running.raw
    again = Terminal("resume", "real", "--logs", str(logs), size=(120, 40))
    again.wait("PAUSED")
    again.wait("The strait is closed")
    again.press("p", "RUNNING")
    again.child.send("\x11")
    assert again.end() == 0
    assert types(logs / "real.jsonl")[-2:] == ["clock_resumed", "clock_paused"]


def test_a_full_disk_is_said_keeps_what_was_typed_and_harms_nothing(running: Terminal, logs: Path) -> None:
    running.child.send("\x11")
    running.end()
    log = logs / "real.jsonl"
    before = log.read_bytes()
    again = Terminal("resume", str(log), largest=len(before) + 40)
    again.wait("PAUSED")
    again.press("n", "What was said")
    again.press("all of this is kept", "all of this is kept")
    again.press(F10, "go on in a new log?")
    again.press("\x1b", "all of this is kept")
    again.wait("not recorded")
    again.press("\x1b", "Esc again keeps it as a")
    again.press("\x1b", "d decide")
    assert "NOT RECORDED" in again.text()
    again.child.send("\x11")
    again.end()
    assert b"Traceback" not in again.raw
    assert log.read_bytes() == before


def test_korean_and_japanese_stand_as_typed(running: Terminal, logs: Path) -> None:
    running.press("n", "What was said")
    running.child.send("한국은 기다리고 日本は動く")
    running.wait("動く")
    assert "한국은기다리고日本は動く" in running.text().replace(" ", "")
    running.press(F10, "#4 ")
    running.child.send("\x11")
    assert running.end() == 0
    assert "한국은 기다리고 日本は動く" in (logs / "real.jsonl").read_text(encoding="utf-8")


def test_the_mouse_alone_opens_a_form_chooses_and_leaves(running: Terminal, logs: Path) -> None:
    running.click("d decide")
    running.wait("Send an escort")
    running.click("Send an escort")
    running.wait("(o) 1")
    running.click("F10 record")
    running.wait("Read out now")
    running.click("space it was")
    running.wait("#5 ")
    running.child.send("\x11")
    assert running.end() == 0
    assert "consequence_read" in types(logs / "real.jsonl")


def test_ctrl_c_leaves_and_says_so(running: Terminal, logs: Path) -> None:
    running.child.send("\x03")
    assert running.end() == 130
    assert types(logs / "real.jsonl")[-1] == "clock_paused"


def test_a_session_that_is_open_elsewhere_is_refused_in_a_sentence(running: Terminal, logs: Path) -> None:
    other = Terminal("resume", str(logs / "real.jsonl"))
    assert other.end() == 1
    assert b"Traceback" not in other.raw
    assert b"is being written by" in other.raw
