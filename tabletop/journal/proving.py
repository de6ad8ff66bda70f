"""Proving a log: the answer of ``tabletop verify``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tabletop.journal.reading import Reading, read_log


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome for one log: ``line`` (from 1) and ``wrong`` are None and empty where all is whole."""

    path: Path
    events: int
    head: str
    line: int | None = None
    wrong: str = ""

    @property
    def ok(self) -> bool:
        """Whether every line is whole and proved; a torn tail is not."""
        return self.line is None

    def __str__(self) -> str:
        if not self.ok:
            return f"{self.path}:{self.line}: {self.wrong}"
        return f"{self.path}: {self.events} events, head {self.head}"


def verify(path: Path) -> Report:
    """Proves a log's chain from the first line to the last.

    Raises NotALog for a file that is something else, UsageError where there is none to be read.
    """
    reading = read_log(path)
    line, wrong = _fault(reading)
    return Report(path, len(reading.events), reading.head, line, wrong)


def _fault(reading: Reading) -> tuple[int | None, str]:
    if reading.damage:
        return reading.damage.line, reading.damage.wrong
    if reading.torn:
        wrong = (
            f"the last command was never finished: the {reading.torn.bytes} bytes from here on were never "
            "acknowledged; resuming the session sets them aside in a file of their own."
        )
        return reading.torn.line, wrong
    return None, ""
