"""One layout for all files: parts are moved and shifted whole, and no value is ever written anew.

A comment belongs to what stands below it, or to the line that it ends; one that is indented further than what
comes next, to the end of what stands above. Comments at the top of a file stay there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tabletop.scenario.formatting.order import Order, order_of
from tabletop.scenario.formatting.parts import Entry, Part, root_part

STEP = 2
_KEPT = "\0"
"""Stands below a text that keeps the empty lines at its end, until all is in its place; no file holds it."""


def laid_out(lines: list[str]) -> list[str]:
    """The lines of a file in the one layout. Raises Unusual where it is better left alone."""
    root = root_part(lines)
    page = _Page(lines)
    first, last = root.entries[0].at[0], root.entries[-1].last
    head, lead = _split_head(lines[:first])
    order = order_of({entry.name for entry in root.entries})
    body = page.block(root, 0, order, lead, _without_gap(lines[last + 1 :]))
    return _closed([*_trivia(head, 0), *body])


def _split_head(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands at the top of the file, and what belongs to the first key: the comments right above it."""
    blank = max((at for at, line in enumerate(lines) if not line.strip()), default=None)
    marker = max((at for at, line in enumerate(lines) if line.startswith(("---", "%"))), default=-1)
    if blank is None or marker > blank:
        return lines, []  # with no line between, they are about the whole
    return lines[: blank + 1], lines[blank + 1 :]


def _closed(lines: list[str]) -> list[str]:
    """Without the marks of texts that keep the empty lines below them, and no empty lines below those, or at first."""
    closed: list[str] = []
    below = True
    for line in lines:
        below = line == _KEPT or (below and not line)
        if not below:
            closed.append(line)
    return closed


def _without_gap(lines: list[str]) -> list[str]:
    """Without empty lines at the end."""
    return lines[: max((at + 1 for at, line in enumerate(lines) if line.strip()), default=0)]


class _Page:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def block(self, part: Part, indent: int, order: Order, lead: list[str], tail: list[str]) -> list[str]:
        """The lines of a map or list that stands at this indent; `lead` is above its first entry, `tail` below it."""
        column = part.entries[0].at[1]
        written: list[tuple[int, list[str]]] = []
        for at, entry in enumerate(part.entries):
            upto = part.entries[at + 1].at[0] if at + 1 < len(part.entries) else None
            gap = tail if upto is None else self._lines[entry.last + 1 : upto]
            inner, after = _parted(gap, column) if entry.value and entry.value.entries else ([], gap)
            text = self._entry(entry, part.kind == "map", indent, order, inner)
            above = text[0] if part.kind == "list" else []
            written.append((order.rank(entry.name), [*_trivia(lead, indent), *above, *text[1]]))
            lead = after
        if part.kind == "map":
            written.sort(key=lambda each: each[0])
        while written[0][1] and not written[0][1][0]:
            written[0][1].pop(0)
        return [*chain.from_iterable(lines for _, lines in written), *_trivia(lead, indent)]

    def _entry(
        self, entry: Entry, keyed: bool, indent: int, order: Order, tail: list[str]
    ) -> tuple[list[str], list[str]]:
        """An entry's lines, and comments that go above it."""
        line, column = entry.opened
        mark = " " * indent + self._lines[line][entry.at[1] : column]
        value = entry.value
        if value is None:
            return [], [mark + _comment(self._lines[line][column:])]
        if not value.entries:
            return [], self._simple(entry, value, mark, indent)
        first = value.entries[0].at
        lead = self._lines[line + 1 : first[0]]
        below = order.below(entry.name) if keyed else order
        if keyed:
            comment = _comment(self._lines[line][column:])
            return [], [mark + comment, *self.block(value, indent + STEP, below, lead, tail)]
        if line != first[0] and (comment := self._lines[line][column:].strip()):
            lead = [comment, *lead]
        inside = self.block(value, indent + STEP, below, lead, tail)
        at = next(number for number, text in enumerate(inside) if text and not text.lstrip().startswith("#"))
        above = [" " * indent + text.lstrip() for text in inside[:at] if text]
        return above, [f"{mark} {inside[at].lstrip()}", *inside[at + 1 :]]

    def _simple(self, entry: Entry, value: Part, mark: str, indent: int) -> list[str]:
        """A text or a list in brackets: the rest of its first line as it stands, the lines below it shifted."""
        line, column = value.start
        moved = self._moved(entry, value, indent)
        if line == entry.opened[0]:
            return [f"{mark} {self._ended(value, line, column)}", *moved]
        between = _trivia(self._lines[entry.opened[0] + 1 : line], indent + STEP)
        first = " " * (indent + STEP) + self._ended(value, line, column)
        return [mark + _comment(self._lines[entry.opened[0]][entry.opened[1] :]), *between, first, *moved]

    def _ended(self, value: Part, line: int, start: int = 0) -> str:
        """A line of a value: what it ends with belongs to it, save where the value is over before."""
        text = self._lines[line]
        return text[start:].rstrip() if line == value.end[0] and value.kind != "block" else text[start:]

    def _moved(self, entry: Entry, value: Part, indent: int) -> Iterator[str]:
        numbers = range(value.start[0] + 1, value.end[0] + 1)
        if value.kind == "text":
            for line in numbers:
                text = self._ended(value, line).lstrip(" \t")
                yield " " * (indent + STEP) + text if text else ""
            return
        by, content, header = indent - entry.at[1], 0, ""
        if value.kind == "block":
            header = self._lines[value.start[0]][value.start[1] :].partition("#")[0]
            full = [line for line in numbers if self._lines[line].strip(" ")]
            content = _spaces(self._lines[full[0]]) if full else len(self._lines[value.end[0]])
            if not any(char.isdigit() for char in header):
                by = indent + STEP - content
            else:
                content = 0
        for line in numbers:
            text = self._ended(value, line)
            blank = not text.strip(" ")
            yield "" if blank and len(text) <= max(content, -by) else _shifted(text, by)
        if "+" in header:
            yield _KEPT


def _parted(gap: list[str], column: int) -> tuple[list[str], list[str]]:
    """What of the lines between two entries still belongs to the first: comments indented further than both."""
    end = 0
    for at, line in enumerate(gap):
        if line.strip():
            if _spaces(line) <= column:
                break
            end = at + 1
    return gap[:end], gap[end:]


def _trivia(lines: list[str], indent: int) -> list[str]:
    """Comments at this indent; of empty lines in a row, one."""
    texts = [line.strip() for line in lines]
    kept = [text for at, text in enumerate(texts) if text or not at or texts[at - 1]]
    return [" " * indent + text if text else "" for text in kept]


def _comment(rest: str) -> str:
    """The comment at the end of a line, as far from it as it stands."""
    return rest.rstrip()


def _shifted(text: str, by: int) -> str:
    return " " * by + text if by >= 0 else text[min(-by, _spaces(text)) :]


def _spaces(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
