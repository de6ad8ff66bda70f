"""What each chart looks like, drawn on a matplotlib figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tabletop.documents.plain import columns
from tabletop.review.charts import Chart, Lanes, MovePace, Participation, Ratings, Thinking, TrackLines
from tabletop.review.charts.lanes import Mark
from tabletop.review.charts.participation import in_words
from tabletop.review.charts.tracks import TrackLine
from tabletop.review.speech import fixed, key
from tabletop.session.text import clean

COLOURS = {
    "#010101": ("ink", "#1a1a1a"),
    "#020202": ("soft", "#555"),
    "#030303": ("line", "#8a8a8a"),
    "#040404": ("tint", "#f0f0ee"),
    "#050505": ("paper", "#fff"),
    "#060606": ("one", "#0b5394"),
    "#070707": ("two", "#b45309"),
    "#080808": ("three", "#4d7c0f"),
    "#090909": ("four", "#7e3f98"),
}
"""What matplotlib draws in, and what stands there in the end: a variable of the page, or else this colour."""
INK, SOFT, LINE, TINT, PAPER, ONE, TWO, THREE, FOUR = COLOURS
_PANE = 1.3  # inches of a track
_MANY = 40  # rows drawn at most; the table behind the chart has all
WIDE = 9.0
"""Inches of a chart's width."""


def height(chart: Chart) -> float:
    """How high it is to be, in inches."""
    match chart:
        case Lanes(cells=cells):
            return 1.5 + 0.62 * len(cells)
        case TrackLines(lines=lines):
            return 0.5 + _PANE * len(lines)
        case MovePace(moves=moves):
            return 1.1 + 0.5 * min(len(moves), _MANY)
        case Thinking(answers=answers):
            return 1.1 + 0.27 * min(len(answers), _MANY)
        case Participation(cells=shares):
            return 1.1 + 0.45 * len(shares)
        case Ratings(objectives=objectives):
            return 0.2 + 0.38 * min(len(objectives), _MANY)


def draw(figure: Any, chart: Chart) -> None:
    """Draw it on a matplotlib figure that is so high."""
    _DRAWN[type(chart)](figure, chart)


def _axes(figure: Any, left: float, bottom: float, top: float = 0.1, right: float = 0.35) -> Any:
    """The one pair of axes, with margins in inches."""
    wide, high = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / high, (wide - left - right) / wide, (high - top - bottom) / high))


def _draw_lanes(figure: Any, chart: Lanes) -> None:
    names = [shortened(name, 26) for _, name in chart.cells]
    axes = _axes(figure, _room(names), 0.85)
    places = {id: -at for at, (id, _) in enumerate(chart.cells)}
    until = max([1.0, *(move.ends for move in chart.moves), *(mark.minutes for mark in chart.marks)])
    for at, move in enumerate(chart.moves):
        if at % 2 == 0:
            axes.axvspan(move.begins, move.ends, color=TINT, lw=0, zorder=0)
        room = int((move.ends - move.begins) / until * 80) - 1
        if room > 3:
            _beside(axes, move.begins, 0.75, shortened(move.title, room), SOFT)
    axes.hlines(list(places.values()), 0, until, color=LINE, lw=0.8, zorder=1)
    for kind, sign, up, colour, words in _SIGNS:
        here = [mark for mark in chart.marks if mark.kind == kind]
        _scatter(axes, _places(here, places, up), marker=sign, s=34, color=colour, lw=1, label=fixed(words), zorder=3)
    disputed = _places([mark for mark in chart.marks if mark.dissents], places, _BELOW)
    rings = {"s": 130, "facecolors": "none", "edgecolors": INK, "lw": 1.2, "label": fixed("with dissent")}
    _scatter(axes, disputed, zorder=4, **rings)
    _rows(axes, list(places.values()), names)
    axes.set_ylim(min(places.values(), default=0) - 0.5, 1.05)
    axes.set_xlim(0, until * 1.01)
    _times(axes, until)
    _legend(figure, axes)


_BELOW = -0.17
_SIGNS = (
    ("inject", "v", 0.17, ONE, key("inject given out")),
    ("decision", "o", _BELOW, TWO, key("answer")),
    ("revised", "D", _BELOW, TWO, key("answer revised")),
    ("no answer", "x", _BELOW, SOFT, key("no answer")),
)


def _places(marks: Sequence[Mark], lanes: Mapping[str, int], up: float) -> list[tuple[float, float]]:
    return [(mark.minutes, lanes[cell] + up) for mark in marks for cell in mark.cells if cell in lanes]


def _scatter(axes: Any, places: Sequence[tuple[float, float]], **how: Any) -> None:
    if places:
        axes.scatter([x for x, _ in places], [y for _, y in places], **how)


def _draw_tracks(figure: Any, chart: TrackLines) -> None:
    """Every track in a strip of its own; one pair of axes for all, for axes are slow to draw."""
    axes = _axes(figure, 0.4, 0.5, 0.05, 0.15)
    until = max([1.0, *(line.until for line in chart.lines)])
    for at, line in enumerate(chart.lines):
        _draw_track(axes, line, float(-at), until)
    axes.set_ylim(0.9 - len(chart.lines), 1)
    axes.set_xlim(0, until * 1.02)
    axes.set_yticks([])
    _times(axes, until)


def _draw_track(axes: Any, line: TrackLine, floor: float, until: float) -> None:
    values = [line.track.start, *(step.value for step in line.steps), line.end]
    low, top = min(line.track.min, *values), max(line.track.max, *values)
    xs = [0.0, *(step.minutes for step in line.steps), line.until]
    heights = {value: floor + 0.58 * (value - low) / max(1, top - low) for value in {*values, low, top}}
    ys = [heights[value] for value in values]
    marked = sorted({low, line.track.start, top})
    axes.hlines([heights[value] for value in marked], 0, until * 1.02, color=LINE, lw=0.5, zorder=0)
    axes.step(xs, ys, where="post", color=ONE, lw=2)
    axes.scatter(xs[1:-1], ys[1:-1], color=ONE, s=18, zorder=3)
    axes.annotate(shortened(line.track.name, 90), (0, floor + 0.82), (2, 0), textcoords="offset points", va="center")
    for value in marked:
        _left(axes, heights[value], str(value))
    last = -until
    for step in line.steps:  # the entries that moved it, where there is room; the table has every one
        if step.minutes - last >= until * 0.042:
            words = {"textcoords": "offset points", "fontsize": 8, "color": SOFT, "ha": "center"}
            axes.annotate(f"#{step.seq}", (step.minutes, heights[step.value]), (0, 6), **words)
            last = step.minutes


def _draw_pace(figure: Any, chart: MovePace) -> None:
    moves = chart.moves[:_MANY]
    names, places = [shortened(move.title, 34) for move in moves], [-at for at in range(len(moves))]
    axes = _axes(figure, _room(names), 0.85)
    planned, upper = [move.planned for move in moves], [place + 0.2 for place in places]
    axes.barh(upper, planned, 0.36, color=LINE, label=fixed("planned"))
    if any(move.granted for move in moves):
        axes.barh(upper, [move.granted for move in moves], 0.36, left=planned, color=SOFT, label=fixed("added"))
    axes.barh(
        [place - 0.2 for place in places], [move.actual for move in moves], 0.36, color=ONE, label=fixed("actual")
    )
    for place, move in zip(places, moves, strict=True):
        added = f" + {move.granted:.0f}" if move.granted else ""
        _beside(axes, move.planned + move.granted, place + 0.2, f"{move.planned:.0f}{added}")
        _beside(axes, move.actual, place - 0.2, f"{move.actual:.0f}")
    _rows(axes, places, names)
    axes.set_xlim(0, 1.08 * max([1.0, *(max(move.actual, move.planned + move.granted) for move in moves)]))
    axes.set_xlabel(fixed("minutes of play"))
    _legend(figure, axes)


def _draw_thinking(figure: Any, chart: Thinking) -> None:
    slowest = sorted(chart.answers, key=lambda each: -each.seconds)[:_MANY]
    least = slowest[-1].seconds
    answers = [each for each in chart.answers if each.seconds >= least][:_MANY]
    names = [shortened(f"{each.number}. {each.who}", 38) for each in answers]
    places = [-at for at in range(len(answers))]
    axes = _axes(figure, _room(names), 0.85)
    axes.barh(places, [each.seconds / 60 for each in answers], 0.6, color=ONE, label=fixed("taken"))
    limits = [(float(each.allowed), float(at)) for each, at in zip(answers, places, strict=True) if each.allowed]
    _scatter(axes, limits, marker="|", s=130, color=TWO, lw=3, label=fixed("allowed"), zorder=3)
    _rows(axes, places, names)
    axes.set_xlim(0, 1.05 * max([1.0, *(each.seconds / 60 for each in answers), *(most for most, _ in limits)]))
    all_of_them = len(answers) == len(chart.answers)
    longest = fixed("minutes; the {number} that took longest", number=_MANY)
    axes.set_xlabel(fixed("minutes") if all_of_them else longest)
    _legend(figure, axes)


_SHARES = ((key("answers"), TWO), (key("said"), ONE), (key("acts"), THREE), (key("messages"), FOUR))


def _draw_participation(figure: Any, chart: Participation) -> None:
    names, places = [shortened(each.name, 34) for each in chart.cells], [-at for at in range(len(chart.cells))]
    axes = _axes(figure, _room(names), 0.85)
    left = [0] * len(places)
    for of, colour in _SHARES:
        numbers = [getattr(each, of) for each in chart.cells]
        if any(numbers):
            axes.barh(places, numbers, 0.6, left=left, color=colour, label=fixed(of))
        left = [before + number for before, number in zip(left, numbers, strict=True)]
    for place, each in zip(places, chart.cells, strict=True):
        _beside(axes, each.total, place, in_words(each))
    _rows(axes, places, names)
    axes.set_xlim(0, 1.7 * max([1, *left]))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(fixed("entries of the record"))
    _legend(figure, axes)


def _draw_ratings(figure: Any, chart: Ratings) -> None:
    goals, places = chart.objectives[:_MANY], [-at for at in range(min(len(chart.objectives), _MANY))]
    names = [shortened(f"{goal.number}. {goal.text}", 74) for goal in goals]
    axes = _axes(figure, _room(names), 0.1)
    for place, goal in zip(places, goals, strict=True):
        for at, grade in enumerate("PSMU"):
            here = grade == goal.rating
            ring = {"facecolors": ONE if here else "none", "edgecolors": ONE if here else LINE}
            axes.scatter([at], [place], s=260, lw=1, **ring)
            weight, colour = ("bold", PAPER) if here else ("normal", SOFT)
            axes.text(at, place, grade, ha="center", va="center", fontsize=9, color=colour, fontweight=weight)
    _rows(axes, places, names)
    axes.set_xticks([])
    axes.set_xlim(-0.5, 3.5)
    axes.spines["bottom"].set_visible(False)


def _beside(axes: Any, x: float, y: float, text: str, colour: str = INK) -> None:
    """A text that begins a little right of a place."""
    axes.annotate(text, (x, y), (4, 0), textcoords="offset points", va="center", fontsize=9, color=colour)


def _rows(axes: Any, places: Sequence[float], names: Sequence[str]) -> None:
    axes.set_yticks([])  # texts are quicker to draw than ticks
    for place, name in zip(places, names, strict=True):
        _left(axes, place, name)
    axes.set_ylim(min(places, default=0) - 0.6, 0.6)


def _left(axes: Any, y: float, text: str) -> None:
    """A text that ends a little left of the axes."""
    axes.annotate(text, (0, y), (-5, 0), ("axes fraction", "data"), "offset points", va="center", ha="right")


def _legend(figure: Any, axes: Any) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=6)


def _times(axes: Any, minutes: float) -> None:
    """Ticks of play time, at most ten."""
    apart = next((each for each in (1, 5, 10, 15, 30, 60, 120, 240, 480) if minutes / each <= 10), int(minutes / 10))
    ticks = [float(at) for at in range(0, int(minutes) + 1, apart)]
    axes.set_xticks(ticks, [f"{int(at) // 60}:{int(at) % 60:02}" for at in ticks])
    axes.set_xlabel(fixed("play"))


def shortened(text: str, most: int) -> str:
    """The text in one line, no wider than so many letters; those of East Asia are as wide as two."""
    line, width, kept = " ".join(clean(text).split()), 0, ""
    for letter in line:
        width += columns(letter)
        if width > most:
            return f"{kept.rstrip()}…"
        kept += letter
    return kept


def _room(names: Sequence[str]) -> float:
    """Inches for names that stand left of the axes."""
    return 0.25 + 0.082 * max((columns(name) for name in names), default=0)


_DRAWN: dict[type, Callable[[Any, Any], None]] = {
    Lanes: _draw_lanes,
    TrackLines: _draw_tracks,
    MovePace: _draw_pace,
    Thinking: _draw_thinking,
    Participation: _draw_participation,
    Ratings: _draw_ratings,
}
