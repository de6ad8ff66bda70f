"""How long a report in HTML takes, against loading the log and importing the libraries that it needs.

    python benchmarks/report.py [--runs 7] [--events 2000]

The log is a rehearsal of four hours with notes, messages and observations put between its entries until it has so
many. Both are processes of their own, in turn, so that the machine's drift falls on both; what is printed is the
median of each and the median of the ratios pair by pair. Goal: at most 1.5.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import Any

from tabletop.journal.event import Draft
from tabletop.journal.memory import MemoryJournal
from tabletop.journal.reading import parse
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.rehearsal import rehearsal_log

GOAL = 1.5
LOADING = """
import sys
from pathlib import Path
import jinja2, markdown_it, matplotlib.figure, matplotlib.backends.backend_svg
import tabletop.cli.report, tabletop.documents.report.building, tabletop.documents.html.inline
from tabletop.journal.reading import read_log
assert read_log(Path(sys.argv[1])).events
"""
WRITING = """
import sys
from tabletop.cli import main
sys.exit(main(["report", sys.argv[1], "--format", "html", "-o", sys.argv[2]]))
"""
SAID: list[tuple[str, dict[str, Any]]] = [
    ("discussion_noted", {"text": "We cannot say this before the committee has met.", "cell": "rok"}),
    ("discussion_noted", {"text": "Then who tells the press?", "cell": "jpn", "quote": True}),
    ("message_sent", {"from": "usa", "to": ["rok", "jpn"], "via": "secure call", "text": "A call of three at nine."}),
    ("act_recorded", {"cell": "jpn", "text": "Calls in the ambassador", "towards": ["rok"]}),
    ("observation_recorded", {"kind": "note", "text": "The lawyers were asked first.", "cell": "usa"}),
    ("fact_recorded", {"kind": "assumption", "cell": "rok", "text": "Tokyo waits until the appeal."}),
]


def long_log(exercise: str, events: int) -> bytes:
    """A session with so many entries."""
    played = parse(rehearsal_log(load_exercise(find_exercise(exercise)), 0, Choices()), Path("rehearsal.jsonl")).events
    said = cycle(SAID)
    each = (events - len(played)) // (len(played) - 4)
    journal = MemoryJournal()
    seq = 0
    for event in played:
        drafts = [Draft(event.type, event.data, event.at, event.clock, event.by)]
        if event.seq > 2 and event.type != "session_closed":
            drafts += [Draft(*next(said), event.at, event.clock, "facilitator") for _ in range(each)]
        for draft in drafts:
            journal.append([draft], expect=seq)
            seq += 1
    return journal.lines()


def seconds(program: str, *arguments: str) -> float:
    """The time that a process takes."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--exercise", default="gsomia-ninety-days")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "long.jsonl"
        log.write_bytes(long_log(options.exercise, options.events))
        rows = []
        for run in range(options.runs + 1):
            page = Path(folder) / f"report-{run}.html"
            rows.append((seconds(WRITING, str(log), str(page)), seconds(LOADING, str(log))))
        size = page.stat().st_size
    ours, theirs = (statistics.median(side) * 1e3 for side in zip(*rows[1:], strict=True))
    ratio = statistics.median(row[0] / row[1] for row in rows[1:])
    print(f"report {ours:.0f} ms ({size / 2**20:.1f} MiB), loading and imports {theirs:.0f} ms")
    print(f"ratio {ratio:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
