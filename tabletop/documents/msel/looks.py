"""How the cells of a workbook look, and how tall a row must be to show all of it."""

from __future__ import annotations

from copy import copy
from typing import Any, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from tabletop.documents.plain import columns

_FONT, _SIZE = "Calibri", 10
_LINE_HEIGHT, _TALLEST = 13.2, 409.0  # points; Excel shows no taller row
_HEADING_FILL, _HEADING_INK, _BAND, _LINE = "FF1F3A5F", "FFFFFFFF", "FFF2F5F9", "FFB8C2CC"

Kind = Literal["text", "time", "number"]
_FORMATS: dict[Kind, str] = {"text": "@", "time": "[h]:mm", "number": "General"}


class Look:
    """The styles of one sheet's cells. Each is made once: openpyxl compares all of a style's parts at every use."""

    def __init__(self) -> None:
        side = Side(style="thin", color=_LINE)
        self._box = Border(left=side, right=side, top=side, bottom=side)
        self._made: dict[tuple[Kind, bool, bool], Any] = {}

    def dress_heading(self, cell: Any) -> None:
        """A heading: white on dark."""
        cell.font = Font(name=_FONT, size=_SIZE, bold=True, color=_HEADING_INK)
        cell.fill, cell.border = PatternFill("solid", start_color=_HEADING_FILL), self._box
        cell.alignment = Alignment(wrap_text=True, vertical="center")

    def dress(self, cell: Any, kind: Kind, *, band: bool, italic: bool) -> None:
        """A cell of a row: texts wrap, times and numbers stand in the middle, every second row has a band."""
        key = kind, band, italic
        if key in self._made:
            cell._style = copy(self._made[key])
            return
        cell.font, cell.border = Font(name=_FONT, size=_SIZE, italic=italic), self._box
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=None if kind == "text" else "center")
        cell.number_format = _FORMATS[kind]
        if band:
            cell.fill = PatternFill("solid", start_color=_BAND)
        self._made[key] = cell._style


def row_height(lines: int) -> float:
    """The height of a row of so many lines, in points: not every program finds it by itself."""
    return min(_TALLEST, lines * _LINE_HEIGHT + 4)


def lines_of(text: str, width: int) -> int:
    """The lines that a text takes, wrapped between words at so many columns."""
    total = 0
    for line in text.split("\n"):
        total, used = total + 1, 0
        for word in line.split(" "):
            length = columns(word)
            if used and used + 1 + length > width:
                total, used = total + 1, 0
            used += length + (used > 0)
            if used > width:
                total, used = total + (used - 1) // width, width
    return total
