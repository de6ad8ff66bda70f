"""The tracks over the time of play, with the entries that moved them."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.reviewing import Review
from tabletop.scenario.model import Track


@dataclass(frozen=True, slots=True)
class Step:
    """From this minute of play on a track stood at ``value``; ``seq`` is the entry that moved it there."""

    seq: int
    minutes: float
    value: int


@dataclass(frozen=True, slots=True)
class TrackLine:
    """One track: its start, every step, and the minute up to which it is known."""

    track: Track
    steps: tuple[Step, ...]
    until: float

    @property
    def end(self) -> int:
        """Its value at the end."""
        return self.steps[-1].value if self.steps else self.track.start


@dataclass(frozen=True, slots=True)
class TrackLines:
    """All tracks of a session that moved."""

    lines: tuple[TrackLine, ...]


def track_lines(review: Review) -> TrackLines:
    """The tracks that moved, in the exercise's order."""
    until = review.times.play / 60
    found = []
    for course in review.tracks:
        steps = tuple(Step(each.entry.seq, each.entry.clock / 60, each.after) for each in course.changes)
        if steps:
            found.append(TrackLine(course.track, steps, max(until, *(step.minutes for step in steps))))
    return TrackLines(tuple(found))
