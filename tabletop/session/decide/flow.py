"""Rules on the session, its people, the clock and the moves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from itertools import count

from tabletop.errors import Refused
from tabletop.session import commands, events
from tabletop.session.decide.common import RESERVED, Situation, known, known_cell
from tabletop.session.state import Participant
from tabletop.session.turns import next_move


def start(situation: Situation, command: commands.Start) -> Iterator[events.Payload]:
    """Play begins once."""
    if situation.state.phase != "opened":
        raise Refused("The exercise has started already.")
    yield events.ExerciseStarted()


def close(situation: Situation, command: commands.Close) -> Iterator[events.Payload]:
    """The session ends; the clock stands with it."""
    yield events.SessionClosed()


def reopen(situation: Situation, command: commands.Reopen) -> Iterator[events.Payload]:
    """A closed session goes on."""
    if situation.state.phase != "closed":
        raise Refused("The session is not closed.")
    yield events.SessionReopened(reason=command.reason)


def pause(situation: Situation, command: commands.Pause) -> Iterator[events.Payload]:
    """A clock that runs may be stopped."""
    if not situation.now.running:
        raise Refused("The clock stands already.")
    yield events.ClockPaused()


def resume(situation: Situation, command: commands.Resume) -> Iterator[events.Payload]:
    """A clock that stands may run on."""
    if situation.now.running:
        raise Refused("The clock runs already.")
    yield events.ClockResumed()


def set_clock(situation: Situation, command: commands.SetClock) -> Iterator[events.Payload]:
    """The clock shows what it is told."""
    to = round(command.to, 3)
    yield events.ClockSet(from_=situation.now.clock, to=to, reason=command.reason)


def move(situation: Situation, command: commands.Move) -> Iterator[events.Payload]:
    """Any move may be entered, again too; without an id it is the next whose `when` holds."""
    on = situation.play.move
    since = max(0.0, situation.now.clock - (on.started if on else 0.0))
    reading = round(min(command.reading, since), 3) or None
    if command.move is not None:
        yield events.MoveStarted(move=known("move", command.move, situation.state.index.moves), reading=reading)
        return
    following = next_move(situation.state)
    if following is None:
        raise Refused("There is no further move to play.", "Name a move to enter it again.")
    yield events.MoveStarted(move=following.id, reading=reading)


def deadline(situation: Situation, command: commands.Deadline) -> Iterator[events.Payload]:
    """The deadline is a wall time with its zone."""
    try:
        zone = datetime.fromisoformat(command.at).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise Refused(f"'{command.at}' is no wall time.", "Write it as 2026-11-24T17:30:00+09:00.")
    yield events.DeadlineSet(at=command.at)


def join(situation: Situation, command: commands.Join) -> Iterator[events.Payload]:
    """Somebody new takes part, or comes back."""
    known_cell(situation, command.cell)
    id = command.id or _named(situation, command.name)
    if id in RESERVED:
        raise Refused(f"'{id}' is reserved.", "Give the participant another id.")
    there = situation.state.participants.get(id)
    if there is not None and there.present:
        raise Refused(f"'{id}' takes part already.", "Use `shift` to change cell or role.")
    given = command.model_dump(exclude={"do", "id"})
    yield events.ParticipantJoined(id=id, **given)


def _named(situation: Situation, name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_name)) or "person"
    taken = RESERVED.union(situation.state.participants)
    names = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(each for each in names if each not in taken)


def shift(situation: Situation, command: commands.Shift) -> Iterator[events.Payload]:
    """Somebody present changes cell, role or lead."""
    _present(situation, command.id)
    known_cell(situation, command.cell)
    given = command.model_dump(exclude={"do", "id"}, exclude_none=True)
    if not given:
        raise Refused("Nothing would change.", "Give `cell`, `role` or `lead`.")
    yield events.ParticipantMoved(id=command.id, **given)


def leave(situation: Situation, command: commands.Leave) -> Iterator[events.Payload]:
    """Somebody present leaves."""
    _present(situation, command.id)
    yield events.ParticipantLeft(id=command.id)


def _present(situation: Situation, id: str) -> Participant:
    people = situation.state.participants
    known("participant", id, (person for person in people if people[person].present))
    return people[id]
