"""Tracks: where each began, every change with its cause, and where it ended."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.record import Entry, Record
from tabletop.scenario.model import Exercise, Track
from tabletop.session.events import EventUndone, Payload
from tabletop.session.sight import mark


@dataclass(frozen=True, slots=True)
class TrackChange:
    """A track went from one value to another with this event."""

    entry: Entry[Payload]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TrackCourse:
    """A track over the session; changes that were undone are left out, withdrawals stand as changes back.

    ``lost`` are changes that came to nothing, for the track was at its bound.
    """

    track: Track
    changes: tuple[TrackChange, ...]
    lost: tuple[TrackChange, ...] = ()

    @property
    def end(self) -> int:
        """Its value at the end."""
        return self.changes[-1].after if self.changes else self.track.start

    @property
    def values(self) -> tuple[int, ...]:
        """Every value that it took, the first one included."""
        return (self.track.start, *(change.after for change in self.changes))

    @property
    def meaning(self) -> str:
        """What its value at the end means, in the exercise's words."""
        return mark(self.track.marks, self.end)


def track_courses(record: Record, exercise: Exercise) -> tuple[TrackCourse, ...]:
    """Every track of the exercise, in file order.

    An undone event and its undoing cancel out exactly. A withdrawn one does not: other changes lie between
    the two, so both stand in the course.
    """
    changes: dict[str, list[TrackChange]] = {track.id: [] for track in exercise.tracks}
    for entry in record.known:
        if entry.seq in record.undone or isinstance(entry.data, EventUndone):
            continue
        for track, (before, after) in moved(entry.data).items():
            if track in changes:
                changes[track].append(TrackChange(entry, before, after))
    return tuple(_course(track, changes[track.id]) for track in exercise.tracks)


def _course(track: Track, changes: list[TrackChange]) -> TrackCourse:
    bounds = (track.min, track.max)
    lost = (change for change in changes if change.before == change.after and change.after in bounds)
    return TrackCourse(track, tuple(change for change in changes if change.before != change.after), tuple(lost))


def moved(payload: Payload) -> dict[str, tuple[int, int]]:
    """What an event did to tracks: {track: (before, after)}."""
    tracks: dict[str, tuple[int, int]] = getattr(payload, "tracks", {})
    return tracks
