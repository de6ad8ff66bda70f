"""The record of a session: an append-only chain of events that anyone can check.

The journal knows lines, not rules of play. ``FileJournal`` writes one session to one file, ``MemoryJournal``
keeps one for rehearsals; ``read_log``, ``Follower`` and ``verify`` read without a lock. Importing this loads
neither models nor screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tabletop.journal.alive import Alive, read_alive, write_alive
from tabletop.journal.chain import NO_HEAD, canonical_sha256
from tabletop.journal.drafts import Typed, read_drafts, write_drafts
from tabletop.journal.event import Draft, Event
from tabletop.journal.file import FileJournal, SetAside
from tabletop.journal.folder import (
    list_logs,
    log_path,
    logs_folder,
    name_of,
    new_log_path,
    next_free,
    places_to_go_on,
    safe_name,
)
from tabletop.journal.memory import MemoryJournal
from tabletop.journal.proving import Report, verify
from tabletop.journal.reading import Damage, Follower, Reading, Torn, read_log


class Journal(Protocol):
    """Where a session's events are kept, in order, each only once acknowledged."""

    @property
    def events(self) -> Sequence[Event]:
        """All events, in order; grows with each append."""

    @property
    def head(self) -> str:
        """The SHA-256 of the last line in hex; 64 zeros when there is none."""

    @property
    def writable(self) -> bool:
        """Whether an append can succeed."""

    @property
    def name(self) -> str:
        """The session's name."""

    def append(self, drafts: Sequence[Draft], *, expect: int) -> Sequence[Event]:
        """Records the events of one command and returns them as recorded, once they are safe.

        ``expect`` is the seq that the first is to have. Raises LogError where another has it, NotWritten
        where the medium did not take them; then none is recorded.
        """

    def close(self) -> None:
        """Ends the writing; what is recorded stays."""


__all__ = [
    "NO_HEAD",
    "Alive",
    "Damage",
    "Draft",
    "Event",
    "FileJournal",
    "Follower",
    "Journal",
    "MemoryJournal",
    "Reading",
    "Report",
    "SetAside",
    "Torn",
    "Typed",
    "canonical_sha256",
    "list_logs",
    "log_path",
    "logs_folder",
    "name_of",
    "new_log_path",
    "next_free",
    "places_to_go_on",
    "read_alive",
    "read_drafts",
    "read_log",
    "safe_name",
    "verify",
    "write_alive",
    "write_drafts",
]
