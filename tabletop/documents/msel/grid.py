"""Sheets as they were found: cells with their values, their texts and their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tabletop.documents.words import minute

Value = str | int | float | bool | datetime | date | time | timedelta

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty. ``origin`` is where its value stands: elsewhere, if it is part of a merged range."""

    row: int
    column: int
    value: Value
    text: str
    origin: tuple[int, int]

    @property
    def own(self) -> bool:
        """Whether the value stands in this very cell."""
        return self.origin == (self.row, self.column)


@dataclass
class Sheet:
    """One sheet: its rows by number, each with its cells by column, both from 1.

    ``comments`` are what people pinned to cells, by place; ``said`` is what reading it had to pass over.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, value: Value) -> None:
        """Put a value into a cell; nothing where it has no text."""
        text = text_of(value)
        if text:
            kept = text if isinstance(value, str) else value
            self.rows.setdefault(row, {})[column] = Cell(row, column, kept, text, (row, column))

    def spread(self, cell: Cell, rows: Iterable[int], columns: Iterable[int]) -> None:
        """Let the cells of a merged range have the value of its first."""
        across = list(columns)
        for row in rows:
            for column in across:
                if column not in self.rows.get(row, {}):
                    here = self.rows.setdefault(row, {})
                    here[column] = Cell(row, column, cell.value, cell.text, cell.origin)

    def cells(self) -> Iterator[Cell]:
        """Every cell in which a value stands, row by row."""
        for _, row in sorted(self.rows.items()):
            for _, cell in sorted(row.items()):
                if cell.own:
                    yield cell

    def first_column(self) -> list[str]:
        """The texts of the first column, from the top; an empty cell is an empty text."""
        last = max(self.rows, default=0)
        return [self.rows[row][1].text if 1 in self.rows.get(row, {}) else "" for row in range(1, last + 1)]


def text_of(value: Value) -> str:
    """A value as a person reads it in the sheet."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    return minute(value.total_seconds() / 60) if isinstance(value, timedelta) else str(value)


def clean(text: str) -> str:
    """A text as an exercise may hold it: NFC, line feeds, nothing that steers a terminal."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", _STEERING.sub("", lines))


def place(row: int, column: int) -> str:
    """``C12``."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
