"""Where each part of a YAML text stands, down to line and column: what is needed to move parts whole.

Lines and columns count from 0, ends are exclusive. Nothing is read into values here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from yaml._yaml import CParser
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

_ONLY_THE_PARSER_ENDS_LINES_AT = str.maketrans({"\u2028": "\ufdd0", "\u2029": "\ufdd0"})
_COLON = re.compile(r"\s*:(?=\s|$)")

Spot = tuple[int, int]


@dataclass
class Part:
    """A value: where it starts, and where its last line of content ends.

    ``block`` is a text behind `|` or `>`; ``flow`` a list or map in brackets, a scalar or something unusual: its
    lines are only ever shifted.
    """

    kind: Literal["map", "list", "text", "block", "flow"]
    start: Spot
    end: Spot
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Entry:
    """A key with its value, or an entry of a list: ``at`` is where the key or the dash stands.

    ``opened`` is where the line goes on behind the colon or the dash; ``value`` None where nothing follows.
    """

    at: Spot
    opened: Spot
    value: Part | None
    name: str = ""

    @property
    def last(self) -> int:
        """The last line of its content."""
        if self.value is None:
            return self.opened[0]
        return self.value.entries[-1].last if self.value.entries else max(self.opened[0], self.value.end[0])


class Unusual(Exception):
    """The text is laid out as nobody writes an exercise; it is left as it is."""


def root_part(lines: list[str]) -> Part:
    """The whole text, which must be YAML, as parts; Unusual where it is no map of keys, each on a line."""
    text = "\n".join(lines).translate(_ONLY_THE_PARSER_ENDS_LINES_AT)
    events = _events(text)
    part = _Parts(lines).value(next(events), events)
    if part is None or part.kind != "map" or lines[part.start[0]][: part.start[1]]:
        raise Unusual
    return part


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    kinds = (ScalarEvent, MappingStartEvent, MappingEndEvent, SequenceStartEvent, SequenceEndEvent)
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, kinds):
            yield event


class _Parts:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def value(self, event: Any, events: Iterator[Any]) -> Part | None:
        start = _spot(event.start_mark)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, start)
        if event.flow_style:
            return Part("flow", start, self._past(event, events))
        if isinstance(event, MappingStartEvent):
            return Part("map", start, start, self._keys(events))
        return Part("list", start, start, self._items(start, events))

    def _scalar(self, event: ScalarEvent, start: Spot) -> Part | None:
        end = _spot(event.end_mark)
        if event.style in ("|", ">"):
            return Part("block", start, self._end_of_block(start, end))
        return Part("text", start, end) if start != end else None

    def _end_of_block(self, start: Spot, end: Spot) -> Spot:
        """Empty lines at its end are content only where `+` keeps them."""
        last = min(end[0] - 1 if end[1] == 0 else end[0], len(self._lines) - 1)
        header = self._lines[start[0]][start[1] :].partition("#")[0]
        while "+" not in header and last > start[0] and not self._lines[last].strip():
            last -= 1
        # Where the text ends without a line feed, the mark stands within the last line; it ends there all the same.
        return max(last, start[0]), len(self._lines[max(last, start[0])])

    def _past(self, event: Any, events: Iterator[Any]) -> Spot:
        depth = 1
        while depth:
            event = next(events)
            depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
            depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        return _spot(event.end_mark)

    def _keys(self, events: Iterator[Any]) -> list[Entry]:
        entries: list[Entry] = []
        while not isinstance(event := next(events), MappingEndEvent):
            at, end = _spot(event.start_mark), _spot(event.end_mark)
            colon = _COLON.match(self._lines[end[0]], end[1])
            if not isinstance(event, ScalarEvent) or at[0] != end[0] or colon is None:
                raise Unusual
            opened = (at[0], colon.end())
            entries.append(Entry(at, opened, self.value(next(events), events), event.value))
        return entries

    def _items(self, start: Spot, events: Iterator[Any]) -> list[Entry]:
        entries: list[Entry] = []
        line = start[0]
        while not isinstance(event := next(events), SequenceEndEvent):
            while entries and (not (text := self._lines[line].strip()) or text.startswith("#")):
                line += 1
            if self._lines[line][start[1] : start[1] + 1] != "-":
                raise Unusual
            entries.append(Entry((line, start[1]), (line, start[1] + 1), self.value(event, events)))
            line = entries[-1].last + 1
        return entries


def _spot(mark: Any) -> Spot:
    return mark.line, mark.column
