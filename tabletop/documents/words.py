"""Numbers, times and lists as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from tabletop.documents.blocks import Words, joined, say
from tabletop.review.phrases import and_listed, because, count, lasting, quoted
from tabletop.review.phrases import clock_time as clock

__all__ = [
    "MEANINGS",
    "RATINGS",
    "and_listed",
    "bare",
    "because",
    "capital",
    "clock",
    "count",
    "cut",
    "date",
    "date_time",
    "first_sentence",
    "in_a_row",
    "joined_lines",
    "lasting",
    "listed",
    "minute",
    "or_none",
    "quoted",
    "sentence",
    "time_of_day",
    "times",
    "was",
]

_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+(?=\S)")

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


def was(number: int) -> str:
    """``was`` or ``were``."""
    return "was" if number == 1 else "were"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


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


def sentence(text: str) -> str:
    """The text with a full stop at its end, unless it ends a sentence already."""
    stripped = text.rstrip()
    ends = stripped.rstrip('”")')[-1:]
    return stripped if ends in ("", *".!?…。！？") else f"{stripped}."


def bare(text: str) -> str:
    """The text without the full stop at its end, for a sentence that goes on."""
    stripped = text.strip()
    return stripped[:-1] if stripped.endswith(".") and not stripped.endswith("..") else stripped


def in_a_row(text: str) -> str:
    """What somebody wrote, in one line: a stroke stands where a line ended."""
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())


def cut(text: str, most: int = 160) -> str:
    """The text in one line, cut at a word where it is long."""
    line = in_a_row(text)
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    row = " ".join(text.split())
    return _SENTENCE_END.split(row, maxsplit=1)[0]


def times(number: int) -> str:
    """``once``, ``twice``, ``3 times``."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


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
