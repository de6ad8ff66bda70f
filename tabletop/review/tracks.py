"""Tracks: where each began, every change with its cause, and where it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.review.record import Entry, Record
from tabletop.scenario.index import Index
from tabletop.scenario.model import Effect, Exercise, Track
from tabletop.session.events import DecisionRecorded, EventUndone, InjectReleased, Payload
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

    ``lost`` are changes of the exercise that came to nothing, for the track was at its bound.
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


def track_courses(record: Record, exercise: Exercise, index: Index) -> tuple[TrackCourse, ...]:
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
    return tuple(_course(track, changes[track.id], index) for track in exercise.tracks)


def _course(track: Track, changes: list[TrackChange], index: Index) -> TrackCourse:
    came = (change for change in changes if change.before != change.after)
    lost = (change for change in changes if was_lost(change.entry.data, track, index))
    return TrackCourse(track, tuple(came), tuple(lost))


def was_lost(payload: Payload, track: Track, index: Index) -> bool:
    """Whether it was to move the track up or down and could not, for the track was at its bound."""
    before, after = moved(payload).get(track.id, (0, 1))
    if before != after or after not in (track.min, track.max):
        return False
    effects: Mapping[str, Effect] = {}
    if isinstance(payload, InjectReleased) and (inject := index.injects.get(payload.inject)):
        effects = inject.effects
    elif isinstance(payload, DecisionRecorded):
        option = index.option(payload.decision, payload.option or payload.counts_as or "")
        effects = option.effects if option else {}
    return isinstance(effects.get(track.id), int)


def moved(payload: Payload) -> dict[str, tuple[int, int]]:
    """What an event did to tracks: {track: (before, after)}."""
    tracks: dict[str, tuple[int, int]] = getattr(payload, "tracks", {})
    return tracks
