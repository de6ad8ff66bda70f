"""A sheet out of a file of values separated by commas, semicolons or tabs, in whatever encoding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

from tabletop.documents.msel.grid import Sheet
from tabletop.errors import TabletopError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HANGUL, _KANA = re.compile("[가-힣]"), re.compile("[ぁ-ヿ一-鿿]")
_LARGEST_CELL = 2**20
_MOST_COLUMNS = 2_000


def read_separated(raw: bytes, path: Path) -> Sheet:
    """The one sheet of the file; TabletopError where it is no table."""
    sheet = Sheet(path.name)
    text = _decoded(raw, sheet)
    if _BINARY.search(text):
        raise TabletopError(f"{path} is no workbook and no CSV file.", "Name a .xlsx or .csv file.")
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<?xml", "<table", "<meta")):
        raise TabletopError(f"{path} is a web page or XML, and no workbook.", "Save it as .xlsx or .csv.")
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1):
            if len(row) > _MOST_COLUMNS:
                raise TabletopError(f"{path} has more than {_MOST_COLUMNS} columns.", "Leave those out that are empty.")
            for column, value in enumerate(row, 1):
                if value:
                    sheet.put(number, column, value)
    except csv.Error as cause:
        raise TabletopError(f"{path} cannot be read as CSV: {cause}.", "Export it again.") from cause
    finally:
        csv.field_size_limit(before)
    return sheet


def _decoded(raw: bytes, sheet: Sheet) -> str:
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        encoding, text = _guessed(raw)
        sheet.said.append(f"The file is not UTF-8; it was read as {encoding}. Look whether its letters are right.")
        return text


def _guessed(raw: bytes) -> tuple[str, str]:
    """What spreadsheets in Seoul, Tokyo and the West write where they do not write UTF-8."""
    for encoding, letters in (("cp949", _HANGUL), ("cp932", _KANA)):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(not char.isascii() for char in text)
        if len(letters.findall(text)) * 2 > strange:
            return encoding, text
    return "cp1252", raw.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """The separator that parts the first rows into the most values."""
    head = "\n".join(text.splitlines()[:40])
    parts = {mark: _parts(head, mark) for mark in ",;\t|"}
    return max(parts, key=lambda mark: parts[mark])


def _parts(head: str, mark: str) -> int:
    try:
        return sum(len(row) - 1 for row in csv.reader(io.StringIO(head), delimiter=mark) if len(row) > 2)
    except csv.Error:
        return 0
