"""How long opening a log of 100,000 events takes, proved and the play rebuilt, against parsing its JSON alone.

    python benchmarks/opening.py [--events 100000] [--rounds 7]

Both read the same file in turn, so that the machine's drift falls on both; what is printed is the median of
each and the median of the ratios round by round. Goal: at most 2.

The log is a rehearsal of a shipped exercise, told over and over: for each event of play come some of what is said,
in the proportion of a session. ``--play`` takes events of play alone, which cost most, the other end of the scale.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from append import note

from tabletop.journal import Draft, MemoryJournal, read_log
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.evolve import fold
from tabletop.session.rehearsal import rehearsal_log
from tabletop.session.state import State

GOAL = 2.0
NOTES = 4
"""What is said, for each event of play: notes, quotes, observations of some 400 bytes."""


def rehearsed() -> list[dict[str, Any]]:
    """The events of a session that nobody sat in."""
    exercise = load_exercise(find_exercise("gsomia-ninety-days"))
    return [json.loads(line) for line in rehearsal_log(exercise, 1, Choices()).splitlines()]


def drafts(notes: int) -> Iterator[Draft]:
    """A session without end: its opening, then its play over and over with so many notes between."""
    opened, started, *played, _closed = rehearsed()
    yield _draft(opened)
    yield _draft(started)
    for number, event in enumerate(cycle(played)):
        yield _draft(event)
        yield from (note(number * notes + each) for each in range(notes))


def _draft(event: dict[str, Any]) -> Draft:
    return Draft(event["type"], event["data"], event["at"], event["clock"], event["by"])


def write_log(path: Path, events: int, notes: int) -> None:
    """A log of that many events."""
    journal = MemoryJournal()
    for number, draft in enumerate(islice(drafts(notes), events)):
        journal.append([draft], expect=number)
    path.write_bytes(journal.lines())


def parse(path: Path) -> int:
    """The JSON of each line and nothing more."""
    return len([json.loads(line) for line in path.read_bytes().splitlines()])


def opened(path: Path) -> int:
    """The events of the log, proved, and the state of play after them."""
    events: Sequence[Any] = read_log(path).events
    state: State = fold(events)
    return state.last_seq + 1


def seconds(read: Callable[[Path], int], path: Path, events: int) -> float:
    """The wall time of one reading, which must find all events."""
    begun = time.perf_counter()
    found = read(path)
    taken = time.perf_counter() - begun
    if found != events:
        raise SystemExit(f"{found} events were found where {events} were written")
    return taken


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--play", action="store_true", help="events of play alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        write_log(path, options.events, 0 if options.play else NOTES)
        pairs = [
            (seconds(opened, path, options.events), seconds(parse, path, options.events)) for _ in range(options.rounds)
        ]
        size = path.stat().st_size / 2**20
    ours, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{options.events} events, {size:.0f} MB: proved and folded {ours:.3f} s, parsed alone {floor:.3f} s")
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"ratio {ratio:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
