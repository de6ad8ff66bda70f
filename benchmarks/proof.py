"""How long the proof of all paths takes, on made exercises of three kinds, against a fixed piece of work.

    python benchmarks/proof.py [--seeds 20]

Each kind is made anew for each seed. A fact is that one of certain options was chosen in a decision, which conditions
read later: of `near` kinds among the next twenty injects, of `far` ones anywhere until the end, two facts in a
condition. Half of the conditions read one of three tracks too, which every option moves.
Printed are the median, the slowest, and how many were proved; the floor is the time of a fixed loop in plain Python
in the same run, so that machines can be compared. All times are of the processor, so that a busy machine counts little.

Goals: 100 injects and 8 facts in 0.1 s, 500 and 12 in 2 s, 200 and 30 proved where the facts are read near by.
"""

from __future__ import annotations

import argparse
import statistics
import time
from random import Random
from typing import Any, NamedTuple

from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.scenario.paths import explore

CELLS = ("rok", "jpn", "usa")
OPTIONS = ("a", "b", "c")


class Kind(NamedTuple):
    """A kind of exercise, and the seconds in which it is to be proved (None: no goal, it is far beyond)."""

    name: str
    injects: int
    facts: int
    far: bool
    goal: float | None


KINDS = (
    Kind("100 / 8", 100, 8, True, 0.1),
    Kind("500 / 12", 500, 12, True, 2),
    Kind("200 / 30 near", 200, 30, False, 2),
    Kind("200 / 30 far", 200, 30, True, None),
)


def made(kind: Kind, seed: int) -> Exercise:
    """An exercise of moves of twenty injects: every fourth asks a decision, every third waits for facts or a track."""
    random = Random(f"{kind} {seed}")
    moves: list[dict[str, Any]] = []
    asking = list(range(1, kind.injects, 4))
    facts = {
        number: random.sample(OPTIONS, random.choice((1, 2)))
        for number in sorted(random.sample(asking[: len(asking) * 4 // 5], kind.facts))
    }
    for number in range(kind.injects):
        if number % 20 == 0:
            moves.append({"id": f"m{number // 20}", "title": "M", "minutes": 120, "injects": []})
        at = number % 20 * 5 + random.choice((0, 0, 1, 3))
        inject: dict[str, Any] = {"id": f"i{number}", "title": "I", "at": at, "to": [CELLS[number % 3]]}
        if number in asking:
            options = [{"id": id, "text": id, "effects": _effects(random)} for id in OPTIONS]
            minutes = random.choice((0, 3, 8))
            inject["decisions"] = [{"id": f"d{number}", "question": "?", "minutes": minutes, "options": options}]
        if number % 3 == 0:
            inject["delay"] = random.choice((0, 0, 4))
            inject["when"] = _when(random, {f: facts[f] for f in facts if f < number and (kind.far or number - f < 20)})
        moves[-1]["injects"].append(inject)
    cells = [{"id": cell, "name": cell} for cell in CELLS]
    tracks = [{"id": track, "name": track, "start": 5} for track in "tuv"]
    return exercise_from_json(
        {"format": 1, "id": "made", "title": "Made", "cells": cells, "tracks": tracks, "moves": moves}
    )


def _effects(random: Random) -> dict[str, int]:
    return {random.choice("tuv"): random.choice((-1, 1))}


def _when(random: Random, facts: dict[int, list[str]]) -> dict[str, Any]:
    read = random.sample(list(facts), min(2, len(facts)))
    when: dict[str, Any] = {"chose": {f"d{fact}": facts[fact] for fact in read}}
    if not read or random.random() < 0.5:
        when["track"] = {random.choice("tuv"): random.choice(("<= 4", ">= 6"))}
    return when


def floor() -> float:
    """Seconds of a fixed loop."""
    begun = time.process_time()
    sum(number * number % 7 for number in range(1_000_000))
    return time.process_time() - begun


def main() -> None:
    """Prove each kind over all seeds, and print one line a kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    seeds = parser.parse_args().seeds
    least = min(floor() for _ in range(5))
    print(f"floor {least * 1000:.0f} ms")
    for kind in KINDS:
        took, proved = [], 0
        for seed in range(seeds):
            index = Index(made(kind, seed))
            begun = time.process_time()
            proved += explore(index, 30, 10).complete
            took.append(time.process_time() - begun)
        goal = f"at most {kind.goal} s" if kind.goal else "none"
        print(
            f"{kind.name:14} median {statistics.median(took):.3f} s ({statistics.median(took) / least:.1f} floors),"
            f" slowest {max(took):.3f} s, proved {proved} of {seeds} (goal: {goal})"
        )


if __name__ == "__main__":
    main()
