"""A sheet from elsewhere, row by row: which rows are injects, which open a move, which go on from the one above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tabletop.documents.msel.account import quoted
from tabletop.documents.msel.draft import Draft, Thing, squeezed
from tabletop.documents.msel.filling import fill
from tabletop.documents.msel.grid import Cell, Sheet, Value, place
from tabletop.documents.msel.header import Header
from tabletop.documents.msel.names import KEPT_IN_NOTES
from tabletop.documents.msel.times import When, read_length, read_time

SECTION = re.compile(
    r"\s*(move|phase|day|stage|part|module|act|session|vignette|scenario|section|startex|endex|turn|단계|국면|フェーズ)\b",
    re.IGNORECASE,
)
_TIMES = ("date", "day", "time", "at", "scenario_time")
_POOR = {"number", "id", "move", "move-id", "status", "kind", *_TIMES}
_TITLE_LONGEST = 80

RowKind = Literal["inject", "section", "more", "header", "poor"]


@dataclass
class Entry:
    """An inject with what places it: its move by name, its times as they were read, the row it came from."""

    inject: Thing
    row: int
    section: str | None
    move: str | None = None
    move_id: str = ""
    times: dict[str, When] = field(default_factory=dict)
    at: int | None = None


@dataclass
class Taken:
    """A sheet's injects in order, the texts of rows that open a move, and which cells went where.

    ``used`` are places whose text is in the exercise in some form; ``stray`` are texts of rows that are no injects.
    """

    sheet: Sheet
    header: Header
    entries: list[Entry] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    stray: list[tuple[int, str]] = field(default_factory=list)


def take_rows(sheet: Sheet, header: Header, draft: Draft) -> Taken:
    """Make injects of a sheet's rows."""
    return _Rows(sheet, header, draft).taken


class _Rows:
    def __init__(self, sheet: Sheet, header: Header, draft: Draft) -> None:
        self._sheet, self._header, self._draft = sheet, header, draft
        self._minutes_only = {column for column in header.of("time") if _counts_minutes(sheet, header, column)}
        self.taken = Taken(sheet, header)
        self._section: str | None = None
        self._last: dict[str, str | When] = {}
        """What is written once and holds for the rows below: the move, the date, the day."""
        for number in sorted(sheet.rows):
            if number > header.row:
                self._row(number, sheet.rows[number])

    def _row(self, number: int, row: Mapping[int, Cell]) -> None:
        kind = self._kind_of(number, row)
        if kind == "section":
            self._section = next(cell.text for cell in row.values() if cell.origin[0] == number)
            self.taken.stray.append((number, self._section))
        elif kind == "inject":
            self._inject(number, row)
        elif kind == "more":
            self._go_on(number, row)
        elif kind == "header":
            self.taken.used |= {cell.origin for cell in row.values()}

    def _kind_of(self, number: int, row: Mapping[int, Cell]) -> RowKind:
        header = self._header
        fresh = {cell.origin: cell for cell in row.values() if cell.origin[0] == number}
        if not fresh:
            return "more" if self.taken.entries else "poor"
        if {column: cell.text for column, cell in row.items()} == header.headings:
            return "header"
        keys = {header.keys.get(cell.column, "") for cell in fresh.values()}
        if len(fresh) == 1 and len(header.headings) > 2 and self._opens_a_move(next(iter(fresh.values())), row):
            return "section"
        if self._goes_on(number, row, keys):
            return "more"
        if keys <= _POOR or self._is_a_sum(fresh.values()):
            return "poor"
        return "inject"

    def _opens_a_move(self, cell: Cell, row: Mapping[int, Cell]) -> bool:
        wide = sum(each.origin == cell.origin for each in row.values()) > 1
        key = self._header.keys.get(cell.column, "")
        if not isinstance(cell.value, str) or re.fullmatch(r"[\W\d]*\w?", cell.text):
            return False
        first = min(self._header.headings)
        return wide or bool(SECTION.match(cell.text)) or (cell.column == first and key not in ("title", "text"))

    def _is_a_sum(self, cells: Iterable[Cell]) -> bool:
        """Whether only numbers stand where texts should, as in a row of totals."""
        told = [cell for cell in cells if self._header.keys.get(cell.column, "") not in _POOR]
        return all(not isinstance(cell.value, str) for cell in told)

    def _goes_on(self, number: int, row: Mapping[int, Cell], keys: set[str]) -> bool:
        """Whether a row belongs to the inject above: merged with it, or without number, time and subject."""
        if not self.taken.entries:
            return False
        for key in ("number", "id", "title"):
            for column in self._header.of(key):
                if column in row and row[column].origin[0] < number:
                    return True
        names = {key for key in ("number", "id", "title", "time", "at") if self._header.of(key)}
        return len(names) > 1 and not keys & {"move", "kind", "to", "from", *names}

    # --- injects ------------------------------------------------------------------------------------------

    def _inject(self, number: int, row: Mapping[int, Cell]) -> None:
        entry = Entry({}, number, self._section)
        self.taken.entries.append(entry)
        self._fill(entry, row, set())
        self._title(entry, number)
        for key in ("date", "day"):
            if key in entry.times:
                self._last[key] = entry.times[key]
            elif isinstance(kept := self._last.get(key), When):
                entry.times[key] = kept
        if entry.move:
            self._last["move"], self._last["move-id"] = entry.move, entry.move_id
        elif "move" in self._last and self._header.of("move"):
            entry.move, entry.move_id = str(self._last["move"]), str(self._last["move-id"])

    def _go_on(self, number: int, row: Mapping[int, Cell]) -> None:
        entry = self.taken.entries[-1]
        above = {cell.origin for cell in row.values() if cell.origin[0] < number}
        self._fill(entry, row, above)
        self._draft.account.guess(
            f'"{self._sheet.name}" row {number} has no subject of its own: it goes on from row {entry.row}.'
        )

    def _fill(self, entry: Entry, row: Mapping[int, Cell], seen: set[tuple[int, int]]) -> None:
        for column, cell in sorted(row.items()):
            if cell.origin in seen:
                continue
            seen.add(cell.origin)
            self.taken.used.add(cell.origin)
            key = self._header.keys.get(column, "")
            if not self._placed(entry, key, cell) and not fill(
                self._draft, entry.inject, key if key not in _TIMES else "", cell.text, cell.value
            ):
                self._draft.note(entry.inject, self._header.name(column), cell.text)
            pinned = self._sheet.comments.pop(cell.origin, None)
            if pinned is not None:
                self._draft.note(entry.inject, f"Comment on {self._header.name(column)}", pinned)

    def _placed(self, entry: Entry, key: str, cell: Cell) -> bool:
        """What says where and when, rather than what."""
        if key == "move":
            entry.move = cell.text
        elif key == "move-id":
            entry.move_id = cell.text
        elif key == "id":
            entry.inject["id"] = cell.text
        elif key == "number" and self._header.ours:
            pass  # counted anew
        elif key == "at" and (minutes := read_length(cell.value)) is not None:
            entry.at = minutes
        elif key == "time" and cell.column in self._minutes_only and (number := _bare_number(cell.value)) is not None:
            entry.times["time"] = When("elapsed", number)
        elif key == "day" and isinstance(cell.value, int | float) and 0 < cell.value < 400:
            entry.times["day"] = When("clock", day=int(cell.value) - 1)
        elif key in _TIMES and (when := read_time(cell.value)) is not None:
            entry.times[key] = when
            return when.whole
        else:
            return False
        return True

    def _title(self, entry: Entry, number: int) -> None:
        inject = entry.inject
        if inject.get("title"):
            return
        text = " ".join(inject.get("text", "").split())
        if text:
            inject["title"] = _first_sentence(text)
            why = "the beginning of the text is the title"
        else:
            inject["title"] = f"Inject in row {number}"
            why = f"its title is {quoted(inject['title'])}"
        if text and not self._header.of("title"):
            self._draft.account.guess(f'"{self._sheet.name}" has no column of subjects: {why}.')
        else:
            self._draft.account.guess(f'"{self._sheet.name}" row {number} has no subject: {why}.')


def _counts_minutes(sheet: Sheet, header: Header, column: int) -> bool:
    """Whether the numbers in a column of times are minutes (5, 20, 130), and not hours and minutes (5, 905, 1430)."""
    values = [row[column].value for number, row in sheet.rows.items() if number > header.row and column in row]
    numbers = [number for value in values if (number := _bare_number(value)) is not None]
    if len(numbers) < len(values) or not any(0 < number < 100 for number in numbers):
        return False
    return max(numbers) < 600 or any(number % 100 > 59 for number in numbers)


def _bare_number(value: Value) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,3}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _first_sentence(text: str) -> str:
    sentence = re.split(r"(?<=[.!?。])\s", text, maxsplit=1)[0].rstrip(".。")
    if len(sentence) <= _TITLE_LONGEST:
        return sentence
    return f"{sentence[:_TITLE_LONGEST].rsplit(' ', 1)[0]}…"


def unseen(taken: Taken, draft: Draft) -> Iterator[tuple[str, str, str, bool]]:
    """Cells whose text stands nowhere in the exercise word for word: heading, place, text, whether it was used."""
    known = {column: taken.header.name(column) for column in taken.header.keys}
    for cell in taken.sheet.cells():
        heading_again = squeezed(cell.text) == squeezed(taken.header.headings.get(cell.column, ""))
        if squeezed(cell.text) not in draft.kept and not heading_again:
            heading = known.get(cell.column, "") if cell.row > taken.header.row else ""
            yield heading, place(cell.row, cell.column), cell.text, (cell.row, cell.column) in taken.used


def columns_told(header: Header) -> str:
    """What each column was taken as, in a sentence."""
    told = []
    for column in header.headings:
        key = header.keys.get(column, "")
        as_what = "notes, with its name" if not key or key in (*KEPT_IN_NOTES, "number") else key
        told.append(f"{quoted(header.name(column))} as {as_what}")
    return ", ".join(told)
