"""The same exercise over many sessions: statistics as pure functions of their logs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.errors import UsageError
from tabletop.review.comparing.against import Contrast, contrast
from tabletop.review.comparing.choices import CellChoices, cell_choices
from tabletop.review.comparing.paths import Paths, paths
from tabletop.review.comparing.ratings import ObjectiveRatings, objective_ratings
from tabletop.review.comparing.sessions import Session, sessions_of
from tabletop.review.comparing.tracks import TrackSpread, track_spreads
from tabletop.review.comparing.versions import Difference, Version, differences, versions
from tabletop.review.logs import Log
from tabletop.scenario.model import Exercise

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True)
class Comparison:
    """All that some sessions of one exercise have in common, and in what they differ.

    ``notices`` and the sessions' ``faults`` say what is missing: read them first.
    """

    sessions: tuple[Session, ...]
    notices: tuple[str, ...]
    versions: tuple[Version, ...]
    differences: tuple[Difference, ...]
    choices: tuple[CellChoices, ...]
    paths: Paths
    tracks: tuple[TrackSpread, ...]
    ratings: tuple[ObjectiveRatings, ...]
    against: Contrast | None = None

    @property
    def exercise(self) -> Exercise:
        """The exercise, in the version that was played last."""
        return self.sessions[-1].review.exercise


def compare(logs: Iterable[Log], against: Log | None = None) -> Comparison:
    """Compare logs; their order does not matter. ``against`` is one that is set against the rest besides.

    Raises DifferentExercises where they are of more than one, LogDamaged where nothing can be read, and
    UsageError where ``against`` is left without a rest.
    """
    given = list(logs)
    if against is not None and all(each.reading is not against.reading for each in given):
        given.append(against)
    found = sessions_of(given)
    sessions = found.sessions
    choices, ways = cell_choices(sessions), paths(sessions)
    tracks, ratings = track_spreads(sessions), objective_ratings(sessions)
    one = _the_one(against, sessions) if against is not None else None
    return Comparison(
        sessions=sessions,
        notices=found.notices,
        versions=versions(sessions),
        differences=differences(sessions),
        choices=choices,
        paths=ways,
        tracks=tracks,
        ratings=ratings,
        against=contrast(one, sessions, choices, ways, tracks, ratings) if one else None,
    )


def _the_one(against: Log, sessions: tuple[Session, ...]) -> Session:
    head = against.reading.head
    named = [each for each in sessions if each.label == against.label] or [
        each for each in sessions if each.review.head == head
    ]
    if not named:
        raise UsageError(f"{against.label} is no session of its own among these logs.", "Give another --against.")
    if len(sessions) < 2:
        raise UsageError("There is no other session to set this one against.", "Give more logs.")
    return named[0]
