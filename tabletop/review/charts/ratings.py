"""The objectives' ratings side by side."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.reviewing import Review


@dataclass(frozen=True, slots=True)
class Rated:
    """An objective, numbered from 1: its rating, empty where it has none, and the entry that says so."""

    number: int
    text: str
    rating: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class Ratings:
    """All objectives, in the exercise's order."""

    objectives: tuple[Rated, ...]


def rated(review: Review) -> Ratings:
    """The objectives with the ratings that count."""
    goals = [each for each in review.objectives if each.objective]
    return Ratings(
        tuple(
            Rated(
                number,
                each.objective.text if each.objective else "",
                each.rating.data.rating if each.rating else "",
                each.rating.seq if each.rating else None,
            )
            for number, each in enumerate(goals, start=1)
        )
    )
