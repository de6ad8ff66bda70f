"""NAME.alive beside a log: how far its writer's clock has run since the last event.

The writer renews it every few seconds while the clock runs. Nothing rests on it: it is a reading for those
who follow, and an offer to whoever goes on after a crash.
"""

from __future__ import annotations

import json
import math
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tabletop.journal import disk
from tabletop.journal.folder import beside

_LONGEST = 4096  # bytes; a file beyond it was not written here


@dataclass(frozen=True, slots=True)
class Alive:
    """The writer stood at event ``seq`` and exercise clock ``clock`` (seconds) at wall time ``at`` (UTC)."""

    seq: int
    clock: float
    at: str


def write_alive(log_path: Path, seq: int, clock: float, at: str) -> bool:
    """Replaces NAME.alive in one step, for the owner alone; says whether the disk took it.

    It is not synced: it is renewed in a moment, and a log must not wait for it.
    """
    path = beside(log_path, "alive")
    raw = json.dumps({"seq": seq, "clock": round(clock, 3), "at": at}).encode() + b"\n"
    new = path.with_name(f"{path.name}.new")
    try:
        new.unlink(missing_ok=True)  # left by a crash; only a log's one writer comes here
        if not _written(new, raw):
            return False
        disk.rename(new, path)
    except OSError:
        return False
    return True


def _written(path: Path, raw: bytes) -> bool:
    """Writes a new file; says whether it is whole."""
    fd = disk.create(path)
    try:
        return disk.write(fd, raw) == len(raw)
    finally:
        os.close(fd)


def read_alive(log_path: Path) -> Alive | None:
    """What NAME.alive says, or None where it is missing or holds anything else."""
    try:
        path = beside(log_path, "alive")
        if not path.is_file():  # a pipe would be waited on for ever
            return None
        with path.open("rb") as file:
            found = json.loads(file.read(_LONGEST).decode())
        alive = Alive(found["seq"], found["clock"], found["at"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return alive if _sound(alive) else None


def _sound(alive: Alive) -> bool:
    numbers = type(alive.seq) is int and alive.seq >= 0 and type(alive.clock) in (int, float)
    return numbers and type(alive.at) is str and abs(alive.clock) < 1e15 and not math.isnan(alive.clock)


def remove_alive(log_path: Path) -> None:
    """Takes NAME.alive away; a new log must not find its forerunner's."""
    with suppress(OSError):  # it is a reading only, and its seq tells that it is not of this log
        beside(log_path, "alive").unlink(missing_ok=True)
