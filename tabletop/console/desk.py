"""Opening a session for the console, and leaving it so that it can be gone on with exactly there."""

from __future__ import annotations

from pathlib import Path

from tabletop.console.screens.setup import Plan
from tabletop.errors import TabletopError
from tabletop.journal import FileJournal, log_path, next_free, read_alive
from tabletop.scenario.model import Exercise
from tabletop.session.clock import ExerciseClock, SystemTime, stamp
from tabletop.session.session import Session


def free_name(exercise: Exercise, logs: Path) -> str:
    """A session name that is not taken: the exercise and the day."""
    name = f"{exercise.id}-{SystemTime().wall().astimezone():%Y-%m-%d}"
    return next_free(log_path(name, logs)).stem


def begin(exercise: Exercise, plan: Plan, logs: Path) -> Session:
    """A new session with the people who are here. Raises NameTaken, NotWritten."""
    journal = FileJournal.create(log_path(plan.name, logs))
    try:
        session = Session.create(exercise, journal, ExerciseClock(SystemTime()), name=plan.name)
        commands: list[dict[str, object]] = [person.command() for person in plan.people]
        if plan.finish is not None:
            commands.append({"do": "deadline", "at": stamp(plan.finish)})
        commands += plan.closings
        if commands:
            session.do_all(commands)
    except BaseException:
        journal.close()
        raise
    return session


def go_on(log: Path) -> Session:
    """An existing session, its clock standing. Raises LogLocked, LogDamaged, NotALog, UsageError."""
    return Session.open(FileJournal.open(log), ExerciseClock(SystemTime()))


def torn(session: Session) -> str:
    """What was set aside as the log was opened, in a sentence."""
    cut = getattr(session.journal, "torn", None)
    return (
        f"The last line of the log was not whole; it was never recorded. Its bytes are kept in {cut.path}."
        if cut
        else ""
    )


def later_reading(session: Session) -> float | None:
    """The clock that was last seen running, where it is later than the newest event."""
    if not isinstance(session.journal, FileJournal) or session.state.phase != "playing":
        return None
    alive = read_alive(session.journal.path)
    if alive is None or alive.seq != session.state.last_seq or alive.clock <= session.clock.elapsed + 1:
        return None
    return alive.clock


def leave(session: Session) -> str:
    """Pause a clock that runs, and close the log; says what could not be written."""
    fault = ""
    try:
        if session.state.phase == "playing" and session.clock.running:
            session.do({"do": "pause"})
    except TabletopError as error:
        fault = str(error)
    session.close()
    return fault
