"""How much of the record is each cell's: answers, what was said, acts, messages."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed
from tabletop.session.events import (
    ActRecorded,
    Answer,
    ArgumentMade,
    DiscussionNoted,
    FactRecorded,
    HotWashNoted,
    MessageSent,
    RequestRaised,
)


@dataclass(frozen=True, slots=True)
class CellShare:
    """What a cell did: entries in effect of each kind."""

    id: str
    name: str
    answers: int = 0
    said: int = 0
    acts: int = 0
    messages: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.answers + self.said + self.acts + self.messages


@dataclass(frozen=True, slots=True)
class Participation:
    """The cells in the exercise's order."""

    cells: tuple[CellShare, ...]


def participation(review: Review) -> Participation:
    """Count what stands in the record under each cell; an answer that cells gave as one counts for each."""
    counts = {cell.id: [0, 0, 0, 0] for cell in review.exercise.cells}
    for entry in review.record.standing():
        data = entry.data
        cells: tuple[str | None, ...]
        match data:
            case Answer():
                kind, cells = 0, data.cells if data.outcome == "answered" else ()
            case DiscussionNoted() | FactRecorded() | ArgumentMade() | HotWashNoted():
                kind, cells = 1, (data.cell,)
            case ActRecorded():
                kind, cells = 2, (data.cell,)
            case MessageSent():
                kind, cells = 3, (data.from_,)
            case RequestRaised():
                kind, cells = 3, (data.cell,)
            case _:
                continue
        for cell in cells:
            if cell in counts:
                counts[cell][kind] += 1
    names = {cell.id: cell.name for cell in review.exercise.cells}
    return Participation(tuple(CellShare(id, names[id], *numbers) for id, numbers in counts.items()))


def in_words(share: CellShare) -> str:
    """``10 answers, 2 messages``: what there is of a cell, or ``nothing``."""
    parts = (
        fixed("{answers:answer|answers}", answers=share.answers),
        fixed("{number} said", number=share.said),
        fixed("{acts:act|acts}", acts=share.acts),
        fixed("{messages:message|messages}", messages=share.messages),
    )
    numbers = (share.answers, share.said, share.acts, share.messages)
    return fixed(", ").join(part for part, number in zip(parts, numbers, strict=True) if number) or fixed("nothing")
