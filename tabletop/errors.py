"""What can go wrong that a person can mend.

    TabletopError                 a sentence and a remedy; exit code 1
    ├── UsageError                wrong arguments, or a path that is not there; exit code 2
    ├── ExerciseInvalid           an exercise with faults (tabletop.scenario.diagnostics)
    ├── Refused                   an act that the rules of play do not allow
    └── LogError                  the record of a session
        ├── NameTaken             a log of that name exists already
        ├── LogLocked             another program writes it
        ├── LogDamaged            the chain is broken; it opens for reading only
        ├── NotALog               the file is something else, or of a newer format
        └── NotWritten            the disk did not take it; nothing was recorded

Programming errors are not among them and are never caught.
"""

from __future__ import annotations


class TabletopError(Exception):
    """A fault that a person can mend: one plain sentence, and what to do about it."""

    exit_code = 1

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence if not remedy else f"{sentence} {remedy}")
        self.sentence = sentence
        self.remedy = remedy


class UsageError(TabletopError):
    """The arguments are wrong, or a path is not there or cannot be read."""

    exit_code = 2


class Refused(TabletopError):
    """The rules of play do not allow the act; nothing was written."""


class LogError(TabletopError):
    """Something about the record of a session."""


class NameTaken(LogError):
    """A log of that name exists already; logs are never overwritten."""


class LogLocked(LogError):
    """Another program is writing this log."""


class LogDamaged(LogError):
    """The chain of the log is broken; it can be read up to there and not written."""


class NotALog(LogError):
    """The file is not a session log, or one of a newer format."""


class NotWritten(LogError):
    """The disk did not take the event; it is not recorded."""
