"""A journal in memory, with the same bytes and chain as a file: for rehearsals and tests."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.errors import LogError, NotWritten
from tabletop.journal.chain import NO_HEAD, encode_command
from tabletop.journal.event import Draft, Event


def check_place(expect: int, count: int) -> None:
    """Raises LogError unless the first new event takes the place after those recorded."""
    if expect != count:
        raise LogError(
            f"The event was meant for place {expect} of the log, and the next free one is {count}.",
            "Something else was recorded meanwhile: look at it and enter this again.",
        )


class MemoryJournal:
    """A Journal that no disk holds; ``lines`` are the bytes that a file would have."""

    def __init__(self, name: str = "memory") -> None:
        self.name = name
        self.writable = True
        self.head = NO_HEAD
        self._events: list[Event] = []
        self._raw = bytearray()

    @property
    def events(self) -> Sequence[Event]:
        """All events, in order."""
        return self._events

    def append(self, drafts: Sequence[Draft], *, expect: int) -> Sequence[Event]:
        """Records the events of one command; ``expect`` is the seq of the first. Raises LogError."""
        if not self.writable:
            raise NotWritten(f"The journal {self.name} is closed.")
        check_place(expect, len(self._events))
        written = encode_command(drafts, expect, self.head)
        self._raw += written.raw
        self._events += written.events
        self.head = written.head
        return written.events

    def lines(self) -> bytes:
        """The log as a file would hold it."""
        return bytes(self._raw)

    def close(self) -> None:
        """Nothing more is recorded."""
        self.writable = False
