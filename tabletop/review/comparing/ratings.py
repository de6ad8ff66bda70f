"""Ratings and observations, objective by objective, over the sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from tabletop.review.comparing.sessions import Session
from tabletop.session.events import Grade

GRADES: tuple[Grade, ...] = get_args(Grade)


@dataclass(frozen=True, slots=True)
class Rated:
    """What one session says of an objective; ``grade`` is None where nobody rated it."""

    grade: Grade | None
    text: str
    strengths: int
    improvements: int


@dataclass(frozen=True, slots=True)
class ObjectiveRatings:
    """One objective, in the versions that have it in these words, by session."""

    id: str
    text: str
    versions: tuple[str, ...]
    by_session: Mapping[str, Rated]

    def sessions(self, grade: Grade | None) -> tuple[str, ...]:
        """The sessions that gave it this rating; None for those that gave none."""
        return tuple(mark for mark, rated in self.by_session.items() if rated.grade == grade)


def objective_ratings(sessions: Sequence[Session]) -> tuple[ObjectiveRatings, ...]:
    """Every objective of any version, in file order; one whose wording differs stands once for each."""
    having: dict[tuple[str, str], list[Session]] = {}
    for session in sessions:
        for objective in session.review.exercise.objectives:
            having.setdefault((objective.id, " ".join(objective.text.split())), []).append(session)
    return tuple(
        ObjectiveRatings(
            id=id,
            text=text,
            versions=tuple(sorted({session.version for session in found})),
            by_session={session.mark: _rated(session, id) for session in found},
        )
        for (id, text), found in having.items()
    )


def _rated(session: Session, id: str) -> Rated:
    found = next(each for each in session.review.objectives if each.objective and each.objective.id == id)
    said = found.rating.data if found.rating else None
    return Rated(
        grade=said.rating if said else None,
        text=said.text if said else "",
        strengths=len(found.strengths),
        improvements=len(found.improvements),
    )
