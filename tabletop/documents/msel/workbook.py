"""Sheets out of a workbook, read by openpyxl once it is known to be one and of a bearable size."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.documents.msel.extra import openpyxl_here
from tabletop.documents.msel.grid import Sheet, clean, place
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

UNPACKED = 100 * 2**20
_PARTS = 5_000
_IN_RANGES, _MERGED = 1_200_000, 500_000
_MOST_CELLS = 1_000_000
_CELLS = re.compile(rb"<(?:\w+:)?c[\s/>]")
_RANGES = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"
)
_LOOKED_AT = 4096
_READABLE = (str, int, float, bool, datetime, date, time, timedelta)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAVE_AS = "Open it in a spreadsheet and save it as .xlsx."


def read_workbook(raw: bytes, path: Path) -> list[Sheet]:
    """The sheets of a workbook, in order; TabletopError where it is none, or no bearable one."""
    macros = _looked_at(raw, path)
    openpyxl_here()
    workbook = _loaded(raw, path, values=False)
    formulas = {
        (sheet.title, at): cell.value
        for sheet in workbook.worksheets
        for at, cell in sheet._cells.items()
        if cell.data_type == "f"
    }
    if formulas:
        workbook = _loaded(raw, path, values=True)
    sheets = [_sheet(each, path) for each in workbook.worksheets]
    if not sheets:
        raise TabletopError(f"{path} has no sheet with cells.", "Name a workbook with a table in it.")
    _say_formulas(sheets, formulas)
    if macros:
        sheets[0].said.append("The workbook has macros, which were neither read nor run.")
    return sheets


def _looked_at(raw: bytes, path: Path) -> bool:
    """Whether a workbook has macros; TabletopError where it is no workbook, or would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            # What a part says of its size is also where unpacking it ends.
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise TabletopError(
                    f"{path} would unpack to more than {UNPACKED // 2**20} MiB.",
                    "Copy the MSEL's sheet alone into a new workbook.",
                )
            names = {part.filename for part in parts}
            _is_workbook(packed, names, path)
            cells = 0
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    xml = packed.open(part).read()
                    _check_part(xml, path)
                    cells += len(_CELLS.findall(xml)) if part.filename.startswith("xl/worksheets/") else 0
            if cells > _MOST_CELLS:
                raise TabletopError(f"{path} has more than {_MOST_CELLS:,} cells.", "Delete the empty rows.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as cause:
        raise TabletopError(f"{path} is damaged: it cannot be unpacked.", "Save it again, or fetch it anew.") from cause
    return any(name.endswith("vbaProject.bin") for name in names)


def _check_part(xml: bytes, path: Path) -> None:
    """Refuse what a few bytes of XML can make without end: entities, and ranges that are gone through cell by cell."""
    if b"<!DOCTYPE" in xml[:_LOOKED_AT] or b"\0" in xml[:_LOOKED_AT]:
        raise TabletopError(f"{path} holds what no workbook has (a DOCTYPE, or XML that is not UTF-8).", _SAVE_AS)
    cells = 0
    for found in _RANGES.finditer(xml):
        left, top, right, bottom = (each.decode() for each in found.groups())
        cells += (abs(_number(right) - _number(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
        if cells > _IN_RANGES:
            raise TabletopError(f"{path} has more merged or linked cells than can be read.", "Take the merging off.")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _is_workbook(packed: zipfile.ZipFile, names: set[str], path: Path) -> None:
    if "xl/workbook.bin" in names:
        raise TabletopError(f"{path} is a binary workbook (.xlsb).", _SAVE_AS)
    if "mimetype" in names and b"opendocument" in packed.read("mimetype")[:100]:
        raise TabletopError(f"{path} is an OpenDocument file.", _SAVE_AS)
    if not any(name.startswith("xl/") for name in names):
        raise TabletopError(f"{path} is no workbook.", "Name a .xlsx or .csv file.")


def _loaded(raw: bytes, path: Path, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(raw), data_only=values, keep_vba=False, keep_links=False)
    except Exception as cause:  # a hostile or broken file may fail in any way within the library
        raise TabletopError(f"{path} is a workbook that cannot be read: it is damaged.", _SAVE_AS) from cause


def _sheet(found: Worksheet, path: Path) -> Sheet:
    sheet = Sheet(_decoded(found.title))
    # openpyxl's own ways to the cells make all those that are empty, and a sheet may claim to be endless.
    for (row, column), cell in sorted(found._cells.items()):
        if isinstance(cell.value, str):
            sheet.put(row, column, _decoded(cell.value))
        elif isinstance(cell.value, _READABLE):
            sheet.put(row, column, cell.value)
        if cell.comment is not None and (text := clean(str(cell.comment.text)).strip()):
            sheet.comments[row, column] = text
    _merge(sheet, found, path)
    if found.sheet_state != "visible" and sheet.rows:
        sheet.said.append(f'The sheet "{sheet.name}" is hidden; it was read all the same.')
    return sheet


def _decoded(text: str) -> str:
    """Workbooks write some characters as `_x000D_`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _merge(sheet: Sheet, found: Worksheet, path: Path) -> None:
    rows = sorted(sheet.rows)
    widest = max((max(row) for row in sheet.rows.values()), default=0)
    filled = 0
    for area in found.merged_cells.ranges:
        first = sheet.rows.get(area.min_row, {}).get(area.min_col)
        if first is None:
            continue
        down = rows[bisect_left(rows, area.min_row) : bisect_right(rows, area.max_row)]
        across = range(area.min_col, min(area.max_col, max(widest, area.min_col)) + 1)
        filled += len(down) * len(across)
        if filled > _MERGED:
            raise TabletopError(f"{path} has more merged cells than can be read.", "Take the merging off.")
        sheet.spread(first, down, across)


def _say_formulas(sheets: list[Sheet], formulas: dict[tuple[str, Any], Any]) -> None:
    """A formula counts as the value that was saved with it; where there is none, it is told."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for (name, (row, column)), formula in formulas.items():
        sheet = by_name.get(_decoded(name))
        if sheet is not None and column not in sheet.rows.get(row, {}):
            text = formula if isinstance(formula, str) else getattr(formula, "text", "") or ""
            sheet.said.append(
                f'"{sheet.name}" {place(row, column)} has a formula without a saved value, which counts as empty: '
                f"{clean(str(text))}"
            )
