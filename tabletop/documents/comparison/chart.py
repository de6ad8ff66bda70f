"""Pictures of numbers: a share with its interval, a track's spread over the moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from tabletop.documents.comparison.words import interval, numbers_words, percent
from tabletop.review.comparing.numbers import Share
from tabletop.review.comparing.tracks import Point, TrackSpread
from tabletop.session.text import clean

_WIDE, _HIGH, _LEFT, _TOP, _BOTTOM = 560, 150, 34, 12, 26
_BAR = 160


def share_svg(share: Share) -> str:
    """A bar as long as the share, with a line over its interval; the numbers stand beside it in the table."""
    low, high = share.interval
    return (
        f'<svg class="share" role="img" aria-label="{percent(share.share)}, {interval(share)}" '
        f'width="{_BAR}" height="16" viewBox="0 0 {_BAR} 16" xmlns="http://www.w3.org/2000/svg">'
        f'<rect class="all" x="0.5" y="3.5" width="{_BAR - 1}" height="9"/>'
        f'<rect class="bar" x="0" y="3" width="{share.share * _BAR:.1f}" height="10"/>'
        f'<path class="whisker" d="M{low * _BAR:.1f} 8H{high * _BAR:.1f}M{low * _BAR + 0.7:.1f} 4v8M'
        f'{high * _BAR - 0.7:.1f} 4v8"/></svg>'
    )


def track_svg(spread: TrackSpread, one: str = "") -> str:
    """A track from the start over the end of each move to the end: the range as a band, the median as a line,
    a dot for each value as large as its sessions; ``one`` is a session whose way is drawn besides."""
    points = [point for point in spread.points if point.values]
    words = "; ".join(f"{point.title}: {numbers_words(point.spread)}" for point in points)
    name = escape(clean(spread.track.name))
    return (
        f'<svg class="track" role="img" aria-label="{name}, start {spread.track.start}; {escape(clean(words))}" '
        f'width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}" xmlns="http://www.w3.org/2000/svg">'
        f"{''.join(_grid(spread))}{''.join(_course(spread, points, one))}</svg>"
    )


def _y(spread: TrackSpread, value: float) -> float:
    low, high = _bounds(spread)
    return _HIGH - _BOTTOM - (value - low) / (high - low) * (_HIGH - _TOP - _BOTTOM)


def _bounds(spread: TrackSpread) -> tuple[float, float]:
    """The track's bounds, widened where a log holds values beyond them."""
    values = [value for point in spread.points for value in point.values.values()]
    low, high = min([spread.track.min, *values]), max([spread.track.max, *values])
    return low, high if high > low else low + 1


def _x(place: int, number: int) -> float:
    return _LEFT + 10 + place * (_WIDE - _LEFT - 60) / max(1, number)


def _grid(spread: TrackSpread) -> Iterator[str]:
    low, high = _bounds(spread)
    for value in dict.fromkeys((low, spread.track.start, high)):
        y = _y(spread, value)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDE - 10}"/>'
        yield f'<text class="axis" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'


def _course(spread: TrackSpread, points: list[Point], one: str) -> Iterator[str]:
    start = (_x(0, len(points)), _y(spread, spread.track.start))
    places = [(_x(place, len(points)), point) for place, point in enumerate(points, start=1)]
    low, middle, high = [start], [start], [start]
    for x, point in places:
        if found := point.spread:
            low.append((x, _y(spread, found.least)))
            middle.append((x, _y(spread, found.median)))
            high.append((x, _y(spread, found.greatest)))
    yield f'<polygon class="band" points="{_joined([*high, *reversed(low)])}"/>'
    yield f'<polyline class="median" points="{_joined(middle)}"/>'
    for x, point in places:
        for value, number in sorted(Counter(point.values.values()).items()):
            size = 2.5 + 5 * number / max(1, len(spread.sessions))
            y = _y(spread, value)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"><title>{value}: {number}</title></circle>'
    own = [(x, _y(spread, point.values[one])) for x, point in places if one in point.values]
    if own:
        yield f'<polyline class="one" points="{_joined([start, *own])}"/>'
    yield f'<text class="axis" x="{start[0]:.1f}" y="{_HIGH - 8}" text-anchor="middle">start</text>'
    for place, (x, point) in enumerate(places, start=1):
        words = "end" if point.move == "end" else f"after {place}"
        yield f'<text class="axis" x="{x:.1f}" y="{_HIGH - 8}" text-anchor="middle">{words}</text>'


def _joined(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
