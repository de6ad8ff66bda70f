"""The events of a log as a reviewer reads them: typed, and known for what still stands.

Nothing in a log is ever rewritten, so what holds at its end has to be worked out: an ``event_undone`` takes
back what it names, an ``entry_withdrawn`` too unless it was itself undone. Both sides stay in the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tabletop.errors import NotALog
from tabletop.journal.event import Event
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session.events import (
    PAYLOADS,
    EntryWithdrawn,
    EventUndone,
    Payload,
    SessionOpened,
)

PayloadT_co = TypeVar("PayloadT_co", bound=Payload, covariant=True)
PayloadT = TypeVar("PayloadT", bound=Payload)


@dataclass(frozen=True, slots=True)
class Entry(Generic[PayloadT_co]):
    """One event with its payload read.

    ``at`` is UTC wall time; ``clock`` is in seconds of play, the moment of the act itself where the entry
    was made later (``happened``); ``by`` is who was at the keys.
    """

    seq: int
    at: str
    clock: float
    by: str
    type: str
    data: PayloadT_co


@dataclass(frozen=True, slots=True)
class Record:
    """All events, sorted by whether this version knows them and whether they are still in effect.

    ``known`` are all entries that could be read; ``undone`` and ``withdrawn`` give, for each seq that was
    taken back, the seq of the event that did it; ``unknown`` are events of newer versions, as they stand.
    """

    known: tuple[Entry[Payload], ...]
    undone: dict[int, int]
    withdrawn: dict[int, int]
    unknown: tuple[Event, ...]
    by_kind: dict[type[Payload], tuple[Entry[Any], ...]]

    def in_effect(self, seq: int) -> bool:
        """Whether nothing has taken that event back."""
        return seq not in self.undone and seq not in self.withdrawn

    def of(self, kind: type[PayloadT]) -> tuple[Entry[PayloadT], ...]:
        """The entries of one kind that are in effect, in order."""
        return self.by_kind.get(kind, ())

    def standing(self) -> tuple[Entry[Payload], ...]:
        """All entries that are in effect, in order."""
        return tuple(entry for entry in self.known if self.in_effect(entry.seq))


def read_record(events: Sequence[Event]) -> Record:
    """Sort a log's events; nothing that stands in them makes this fail."""
    known: list[Entry[Payload]] = []
    unknown: list[Event] = []
    for event in events:
        payload = _payload(event)
        if payload is None:
            unknown.append(event)
        else:
            known.append(_entry(event, payload))
    undone = {seq: each.seq for each in known if isinstance(each.data, EventUndone) for seq in each.data.undoes}
    withdrawn = {
        each.data.withdraws: each.seq
        for each in known
        if isinstance(each.data, EntryWithdrawn) and each.seq not in undone
    }
    return Record(tuple(known), undone, withdrawn, tuple(unknown), _by_kind(known, {*undone, *withdrawn}))


def opened(record: Record) -> tuple[Entry[SessionOpened], Exercise]:
    """The first event and the exercise in it; raises NotALog where there is none that can be read."""
    first = record.known[0] if record.known else None
    if first is None or not isinstance(first.data, SessionOpened):
        raise NotALog("The log does not begin with the opening of a session.", "Is it the right file?")
    entry = Entry(first.seq, first.at, first.clock, first.by, first.type, first.data)
    try:
        return entry, exercise_from_json(first.data.exercise)
    except ValidationError as cause:
        raise NotALog(
            "The exercise in the log's first line cannot be read.",
            "Open the log with the version that wrote it.",
        ) from cause


def _payload(event: Event) -> Payload | None:
    """The event's payload, or None for what this version does not know."""
    model = PAYLOADS.get(event.type)
    if model is None:
        return None
    try:
        return model.model_validate(event.data)
    except ValidationError:
        return None


def _entry(event: Event, payload: Payload) -> Entry[Payload]:
    happened = getattr(payload, "happened", None)
    clock = event.clock if happened is None else happened
    return Entry(event.seq, event.at, clock, event.by, event.type, payload)


def _by_kind(known: Sequence[Entry[Payload]], gone: set[int]) -> dict[type[Payload], tuple[Entry[Any], ...]]:
    lists: dict[type[Payload], list[Entry[Any]]] = {}
    for entry in known:
        if entry.seq not in gone:
            lists.setdefault(type(entry.data), []).append(entry)
    return {kind: tuple(entries) for kind, entries in lists.items()}
