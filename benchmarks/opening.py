"""How long opening a log of 100,000 events takes, every line proved, against parsing its JSON alone.

    python benchmarks/opening.py [--events 100000] [--rounds 7]

Both read the same file in turn, so that the machine's drift falls on both; what is printed is the median of
each and the median of the ratios round by round. Goal, with the fold of the events: at most 2.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from append import OPENED, note

from tabletop.journal import Draft, MemoryJournal, read_log

GOAL = 2.0


def write_log(path: Path, events: int) -> None:
    """A log of that many events."""
    journal = MemoryJournal()
    journal.append([Draft("session_opened", OPENED, "2026-11-24T01:00:00.000Z", 0.0, "facilitator")], expect=0)
    for number in range(1, events):
        journal.append([note(number)], expect=number)
    path.write_bytes(journal.lines())


def parse(path: Path) -> list[object]:
    """The JSON of each line and nothing more."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def prove(path: Path) -> Sequence[object]:
    """The events of the log, proved."""
    return read_log(path).events


def seconds(read: Callable[[Path], Sequence[object]], path: Path, events: int) -> float:
    """The wall time of one reading, which must find all events."""
    begun = time.perf_counter()
    found = read(path)
    taken = time.perf_counter() - begun
    if len(found) != events:
        raise SystemExit(f"{len(found)} events were found where {events} were written")
    return taken


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        write_log(path, options.events)
        pairs = [
            (seconds(prove, path, options.events), seconds(parse, path, options.events)) for _ in range(options.rounds)
        ]
    ours, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{options.events} events: proved {ours:.3f} s, parsed alone {floor:.3f} s")
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"ratio {ratio:.2f} (goal with the fold: at most {GOAL})")


if __name__ == "__main__":
    main()
