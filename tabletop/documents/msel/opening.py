"""From a path to sheets, whatever the file is; what is no workbook is told in one sentence."""

from __future__ import annotations

from pathlib import Path

from tabletop.documents.msel.grid import Sheet
from tabletop.errors import TabletopError
from tabletop.scenario.reading import read_file

LARGEST = 50 * 2**20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a text for a word processor",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_SAVE_AS = "Open it in a spreadsheet and save it as .xlsx or .csv."


def open_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV file.

    Raises UsageError where the file cannot be read, TabletopError where it is no workbook that can be.
    """
    raw = read_file(path, "a workbook or a CSV file", LARGEST)
    if len(raw) > LARGEST:
        raise TabletopError(f"{path} is larger than {LARGEST // 2**20} MiB.", "Take out pictures, or split it up.")
    if not raw.strip(b"\0 \t\r\n"):
        raise TabletopError(f"{path} is empty.", "Export the MSEL again.")
    if raw.startswith(_OLE):
        raise _old(raw, path)
    for start, what in _OTHERS.items():
        if raw.startswith(start):
            raise TabletopError(f"{path} is {what}, and no workbook.", "Name a .xlsx or .csv file.")
    if raw.startswith(_ZIP):
        from tabletop.documents.msel.workbook import read_workbook

        return read_workbook(raw, path)
    from tabletop.documents.msel.separated import read_separated

    return [read_separated(raw, path)]


def _old(raw: bytes, path: Path) -> TabletopError:
    """What to say of a file in Microsoft's container of old, which is also how a locked workbook is kept."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return TabletopError(
            f"{path} is protected by a password.", "Open it, take the password off, and save it again."
        )
    return TabletopError(f"{path} is a workbook of the old kind (.xls).", _SAVE_AS)
