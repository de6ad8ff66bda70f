"""An event of a session: as it is handed in, and as it stands in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be written.

    ``at`` is UTC wall time (RFC 3339, milliseconds), ``clock`` seconds on the exercise clock, ``data`` JSON
    values only.
    """

    type: str
    data: dict[str, Any]
    at: str
    clock: float
    by: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event as recorded: ``data`` as parsed, fields of newer versions included.

    ``clock`` is in seconds on the exercise clock; ``more`` says that the next event belongs to the same
    command.
    """

    seq: int
    at: str
    clock: float
    by: str
    type: str
    data: dict[str, Any]
    more: bool = False
