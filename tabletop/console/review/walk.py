"""A log as the after-action screen has it: read once, every view of it made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tabletop.console import words
from tabletop.console.review import decided, drawing, plot
from tabletop.console.widgets.listing import Row
from tabletop.errors import LogDamaged
from tabletop.journal import Reading, read_log
from tabletop.review.lanes import Mark, lanes
from tabletop.review.lines import Lines
from tabletop.review.reviewing import Review, review


@dataclass(frozen=True)
class Walk:
    """A reading of a log with its review and its lines."""

    path: Path
    reading: Reading
    review: Review
    lines: Lines

    @classmethod
    def read(cls, path: Path) -> Walk:
        """Read a log. Raises UsageError, NotALog, and LogDamaged where nothing before the fault can be read."""
        reading = read_log(path)
        if not reading.events:
            wrong = f"Line {reading.damage.line}: {reading.damage.wrong}" if reading.damage else ""
            raise LogDamaged(f"{path} is damaged in its first line: there is nothing to walk through.", wrong)
        found = review(reading.events, reading.head)
        return cls(path, reading, found, Lines(reading.events, found))

    @property
    def fault(self) -> str:
        """What keeps the log from being whole, in a sentence; empty where nothing does."""
        reading = self.reading
        if reading.damage:
            return f"DAMAGED at line {reading.damage.line}: {reading.damage.wrong} Shown is what stands before it."
        if reading.newer:
            return "NEWER: a later version of tabletop wrote this log. It is read only, and some may not be shown."
        if reading.torn:
            return f"TORN at line {reading.torn.line}: the last act was never finished, and is left out."
        return ""

    @cached_property
    def marks(self) -> list[Mark]:
        """What stands in the lanes."""
        return lanes(self.lines, self.review)

    @cached_property
    def record(self) -> Sequence[Row]:
        """Every line."""
        return drawing.record(self.lines, len(self.reading.events))

    @cached_property
    def decisions(self) -> Sequence[Row]:
        """Every question with its answers."""
        return decided.rows(self.review, self.lines)

    @cached_property
    def questions(self) -> set[str]:
        """The keys of the rows that are questions."""
        return {decided.question_key(taken) for taken in self.review.decisions}

    @cached_property
    def _threads(self) -> dict[str, tuple[set[int], tuple[str, ...]]]:
        return {
            key: ({answer.entry.seq for answer in thread.answers}, thread.cells)
            for taken in self.review.decisions
            for thread in taken.by_cells
            for key in [decided.answer_key(thread)]
        }

    def behind(self, row: Row) -> set[int]:
        """The lines of the log behind a row of the decisions: earlier answers too."""
        return self._threads[row.key][0] if row.key in self._threads else {row.seq or 0}

    def of_cell(self, row: Row, cell: str) -> bool:
        """Whether a row of the decisions is that cell's; any is where none is named."""
        cells = self._threads[row.key][1] if row.key in self._threads else (row.key.rpartition("/")[2],)
        return not cell or cell in cells

    @cached_property
    def tracks(self) -> Sequence[Row]:
        """Every track with its steps."""
        return plot.rows(self.review, self.lines)

    @cached_property
    def dissents(self) -> int:
        """How many decisions met with dissent, in the answers that count or in earlier ones."""
        return sum(any(each.entry.data.dissents for each in taken.answers) for taken in self.review.decisions)

    def when(self) -> str:
        """When it was played, for how long, and how it stands."""
        times = self.review.times
        first = (times.started or self.review.session).at
        day, begins = f"{words.parse(first).astimezone():%Y-%m-%d}", words.wall(first)[:5]
        ends = words.wall(times.ended.at if times.ended else times.last_at)[:5]
        people = len(self.review.participants)
        parts = [
            f"{day} {begins}-{ends}",
            "closed" if times.ended else "NOT CLOSED" if times.started else "NOT STARTED",
            f"{words.plan_time(times.play)} h of play, {words.plan_time(times.planned_minutes * 60)} planned",
            f"{people} people" if people else "nobody named",
        ]
        return " | ".join(parts)
