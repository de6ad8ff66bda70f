"""Numbers, times and lists as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from tabletop.documents.blocks import Words, joined, say

RATINGS = {
    "P": "Performed without challenges",
    "S": "Performed with some challenges",
    "M": "Performed with major challenges",
    "U": "Unable to be performed",
}
"""The ratings' names in HSEEP (FEMA, January 2020)."""

MEANINGS = {
    "P": "The objective was met, nothing else suffered for it, and plans, rules and laws were kept.",
    "S": "As P, yet it could have been met more effectively or with less effort.",
    "M": "The objective was met, but other activities or safety suffered, or plans or laws were broken.",
    "U": "The objective was not met.",
}


def count(number: int, one: str, many: str = "") -> str:
    """``1 inject``, ``2 injects``, ``no injects``."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def was(number: int) -> str:
    """``was`` or ``were``."""
    return "was" if number == 1 else "were"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def lasting(seconds: float) -> str:
    """A stretch of time: ``1 h 5 min``, ``4 min 10 s``, ``40 s``."""
    total = round(max(0.0, seconds))
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    if hours:
        return f"{hours} h {minutes} min"
    if minutes:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{rest} s"


def clock(seconds: float) -> str:
    """A reading of the exercise clock: ``1:05:09``."""
    total = int(max(0.0, seconds))
    return f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"


def minute(minutes: float) -> str:
    """A minute of a move: ``0:05``."""
    total = int(max(0.0, minutes))
    return f"{total // 60}:{total % 60:02}"


def date(at: str) -> str:
    """The day of a wall time, in UTC: ``24 November 2026``; as it stands where it cannot be read."""
    moment = _moment(at)
    return f"{moment.day} {moment:%B %Y}" if moment else at


def date_time(at: str) -> str:
    """A wall time to the minute: ``24 November 2026, 01:23 UTC``."""
    moment = _moment(at)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC" if moment else at


def time_of_day(at: str) -> str:
    """The time of day of a wall time, in UTC: ``01:23:45``."""
    moment = _moment(at)
    return f"{moment:%H:%M:%S}" if moment else at


def listed(parts: Iterable[Words]) -> Words:
    """Things in a row, with semicolons between them."""
    return joined(parts, "; ")


def joined_lines(parts: Iterable[Words]) -> Words:
    """References in a row, with commas between them."""
    return joined(parts, ", ")


def and_listed(parts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def sentence(text: str) -> str:
    """The text with a full stop at its end, unless it ends a sentence already."""
    stripped = text.rstrip()
    ends = stripped.rstrip('”")')[-1:]
    return stripped if ends in ("", *".!?…。！？") else f"{stripped}."


def bare(text: str) -> str:
    """The text without the full stop at its end, for a sentence that goes on."""
    stripped = text.strip()
    return stripped[:-1] if stripped.endswith(".") and not stripped.endswith("..") else stripped


def times(number: int) -> str:
    """``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def quoted(text: str) -> str:
    """The text in quotation marks; what is in them already as a whole is not quoted twice."""
    said = text.strip()
    inner = said[1:-1]
    whole = len(said) > 1 and said[0] + said[-1] in ('""', "“”") and not set(inner) & set('"“”')
    return f"“{inner if whole else said}”"


def or_none(words: Words | str, none: str = "None was recorded.") -> Words:
    """The words, or a sentence that says there are none."""
    said = say(words)
    return said or (none,)


def _moment(at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
