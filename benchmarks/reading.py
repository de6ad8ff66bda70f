"""How long reading YAML takes, against PyYAML's CSafeLoader on the same text.

    python benchmarks/reading.py [--runs 15] [--file exercises/gsomia-ninety-days.yaml]

The text is a megabyte: the moves of an exercise, again and again. Both are done in turn, so that the
machine's drift falls on both; what is printed is the median of each and the median of the ratios pair by
pair. Goal: at most 0.4. The floor, PyYAML's making of events that nobody looks at, is printed too.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from tabletop.scenario.reading import read_yaml

GOAL = 0.4
ROOT = Path(__file__).parent.parent
MEGABYTE = 2**20


def a_megabyte(exercise: Path) -> bytes:
    """A megabyte of moves as they stand in an exercise."""
    text = exercise.read_text(encoding="utf-8")
    start = text.index("\nmoves:\n") + len("\nmoves:\n")
    moves = text[start:].partition("\nhot_wash:")[0] + "\n"
    return b"moves:\n" + moves.encode() * (MEGABYTE // len(moves.encode()) + 1)


def seconds(work: Callable[[], object]) -> float:
    """The time that some work takes, what it made thrown away after."""
    begun = time.perf_counter()
    made = work()
    took = time.perf_counter() - begun
    del made
    return took


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--file", type=Path, default=ROOT / "exercises" / "gsomia-ninety-days.yaml")
    options = parser.parse_args()
    raw = a_megabyte(options.file)
    works: list[Callable[[], object]] = [
        lambda: read_yaml(raw, "exercise.yaml"),
        lambda: yaml.load(raw, yaml.CSafeLoader),
        lambda: sum(1 for _ in yaml.parse(raw, yaml.CSafeLoader)),
    ]
    rows = [[seconds(work) for work in works] for _ in range(options.runs + 1)][1:]
    ours, theirs, events = (statistics.median(side) / len(raw) * MEGABYTE * 1e3 for side in zip(*rows, strict=True))
    ratio = statistics.median(row[0] / row[1] for row in rows)
    print(f"read_yaml {ours:.0f} ms/MiB, CSafeLoader {theirs:.0f} ms/MiB, events alone {events:.0f} ms/MiB")
    print(f"ratio {ratio:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
