"""Rehearsals: planned play with nobody in the room, as a real log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.errors import TabletopError
from tabletop.journal import Journal, MemoryJournal
from tabletop.scenario.model import Exercise
from tabletop.scenario.planned import Decided, Happening, MoveStarted, Released, play
from tabletop.session import commands
from tabletop.session.choosing import Choices, Chooser
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
        for command in commands_of(happening):
            session.do(command, by=AUTO)
    session.do(commands.Close(), by=AUTO)
    session.close()


def _pass(time: SimulatedTime, to: int) -> None:
    """Let time pass until so many seconds of play."""
    if to > LONGEST:
        raise TabletopError("This play would last for millennia, and no log can tell it.", "Mind its minutes.")
    time.advance(to - time.steady())


def commands_of(happening: Happening) -> Iterator[commands.Command]:
    """What a facilitator does as it happens."""
    match happening:
        case MoveStarted(move=move):
            yield commands.Move(move=move.id)
        case Released(inject=inject):
            yield commands.Release(inject=inject.id)
        case Decided(decision=decision, cells=cells, option=None):
            yield commands.Decide(decision=decision.id, cells=cells, text=NO_TEXT)
        case Decided(decision=decision, cells=cells, option=option):
            yield commands.Decide(decision=decision.id, cells=cells, option=option)
