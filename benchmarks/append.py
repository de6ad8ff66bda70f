"""How long recording an event takes, against a bare write and fsync of the same bytes.

    python benchmarks/append.py [--events 2000] [--folder DIR]

Both are done in turn on two files of one folder, so that the disk's moods fall on both; what is printed is
the median of each and the ratio of the medians. Goal: at most 1.2.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from tabletop.journal import Draft, FileJournal
from tabletop.journal.chain import encode_command

GOAL = 1.2
OPENED = {"format": "tabletop-log/1", "version": "0", "name": "bench", "exercise": {}}


def note(number: int) -> Draft:
    """An event of some 400 bytes."""
    text = f"Entry {number}: the ministry asks for two days and gets one. " * 3
    data = {"text": text, "cell": "foreign-ministry", "inject": "the-note"}
    return Draft("discussion_noted", data, "2026-11-24T01:23:45.678Z", number * 1.5, "facilitator")


def append(journal: FileJournal, draft: Draft) -> float:
    """The seconds that recording takes."""
    begun = time.perf_counter()
    journal.append([draft], expect=len(journal.events))
    return time.perf_counter() - begun


def bare(fd: int, raw: bytes) -> float:
    """The seconds that the disk alone takes."""
    begun = time.perf_counter()
    os.write(fd, raw)
    os.fsync(fd)
    return time.perf_counter() - begun


def measure(folder: Path, events: int) -> tuple[float, float]:
    """The median seconds of an append and of a bare write, each measured right after the other."""
    fd = os.open(folder / "bare", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    ours, floor = [], []
    with FileJournal.create(folder / "journal.jsonl") as journal:
        append(journal, Draft("session_opened", OPENED, "2026-11-24T01:00:00.000Z", 0.0, "facilitator"))
        for number in range(events):
            draft = note(number)
            raw = encode_command([draft], len(journal.events), journal.head).raw
            if number % 2:
                floor.append(bare(fd, raw))
            ours.append(append(journal, draft))
            if not number % 2:
                floor.append(bare(fd, raw))
    os.close(fd)
    return statistics.median(ours), statistics.median(floor)


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="on the disk to be measured; else the system's temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        ours, floor = measure(Path(folder), options.events)
    print(f"append {ours * 1e3:.3f} ms, bare write and fsync {floor * 1e3:.3f} ms")
    print(f"ratio {ours / floor:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
