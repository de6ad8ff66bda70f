"""One session in one file: appended to by one writer, synced before anything is called recorded.

A write that fails ends the writing for good. After a failed sync the system may take lost pages for clean,
so trying again would acknowledge what is not there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from tabletop.errors import LogDamaged, NameTaken, NotALog, NotWritten, UsageError
from tabletop.journal import disk
from tabletop.journal.alive import remove_alive
from tabletop.journal.bounds import LARGEST_LOG
from tabletop.journal.chain import NO_HEAD, Stretch, Written, digest, encode_command, encode_events
from tabletop.journal.event import Draft, Event
from tabletop.journal.folder import beside, name_of, next_free, reason
from tabletop.journal.lock import WriterLock
from tabletop.journal.memory import check_place
from tabletop.journal.reading import (
    DAMAGE_REMEDY,
    VERSION,
    Reading,
    Torn,
    check_is_file,
    check_opening,
    parse,
    wrong_exercise,
)

_REMEDY = "Nothing more is recorded here: free the disk or mend it, then resume the session."


@dataclass(frozen=True, slots=True)
class SetAside:
    """An unfinished command that was cut off a log: the file that keeps its bytes, and how many."""

    path: Path
    bytes: int


class FileJournal:
    """A Journal in a ``.jsonl`` file, open for writing; a context manager that closes it."""

    def __init__(self, path: Path, fd: int, lock: WriterLock, reading: Reading | None) -> None:
        """For ``create`` and ``open``, which see to the lock and to what stands in the file."""
        self.path = path
        self._place = str(path.resolve())
        self.name = name_of(path)
        self.torn: SetAside | None = None
        self.head = reading.head if reading else NO_HEAD
        self._events = list(reading.events) if reading else []
        self._fd = fd
        self._lock = lock
        self._size = os.fstat(fd).st_size  # acknowledged; beyond it nothing of ours may stand
        self._stopped = ""

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty log, its folders made where missing.

        Raises NameTaken with the next free name if anything is there, LogLocked, NotWritten if the disk
        refuses, and UsageError if the folder is none. Closed without an event, it leaves no file.
        """
        _make_folder(path)
        _check_free(path)
        lock = WriterLock(path)
        try:
            fd = _create(path)
        except BaseException:
            lock.release()
            raise
        remove_alive(path)
        return cls(path, fd, lock, None)

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing log, every line proved, to go on writing it; ``torn`` tells what was set aside.

        Raises LogLocked, LogDamaged, NotALog (of a newer format too), NotWritten if it cannot be opened for
        writing, and UsageError if there is no such file.
        """
        check_is_file(path)
        lock = WriterLock(path)
        try:
            fd = _open_to_append(path)
        except BaseException:
            lock.release()
            raise
        try:
            _settle(fd, path)
            reading = _read_for_writing(fd, path)
            journal = cls(path, fd, lock, reading)
            journal._set_aside(reading.torn)
        except BaseException:
            os.close(fd)
            lock.release()
            raise
        return journal

    @property
    def events(self) -> Sequence[Event]:
        """All events, in order."""
        return self._events

    @property
    def writable(self) -> bool:
        """Whether an append can succeed: not after a failed one, nor after ``close``."""
        return not self._stopped

    def append(self, drafts: Sequence[Draft], *, expect: int) -> Sequence[Event]:
        """Records the events of one command, whole or not at all; ``expect`` is the seq of the first.

        Returns when they are on the disk. Raises LogError for a wrong place or what cannot be written as
        JSON, and NotWritten if the disk did not take it: then the journal writes no more.
        """
        if self._stopped:
            raise NotWritten(self._stopped, _REMEDY)
        check_place(expect, len(self._events))
        if not drafts:
            return []
        written = encode_command(drafts, expect, self.head)
        if expect == 0:
            _check_first(written, self.path)
        if self._size + len(written.raw) > LARGEST_LOG:
            raise NotWritten(f"{self.path} is full: a log holds {LARGEST_LOG >> 20} MB.", "Begin a new session.")
        self._check_unchanged()
        self._put(written.raw)
        self._size += len(written.raw)
        self._events += written.events
        self.head = written.head
        return written.events

    def continued(self, path: Path) -> FileJournal:
        """This log, as far as it is recorded, in a new file to go on in: its next line follows the same head.

        For when this one takes no more. Raises as ``create`` does, and NotWritten if that disk refuses too; then
        nothing is left there. This log stays as it is, and is to be closed.
        """
        raw = self._recorded()
        journal = type(self).create(path)
        try:
            journal._put(raw)
        except BaseException:
            journal.close()
            raise
        journal._size, journal._events, journal.head = len(raw), [*self._events], self.head
        return journal

    def _recorded(self) -> bytes:
        """The lines up to the head, from memory, for a disk that lost some may lose more.

        From the file, where somebody else's program wrote its lines in another form.
        """
        raw, head = encode_events(self._events)
        if head != self.head:
            with suppress(OSError):
                raw = disk.read_all(self._fd)[: self._size]
                head = digest(raw[raw.rfind(b"\n", 0, -1) + 1 : -1])
        if head != self.head:
            raise NotWritten(f"{self.path} cannot be read back.", "Go on in a copy of it from before.")
        return raw

    def close(self) -> None:
        """Gives up the file and the lock; a log that holds no event is taken away, its name free again."""
        if self._fd < 0:
            return
        self._stopped = self._stopped or f"{self.path} is closed."
        ours = os.fstat(self._fd)
        empty = ours.st_size == 0 and self._is_at_path(ours)
        os.close(self._fd)
        self._fd = -1
        if empty:
            with suppress(OSError):
                Path(self._place).unlink()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _put(self, raw: bytes) -> None:
        """One write and one sync; whatever interrupts them ends the writing and takes back what it can."""
        written = False
        try:
            taken = disk.write(self._fd, raw)
            if taken < len(raw):
                raise OSError(0, f"the disk took only {taken} of {len(raw)} bytes, and is probably full")
            written = True
            disk.sync(self._fd)
        except BaseException as cause:
            words = reason(cause) if isinstance(cause, OSError) else "it was interrupted"
            self._stop(words, self._take_back(), written)
            if isinstance(cause, OSError):
                raise NotWritten(self._stopped, _REMEDY) from cause
            raise

    def _take_back(self) -> bool:
        """Cuts the file to what was acknowledged; if that fails too, the next opening judges the rest."""
        try:
            disk.cut(self._fd, self._size)
        except OSError:
            return False
        return True

    def _stop(self, words: str, taken_back: bool, written: bool) -> None:
        self._stopped = f"The event is not recorded in {self.path}: {words}."
        if not taken_back:
            self._stopped += " It could not be taken off the disk either, and may show when the log is reopened."
        elif written:  # the cut is not synced: a second sync proves nothing once one has failed
            self._stopped += " It was taken off again, and may show all the same if the computer stops now."

    def _check_unchanged(self) -> None:
        """Raises NotWritten, and ends the writing, if another program touched the file despite the lock."""
        ours = os.fstat(self._fd)
        size = ours.st_size
        if size == self._size and self._is_at_path(ours):
            return
        grown = f"has {size} bytes where {self._size} were expected: another program wrote to it"
        what = grown if size != self._size else "was replaced or removed by another program"
        self._stopped = f"The event is not recorded: {self.path} {what}."
        raise NotWritten(self._stopped, "Find out which, then resume the session.")

    def _is_at_path(self, ours: os.stat_result) -> bool:
        try:
            there = os.stat(self._place)  # noqa: PTH116 - before each write; making a Path would take longer
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def _set_aside(self, torn: Torn | None) -> None:
        """Saves an unfinished command beside the log, and only then cuts it off."""
        if torn is None:
            return
        try:
            unfinished = disk.read_all(self._fd)[torn.offset :]
            kept = _save_torn(self.path, unfinished)
            disk.cut(self._fd, torn.offset)
            disk.sync(self._fd)
        except OSError as cause:
            raise NotWritten(
                f"The unfinished last command of {self.path} cannot be set aside: {reason(cause)}.",
                "Free the disk or mend it, then resume the session.",
            ) from cause
        self._size = torn.offset
        self.torn = SetAside(kept, len(unfinished))


def _make_folder(path: Path) -> None:
    try:
        disk.make_folder(path.absolute().parent)
    except (NotADirectoryError, FileExistsError) as cause:
        raise UsageError(f"{path} cannot be created: {path.parent} is not a folder.") from cause
    except OSError as cause:
        raise NotWritten(f"{path} cannot be created: {reason(cause)}.") from cause


def _check_free(path: Path) -> None:
    if os.path.lexists(path):
        free = next_free(path)
        raise NameTaken(f"There is a log at {path} already.", f"Free is: {name_of(free)}")


def _create(path: Path) -> int:
    """A new file whose name lasts; where it would not, none is left."""
    real = path.resolve()
    try:
        fd = disk.create(real)
    except OSError as cause:
        _check_free(path)
        raise NotWritten(f"{path} cannot be created: {reason(cause)}.") from cause
    try:
        disk.sync_folder(real.parent)
    except OSError as cause:
        os.close(fd)
        with suppress(OSError):
            real.unlink()
        raise NotWritten(f"{path} cannot be created: {reason(cause)}.") from cause
    return fd


def _open_to_append(path: Path) -> int:
    try:
        return disk.open_to_append(path)
    except OSError as cause:
        raise _not_for_writing(path, cause) from cause


def _settle(fd: int, path: Path) -> None:
    """Syncs a log before it is read, since a writer that was killed may have left lines that never were.

    Else they would be shown as recorded, and gone if the machine stopped.
    """
    try:
        disk.sync(fd)
        disk.sync_folder(path.resolve().parent)
    except OSError as cause:
        raise _not_for_writing(path, cause) from cause


def _not_for_writing(path: Path, cause: OSError) -> NotWritten:
    return NotWritten(
        f"{path} cannot be opened for writing: {reason(cause)}.", "It can be read: tabletop log, tabletop report."
    )


def _read_for_writing(fd: int, path: Path) -> Reading:
    """The proved reading of a log that may be written; raises where it may not."""
    try:
        raw = disk.read_all(fd)
    except OSError as cause:
        raise UsageError(f"{path} cannot be read: {reason(cause)}.") from cause
    reading = parse(raw, path)
    if reading.damage:
        raise LogDamaged(f"{path}:{reading.damage.line}: {reading.damage.wrong}", DAMAGE_REMEDY)
    if reading.newer:
        raise NotALog(
            f"{path} was written by a newer tabletop, in a format beyond tabletop-log/{VERSION}.",
            "It can be read here; to go on writing it, install that version.",
        )
    return reading


def _check_first(written: Written, path: Path) -> None:
    """Holds a log's first line to what its readers will ask of it."""
    stretch = Stretch(written.events, len(written.events), written.head, "")
    check_opening(stretch, written.raw, path)
    if wrong := wrong_exercise(stretch):
        raise NotALog(f"The log {path} cannot begin so: {wrong}")


def _save_torn(path: Path, unfinished: bytes) -> Path:
    """Keeps the bytes in the first free of NAME.torn-1, NAME.torn-2, …"""
    for number in count(1):
        kept = beside(path, f"torn-{number}")
        try:
            disk.write_new(kept, unfinished)
        except FileExistsError:
            continue
        return kept
    raise AssertionError("count does not end")
