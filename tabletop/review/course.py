"""The course of play: when it ran, which moves were played, what became of each inject."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Literal

from pydantic import ValidationError

from tabletop.review.branches import Branches
from tabletop.review.record import Entry, Record
from tabletop.scenario.model import Exercise, Inject
from tabletop.session.events import (
    ClockPaused,
    ClockResumed,
    ClockSet,
    DeadlineSet,
    ExerciseStarted,
    InjectHeld,
    InjectReleased,
    InjectRevealed,
    InjectReworded,
    InjectSkipped,
    InjectWritten,
    MoveStarted,
    Payload,
    SessionClosed,
    SessionReopened,
    TimeGranted,
)

Fate = Literal["released", "skipped", "held", "not taken", "lost", "not reached", "in the pocket"]


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood between these two events; wall seconds, None where they cannot be known."""

    seq: int
    until: int | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Times:
    """When the session ran.

    ``started`` and ``ended`` are None where play did not start or the session was not closed. ``play`` is in
    seconds on the exercise clock, ``wall`` in seconds from the start to the end (or the last event).
    """

    started: Entry[ExerciseStarted] | None
    ended: Entry[SessionClosed] | None
    last_at: str
    play: float
    wall: float | None
    planned_minutes: int
    pauses: tuple[Pause, ...]
    clock_sets: tuple[Entry[ClockSet], ...]
    reopened: tuple[Entry[SessionReopened], ...]
    deadline: Entry[DeadlineSet] | None


@dataclass(frozen=True, slots=True)
class MovePlayed:
    """One entry of a move: clock seconds at its start and end, the last seq within it, planned minutes.

    It ends where the reading of the next move's briefing begins; ``reading`` are the seconds that its own took.
    """

    seq: int
    until: int
    move: str
    title: str
    started: float
    ended: float
    planned_minutes: int
    granted_minutes: int
    finished: bool
    reading: float = 0.0

    @property
    def minutes(self) -> float:
        """How long it took, in minutes of play."""
        return max(0.0, self.ended - self.started) / 60


@dataclass(frozen=True, slots=True)
class InjectPlayed:
    """What became of an inject; ``move`` is where it stands in the exercise, or was written.

    Of its fates, ``not taken`` is that of a branch whose condition did not hold, ``lost`` that of what could
    have been released while its move was on. ``planned_minute`` is None for what comes when it is wanted.
    """

    inject: Inject
    move: str | None
    planned_minute: int | None
    fate: Fate
    released: tuple[Entry[InjectReleased], ...] = ()
    minute: float | None = None
    skipped: Entry[InjectSkipped] | None = None
    held: tuple[Entry[InjectHeld], ...] = ()
    revealed: tuple[Entry[InjectRevealed], ...] = ()
    reworded: tuple[Entry[InjectReworded], ...] = ()
    written: Entry[InjectWritten] | None = None

    @property
    def title(self) -> str:
        """Its title as it was given to players."""
        changed = [entry.data.title for entry in self.reworded if entry.data.title]
        return changed[-1] if changed else self.inject.title

    @property
    def text(self) -> str:
        """Its text as it was given to players."""
        changed = [entry.data.text for entry in self.reworded if entry.data.text]
        return changed[-1] if changed else self.inject.text


@dataclass(frozen=True, slots=True)
class _Acts:
    """The events about one inject, gathered."""

    released: list[Entry[InjectReleased]] = field(default_factory=list)
    skipped: list[Entry[InjectSkipped]] = field(default_factory=list)
    held: list[Entry[InjectHeld]] = field(default_factory=list)
    revealed: list[Entry[InjectRevealed]] = field(default_factory=list)
    reworded: list[Entry[InjectReworded]] = field(default_factory=list)


def seconds_between(start: str, end: str) -> float | None:
    """The seconds between two wall times as the log writes them, or None where one cannot be read."""
    try:
        return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
    except (ValueError, TypeError):
        return None


def times(record: Record, exercise: Exercise) -> Times:
    """When play started and ended, what it took, and when the clock stood."""
    started = next(iter(record.of(ExerciseStarted)), None)
    ended = _closing(record)
    last = ended or record.known[-1]
    deadlines = record.of(DeadlineSet)
    return Times(
        started=started,
        ended=ended,
        last_at=record.known[-1].at,
        play=_play(record, ended) if started else 0.0,
        wall=seconds_between(started.at, last.at) if started else None,
        planned_minutes=exercise.minutes,
        pauses=_pauses(record),
        clock_sets=record.of(ClockSet),
        reopened=record.of(SessionReopened),
        deadline=deadlines[-1] if deadlines else None,
    )


def _closing(record: Record) -> Entry[SessionClosed] | None:
    """The close that still holds: one after which the session was not reopened."""
    closes, reopenings = record.of(SessionClosed), record.of(SessionReopened)
    if not closes or (reopenings and reopenings[-1].seq > closes[-1].seq):
        return None
    return closes[-1]


def _play(record: Record, ended: Entry[SessionClosed] | None) -> float:
    if ended:
        return ended.clock
    clocks = [entry.clock for entry in record.known if getattr(entry.data, "happened", None) is None]
    return clocks[-1] if clocks else 0.0


def _pauses(record: Record) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    begun: Entry[Payload] | None = None
    for entry in record.standing():
        if isinstance(entry.data, ClockPaused) and begun is None:
            begun = entry
        elif isinstance(entry.data, ClockResumed | SessionClosed) and begun is not None:
            pauses.append(Pause(begun.seq, entry.seq, seconds_between(begun.at, entry.at)))
            begun = None
    if begun is not None:
        pauses.append(Pause(begun.seq, None, None))
    return tuple(pauses)


def moves_played(record: Record, exercise: Exercise, times: Times) -> tuple[MovePlayed, ...]:
    """Every entry of a move, in order; one that the log breaks off in is not finished."""
    starts = record.of(MoveStarted)
    known = {move.id: move for move in exercise.moves}
    played: list[MovePlayed] = []
    for entry, following in zip_longest(starts, starts[1:]):
        end = following or times.ended
        until = end.seq if end else record.known[-1].seq + 1
        move = known.get(entry.data.move)
        played.append(
            MovePlayed(
                seq=entry.seq,
                until=until,
                move=entry.data.move,
                title=move.title if move else entry.data.move,
                started=entry.clock,
                ended=max(entry.clock, _begun(following)) if following else end.clock if end else times.play,
                planned_minutes=move.minutes if move else 0,
                granted_minutes=_granted(record, entry, until),
                finished=end is not None,
                reading=entry.data.reading or 0.0,
            )
        )
    return tuple(played)


def _begun(start: Entry[MoveStarted]) -> float:
    """When the reading began that opened a move."""
    return start.clock - (start.data.reading or 0.0)


def _granted(record: Record, start: Entry[MoveStarted], until: int) -> int:
    grants = (entry for entry in record.of(TimeGranted) if start.seq < entry.seq < until)
    return sum(entry.data.minutes for entry in grants if entry.data.move == start.data.move)


def injects_played(
    record: Record, exercise: Exercise, moves: tuple[MovePlayed, ...], branches: Branches
) -> tuple[InjectPlayed, ...]:
    """What became of every inject of the exercise, in file order, then of those written on the spot."""
    acts = _acts(record)
    planned = [
        _played(inject, move.id, acts.get(inject.id, _Acts()), moves, branches)
        for move in exercise.moves
        for inject in move.injects
    ]
    written = [_written(entry, acts, moves, branches) for entry in record.of(InjectWritten)]
    return (*planned, *written)


def _acts(record: Record) -> dict[str, _Acts]:
    acts: dict[str, _Acts] = {}
    for entry in record.of(InjectReleased):
        acts.setdefault(entry.data.inject, _Acts()).released.append(entry)
    for skip in record.of(InjectSkipped):
        acts.setdefault(skip.data.inject, _Acts()).skipped.append(skip)
    for hold in record.of(InjectHeld):
        acts.setdefault(hold.data.inject, _Acts()).held.append(hold)
    for reveal in record.of(InjectRevealed):
        acts.setdefault(reveal.data.inject, _Acts()).revealed.append(reveal)
    for change in record.of(InjectReworded):
        acts.setdefault(change.data.inject, _Acts()).reworded.append(change)
    return acts


def _played(
    inject: Inject,
    move: str | None,
    acts: _Acts,
    moves: tuple[MovePlayed, ...],
    branches: Branches,
    written: Entry[InjectWritten] | None = None,
) -> InjectPlayed:
    return InjectPlayed(
        inject=inject,
        move=move,
        planned_minute=None if inject.contingency or written else inject.at,
        fate=_fate(inject, move, acts, moves, branches),
        released=tuple(acts.released),
        minute=_minute(acts, moves),
        skipped=acts.skipped[-1] if acts.skipped and not acts.released else None,
        held=tuple(acts.held),
        revealed=tuple(acts.revealed),
        reworded=tuple(acts.reworded),
        written=written,
    )


def _fate(inject: Inject, move: str | None, acts: _Acts, moves: tuple[MovePlayed, ...], branches: Branches) -> Fate:
    if acts.released:
        return "released"
    if acts.skipped:
        return "skipped"
    if acts.held:
        return "held"
    if inject.contingency:
        return "in the pocket"
    if all(played.move != move for played in moves):
        return "not reached"
    return "not taken" if inject.id in branches and not branches[inject.id].held else "lost"


def _minute(acts: _Acts, moves: tuple[MovePlayed, ...]) -> float | None:
    """Minutes into the move at which it was first released; None where it was not, or in no move."""
    if not acts.released:
        return None
    release = acts.released[0]
    move = move_at(moves, release.seq)
    return None if move is None else (release.clock - move.started) / 60


def _written(
    entry: Entry[InjectWritten], acts: dict[str, _Acts], moves: tuple[MovePlayed, ...], branches: Branches
) -> InjectPlayed:
    inject = written_inject(entry.data)
    move = move_at(moves, entry.seq)
    return _played(inject, move.move if move else None, acts.get(inject.id, _Acts()), moves, branches, entry)


def written_inject(said: InjectWritten) -> Inject:
    """An inject written on the spot; its id and title alone where a newer version wrote more than we read."""
    try:
        return Inject.model_validate(said.inject, extra="ignore")
    except ValidationError:
        return Inject(id=str(said.inject.get("id", "?")), title=str(said.inject.get("title", "")))


def move_at(moves: tuple[MovePlayed, ...], seq: int) -> MovePlayed | None:
    """The move that was on when an event was recorded."""
    return next((move for move in moves if move.seq <= seq < move.until), None)
