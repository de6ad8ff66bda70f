"""A log among several: as it was read, with what people call it."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.journal.reading import Reading


@dataclass(frozen=True, slots=True)
class Log:
    """A log as it was read; ``label`` is what people call it: its file's name."""

    label: str
    reading: Reading
