"""The exercise as a workbook: the MSEL as controllers know it, sheets beside it, and the whole of it on the last."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tabletop.documents.msel.carrying import carried_rows
from tabletop.documents.msel.columns import MSEL, OTHERS, PROSE, Column, Numbered, Table, Written, row_of
from tabletop.documents.msel.extra import openpyxl_here
from tabletop.documents.msel.guarding import fitted
from tabletop.documents.msel.shown import cell_text
from tabletop.scenario.model import Exercise

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tabletop.documents.msel.looks import Kind

CARRIED = "Exercise"
STATUSES = ("Draft", "Approved", "Deferred", "Complete")
_HEADER_LONGEST = 200
_A3 = 8
_KINDS: dict[str, Kind] = {"number": "number", "at": "time", "minutes": "time", "delay": "time"}
_ESCAPES = re.compile(r"(?=_x[0-9A-Fa-f]{4}_)")


def msel_workbook(exercise: Exercise) -> bytes:
    """The file's bytes. Raises TabletopError with what to install where openpyxl is not there."""
    openpyxl_here()
    from openpyxl import Workbook

    index, workbook = Numbered(exercise), Workbook()
    for table in (MSEL, *OTHERS):
        sheet = workbook.create_sheet(table.name)
        _fill(sheet, table, exercise, index)
        _lay_out(sheet, table, exercise)
    workbook.remove(workbook.worksheets[0])
    _status_choices(workbook[MSEL.name])
    _carry(workbook.create_sheet(CARRIED), exercise)
    workbook.properties.title, workbook.properties.creator = exercise.title, ", ".join(exercise.authors) or "tabletop"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table, exercise: Exercise, index: Numbered) -> None:
    from tabletop.documents.msel.looks import Look, lines_of, row_height

    look = Look()
    for number, column in enumerate(table.columns, 1):
        look.dress_heading(_put(sheet, 1, number, column.heading))
    sheet.row_dimensions[1].height = row_height(2)
    for row, thing in enumerate(table.things(exercise), 2):
        in_pocket = getattr(thing, "kind", "") == "contingency"
        cells = row_of(table, thing, index)
        placed = list(zip(cells, table.columns, strict=True))
        lines = [lines_of(cell_text(str(each), prose=column.key in PROSE), column.width) for each, column in placed]
        sheet.row_dimensions[row].height = row_height(max(lines))
        for number, (written, column) in enumerate(placed, 1):
            cell = _put(sheet, row, number, written, prose=column.key in PROSE)
            look.dress(cell, _KINDS.get(column.key, "text"), band=row % 2 == 1, italic=in_pocket)


def _put(sheet: Worksheet, row: int, column: int, written: Written, *, prose: bool = False) -> Any:
    """Write a cell; a text is never a formula, whatever it begins with."""
    cell: Any = sheet.cell(row, column)
    if isinstance(written, str):
        # A sheet reads `_x0041_` as a character, unless its underscore is written so itself.
        cell.value = fitted(_ESCAPES.sub("_x005F", cell_text(written, prose=prose))) or None
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = written
    return cell


def _lay_out(sheet: Worksheet, table: Table, exercise: Exercise) -> None:
    """Widths, what stays in view while one scrolls, and how it looks on paper."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width + 1
    sheet.freeze_panes = f"{get_column_letter(_frozen(table.columns))}2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = _fit_to_page()
    sheet.print_title_rows = "1:1"
    printed = sum(column.printed for column in table.columns)
    sheet.print_area = f"A1:{get_column_letter(printed)}{sheet.max_row}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    _mark(sheet, exercise)


def _mark(sheet: Worksheet, exercise: Exercise) -> None:
    """The marking above and below each printed page, the exercise and the sheet beside it."""
    header: Any = sheet.oddHeader
    footer: Any = sheet.oddFooter
    header.center.text = footer.center.text = _in_header(exercise.marking)
    header.left.text, header.right.text = _in_header(exercise.title, _HEADER_LONGEST // 4), sheet.title
    footer.right.text = "&P / &N"


def _frozen(columns: Sequence[Column]) -> int:
    """The first column that scrolls: what names a row stays."""
    return 1 + next((number for number, column in enumerate(columns, 1) if column.key in ("at", "id")), 1)


def _fit_to_page() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _in_header(text: str, longest: int = _HEADER_LONGEST // 2) -> str:
    """A text for a page's header, in which `&` begins a command and doubled stands for itself."""
    line = " ".join(text.split())
    short = line if len(line) <= longest else f"{line[: longest - 1]}…"
    return short.replace("&", "&&")


def _status_choices(sheet: Worksheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    number = next(number for number, column in enumerate(MSEL.columns, 1) if column.key == "status")
    choices = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(number)
    choices.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choices)


def _carry(sheet: Worksheet, exercise: Exercise) -> None:
    for row, text in enumerate(carried_rows(exercise), 1):
        _put(sheet, row, 1, text)
    sheet.column_dimensions["A"].width = 120
    sheet.print_area = "A1:A2"
    _mark(sheet, exercise)
    sheet.sheet_properties.tabColor = "FF9AA5B1"
