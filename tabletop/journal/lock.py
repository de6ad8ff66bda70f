"""One writer at a time: an OS lock on NAME.lock beside the log.

The system frees it when its holder dies, however that happens. Who holds it stands in NAME.writer, a file of
its own because Windows lets nobody read a locked one; the time is that file's own.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.errors import LogLocked, NotWritten
from tabletop.journal.folder import beside, reason

if TYPE_CHECKING:
    from filelock import BaseFileLock


class WriterLock:
    """The right to write a log, held from its making until ``release`` or the end of the process."""

    def __init__(self, log_path: Path) -> None:
        """Takes the lock without waiting; raises LogLocked, or NotWritten if it cannot be set."""
        self._note = beside(log_path, "writer")
        self._lock = _taken(log_path, self._note)
        self._sign()

    def _sign(self) -> None:
        import socket  # readers have no need of it

        note = {"pid": os.getpid(), "host": socket.gethostname()}
        with suppress(OSError):  # the lock holds without it; only the refusal of others says less
            self._note.unlink(missing_ok=True)
            fd = os.open(self._note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(fd, "w", encoding="utf-8") as file:
                json.dump(note, file)

    def release(self) -> None:
        """Lets the next writer in; NAME.lock stays, since taking it away would let in two."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()


def _taken(log_path: Path, note: Path) -> BaseFileLock:
    from filelock import FileLock, Timeout  # 50 ms, of which reading a log has no need

    # One for all threads, so that the thread that closes a log need not be the one that opened it.
    lock = FileLock(beside(log_path, "lock"), mode=0o600, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout as cause:
        raise LogLocked(
            f"{log_path} is being written by {_holder(note)}.",
            "Close it there first; meanwhile it can be read: tabletop log, tabletop report.",
        ) from cause
    except OSError as cause:
        raise NotWritten(
            f"{log_path} cannot be locked for writing: {reason(cause)}.", "Its folder has to be one to write in."
        ) from cause
    return lock


def _holder(note: Path) -> str:
    """Who holds the lock, in words."""
    try:
        if not note.is_file():  # a pipe would be waited on for ever
            return "another program"
        with note.open("rb") as file:
            found = json.loads(file.read(4096))
        pid, host = int(found["pid"]), str(found["host"])
        since = datetime.fromtimestamp(note.stat().st_mtime, UTC)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return "another program"
    return f"process {pid} on {host} since {since:%Y-%m-%d %H:%M:%S} UTC"
