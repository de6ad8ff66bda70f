"""The improvement plans of many sessions as one list: what was agreed, what is open, what was closed later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tabletop.errors import NotALog
from tabletop.journal.event import Event
from tabletop.review.due import due_on
from tabletop.review.evaluation import planned_actions
from tabletop.review.logs import Log
from tabletop.review.record import Entry, Record, opened, read_record
from tabletop.scenario.model import Exercise, Objective
from tabletop.session.events import ActionClosed, SessionOpened

Status = Literal["overdue", "open", "closed"]
_KINDS = {"session_opened", "action_agreed", "action_closed", "event_undone", "entry_withdrawn"}


@dataclass(frozen=True, slots=True)
class Closed:
    """What closed an action: the log of the session that did, when, and in which words."""

    log: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """A corrective action as last agreed in one session.

    ``log`` is what its log is called, ``session`` the session's own name; ``objective`` is that of the exercise
    as it was played. ``due`` is as it was typed, ``due_on`` the day that it means, None where that cannot be
    read.
    """

    log: str
    session: str
    exercise: str
    id: str
    action: str
    objective: Objective | None
    owner: str
    start: str
    due: str
    due_on: date | None
    agreed_at: str
    seq: int
    closed: Closed | None

    def status(self, today: date) -> Status:
        """Whether it is closed, open, or open and past its day."""
        if self.closed is not None:
            return "closed"
        return "overdue" if self.due_on is not None and self.due_on < today else "open"


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action of an earlier session that is still open, and the objective of the next exercise it is for.

    ``objective`` is None for one that was tied to none, of an earlier session of the same exercise.
    """

    action: AgreedAction
    objective: Objective | None


@dataclass(frozen=True, slots=True)
class _Session:
    label: str
    events: int
    opening: Entry[SessionOpened]
    exercise: Exercise
    record: Record

    @property
    def name(self) -> str:
        return self.opening.data.name


def agreed_actions(logs: Iterable[Log]) -> tuple[AgreedAction, ...]:
    """Every action of these sessions, whatever the logs' order: by the day it is due, those without one last.

    A later session closes an action by naming the log and the action's id; what was closed in its own session
    is closed too. Of a log and a copy of it, the longer one counts. A log that cannot be read is passed over.
    """
    sessions = _sessions(logs)
    closings = _closings(sessions)
    found = [action for session in sessions for action in _actions(session, closings)]
    return tuple(sorted(found, key=lambda each: (each.due_on or date.max, each.agreed_at, each.log, each.seq)))


def open_actions(logs: Iterable[Log], exercise: Exercise) -> tuple[OpenAction, ...]:
    """What earlier sessions agreed that is still open and bears on the objectives of this exercise.

    An action bears on an objective that has the same id in the same exercise, or the same words, or the same
    capability; one that was tied to no objective bears on the exercise in whose session it was agreed.
    """
    still = (action for action in agreed_actions(logs) if action.closed is None)
    paired = ((action, _bears_on(action, exercise)) for action in still)
    return tuple(
        OpenAction(action, objective)
        for action, objective in paired
        if objective is not None or (action.objective is None and action.exercise == exercise.id)
    )


def _sessions(logs: Iterable[Log]) -> list[_Session]:
    """The sessions in the order in which they were opened, each once."""
    longest: dict[tuple[str, str], _Session] = {}
    for log in sorted(logs, key=lambda each: each.label):
        session = _session(log)
        if session is None:
            continue
        key = session.opening.at, session.name
        if key not in longest or longest[key].events < session.events:
            longest[key] = session
    return sorted(longest.values(), key=lambda each: (each.opening.at, each.label))


def _session(log: Log) -> _Session | None:
    events: list[Event] = [event for event in log.reading.events if event.type in _KINDS]
    record = read_record(events)
    try:
        opening, exercise = opened(record)
    except NotALog:
        return None
    return _Session(log.label, len(log.reading.events), opening, exercise, record)


def _closings(sessions: Sequence[_Session]) -> dict[tuple[str, str], Closed]:
    """What sessions say of others' actions, by what they call the log, and the action's id; the first one counts."""
    return {
        (entry.data.log, entry.data.id): Closed(session.label, entry.at, entry.data.text)
        for session in reversed(sessions)
        for entry in reversed(session.record.of(ActionClosed))
        if entry.data.log
    }


def _actions(session: _Session, closings: dict[tuple[str, str], Closed]) -> Iterable[AgreedAction]:
    objectives = {objective.id: objective for objective in session.exercise.objectives}
    for planned in planned_actions(session.record):
        said = planned.entry.data
        own = Closed(session.label, planned.closed.at, planned.closed.data.text) if planned.closed else None
        yield AgreedAction(
            log=session.label,
            session=session.name,
            exercise=session.exercise.id,
            id=said.id,
            action=said.action,
            objective=objectives.get(said.objective or ""),
            owner=said.owner,
            start=said.start,
            due=said.due,
            due_on=due_on(said.due, _day(planned.entry.at)) if said.due else None,
            agreed_at=planned.entry.at,
            seq=planned.entry.seq,
            closed=own or closings.get((session.label, said.id)) or closings.get((session.name, said.id)),
        )


def _day(at: str) -> date:
    try:
        return datetime.fromisoformat(at).date()
    except ValueError:
        return date.min


def _bears_on(action: AgreedAction, exercise: Exercise) -> Objective | None:
    """The objective of this exercise that an action is for, if any: the same one, else the one most like it."""
    theirs = action.objective
    if theirs is None:
        return None
    same = exercise.id == action.exercise
    ways = (
        lambda ours: same and ours.id == theirs.id,
        lambda ours: _alike(ours.text, theirs.text),
        lambda ours: _alike(ours.capability or "", theirs.capability or ""),
    )
    return next((ours for way in ways for ours in exercise.objectives if way(ours)), None)


def _alike(one: str, other: str) -> bool:
    """Whether two texts have the same words; texts without any are like none."""
    words = one.casefold().split()
    return bool(words) and words == other.casefold().split()
