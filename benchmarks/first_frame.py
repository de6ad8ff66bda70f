"""How long the console takes to its first frame, against a minimal Textual app with the same kinds of widgets.

    python benchmarks/first_frame.py [--runs 9]

Each is started in a pseudo-terminal of 120x40 and timed until a given word stands in what it wrote. They run
in turn; printed is the median of the ratios pair by pair. Goal: at most 1.4.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).parent.parent
PEER = """
from textual.app import App
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import DataTable, Footer, Input, OptionList, Static

class Peer(App):
    def compose(self):
        yield Static("header")
        with Horizontal():
            yield DataTable()
            with VerticalScroll():
                yield Static("inject " * 60)
            with Vertical():
                yield OptionList("owed", "tracks")
                yield Static("cells")
        yield Static("PEER-READY")
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("status", "time", "title")
        for row in range(20):
            table.add_row("due", str(row), "inject")

Peer().run()
"""


def first_frame(command: list[str], word: str, logs: str) -> float:
    """Seconds from the start of a command to the word on its screen."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TABLETOP_LOGS": logs}
    begun = time.perf_counter()
    child = pexpect.spawn(command[0], command[1:], dimensions=(40, 120), env=environment, timeout=30)
    child.expect(word)
    taken = time.perf_counter() - begun
    child.close(force=True)
    return taken


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    ours = [sys.executable, "-m", "tabletop"]
    peer = [sys.executable, "-c", PEER]
    with tempfile.TemporaryDirectory() as logs:
        pairs = [(first_frame(ours, "GSOMIA", logs), first_frame(peer, "PEER-READY", logs)) for _ in range(runs + 1)][
            1:
        ]
    ratio = statistics.median(left / right for left, right in pairs)
    left, right = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"console {left * 1000:.0f} ms, peer {right * 1000:.0f} ms, ratio {ratio:.2f} (goal: at most 1.4)")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
