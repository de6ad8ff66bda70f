"""Tracks over time, drawn in letters and lines: every step bears a letter and stands below with its cause."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from string import ascii_letters

from tabletop.console import words
from tabletop.console.safe import column, fit, one_line
from tabletop.console.widgets.listing import Parts, Row
from tabletop.review.lines import Lines
from tabletop.review.reviewing import Review
from tabletop.review.tracks import TrackChange, TrackCourse

_TALL = 8
"""Lines that a plot takes at most."""
_MARGIN = 8


def rows(review: Review, lines: Lines) -> list[Row]:
    """Every track: its plot, then its steps."""
    found: list[Row] = []
    for number, course in enumerate(review.tracks):
        found.append(Row(f"t{course.track.id}", None, partial(_track, number, course, review)))
        for at, change in enumerate(course.changes):
            key = f"t{course.track.id}/{change.entry.seq}"
            found.append(Row(key, change.entry.seq, partial(_step, at, change, lines)))
    return found


def letter(at: int) -> str:
    """The letter of a step; beyond those that there are, a star."""
    return ascii_letters[at] if at < len(ascii_letters) else "*"


def _step(at: int, change: TrackChange, lines: Lines, width: int) -> list[Parts]:
    by = change.after - change.before
    clock = words.hours(change.entry.clock)
    head = f"  {letter(at)} {clock:>8}  {change.before} to {change.after} ({by:+d})".ljust(31)
    said = lines.text(lines[change.entry.seq])
    return [[(head, "bold"), (column(said, max(1, width - len(head))), "")]]


def _track(number: int, course: TrackCourse, review: Review, width: int) -> list[Parts]:
    track = course.track
    marks = ", ".join(f"{value} {one_line(mark)}" for value, mark in sorted(track.marks.items()))
    head = f"{one_line(track.name)}: {track.start} at the start, {course.end} at the end"
    scale = f"from {track.min} to {track.max}{f': {marks}' if marks else ''}"
    top: list[Parts] = [[("", "")]] if number else []
    found: list[Parts] = [*top, [(fit(head, width), "bold underline")], [("   ", ""), (fit(scale, width - 3), "")]]
    if not course.changes:
        return [*found, [("   nothing moved it", "")]]
    return [*found, *([(line, "")] for line in draw(course, review, width))]


def draw(course: TrackCourse, review: Review, width: int) -> list[str]:
    """The plot: levels to the left, a line for the value, the steps' letters and the moves below."""
    wide = max(10, min(110, width - _MARGIN - 2))
    changes = course.changes
    whole = max(1.0, review.times.play, *(change.entry.clock for change in changes))
    low, high = min(course.values), max(course.values)
    levels = min(_TALL, max(1, high - low) + 1)

    def line_of(value: int) -> int:
        return round((high - value) * (levels - 1) / max(1, high - low))

    def column_of(clock: float) -> int:
        return min(wide - 1, int(clock / whole * wide))

    grid = [[" "] * wide for _ in range(levels)]
    feet, at, value = [" "] * wide, 0, course.track.start
    for number, change in enumerate((*changes, None)):
        to = column_of(change.entry.clock) if change else wide
        for place in range(at, to):
            grid[line_of(value)][place] = "-"
        if change is None:
            break
        upper, lower = sorted((line_of(value), line_of(change.after)))
        for row in range(upper, lower + 1):
            grid[row][to] = "+" if row in (upper, lower) else "|"
        feet[to] = letter(number)
        at, value = min(wide, max(at, to + 1)), change.after
    labels = {line_of(each): str(each) for each in range(low, high + 1)} if high - low < _TALL else {}
    labels |= {0: str(high), levels - 1: str(low)}
    drawn = [f"{labels.get(row, ''):>{_MARGIN - 2}} |{''.join(grid[row])}" for row in range(levels)]
    return [*drawn, f"{'':>{_MARGIN - 2}} +{''.join(feet)}".rstrip(), _moves(review, column_of, wide)]


def _moves(review: Review, column_of: Callable[[float], int], wide: int) -> str:
    """Under the plot: where each move began, with the time."""
    foot = [" "] * wide
    used = -1
    numbers = {move.id: number for number, move in enumerate(review.exercise.moves, 1)}
    for move in review.moves:
        at = column_of(move.started)
        said = f"M{numbers.get(move.move, '')} {words.plan_time(move.started)}"
        if at > used and at + len(said) <= wide:
            foot[at : at + len(said)] = said
            used = at + len(said)
    return f"{'':>{_MARGIN}}{''.join(foot)}".rstrip()
