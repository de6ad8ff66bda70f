"""The whole exercise on a sheet of its own, so that nothing is lost on the way through a workbook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json

TITLE = "tabletop exercise, format 1"
ABOUT = "This sheet carries the whole exercise for `tabletop import`. Edit the other sheets; leave this one as it is."
_PIECE = 30_000
_HEAD = 3


def carried_rows(exercise: Exercise) -> Iterator[str]:
    """The rows of the sheet's one column: what it is, what it is for, a checksum, then JSON in pieces."""
    # ASCII alone, and no `_x0041_`, which spreadsheets read as a character.
    text = json.dumps(exercise_as_json(exercise), separators=(",", ":")).replace("_x", "\\u005fx")
    yield TITLE
    yield ABOUT
    yield hashlib.sha256(text.encode()).hexdigest()
    for start in range(0, len(text), _PIECE):
        # A piece may begin with a sign or a space that a spreadsheet would take for something else.
        yield f"|{text[start : start + _PIECE]}|"


def is_carried(rows: Sequence[str]) -> bool:
    """Whether the rows of a sheet's first column carry an exercise."""
    return bool(rows) and rows[0] == TITLE


def carried(rows: Sequence[str]) -> Exercise | None:
    """The exercise that the rows carry; None where they were changed."""
    if not is_carried(rows) or len(rows) <= _HEAD:
        return None
    text = "".join(row.strip().removeprefix("|").removesuffix("|") for row in rows[_HEAD:])
    if hashlib.sha256(text.encode()).hexdigest() != rows[_HEAD - 1].strip():
        return None
    try:
        return exercise_from_json(json.loads(text))
    except (ValueError, RecursionError, TypeError):  # the checksum is no secret
        return None
