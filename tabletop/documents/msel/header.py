"""Where a sheet's table begins, and what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.documents.msel.grid import Cell, Sheet, letters
from tabletop.documents.msel.names import key_of, simple

_LOOKED_AT = 100
_LONGEST = 120
_TELLING = {"title", "text", "inject", "expects"}
_ONLY_ONE = {
    "id",
    "number",
    "move",
    "move-id",
    "date",
    "day",
    "time",
    "at",
    "scenario_time",
    "kind",
    "title",
    "text",
} | {
    "from",
    "via",
    "minutes",
    "delay",
    "use_if",
}


@dataclass(frozen=True)
class Header:
    """The row of the headings, the text of each by column, and the key of each; none for a column without."""

    row: int
    headings: dict[int, str]
    keys: dict[int, str]

    @property
    def ours(self) -> bool:
        """Whether `tabletop export` wrote it."""
        return bool(self.of("id") and self.of("move-id"))

    def of(self, key: str) -> list[int]:
        """The columns of a key."""
        return [column for column, each in self.keys.items() if each == key]

    def name(self, column: int) -> str:
        """A column's heading on one line, or its letters where it has none."""
        return " ".join(self.headings.get(column, "").split()) or f"Column {letters(column)}"


def find_header(sheet: Sheet, mapped: Mapping[str, str]) -> Header | None:
    """The header of a sheet's table, under whatever rows of titles; None where there is no MSEL in it.

    ``mapped`` are columns that the user named, simplified, with their keys.
    """
    best: tuple[int, int] | None = None
    for number in sorted(sheet.rows)[:_LOOKED_AT]:
        keys = {key for cell in sheet.rows[number].values() if (key := _key(cell, mapped))}
        score = len(keys)
        enough = score >= 2 and (keys & _TELLING or score >= 4)
        if enough and (best is None or score > best[0]):
            best = score, number
    if best is None:
        return None
    headings = {column: cell.text for column, cell in sorted(sheet.rows[best[1]].items())}
    return Header(best[1], headings, _settled(headings, mapped))


def _key(cell: Cell, mapped: Mapping[str, str]) -> str:
    if len(cell.text) > _LONGEST or not isinstance(cell.value, str):
        return ""
    return mapped.get(simple(cell.text)) or key_of(cell.text)


def _settled(headings: Mapping[int, str], mapped: Mapping[str, str]) -> dict[int, str]:
    """One key a column, and no key that takes one value for two of them; what the user said comes first."""
    keys: dict[int, str] = {}
    told = {column: mapped[name] for column, text in headings.items() if (name := simple(text)) in mapped}
    taken = set(told.values())
    for column, text in headings.items():
        key = told.get(column) or key_of(text)
        if key in _ONLY_ONE and column not in told:
            key = "" if key in taken else key
        keys[column] = key
        taken.add(key)
    for column, key in keys.items():
        if key == "inject":
            keys[column] = next((each for each in ("text", "title") if each not in taken), "")
            taken.add(keys[column])
    return keys
