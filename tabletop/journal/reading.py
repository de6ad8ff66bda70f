"""Reading a log that anybody may be writing: no lock, nothing changed, nothing believed unproved."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import LogDamaged, LogError, NotALog, UsageError
from tabletop.journal.bounds import LARGEST_LOG, LONGEST_LINE, read_bounded, split_lines
from tabletop.journal.chain import NO_HEAD, Stretch, canonical_sha256, decode
from tabletop.journal.event import Event
from tabletop.journal.folder import reason

VERSION = 1
"""The number in ``"format":"tabletop-log/1"`` up to which this version writes."""

_FORMAT = re.compile(r"tabletop-log/([1-9][0-9]{0,8})")
_MARKS = (b'"tabletop-log/', b'"session_opened"')
DAMAGE_REMEDY = (
    "What stands before that line can be read, and nothing is written to this log any more: keep it as it is "
    "and put back a copy from before, or begin a new session."
)


@dataclass(frozen=True, slots=True)
class Damage:
    """The first line (counted from 1) that is not as it was written, and a sentence on what was expected."""

    line: int
    wrong: str


@dataclass(frozen=True, slots=True)
class Torn:
    """A last command that was never finished: from ``line`` (from 1) on, ``bytes`` many, at ``offset``."""

    line: int
    bytes: int
    offset: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a log holds: the events of whole commands up to the first fault, and the faults.

    ``head`` is the digest of the last of these lines; ``newer`` says that a later version of tabletop wrote
    the log, which then can be read and not written. ``path`` is where the log lies, if it is a file.
    """

    events: Sequence[Event]
    head: str
    damage: Damage | None
    torn: Torn | None
    newer: bool
    path: Path | None = None


def read_log(path: Path) -> Reading:
    """A log's events, every line proved.

    Never raises for damage. Raises NotALog for a file that is something else, and UsageError where there is
    no file or it cannot be read.
    """
    return parse(read_file(path), path)


def read_file(path: Path) -> bytes:
    """A regular file's bytes as they are now; raises UsageError in words where it cannot be read.

    Of a line that is longer than any event's, only the beginning.
    """
    size = check_is_file(path).st_size
    try:
        with path.open("rb") as file:
            return read_bounded(file, size)
    except OSError as cause:
        raise UsageError(f"{path} cannot be read: {reason(cause)}.") from cause


def check_is_file(path: Path) -> os.stat_result:
    """The status of a regular file; raises UsageError if it is missing or anything else, such as a folder."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as cause:
        raise UsageError(f"There is no log at {path}.", "See: tabletop list") from cause
    except OSError as cause:
        raise UsageError(f"{path} cannot be read: {reason(cause)}.") from cause
    if stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{path} is a folder, and a log was expected.")
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{path} is not a regular file, and a log was expected.")
    return status


def parse(raw: bytes, path: Path) -> Reading:
    """The reading of a log's bytes; ``path`` is for the sentences. Raises NotALog, UsageError if it is too large."""
    if len(raw) > LARGEST_LOG:
        raise UsageError(
            f"{path} has more than {LARGEST_LOG >> 20} MB, which is as much of a log as is read.",
            "No session is as long: is it the right file?",
        )
    lines = split_lines(raw)
    unfinished = lines.pop()
    _check_begun(raw, lines, path)
    stretch = decode(lines)
    newer = check_opening(stretch, lines[0], path)
    if wrong := wrong_exercise(stretch):
        stretch = decode([])
        return Reading([], stretch.head, Damage(1, wrong), None, newer, path)
    events = stretch.events[: stretch.whole]
    if wrong := stretch.wrong or _wrong_length(unfinished):
        damage = Damage(len(stretch.events) + 1, wrong)
        return Reading(events, stretch.head, damage, None, newer, path)
    return Reading(events, stretch.head, None, _torn(lines, stretch.whole, unfinished, path), newer, path)


def _wrong_length(unfinished: bytes) -> str:
    """What is wrong with a last line that is longer than any event's: it is no unfinished one of ours."""
    return "" if len(unfinished) <= LONGEST_LINE else f"it is longer than {LONGEST_LINE >> 20} MB, and no event is."


def _check_begun(raw: bytes, lines: list[bytes], path: Path) -> None:
    if not raw:
        raise NotALog(f"{path} is empty: nothing was ever recorded in it.")
    if not lines and len(raw) <= LONGEST_LINE and looks_like_a_log(raw):
        raise NotALog(f"{path} breaks off within its first line: no session was ever recorded in it.")
    if not lines:
        raise not_a_log(path)


def _torn(lines: list[bytes], whole: int, unfinished: bytes, path: Path) -> Torn | None:
    """The unfinished command at the end; raises NotALog where nothing stands before it."""
    if whole == len(lines) and not unfinished:
        return None
    if whole == 0:
        raise NotALog(f"{path} breaks off within its first command: no session was ever recorded in it.")
    left = sum(len(line) + 1 for line in lines[whole:]) + len(unfinished)
    offset = sum(len(line) + 1 for line in lines[:whole])
    return Torn(whole + 1, left, offset)


def looks_like_a_log(line: bytes) -> bool:
    """Whether a first line, damaged perhaps, was once a log's."""
    return any(mark in line for mark in _MARKS)


def not_a_log(path: Path) -> NotALog:
    """The refusal of a file that is something else."""
    return NotALog(f'{path} is not a session log: its first line is no "session_opened" event.')


def check_opening(stretch: Stretch, first_line: bytes, path: Path) -> bool:
    """Whether the log is of a newer format, going by its first event; raises NotALog if it is not a log."""
    if not stretch.events:
        if looks_like_a_log(first_line):
            return False
        raise not_a_log(path)
    opened = stretch.events[0]
    stated = opened.data.get("format")
    found = _FORMAT.fullmatch(stated) if isinstance(stated, str) else None
    if opened.type != "session_opened" or not found:
        raise not_a_log(path)
    return int(found[1]) > VERSION


def wrong_exercise(stretch: Stretch) -> str:
    """What is wrong with the exercise in the first event by its own ``exercise_sha256``; empty if nothing."""
    data = stretch.events[0].data if stretch.events else {}
    if "exercise_sha256" not in data:
        return ""
    try:
        right = canonical_sha256(data.get("exercise"))
    except LogError as cause:
        return f"the exercise in it cannot be proved: {cause.sentence}"
    if data["exercise_sha256"] == right:
        return ""
    return f'its "exercise_sha256" should be {right}, and is not: the exercise in it is another one.'


class Follower:
    """The events of a log as they come, whole commands only; needs no lock and changes nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seq = 0
        self._head = NO_HEAD
        self._offset = 0  # where the next command begins
        self._seen = -1  # the size at the last look; -1 looks again in any case
        self._file: tuple[int, int] | None = None

    def poll(self) -> list[Event]:
        """The events of all commands finished since the last call; cheap when there are none.

        Events before a damaged line are returned first, the next call raises LogDamaged, as it does when the
        file was shortened or replaced. Raises NotALog, and UsageError where the file is gone.
        """
        if (size := self._size()) == self._seen:
            return []
        self._seen = -1  # a fault found below is found again at the next call
        lines, size = self._new_lines(size)
        stretch = decode(lines, self._seq, self._head)
        events = stretch.events[: stretch.whole]
        if self._seq == 0 and lines:
            self._check_first(stretch, lines[0])
        if stretch.wrong and not events:
            raise self._damaged(self._seq + len(stretch.events) + 1, stretch.wrong)
        self._offset += sum(len(line) + 1 for line in lines[: stretch.whole])
        self._seq += len(events)
        self._head = stretch.head
        self._seen = -1 if stretch.wrong else size
        return events

    def _size(self) -> int:
        """The file's size now, if it is still the same file."""
        status = check_is_file(self.path)
        file = (status.st_dev, status.st_ino)
        if self._file not in (None, file) or status.st_size < self._offset:
            raise LogDamaged(
                f"{self.path} was replaced or shortened while it was being read.",
                "Open it again to see what it holds now.",
            )
        self._file = file
        return status.st_size

    def _new_lines(self, size: int) -> tuple[list[bytes], int]:
        try:
            with self.path.open("rb") as file:
                file.seek(self._offset)
                raw = read_bounded(file, size - self._offset)
        except OSError as cause:
            raise UsageError(f"{self.path} cannot be read: {reason(cause)}.") from cause
        lines = split_lines(raw)
        if wrong := _wrong_length(lines.pop()):
            raise self._damaged(self._seq + len(lines) + 1, wrong)
        return lines, self._offset + len(raw)

    def _check_first(self, stretch: Stretch, line: bytes) -> None:
        check_opening(stretch, line, self.path)
        if wrong := wrong_exercise(stretch):
            raise self._damaged(1, wrong)

    def _damaged(self, line: int, wrong: str) -> LogDamaged:
        return LogDamaged(f"{self.path}:{line}: {wrong}", DAMAGE_REMEDY)
