"""`tabletop play` killed without warning, over and over: what it printed is in the log.

``TABLETOP_KILLS`` says how often; each time the same log is gone on with, and what was acknowledged before is looked
for. A kill leaves the page cache alone: that the bytes are synced before they are printed is proved in test_faults.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Thread

import pytest
import yaml
from journal_playing import EXERCISE

from tabletop.journal import read_log
from tabletop.scenario.model import exercise_as_json

KILLS = int(os.environ.get("TABLETOP_KILLS", "60"))
RUNS = 4  # side by side where there are processors for it


@contextmanager
def playing(what: Path | str, logs: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program, reading commands from a pipe."""
    words = ["-m", "tabletop", "play", str(what), "--logs", str(logs), "--commands", "-", *more]
    with subprocess.Popen(
        [sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        try:
            yield process
        finally:
            process.kill()
            with suppress(OSError):  # what was still to be written
                process.stdin.close()


def feed(process: subprocess.Popen[bytes], kill: int) -> None:
    """Commands without end, faster than they can be recorded, some short and some of several pages."""
    assert process.stdin
    try:
        for number in range(100_000):
            act = {"do": "note", "text": f"kill {kill}, note {number} " + "비밀 " * (number % 400)}
            process.stdin.write(json.dumps(act, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
    except OSError:
        pass  # it is dead


def until_killed(process: subprocess.Popen[bytes], kill: int, random: Random) -> list[bytes]:
    """What the program acknowledged until it was killed, at a moment that nobody chose: whole lines only."""
    assert process.stdout
    feeder = Thread(target=feed, args=(process, kill), daemon=True)
    feeder.start()
    printed = b""
    for _ in range(random.randrange(40)):
        printed += process.stdout.readline()
    try:
        process.wait(random.random() * 0.004)
    except subprocess.TimeoutExpired:
        process.kill()
    printed += process.stdout.read()
    feeder.join()
    return printed.split(b"\n")[:-1]


@pytest.mark.parametrize("run", range(RUNS))
def test_whenever_the_program_is_killed_what_it_acknowledged_is_in_the_log(tmp_path: Path, run: int) -> None:
    exercise = tmp_path / "gate.yaml"
    exercise.write_text(yaml.safe_dump(exercise_as_json(EXERCISE)), encoding="utf-8")
    log, random, found = tmp_path / "first.jsonl", Random(run), Counter[str]()
    with playing(exercise, tmp_path, "--name", "first") as process:
        acknowledged = process.communicate(b'{"do": "start"}\n')[0].splitlines()
    for kill in range(-(-KILLS // RUNS)):
        with playing("first", tmp_path) as process:
            acknowledged += until_killed(process, kill, random)
        lines = log.read_bytes().split(b"\n")
        assert lines[: len(acknowledged)] == acknowledged
        found["torn" if lines[-1] else "ahead" if len(lines) - 1 > len(acknowledged) else "level"] += 1
        reading = read_log(log)
        assert reading.damage is None
        assert len(reading.events) - len(acknowledged) in (0, 1)
        acknowledged = log.read_bytes().split(b"\n")[:-1]  # shown by the next opening
    with playing("first", tmp_path) as process:
        out, err = process.communicate(b'{"do": "note", "text": "the end"}\n')
        assert (process.returncode, b"Traceback" in err) == (0, False)
    assert log.read_bytes().split(b"\n")[:-1] == [*acknowledged, *out.splitlines()]
    print(f"{sum(found.values())} kills, {len(acknowledged)} lines: {dict(found)}")
