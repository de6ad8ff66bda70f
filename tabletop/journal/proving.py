"""Proving a log: the answer of ``tabletop verify``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tabletop.journal.bounds import split_lines
from tabletop.journal.chain import digest
from tabletop.journal.reading import Reading, parse, read_file


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome for one log: ``line`` (from 1) and ``wrong`` are None and empty where all is whole.

    ``first`` and ``last`` are the wall times of the first and the last event; ``heads`` gives for the head of each
    proved line how many lines there are up to it.
    """

    path: Path
    events: int
    head: str
    line: int | None = None
    wrong: str = ""
    heads: dict[str, int] | None = None
    first: str = ""
    last: str = ""

    @property
    def ok(self) -> bool:
        """Whether every line is whole and proved; a torn tail is not."""
        return self.line is None

    def up_to(self, head: str) -> int | None:
        """How many events there are up to the line whose head this is; None where no proved line has it."""
        return (self.heads or {}).get(head)

    def __str__(self) -> str:
        if not self.ok:
            return f"{self.path}:{self.line}: {self.wrong}"
        return (
            f"{self.path}: {self.events} events, head {self.head}\n"
            f"{self.path}: the first is of {self.first}, the last of {self.last}"
        )


def verify(path: Path, *, heads: bool = False) -> Report:
    """Proves a log's chain from the first line to the last; with ``heads`` the report knows each line's.

    Raises NotALog for a file that is something else, UsageError where there is none to be read.
    """
    raw = read_file(path)
    reading = parse(raw, path)
    line, wrong = _fault(reading)
    events = len(reading.events)
    lines = islice(split_lines(raw), events) if heads else ()
    known = {digest(each): number for number, each in enumerate(lines, 1)}
    first, last = (reading.events[0].at, reading.events[-1].at) if events else ("", "")
    return Report(path, events, reading.head, line, wrong, known, first, last)


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
