"""What cells asked of control, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.record import Entry, Record
from tabletop.session.events import RequestAnswered, RequestRaised


@dataclass(frozen=True, slots=True)
class Request:
    """A request for information with its answers, oldest first."""

    raised: Entry[RequestRaised]
    answers: tuple[Entry[RequestAnswered], ...]


def requests(record: Record) -> tuple[Request, ...]:
    """Every request that stands, in order."""
    answers: dict[str, list[Entry[RequestAnswered]]] = {}
    for entry in record.of(RequestAnswered):
        answers.setdefault(entry.data.id, []).append(entry)
    return tuple(Request(raised, tuple(answers.get(raised.data.id, ()))) for raised in record.of(RequestRaised))
