"""Rehearsals: planned play with nobody in the room, as a real log and as numbers over many runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

from tabletop.errors import TabletopError
from tabletop.journal import Journal, MemoryJournal
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.scenario.planned import Decided, Happening, MoveStarted, Released, play
from tabletop.session import commands
from tabletop.session.choosing import Choices, Chooser, Place
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

AUTO = "auto"
NO_TEXT = "(rehearsed: no text was written)"
LONGEST = 250_000_000_000
"""Seconds of play, some 7,900 years: wall times go no further than the year 9999."""


def rehearsal_log(exercise: Exercise, seed: int, choices: Choices) -> bytes:
    """The log of planned play with this seed; always the same bytes."""
    name = rehearsal_name(exercise)
    journal = MemoryJournal(name)
    record(exercise, play(exercise, Chooser(seed, choices)), journal, name)
    return journal.lines()


def rehearsal_name(exercise: Exercise) -> str:
    """The session's name in a rehearsal's log, whatever its file is called."""
    return f"{exercise.id}-rehearsal"


def record(exercise: Exercise, happenings: Iterable[Happening], journal: Journal, name: str) -> None:
    """Take planned play through a session, by the rules of live play, each event at its minute.

    The wall time is 2000-01-01T00:00:00.000Z plus the exercise clock. Raises TabletopError for play so long
    that it leaves the calendar, and what the journal raises.
    """
    time = SimulatedTime()
    session = Session.create(exercise, journal, ExerciseClock(time), name=name, by=AUTO)
    session.do(commands.Start(), by=AUTO)
    for happening in happenings:
        _pass(time, happening.total * 60)
        for command in _commands(happening):
            session.do(command, by=AUTO)
    session.do(commands.Close(), by=AUTO)
    session.close()


def _pass(time: SimulatedTime, to: int) -> None:
    """Let time pass until so many seconds of play."""
    if to > LONGEST:
        raise TabletopError("This play would last for millennia, and no log can tell it.", "Mind its minutes.")
    time.advance(to - time.steady())


def _commands(happening: Happening) -> Iterator[commands.Command]:
    match happening:
        case MoveStarted(move=move):
            yield commands.Move(move=move.id)
        case Released(inject=inject):
            yield commands.Release(inject=inject.id)
        case Decided(decision=decision, cells=cells, option=None):
            yield commands.Decide(decision=decision.id, cells=cells, text=NO_TEXT)
        case Decided(decision=decision, cells=cells, option=option):
            yield commands.Decide(decision=decision.id, cells=cells, option=option)


class Tally:
    """What happened in many runs of planned play, counted.

    ``injects`` counts the runs that released each inject; ``decisions`` how often each cell chose what,
    a joint answer for each of its cells; ``least`` and ``greatest`` are each track's values at any moment of
    play; ``minutes`` is how long each run took.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self.minutes: list[int] = []
        self.injects = dict.fromkeys(index.injects, 0)
        self.decisions: dict[Place, dict[str, int]] = {
            (decision.id, cell): {option.id: 0 for option in decision.options}
            for decision in index.decisions.values()
            if decision.options
            for cell in index.decision_cells(decision.id)
        }
        self.least = {track.id: track.start for track in index.tracks.values()}
        self.greatest = dict(self.least)

    @property
    def median(self) -> int | float:
        """The median of the minutes of play; an integer where it is whole."""
        middle = median(self.minutes)
        return int(middle) if middle == int(middle) else middle

    def add(self, happenings: Iterable[Happening]) -> None:
        """Count one run."""
        total = 0
        for happening in happenings:
            total = happening.total
            if isinstance(happening, Released):
                self.injects[happening.inject.id] += 1
                self._moved(happening.tracks)
            elif isinstance(happening, Decided):
                self._chosen(happening)
                self._moved(happening.tracks)
        self.minutes.append(total)

    def _chosen(self, decided: Decided) -> None:
        if decided.option is not None:
            for cell in decided.cells:
                self.decisions[decided.decision.id, cell][decided.option] += 1

    def _moved(self, tracks: dict[str, tuple[int, int]]) -> None:
        for track, (_, after) in tracks.items():
            self.least[track] = min(self.least[track], after)
            self.greatest[track] = max(self.greatest[track], after)

    def as_json(self, seed: int) -> dict[str, Any]:
        """The numbers as ``rehearse --json`` gives them."""
        return {
            "seed": seed,
            "runs": len(self.minutes),
            "minutes": {"least": min(self.minutes), "median": self.median, "greatest": max(self.minutes)},
            "injects": self.injects,
            "decisions": {f"{decision}/{cell}": chosen for (decision, cell), chosen in self.decisions.items()},
            "tracks": {track: {"least": self.least[track], "greatest": self.greatest[track]} for track in self.least},
        }


def tally(index: Index, seed: int, runs: int, choices: Choices) -> tuple[Tally, set[Place]]:
    """Play so many times, and count; with the places that were asked in any run."""
    counted, asked = Tally(index), set[Place]()
    for run in range(runs):
        chooser = Chooser(seed, choices, run)
        counted.add(play(index, chooser))
        asked |= chooser.asked
    return counted, asked
