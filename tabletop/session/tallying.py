"""Rehearsals as numbers: many runs of planned play, counted, on all cores."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import Any

from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.scenario.planned import Decided, Discussed, Happening, MoveStarted, Released, play
from tabletop.session.choosing import Choices, Chooser, Place

CHUNK = 250
"""Runs that are played in one go; fewer are not worth another process."""

Ending = tuple[str, ...]
"""What a run ended on: the injects of the last move played that went out by a `when` of theirs."""


class Tally:
    """What happened in many runs of planned play, counted.

    ``moves`` and ``injects`` count the runs that played and released them; ``decisions`` how often each cell chose
    what, a joint answer for each of its cells; ``least`` and ``greatest`` are each track's values at any moment of
    play; ``minutes`` is how long each run took, ``busy`` how many minutes of each run each cell discussed or
    decided; ``released`` counts the runs by how many injects went out, ``endings`` those that ended alike.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self.minutes: list[int] = []
        self.moves = dict.fromkeys(index.moves, 0)
        self.injects = dict.fromkeys(index.injects, 0)
        self.decisions: dict[Place, dict[str, int]] = {
            (decision.id, cell): {option.id: 0 for option in decision.options}
            for decision in index.decisions.values()
            if decision.options
            for cell in index.decision_cells(decision.id)
        }
        self.least = {track.id: track.start for track in index.tracks.values()}
        self.greatest = dict(self.least)
        self.busy: dict[str, list[int]] = {cell: [] for cell in index.cells}
        self.released: Counter[int] = Counter()
        self.endings: Counter[Ending] = Counter()

    @property
    def median(self) -> int | float:
        """The median of the minutes of play; an integer where it is whole."""
        return whole_median(self.minutes)

    def add(self, happenings: Iterable[Happening]) -> None:
        """Count one run."""
        total, released, busy, ending = 0, 0, dict.fromkeys(self.busy, 0), list[str]()
        for happening in happenings:
            total = happening.total
            match happening:
                case MoveStarted(move=move):
                    self.moves[move.id] += 1
                    ending = []
                case Released(inject=inject, tracks=tracks):
                    self.injects[inject.id] += 1
                    released += 1
                    self._moved(tracks)
                    if self._index.conditional(inject.id):
                        ending.append(inject.id)
                case Decided(cells=cells, tracks=tracks):
                    self._chosen(happening)
                    self._moved(tracks)
                    for cell in cells:
                        busy[cell] += happening.minute - happening.taken_up
                case Discussed(cell=cell):
                    busy[cell] += happening.minute - happening.taken_up
        self.minutes.append(total)
        self.released[released] += 1
        self.endings[tuple(ending)] += 1
        for cell, minutes in busy.items():
            self.busy[cell].append(minutes)

    def _chosen(self, decided: Decided) -> None:
        if decided.option is not None:
            for cell in decided.cells:
                self.decisions[decided.decision.id, cell][decided.option] += 1

    def _moved(self, tracks: dict[str, tuple[int, int]]) -> None:
        for track, (_, after) in tracks.items():
            self.least[track] = min(self.least[track], after)
            self.greatest[track] = max(self.greatest[track], after)

    def merge(self, other: Tally) -> None:
        """Count another tally's runs after these."""
        self.minutes += other.minutes
        self.released += other.released
        self.endings += other.endings
        for ours, theirs in ((self.moves, other.moves), (self.injects, other.injects)):
            for id, count in theirs.items():
                ours[id] += count
        for place, chosen in other.decisions.items():
            for option, count in chosen.items():
                self.decisions[place][option] += count
        for track in self.least:
            self.least[track] = min(self.least[track], other.least[track])
            self.greatest[track] = max(self.greatest[track], other.greatest[track])
        for cell, minutes in other.busy.items():
            self.busy[cell] += minutes

    def __getstate__(self) -> dict[str, Any]:
        """What another process sends back: the counts; whoever merges them has the exercise."""
        return {name: value for name, value in self.__dict__.items() if name != "_index"}

    def as_json(self, seed: int) -> dict[str, Any]:
        """The numbers as ``rehearse --json`` gives them."""
        return {
            "seed": seed,
            "runs": len(self.minutes),
            "minutes": _range(self.minutes),
            "injects": self.injects,
            "decisions": {f"{decision}/{cell}": chosen for (decision, cell), chosen in self.decisions.items()},
            "tracks": {track: {"least": self.least[track], "greatest": self.greatest[track]} for track in self.least},
            "moves": self.moves,
            "lengths": {str(minutes): count for minutes, count in sorted(Counter(self.minutes).items())},
            "busy": {cell: _range(minutes) for cell, minutes in self.busy.items()},
            "endings": [{"injects": list(ending), "runs": count} for ending, count in self.ranked_endings()],
        }

    def ranked_endings(self) -> list[tuple[Ending, int]]:
        """The endings, the most frequent first."""
        return sorted(self.endings.items(), key=lambda each: (-each[1], each[0]))


def whole_median(values: list[int]) -> int | float:
    """The median; an integer where it is whole."""
    middle = median(values)
    return int(middle) if middle == int(middle) else middle


def _range(values: list[int]) -> dict[str, int | float]:
    return {"least": min(values), "median": whole_median(values), "greatest": max(values)}


Told = Callable[[int], None]
"""Told how many runs are done so far."""


def tally(index: Index, seed: int, runs: int, choices: Choices, told: Told | None = None) -> tuple[Tally, set[Place]]:
    """Play so many times, and count; with the places that were asked in any run.

    Each run has chance of its own, so that the numbers are the same on however many cores.
    """
    counted, asked = Tally(index), set[Place]()
    for part, places in _parts(index, seed, runs, choices):
        counted.merge(part)
        asked |= places
        if told is not None:
            told(len(counted.minutes))
    return counted, asked


def _parts(index: Index, seed: int, runs: int, choices: Choices) -> Iterator[tuple[Tally, set[Place]]]:
    """All runs, part by part and in order."""
    starts = range(0, runs, CHUNK)
    cores = min(os.cpu_count() or 1, len(starts))
    if cores == 1:
        yield from (_played(index, seed, choices, range(start, min(start + CHUNK, runs))) for start in starts)
        return
    with ProcessPoolExecutor(cores, initializer=_begin, initargs=(index.exercise, seed, choices)) as pool:
        yield from pool.map(_play_elsewhere, [range(start, min(start + CHUNK, runs)) for start in starts])


def _played(index: Index, seed: int, choices: Choices, runs: range) -> tuple[Tally, set[Place]]:
    counted, asked = Tally(index), set[Place]()
    for run in runs:
        chooser = Chooser(seed, choices, run)
        counted.add(play(index, chooser))
        asked |= chooser.asked
    return counted, asked


_here: dict[str, tuple[Index, int, Choices]] = {}  # what each process of the pool plays


def _begin(exercise: Exercise, seed: int, choices: Choices) -> None:
    _here["play"] = Index(exercise), seed, choices


def _play_elsewhere(runs: range) -> tuple[Tally, set[Place]]:
    index, seed, choices = _here["play"]
    return _played(index, seed, choices, runs)
