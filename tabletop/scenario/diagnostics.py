"""What is told about an exercise: faults and doubts, each with a stable code, a place and a remedy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Literal, NamedTuple

from tabletop.errors import TabletopError

Severity = Literal["error", "warning", "note"]


class Rule(NamedTuple):
    """A rule: its code, stable for ever, and how grave a breach is."""

    code: str
    severity: Severity


_ERRORS = (
    "not-yaml refused-yaml wrong-type missing-key unknown-key duplicate-key duplicate-id unknown-reference"
    " missing-script id-differs-from-file out-of-bounds empty-condition"
)
_STRUCTURE = (
    "one-option-decision unread-choice unread-track unexercised-objective unused-source unused-inject"
    " story-backwards bare-text-in-brackets leading-zero stale-translation left-over-translation empty-text"
)
_BRANCHES = (
    "unreachable-inject unreachable-move always-true-condition late-inject time-overrun crowded-cell idle-cell"
    " track-saturates condition-before-question not-told-yet"
)
_NOTES = (
    "not-proven missing-translation asked-unaddressed long-text no-questions move-too-full private-name missing-source"
)


def _numbered(names: str, first: int, severity: Severity) -> dict[str, Rule]:
    return {name: Rule(f"TT{first + number}", severity) for number, name in enumerate(names.split())}


RULES: dict[str, Rule] = {
    **_numbered(_ERRORS, 101, "error"),
    **_numbered(_STRUCTURE, 201, "warning"),
    **_numbered(_BRANCHES, 301, "warning"),
    **_numbered(_NOTES, 401, "note"),
}
"""Every rule by its name in words. Names are only ever added at the end of their line: codes never change."""


class Fault(NamedTuple):
    """One thing told, at one place. Lines and columns count from 1, columns in characters."""

    rule: str
    message: str
    file: str
    line: int
    column: int
    path: str = ""
    help: str = ""
    witness: tuple[str, ...] = ()

    @classmethod
    def at(cls, place: tuple[str, int, int], rule: str, message: str, path: str = "", help: str = "") -> Fault:
        """A fault at a place: file, line, column."""
        return cls(rule, message, *place, path, help)

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column."""
        return self.file, self.line, self.column

    @property
    def code(self) -> str:
        """The stable code, such as TT101."""
        return RULES[self.rule].code

    @property
    def severity(self) -> Severity:
        """error, warning or note."""
        return RULES[self.rule].severity

    def with_help(self, help: str) -> Fault:
        """The same fault with another remedy."""
        return self._replace(help=help)

    def line_text(self) -> str:
        """``file:line:col CODE message``."""
        return f"{self.file}:{self.line}:{self.column} {self.code} {self.message}"

    def as_json(self) -> dict[str, Any]:
        """The fault as `check --format json` prints it."""
        value: dict[str, Any] = {
            "code": self.code,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "help": self.help,
        }
        return value | ({"witness": list(self.witness)} if self.witness else {})


class ExerciseInvalid(TabletopError):
    """An exercise with faults; all of them are in ``faults``."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first, others = self.faults[0], len(self.faults) - 1
        if others:
            super().__init__(f"{first.line_text()} (and {others} more)", "`tabletop check` tells all of it.")
        else:
            super().__init__(first.line_text(), first.help)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """``did you mean `minutes`?``, or nothing where nothing is near."""
    near = nearest_word(word, choices)
    return f"did you mean `{near}`?" if near else ""


def nearest_word(word: str, choices: Iterable[str]) -> str:
    """The one of the choices that was probably meant, or nothing."""
    return _nearest(word, tuple(choices)) if len(word) <= _LONGEST_WORD else ""


_LONGEST_WORD = 100
"""Characters from which on a word is no slip of the pen."""


@cache
def _nearest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    if word.lower() in known:
        return word.lower()
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")
