"""The small grammars of the format: durations, story times, comparisons, effects, ids.

Each function takes what stands in the YAML (a text, or an integer from JSON) and returns its meaning, or
raises ``ValueError`` with one plain sentence.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

RESERVED_CELLS = frozenset({"control", "facilitator", "auto"})

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_HOURS_MINUTES = re.compile(r"(?:([0-9]+)h)?(?:([0-9]+)m)?")
_CLOCK = re.compile(r"([0-9]+):([0-5][0-9])")
_DAY = re.compile(r"D([-+][0-9]+)?(?: ([01][0-9]|2[0-3]):([0-5][0-9]))?")
_HOUR = re.compile(r"H(?:([-+])([0-9]+)(?::([0-5][0-9]))?)?")
_COMPARISON = re.compile(r"(<=|==|!=|>=|<|>)\s*([-+]?[0-9]+)")


def is_id(text: str) -> bool:
    """Whether a text is lower-case ASCII words joined by hyphens."""
    return _ID.fullmatch(text) is not None


def _quoted(value: object) -> bool:
    return getattr(value, "plain", True) is False


def whole(value: object) -> int:
    """A whole number, decimal: an integer, or a plain scalar ``[-+]?[0-9]+``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and not _quoted(value) and _WHOLE.fullmatch(value):
        return int(value)
    raise ValueError("a whole number is wanted")


def truth(value: object) -> bool:
    """A truth value: ``true`` or ``false``, nothing else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and not _quoted(value) and value in ("true", "false"):
        return value == "true"
    raise ValueError("true or false is wanted")


def duration(value: object) -> int:
    """Whole minutes from ``15m``, ``1h30m``, ``1:30`` (h:mm) or a plain integer."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and value:
        if value.isascii() and value.isdigit():
            return int(value)
        for form in (_HOURS_MINUTES, _CLOCK):
            if found := form.fullmatch(value):
                hours, minutes = found.groups()
                return int(hours or 0) * 60 + int(minutes or 0)
    raise ValueError("a time in whole minutes is wanted, such as 15, 15m, 1h30m or 1:30")


def effect(value: object) -> int | str:
    """What happens to a track: an integer adds, ``"=3"`` sets (and stays a text)."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = value.strip()
        if _WHOLE.fullmatch(text):
            return int(text)
        if text.startswith("=") and _WHOLE.fullmatch(text[1:].strip()):
            return f"={int(text[1:])}"
    raise ValueError('an effect is wanted: a whole number that is added, or "=3" to set')


def comparison(value: object) -> tuple[tuple[str, int], ...]:
    """Comparisons that must all hold: ``"<= 4"``, ``">= 2, <= 4"``; an integer means equal."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (("==", value),)
    if isinstance(value, str):
        if not _quoted(value) and _WHOLE.fullmatch(value):
            return (("==", int(value)),)
        found = [_COMPARISON.fullmatch(part.strip()) for part in value.split(",")]
        if all(found):
            return tuple((match[1], int(match[2])) for match in found if match)
    raise ValueError('a comparison is wanted, such as "<= 4" or ">= 2, <= 4", in quotes')


class StoryTime(NamedTuple):
    """A point of story time: minutes since D+0 00:00 (``relative``) or since 1970 UTC."""

    minutes: int
    relative: bool
    text: str


def story_time(value: str, h_hour: int = 0) -> StoryTime:
    """Read ``D-95 09:00``, ``D+3``, ``H-6``, ``H+2:30`` or ISO 8601 with an offset.

    ``h_hour`` is the minute since D+0 00:00 at which H is.
    """
    if day := _DAY.fullmatch(value):
        days, hour, minute = (int(part or 0) for part in day.groups())
        return StoryTime(days * 1440 + hour * 60 + minute, True, value)
    if hour_form := _HOUR.fullmatch(value):
        sign, hours, minutes = hour_form.groups()
        length = int(hours or 0) * 60 + int(minutes or 0)
        return StoryTime(h_hour + (-length if sign == "-" else length), True, value)
    return _dated(value)


def hour_h(value: str) -> int:
    """When H is, in minutes from D+0 00:00: ``D+0 06:12``, or ``06:12`` of D-day."""
    if day := _DAY.fullmatch(value if value.startswith("D") else f"D+0 {value}"):
        days, hour, minute = (int(part or 0) for part in day.groups())
        return days * 1440 + hour * 60 + minute
    raise ValueError("a time is wanted, such as D+0 06:12")


def _dated(value: str) -> StoryTime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            "a story time is wanted, such as D-95 09:00, D+3, H-6, H+2:30 or 2026-08-22T18:20+09:00"
        ) from None
    return StoryTime(int(moment.timestamp() // 60), False, value)
