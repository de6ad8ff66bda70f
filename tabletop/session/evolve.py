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


def _gone_on(state: State, events: Iterable[Event]) -> State:
    # Runs of passive events are taken together, for speed.
    frame, last, run = state.undoable, None, False
    for event in events:
        if event.type in PASSIVE and not event.more and not (state.more and not run):
            frame, last, run = Frame((event.seq,), state.play, state.shift, frame), event, True
            continue
        if last is not None:
            state, last, run = _after(state, last, frame), None, False
        state = evolve(state, event)
        frame = state.undoable
    return state if last is None else _after(state, last, frame)


def _after(state: State, last: Event, frame: Frame | None) -> State:
    return altered(state, last_seq=last.seq, clock=last.clock, undoable=frame, more=False, framed=True)


def evolve(state: State, event: Event) -> State:
    """The state after one more event."""
    try:
        return _evolved(state, event)
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        # A whole log may still hold an event with data that no version writes: passed over like an unknown
        # one. Data that is right has met a fault of ours, which must show.
        if well_formed(event.type, event.data) and not isinstance(cause, ValidationError):
            raise
        return _noted(state, event)


def _evolved(state: State, event: Event) -> State:
    kind = event.type
    if kind in changes.CHANGES or kind in PASSIVE:
        play = changes.played(state, event) if kind not in PASSIVE else state.play
        return altered(
            state,
            play=play,
            undoable=_frame(state, event),
            framed=True,
            last_seq=event.seq,
            clock=event.clock,
            more=event.more,
        )
    return _noted(_SESSION[kind](state, event.data) if kind in _SESSION else state, event)


def _noted(state: State, event: Event) -> State:
    """The state that has seen an event which undo does not take back."""
    framed = state.more and state.framed
    return altered(state, last_seq=event.seq, clock=event.clock, more=event.more, framed=framed)


def _frame(state: State, event: Event) -> Frame:
    """What undo takes back for this event, together with its command's other events."""
    top = state.undoable
    if state.more and state.framed and top is not None:
        return top._replace(seqs=(*top.seqs, event.seq))
    return Frame((event.seq,), state.play, state.shift, top)


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
