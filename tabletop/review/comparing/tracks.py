"""Tracks over the sessions: where they stood at the end of each move, and at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabletop.review.comparing.numbers import Spread, spread
from tabletop.review.comparing.sessions import Session
from tabletop.review.moves import move_course
from tabletop.scenario.model import Track

END = "end"


@dataclass(frozen=True, slots=True)
class Point:
    """The values of a track at one moment, by session: ``move`` is a move's id (at its end), or ``end``."""

    move: str
    title: str
    values: Mapping[str, int]

    @property
    def spread(self) -> Spread | None:
        """From the least to the greatest."""
        return spread(self.values.values())


@dataclass(frozen=True, slots=True)
class TrackSpread:
    """One track, in the versions that have it with the same start and bounds.

    ``points`` leave out moves that a session did not play to their end; at the end, only sessions that were
    played to theirs.
    """

    track: Track
    versions: tuple[str, ...]
    sessions: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def end(self) -> Point:
        """The values at the end of the sessions."""
        return self.points[-1]


def track_spreads(sessions: Sequence[Session]) -> tuple[TrackSpread, ...]:
    """Every track of any version, in file order; one whose start or bounds differ stands once for each."""
    having: dict[tuple[object, ...], list[Session]] = {}
    for session in sessions:
        for track in session.review.exercise.tracks:
            having.setdefault((track.id, track.start, track.min, track.max), []).append(session)
    courses = {session.mark: _at_moves(session) for session in sessions}
    return tuple(_spread(str(key[0]), found, courses) for key, found in having.items())


def _at_moves(session: Session) -> dict[tuple[str, str], int]:
    """The value of each track at the end of each move that was finished, the last time it was played."""
    values: dict[tuple[str, str], int] = {}
    for played in session.review.moves:
        if played.finished:
            values |= {(played.move, track.id): after for track, _, after in move_course(session.review, played).tracks}
    return values


def _spread(id: str, having: Sequence[Session], courses: Mapping[str, dict[tuple[str, str], int]]) -> TrackSpread:
    return TrackSpread(
        track=having[-1].review.index.tracks[id],
        versions=tuple(sorted({session.version for session in having})),
        sessions=tuple(session.mark for session in having),
        points=tuple(_points(id, having, courses)),
    )


def _points(id: str, having: Sequence[Session], courses: Mapping[str, dict[tuple[str, str], int]]) -> Iterator[Point]:
    moves: dict[str, str] = {}
    for session in reversed(having):
        moves |= {move.id: move.title for move in session.review.exercise.moves if move.id not in moves}
    for move, title in moves.items():
        at = {each.mark: courses[each.mark][move, id] for each in having if (move, id) in courses[each.mark]}
        yield Point(move, title, at)
    ends = {
        each.mark: course.end for each in having if each.whole for course in each.review.tracks if course.track.id == id
    }
    yield Point(END, "At the end", ends)
