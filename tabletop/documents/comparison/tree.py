"""The tree of all paths as a picture: a column a move, a box for what went out, a line as thick as its sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from tabletop.documents.comparison.words import marks
from tabletop.documents.words import count
from tabletop.review.comparing.paths import NOT_PLAYED, Fork, Paths
from tabletop.session.text import clean

_WIDE, _BETWEEN, _LINE, _GAP, _TOP = 236, 44, 15, 14, 34
_LONGEST = 30
_MOST_LINES = 2
_THICKEST = 16


@dataclass(frozen=True, slots=True)
class _Box:
    fork: Fork
    depth: int
    top: float
    height: float
    onward: tuple[_Box, ...]

    @property
    def left(self) -> float:
        return self.depth * (_WIDE + _BETWEEN)

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def tree_svg(paths: Paths) -> str:
    """The picture as an SVG element that takes its colours from the page; its text says what is in the outline."""
    titles = {turn.id: turn.title for turn in paths.turns}
    boxes, height = _placed(paths.tree.onward, titles)
    depth = max((_depth(box) for box in boxes), default=0)
    width = depth * (_WIDE + _BETWEEN) - _BETWEEN
    drawn = [part for box in boxes for part in _drawn(box, len(paths.ways), titles)]
    words = f"{count(len(paths.groups), 'way')} taken by {count(len(paths.ways), 'session')}, move by move"
    return (
        f'<svg class="tree" role="img" aria-labelledby="tree-title tree-words" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="-4 0 {width + 8:.0f} {height:.0f}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="tree-title">The tree of paths</title><desc id="tree-words">{words}. The same stands in the list '
        f"below.</desc>{''.join(_headings(paths))}{''.join(drawn)}</svg>"
    )


def _headings(paths: Paths) -> Iterator[str]:
    """The moves above their columns, where all ways have the same ones."""
    columns: dict[int, set[str]] = {}
    for way in paths.ways:
        for depth, stage in enumerate(way.stages):
            columns.setdefault(depth, set()).add(stage.title)
    for depth, named in columns.items():
        if len(named) == 1:
            left = depth * (_WIDE + _BETWEEN)
            yield f'<text class="column" x="{left}" y="16">{_text(_cut(f"{depth + 1}. {next(iter(named))}"))}</text>'


def _placed(forks: Iterable[Fork], titles: Mapping[str, str]) -> tuple[list[_Box], float]:
    boxes, top = [], float(_TOP)
    for fork in forks:
        box, top = _place(fork, 0, top, titles)
        boxes.append(box)
    return boxes, top


def _place(fork: Fork, depth: int, top: float, titles: Mapping[str, str]) -> tuple[_Box, float]:
    """The box of a fork, in the middle of all that follows from it, and where the next may begin."""
    height = 12.0 + _LINE * (1 + len(_lines(fork, titles)))
    onward, below = [], top
    for each in fork.onward:
        box, below = _place(each, depth + 1, below, titles)
        onward.append(box)
    needed = max(below - top, height + _GAP)
    middle = top + (needed - _GAP) / 2
    if onward and below - top >= height + _GAP:
        middle = (onward[0].middle + onward[-1].middle) / 2
        middle = min(max(middle, top + height / 2), top + needed - _GAP - height / 2)
    return _Box(fork, depth, middle - height / 2, height, tuple(onward)), top + needed


def _depth(box: _Box) -> int:
    return max([box.depth + 1, *(_depth(each) for each in box.onward)])


def _lines(fork: Fork, titles: Mapping[str, str]) -> list[str]:
    stage = fork.stage
    if stage is None or not stage.played:
        return [NOT_PLAYED]
    return [line for id in stage.injects for line in _folded(titles.get(id, id))] or ["—"]


def _folded(title: str) -> Iterator[str]:
    """A title in at most two lines, the second set in."""
    words, line, told = title.split(), "", 0
    for place, word in enumerate(words):
        if line and _columns(f"{line} {word}") > _LONGEST:
            if told + 1 == _MOST_LINES:
                line = f"{line} {' '.join(words[place:])}"
                break
            yield line
            line, told = f"\u2003{word}", told + 1
        else:
            line = f"{line} {word}" if line else word
    yield line


def _columns(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _drawn(box: _Box, all: int, titles: Mapping[str, str]) -> Iterator[str]:
    right = box.left + _WIDE
    for each in box.onward:
        thick = max(1.5, _THICKEST * len(each.fork.sessions) / all)
        bend = right + _BETWEEN / 2
        yield (
            f'<path d="M{right} {box.middle:.1f}C{bend} {box.middle:.1f} {bend} {each.middle:.1f} {each.left} '
            f'{each.middle:.1f}" stroke-width="{thick:.1f}"/>'
        )
    lines = _lines(box.fork, titles)
    stage = box.fork.stage
    whole = "; ".join(titles.get(id, id) for id in stage.injects) if stage else ""
    number = len(box.fork.sessions)
    ends = bool(box.fork.ends)
    yield (
        f"<g><title>{_text(whole)} ({_text(marks(box.fork.sessions))})</title>"
        f'<rect class="{"end" if ends else ""}" x="{box.left}" y="{box.top:.1f}" width="{_WIDE}" '
        f'height="{box.height:.1f}" rx="3"/>'
        f'<text class="who" x="{box.left + 8}" y="{box.top + 17:.1f}">'
        f"{_text(_cut(f'{number} of {all}: {marks(box.fork.sessions)}', _LONGEST - 2))}</text>"
    )
    for place, line in enumerate(lines, start=1):
        yield f'<text x="{box.left + 8}" y="{box.top + 17 + place * _LINE:.1f}">{_text(_cut(line))}</text>'
    yield "</g>"
    for each in box.onward:
        yield from _drawn(each, all, titles)


def _cut(text: str, most: int = _LONGEST) -> str:
    """What fits into a box; a wide character takes the room of two."""
    if _columns(text) <= most:
        return text
    while text and _columns(text) >= most:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _text(text: str) -> str:
    return escape(clean(f".{text}")[1:])
