"""The branch diagram as SVG: moves are columns, injects stand below each other, what hangs on what is a curve.

Nothing of it is told by colour alone: each curve bears what it asks for, and is dashed where it asks for the absence.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from tabletop.documents.exercise.branches import Branches, Link
from tabletop.documents.exercise.placing import COLUMN, GUTTER, LABEL_LINE, PAD, Box, Placed, placed
from tabletop.documents.words import count
from tabletop.session.text import clean

Point = tuple[float, float]

HUES = ("#1b5e9e", "#a3420f", "#2e6b2e", "#7a2d7a", "#8a6100", "#00686b", "#9c2747", "#4b4b9c")
"""The curves' colours in turn, one a decision; each is readable on white and, lightened, on black."""

STYLE = """
.diagram text{font:12px system-ui,"Noto Sans","Noto Sans CJK KR",sans-serif;fill:#1a1a1a}
.diagram .title{font-weight:600}
.diagram .small{font-size:11px;fill:#555}
.diagram .decision{font-size:11px;font-weight:600}
.diagram .label{font-size:11px;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.diagram rect{fill:#fff;stroke:#777}
.diagram .move{fill:#eee;stroke:#333;stroke-width:2}
.diagram .rest{fill:none;stroke:#999;stroke-dasharray:2 3}
.diagram path{fill:none;stroke-width:1.6}
.diagram .not{stroke-dasharray:6 4}
.diagram .next{stroke:#333;stroke-width:3}
.diagram .paper{fill:#fff;stroke:none}
"""


def svg(branches: Branches, *, standing_alone: bool = True) -> str:
    """The diagram; where it stands within a page, the page's own style says how it looks."""
    return "\n".join(_Drawing(branches).lines(standing_alone)) + "\n"


def in_one_sentence(branches: Branches) -> str:
    """What the diagram shows, for those who do not see it."""
    exercise = branches.index.exercise
    return (
        f"{count(len(exercise.moves), 'move')} from left to right; {count(len(branches.decisions), 'decision')}"
        f" and {count(len(branches.tracks), 'track')} decide which injects follow."
    )


class _Drawing:
    def __init__(self, branches: Branches) -> None:
        self._branches = branches
        self._placed: Placed = placed(branches)
        self._hues = {id: HUES[at % len(HUES)] for at, id in enumerate(branches.decisions)}

    def lines(self, standing_alone: bool) -> Iterator[str]:
        width, height = round(self._placed.width), round(self._placed.height)
        space = ' xmlns="http://www.w3.org/2000/svg"' if standing_alone else ""
        size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        yield f'<svg{space} class="diagram" role="img" aria-labelledby="diagram-title diagram-desc" {size}>'
        title = f"How {self._branches.index.exercise.title} branches"
        yield f'<title id="diagram-title">{_safe(title)}</title>'
        yield f'<desc id="diagram-desc">{_safe(in_one_sentence(self._branches))}</desc>'
        if standing_alone:
            yield f"<style>{STYLE}</style>"
            yield f'<rect class="paper" width="{width}" height="{height}"/>'
        yield from self._order()
        for box in self._placed.boxes.values():
            for link in box.inward:
                yield self._curve(link, box)
        for box in self._placed.boxes.values():
            yield from _box(box)
        for box in self._placed.boxes.values():
            for link, y in box.inward.items():
                yield from _label(box.labels[link], box.x - 10, y, self._hue(link))
        yield "</svg>"

    def _order(self) -> Iterator[str]:
        """From each move to the next."""
        moves = [self._placed.boxes[f"move:{move.id}"] for move in self._branches.index.exercise.moves]
        for before, after in pairwise(moves):
            y = before.y + 12
            yield f'<path class="next" d="M{before.x + COLUMN:.0f} {y:.0f}H{after.x - 2:.0f}"/>'
            yield f'<path class="next" d="M{after.x - 9:.0f} {y - 5:.0f}l7 5l-7 5"/>'

    def _hue(self, link: Link) -> str:
        return self._hues.get(link.source_id, "#666666") if link.source == "decision" else "#666666"

    def _curve(self, link: Link, box: Box) -> str:
        """From what is read to what reads it: through the gutters, behind the boxes."""
        y, x = box.inward[link], box.x
        dashed = ' class="not"' if link.negated else ""
        start = self._start(link)
        if start is None:  # a track has no place: its words are all there is to see
            path = f"M{x - 8:.0f} {y:.1f}H{x:.0f}"
        elif start[0] < x:
            bend = min(GUTTER * 0.6, (x - start[0]) / 2)
            path = _curved(start, (start[0] + bend, start[1]), (x - bend, y), (x, y))
        else:  # in the same column, or behind: around the left side
            left = min(x, start[0] - COLUMN) - GUTTER * 0.4
            path = _curved((start[0] - COLUMN, start[1]), (left, start[1]), (left, y), (x, y))
        arrow = f"M{x - 6:.0f} {y - 3.5:.1f}l6 3.5l-6 3.5"
        hue = self._hue(link)
        return f'<path{dashed} style="stroke:{hue}" d="{path}"/><path style="stroke:{hue}" d="{arrow}"/>'

    def _start(self, link: Link) -> Point | None:
        """Where the curve leaves, at the right side of a box."""
        if link.source == "track":
            return None
        if link.source == "inject":
            box = self._placed.boxes.get(f"inject:{link.source_id}")
            return (box.x + COLUMN, box.y + box.height / 2) if box else None
        box = self._placed.boxes[f"inject:{self._branches.index.inject_of[link.source_id].id}"]
        return box.x + COLUMN, box.outward[link.source_id]


def _curved(start: Point, *points: Point) -> str:
    return f"M{start[0]:.0f} {start[1]:.1f}C{' '.join(f'{x:.0f} {y:.1f}' for x, y in points)}"


def _box(box: Box) -> Iterator[str]:
    corner = 10 if box.kind == "move" else 3
    size = f'x="{box.x:.0f}" y="{box.y:.1f}" width="{COLUMN}" height="{box.height:.1f}" rx="{corner}"'
    yield f'<rect class="{box.kind}" {size}/>'
    for text in box.texts:
        yield f'<text class="{text.kind}" x="{box.x + PAD:.0f}" y="{text.y:.1f}">{_safe(text.words)}</text>'


def _label(lines: list[str], x: float, y: float, hue: str) -> Iterator[str]:
    """What a curve asks for, before the box at which it arrives."""
    top = y + 4 - (len(lines) - 1) * LABEL_LINE / 2
    for at, words in enumerate(lines):
        place = f'text-anchor="end" x="{x:.0f}" y="{top + at * LABEL_LINE:.1f}"'
        yield f'<text class="label" {place} style="fill:{hue}">{_safe(words)}</text>'


def _safe(text: str) -> str:
    return escape(" ".join(clean(text).split()))
