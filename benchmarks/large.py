"""The console on a session of 10,000 injects and 20,000 events, against one of 20 and 100.

    python benchmarks/large.py [--injects 10000] [--events 20000] [--presses 60]

Both sessions are resumed in a pseudo-terminal of 120x40 and keys are pressed in turn, each timed until the screen
answers; the clock stands, so that nothing else paints. Printed are the 95th percentiles and their ratio (goal: at
most 1.5), the console's greatest memory (goal: under 150 MB), and how long the session takes to be opened against
parsing its JSON (goal: at most 3).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pexpect

from tabletop.console.desk import go_on
from tabletop.journal import FileJournal
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

SMALL = (20, 100)
CELLS = ("rok", "jpn", "usa")
KEYS = ("\x1b[B", "\x1b[B", "\x1b[B", "\x1b[A")  # down, down, down, up


def exercise(injects: int) -> Exercise:
    """Four moves that share so many injects, one in five with a decision, one in ten with a condition."""
    moves: list[dict[str, Any]] = [
        {"id": f"move-{place}", "title": f"Move {place}", "minutes": injects} for place in range(4)
    ]
    for number in range(injects):
        inject: dict[str, Any] = {
            "id": f"inject-{number}",
            "title": f"Report number {number}",
            "at": number // 4,
            "text": f"This is report {number}. " + "The ministry asks for two days and gets one. " * 8,
        }
        if number % 5 == 0:
            options = [{"id": "yes", "text": "Yes", "effects": {"trust": 1}}, {"id": "no", "text": "No"}]
            inject["decisions"] = [{"id": f"decision-{number}", "question": "Do we?", "minutes": 5, "options": options}]
        if number % 10 == 9:
            inject["when"] = {"track": {"trust": ">= 3"}}
        moves[number % 4].setdefault("injects", []).append(inject)
    cells = [{"id": cell, "name": cell.upper()} for cell in CELLS]
    tracks = [{"id": "trust", "name": "Trust", "start": 5}]
    given = {"format": 1, "id": "large", "title": "Large", "cells": cells, "tracks": tracks, "moves": moves}
    return exercise_from_json(given)


def play(path: Path, injects: int, events: int) -> None:
    """A session with so many events in its log: releases, answers, and notes between them."""
    played = exercise(injects)
    time = SimulatedTime()
    with FileJournal.create(path) as journal:
        session = Session.create(played, journal, ExerciseClock(time), name=path.stem)
        session.do_all([{"do": "start"}, {"do": "move", "move": "move-0"}])
        waiting = iter(played.moves[0].injects)
        for number in cycle(range(4)):
            left = events - len(session.events)
            if left <= 0:
                return
            time.advance(1)
            inject = next(waiting, None) if number == 0 else None
            acts: list[dict[str, Any]] = [{"do": "release", "inject": inject.id}] if inject and not inject.when else []
            for decision in inject.decisions if acts and inject and left > 4 else ():
                acts += [{"do": "decide", "decision": decision.id, "cells": [c], "option": "yes"} for c in CELLS]
            note = {"do": "note", "text": f"Entry {number}: they ask for two days. " * 6, "cell": CELLS[number % 3]}
            session.do_all(acts or [note])


def resumed(path: Path) -> pexpect.spawn:
    """The console on the session, once it stands on the screen."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    command = ["-m", "tabletop", "resume", str(path)]
    child = pexpect.spawn(sys.executable, command, dimensions=(40, 120), env=environment, timeout=120)
    child.expect("PAUSED")
    quiet(child)
    return child


def quiet(child: pexpect.spawn, for_seconds: float = 0.4) -> None:
    """Read what comes until nothing more does."""
    while True:
        try:
            child.read_nonblocking(65536, for_seconds)
        except pexpect.TIMEOUT:
            return


def painted(child: pexpect.spawn, key: str) -> float:
    """Seconds from a key to the first that the screen shows of it."""
    begun = time.perf_counter()
    child.send(key)
    child.read_nonblocking(65536, 10)
    taken = time.perf_counter() - begun
    quiet(child, 0.1)
    return taken


def memory(child: pexpect.spawn) -> float:
    """The greatest memory of the process so far, in MB."""
    status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not pass."""
    return statistics.quantiles(values, n=20)[-1]


def seconds(act: Callable[[], object]) -> float:
    """The wall time of an act."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def opened(path: Path) -> None:
    """Open the session as the console does, and let go of it."""
    go_on(path).close()


def main() -> None:
    """Build both sessions, press keys in turn, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--injects", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--presses", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.jsonl", Path(folder) / "small.jsonl"
        play(large, options.injects, options.events)
        play(small, *SMALL)
        rounds = [(seconds(lambda: opened(large)), seconds(lambda: parsed(large))) for _ in range(5)]
        ours, floor = (statistics.median(side) for side in zip(*rounds, strict=True))
        ratio = statistics.median(left / right for left, right in rounds)
        print(f"opening {ours * 1000:.0f} ms, parsing {floor * 1000:.0f} ms, ratio {ratio:.2f} (goal: at most 3)")
        children = [resumed(large), resumed(small)]
        keys = [KEYS[number % len(KEYS)] for number in range(options.presses)]
        taken = [[painted(child, key) for child in children] for key in keys]
        ours, theirs = (p95(list(side)) for side in zip(*taken, strict=True))
        print(f"key to paint p95: large {ours * 1000:.1f} ms, small {theirs * 1000:.1f} ms", end=", ")
        print(f"ratio {ours / theirs:.2f} (goal: at most 1.5)")
        print(f"memory {memory(children[0]):.0f} MB (goal: under 150), small {memory(children[1]):.0f} MB")
        for child in children:
            child.close(force=True)


def parsed(path: Path) -> list[Any]:
    """The JSON of each line and nothing more."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


if __name__ == "__main__":
    main()
