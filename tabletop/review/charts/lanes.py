"""The session as swim-lanes: what each cell was given and decided, over the time of play."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tabletop.review.reviewing import Review
from tabletop.session.events import Answer, DecisionRevised, InjectReleased, InjectRevealed

Kind = Literal["inject", "decision", "revised", "no answer"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A move as it was played, in minutes of play."""

    title: str
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the lanes of these cells; ``dissents`` are those on record with a decision."""

    seq: int
    minutes: float
    cells: tuple[str, ...]
    kind: Kind
    dissents: int = 0


@dataclass(frozen=True, slots=True)
class Lanes:
    """The cells by id and name, the moves, and what stands in the lanes, in order."""

    cells: tuple[tuple[str, str], ...]
    moves: tuple[Stretch, ...]
    marks: tuple[Mark, ...]


def lanes(review: Review) -> Lanes:
    """The lanes of a session: injects given out and decisions, each in the lanes of its cells."""
    known = {cell.id: cell.name for cell in review.exercise.cells}
    marks = tuple(mark for mark in _marks(review) if set(mark.cells) & set(known))
    present = {cell for mark in marks for cell in mark.cells}
    cells = tuple((id, name) for id, name in known.items() if id in present)
    moves = tuple(Stretch(each.title, each.started / 60, each.ended / 60) for each in review.moves)
    return Lanes(cells, moves, marks)


def _marks(review: Review) -> Iterator[Mark]:
    for entry in review.record.standing():
        data, minutes = entry.data, entry.clock / 60
        if isinstance(data, InjectReleased | InjectRevealed):
            yield Mark(entry.seq, minutes, data.cells, "inject")
        elif isinstance(data, Answer):
            yield Mark(entry.seq, minutes, data.cells, _kind(data), len(data.dissents))


def _kind(data: Answer) -> Kind:
    if data.outcome != "answered":
        return "no answer"
    return "revised" if isinstance(data, DecisionRevised) else "decision"
