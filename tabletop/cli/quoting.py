"""The line of a file that a finding is about, with a caret below the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tabletop.documents.plain import WIDTH, columns
from tabletop.scenario.diagnostics import Fault

_LARGEST = 10 * 2**20
"""Bytes of a file from which on no line of it is quoted: no exercise is as large."""

_LEAD = 8
"""Columns before a quoted line: its number and a stroke."""

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def quoted(fault: Fault, lines: Sequence[str]) -> Iterator[str]:
    """The fault's line of these, and the caret; of a long line the part around it, nothing of an empty one."""
    line = _STEERING.sub(" ", lines[fault.line - 1]) if 1 <= fault.line <= len(lines) else ""
    if not line.strip():
        return
    before, after = line[: fault.column - 1], line[fault.column - 1 :]
    room = WIDTH - _LEAD
    if columns(before) > room * 2 // 3:
        before = _fitting(before[::-1], room // 2)[::-1]
    after = _fitting(after, room - columns(before))
    yield f"{fault.line:>5} | {before}{after}".rstrip()
    yield f"{'':5} | {' ' * columns(before)}^"


def _fitting(text: str, room: int) -> str:
    """As much of a text as fits into so many columns."""
    if columns(text[: room + 1]) <= room:
        return text[:room]
    kept = text[:room]
    while columns(kept) >= room:
        kept = kept[:-1]
    return f"{kept}…"


def lines_of(file: str) -> Sequence[str]:
    """The lines as the reader counts them; none of a file that cannot be read."""
    try:
        path = Path(file)
        if path.stat().st_size > _LARGEST:
            return ()
        return _BREAK.split(path.read_bytes().decode("utf-8-sig", "replace"))
    except (OSError, ValueError):
        return ()
