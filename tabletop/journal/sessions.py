"""What a list of sessions tells of each log, read off its first line and its last, unproved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabletop.errors import TabletopError
from tabletop.journal.bounds import split_lines
from tabletop.journal.folder import name_of
from tabletop.journal.reading import read_file


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One session: ``exercise`` and ``title`` of what is played, ``events`` counted, ``last`` in UTC."""

    name: str
    path: str
    exercise: str
    title: str
    events: int
    last: str
    standing: str
    """open, closed, or unreadable."""

    @classmethod
    def read(cls, path: Path) -> SessionEntry:
        """What the log says of itself; a file that is no log is listed as unreadable, not left out."""
        try:
            lines = split_lines(read_file(path))[:-1]
            first, last = json.loads(lines[0]), json.loads(lines[-1])
            exercise = first["data"]["exercise"]
            return cls(
                name=name_of(path),
                path=str(path),
                exercise=str(exercise["id"]),
                title=str(exercise["title"]),
                events=len(lines),
                last=str(last["at"]),
                standing="closed" if _closed(lines) else "open",
            )
        except (TabletopError, ValueError, KeyError, IndexError, TypeError):
            return cls(name_of(path), str(path), "", "", 0, "", "unreadable")

    def as_json(self) -> dict[str, Any]:
        """The entry as `list --json` prints it."""
        return {
            "name": self.name,
            "path": self.path,
            "exercise": self.exercise,
            "title": self.title,
            "events": self.events,
            "last": self.last,
            "standing": self.standing,
        }


def _closed(lines: list[bytes]) -> bool:
    """Whether the newest end of play was not reopened; an undo of either is left to the real reading."""
    for line in reversed(lines):
        if b'"type":"session_closed"' in line:
            return True
        if b'"type":"session_reopened"' in line:
            return False
    return False
