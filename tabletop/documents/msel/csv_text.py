"""The MSEL as CSV: the sheet of injects alone, in UTF-8, for programs and any spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from tabletop.documents.msel.columns import MSEL, Numbered, Written, row_of
from tabletop.documents.msel.guarding import guarded
from tabletop.documents.words import minute
from tabletop.scenario.model import Exercise


def msel_csv(exercise: Exercise) -> str:
    """The text of the file; its first row has the headings."""
    index = Numbered(exercise)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.heading for column in MSEL.columns])
    writer.writerows([_text(cell) for cell in row_of(MSEL, inject, index)] for inject in exercise.injects())
    return out.getvalue()


def _text(cell: Written) -> str:
    if isinstance(cell, timedelta):
        return minute(cell.total_seconds() / 60)
    return "" if cell is None else guarded(str(cell).strip())
