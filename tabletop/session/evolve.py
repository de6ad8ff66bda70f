"""The fold: what a session is after an event. Nothing can fail here but the reading of the exercise.

Events are read as they stand in the log, without models, so that a long log opens quickly. Types and
fields that this version does not know are passed over. What the acts of play change is in ``changes``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError
from rpds import HashTrieMap

from tabletop.errors import NotALog
from tabletop.journal.event import Event
from tabletop.journal.uncollected import uncollected
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session import changes
from tabletop.session.altering import altered
from tabletop.session.events import well_formed
from tabletop.session.state import Frame, Participant, Play, State

PASSIVE = frozenset(
    {
        "discussion_noted",
        "fact_recorded",
        "message_sent",
        "observation_recorded",
        "hot_wash_noted",
        "feedback_given",
        "expectation_marked",
    }
)
"""Events that change nothing that the rules ask about; undo takes them back all the same."""

_MISFITS = (KeyError, TypeError, ValueError, AttributeError)
_Session = Callable[[State, dict[str, Any]], State]


def opening(event: Event) -> State:
    """The state after line 0, `session_opened`. Raises NotALog where its exercise cannot be read."""
    try:
        exercise = exercise_from_json(event.data.get("exercise", {}))
    except ValidationError as cause:
        raise NotALog(
            "The exercise in the log's first line cannot be read.", "Open the log with the version that wrote it."
        ) from cause
    return begin(exercise, str(event.data.get("name", "")), event)


def begin(exercise: Exercise, name: str, event: Event) -> State:
    """The state of a session on an exercise that is at hand already."""
    tracks = HashTrieMap({track.id: track.start for track in exercise.tracks})
    return State(
        exercise=exercise,
        index=Index(exercise),
        name=name,
        phase="opened",
        paused=True,
        last_seq=event.seq,
        clock=event.clock,
        play=Play(tracks=tracks),
        more=event.more,
    )


def fold(events: Iterable[Event]) -> State:
    """The state after all of these events, the first of them `session_opened`."""
    each = iter(events)
    return go_on(opening(next(each)), each)


def go_on(state: State, events: Iterable[Event]) -> State:
    """The state after more events."""
    with uncollected():
        return _gone_on(state, events)


def evolve(state: State, event: Event) -> State:
    """The state after one more event."""
    return _gone_on(state, (event,))


def _gone_on(state: State, events: Iterable[Event]) -> State:
    """The fold itself.

    Acts of play change the play alone. So only what belongs to it is taken along from one to the next, and the
    state is made where an event of the session asks for it, and at the end.
    """
    index, shift, play, frame = state.index, state.shift, state.play, state.undoable
    more, framed = state.more, state.framed
    last: Event | None = None
    for event in events:
        kind = event.type
        if kind in _SESSION:
            if last is not None:
                state = _seen(state, last, play, frame, framed)
            state = _of_the_session(state, event)
            shift, play, frame, framed, last = state.shift, state.play, state.undoable, state.framed, None
        elif (acts := kind in changes.CHANGES) or kind in PASSIVE:
            after = _played(play, event, index) if acts else play
            if after is None:
                framed = more and framed
            else:
                frame = _frame(event.seq, play, shift, frame, together=more and framed)
                play, framed = after, True
            last = event
        else:  # of a newer version
            framed, last = more and framed, event
        more = event.more
    return state if last is None else _seen(state, last, play, frame, framed)


def _seen(state: State, last: Event, play: Play, frame: Frame | None, framed: bool) -> State:
    """The state after events up to `last`, with what they made of the play."""
    return altered(state, play=play, undoable=frame, framed=framed, last_seq=last.seq, clock=last.clock, more=last.more)


def _frame(seq: int, play: Play, shift: float, top: Frame | None, *, together: bool) -> Frame:
    """What undo takes back for an event, together with those of its command before it."""
    if together and top is not None:
        return top._replace(seqs=(*top.seqs, seq))
    return Frame((seq,), play, shift, top)


def _played(play: Play, event: Event, index: Index) -> Play | None:
    """The play after an act; None where its data are none, so that it is passed over like an unknown event."""
    try:
        return changes.played(play, event, index)
    except _MISFITS as cause:
        _check_ill_formed(event, cause)
        return None


def _of_the_session(state: State, event: Event) -> State:
    """The state after an event that undo does not take back."""
    try:
        state = _SESSION[event.type](state, event.data)
    except _MISFITS as cause:
        _check_ill_formed(event, cause)
    return altered(state, last_seq=event.seq, clock=event.clock, more=event.more, framed=state.more and state.framed)


def _check_ill_formed(event: Event, cause: Exception) -> None:
    """Raises what an event met, unless its data are such as no version writes.

    A whole log may still hold such an event. Data that are right have met a fault of ours, which must show.
    """
    if well_formed(event.type, event.data) and not isinstance(cause, ValidationError):
        raise cause


# --- the session, the clock, undo: never undone themselves -------------------------------------------


def _joined(state: State, data: dict[str, Any]) -> State:
    person = Participant(
        id=data["id"],
        name=data["name"],
        role=data.get("role", ""),
        cell=data.get("cell"),
        lead=bool(data.get("lead")),
        kind=data.get("kind", "player"),
        present=True,
    )
    return altered(state, participants=state.participants.insert(person.id, person))


def _moved(state: State, data: dict[str, Any]) -> State:
    given: dict[str, Any] = {key: data[key] for key in ("cell", "role", "lead") if key in data}
    return _person(state, data["id"], given)


def _left(state: State, data: dict[str, Any]) -> State:
    return _person(state, data["id"], {"present": False})


def _person(state: State, id: str, given: dict[str, Any]) -> State:
    known = state.participants.get(id)
    if known is None:
        return state
    return altered(state, participants=state.participants.insert(id, altered(known, **given)))


def _started(state: State, data: dict[str, Any]) -> State:
    return altered(state, phase="playing", paused=False)


def _deadline(state: State, data: dict[str, Any]) -> State:
    return altered(state, deadline=data["at"])


def _closed(state: State, data: dict[str, Any]) -> State:
    return altered(state, phase="closed", paused=True)


def _reopened(state: State, data: dict[str, Any]) -> State:
    return altered(state, phase="playing", paused=True)


def _paused(state: State, data: dict[str, Any]) -> State:
    return altered(state, paused=True)


def _resumed(state: State, data: dict[str, Any]) -> State:
    return altered(state, paused=False)


def _set(state: State, data: dict[str, Any]) -> State:
    by = data["to"] - data["from"]
    return altered(state, shift=state.shift + by, play=changes.shifted(state.play, by))


def _undone(state: State, data: dict[str, Any]) -> State:
    undoes, frame = tuple(data["undoes"]), state.undoable
    play = state.play
    if frame is not None and frame.seqs == undoes:
        play = changes.shifted(frame.play, state.shift - frame.shift)
        state = altered(state, undoable=frame.below)
    play = altered(play, tracks=changes.tracks_after(play, data)[0])
    return altered(state, play=play, undone=state.undone.update(undoes))


_SESSION: dict[str, _Session] = {
    "participant_joined": _joined,
    "participant_moved": _moved,
    "participant_left": _left,
    "exercise_started": _started,
    "deadline_set": _deadline,
    "session_closed": _closed,
    "session_reopened": _reopened,
    "clock_paused": _paused,
    "clock_resumed": _resumed,
    "clock_set": _set,
    "event_undone": _undone,
}
