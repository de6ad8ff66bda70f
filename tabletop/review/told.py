"""What a cell has been told so far: all that it was shown, the notes passed on to it, the answers to its requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.journal.event import Event
from tabletop.review.record import Record, read_record
from tabletop.session.events import MessageSent, MoveStarted, RequestAnswered, RequestRaised
from tabletop.session.sight import Card, sight
from tabletop.session.state import State


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a cell was told; ``clock`` is None for what it knew before the start."""

    clock: float | None
    card: Card


_KINDS = {"session_opened", "move_started", "message_sent", "request_raised", "request_answered"}
_KINDS |= {"event_undone", "entry_withdrawn"}


def told(state: State, events: Sequence[Event], cell: str) -> tuple[Told, ...]:
    """All that a cell was told, in the order in which it was; ``events`` is the whole record."""
    record = read_record([event for event in events if event.type in _KINDS])
    cards = {card.seq: card for card in sight(state, cell, state.clock).cards}
    for card in (*_briefings(record, state, cell), *_messages(record, state, cell), *_answers(record, cell)):
        cards.setdefault(card.seq, card)
    return tuple(
        Told(events[seq].clock if 0 <= seq < len(events) else None, card) for seq, card in sorted(cards.items())
    )


def _briefings(record: Record, state: State, cell: str) -> Iterator[Card]:
    for entry in record.of(MoveStarted):
        move = state.index.moves.get(entry.data.move)
        if move is not None and (move.briefing or move.private.get(cell)):
            own = move.private.get(cell, "")
            yield Card(entry.seq, move.title, move.briefing or "", story_time=move.scenario_time or "", own=own)


def _messages(record: Record, state: State, cell: str) -> Iterator[Card]:
    for entry in record.of(MessageSent):
        if cell in entry.data.to:
            sender = state.index.cells.get(entry.data.from_)
            name = sender.name if sender else entry.data.from_
            yield Card(entry.seq, "A message", entry.data.text, from_=name, via=entry.data.via)


def _answers(record: Record, cell: str) -> Iterator[Card]:
    raised = {entry.data.id: entry.data for entry in record.of(RequestRaised)}
    for entry in record.of(RequestAnswered):
        asked = raised.get(entry.data.id)
        if asked is not None and asked.cell == cell:
            yield Card(entry.seq, f"Answer to: {asked.text}", entry.data.text, from_="control")
