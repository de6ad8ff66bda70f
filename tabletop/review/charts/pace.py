"""Time: each move against its plan, and how long cells thought before they answered."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.decisions import DecisionTaken
from tabletop.review.reviewing import Review


@dataclass(frozen=True, slots=True)
class Paced:
    """A move as it was entered: minutes planned, added, and taken."""

    seq: int
    title: str
    planned: float
    granted: float
    actual: float


@dataclass(frozen=True, slots=True)
class MovePace:
    """The moves that were played, in order."""

    moves: tuple[Paced, ...]


@dataclass(frozen=True, slots=True)
class Thought:
    """How long ``who`` took over the answer that counts: ``seconds``, of ``allowed`` minutes (0: no limit)."""

    seq: int
    number: int
    who: str
    seconds: float
    allowed: int


@dataclass(frozen=True, slots=True)
class Thinking:
    """The answers whose time is on record, in the order of the decisions."""

    answers: tuple[Thought, ...]


def move_pace(review: Review) -> MovePace:
    """The moves against their plan."""
    return MovePace(
        tuple(
            Paced(each.seq, each.title, each.planned_minutes, each.granted_minutes, each.minutes)
            for each in review.moves
        )
    )


def thinking(review: Review) -> Thinking:
    """How long each answer took, where that is on record."""
    found = []
    for number, taken in enumerate(review.decisions, start=1):
        for cell in taken.by_cells:
            entry = cell.newest.entry
            if entry.data.seconds is not None and not entry.data.early:
                allowed = _allowed(taken, cell.cells, entry.seq)
                found.append(Thought(entry.seq, number, review.names.each(cell.cells), entry.data.seconds, allowed))
    return Thinking(tuple(found))


def _allowed(taken: DecisionTaken, cells: tuple[str, ...], seq: int) -> int:
    """The minutes that these cells were given when they were last asked before the answer."""
    asked = [each for each in taken.asked if each.seq < seq and set(each.cells) & set(cells)]
    return asked[-1].minutes if asked else 0
