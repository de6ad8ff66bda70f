"""Numbers, times and lists as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from tabletop.documents.blocks import Words, joined, say
from tabletop.review.phrases import and_listed, because, count, lasting, quoted
from tabletop.review.phrases import clock_time as clock
from tabletop.review.speech import fixed, key

__all__ = [
    "MEANINGS",
    "MONTHS",
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
    "rating_within",
    "sentence",
    "time_of_day",
    "times",
    "was",
]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？])\s*(?=[^\s」』）])")

RATINGS = {
    "P": key("Performed without challenges"),
    "S": key("Performed with some challenges"),
    "M": key("Performed with major challenges"),
    "U": key("Unable to be performed"),
}
"""The ratings' names in HSEEP (FEMA, January 2020)."""

_NAMES_WITHIN = {
    "P": key("performed without challenges"),
    "S": key("performed with some challenges"),
    "M": key("performed with major challenges"),
    "U": key("unable to be performed"),
}

MEANINGS = {
    "P": key("The objective was met, nothing else suffered for it, and plans, rules and laws were kept."),
    "S": key("As P, yet it could have been met more effectively or with less effort."),
    "M": key("The objective was met, but other activities or safety suffered, or plans or laws were broken."),
    "U": key("The objective was not met."),
}


MONTHS = (
    key("January"),
    key("February"),
    key("March"),
    key("April"),
    key("May"),
    key("June"),
    key("July"),
    key("August"),
    key("September"),
    key("October"),
    key("November"),
    key("December"),
)


def rating_within(grade: str) -> str:
    """The name of a rating within a sentence."""
    return fixed(_NAMES_WITHIN[grade])


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
    return _day(moment) if moment else at


def date_time(at: str) -> str:
    """A wall time to the minute: ``24 November 2026, 01:23 UTC``."""
    moment = _moment(at)
    return fixed("{date}, {time} UTC", date=_day(moment), time=f"{moment:%H:%M}") if moment else at


def time_of_day(at: str) -> str:
    """The time of day of a wall time, in UTC: ``01:23:45``."""
    moment = _moment(at)
    return f"{moment:%H:%M:%S}" if moment else at


def listed(parts: Iterable[Words]) -> Words:
    """Things in a row, with semicolons between them."""
    return joined(parts, fixed("; "))


def joined_lines(parts: Iterable[Words]) -> Words:
    """References in a row, with commas between them."""
    return joined(parts, fixed(", "))


def sentence(text: str) -> str:
    """The text with a full stop at its end, unless it ends a sentence already."""
    stripped = text.rstrip()
    ends = stripped.rstrip('”’")」』）')[-1:]
    return stripped if ends in ("", *".!?…。！？") else f"{stripped}{fixed('.')}"


def bare(text: str) -> str:
    """The text without the full stop at its end, for a sentence that goes on."""
    stripped = text.strip()
    return stripped[:-1] if stripped.endswith((".", "。")) and not stripped.endswith("..") else stripped


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
    return fixed({1: key("once"), 2: key("twice")}.get(number, key("{number} times")), number=number)


def or_none(words: Words | str, none: str = key("None was recorded.")) -> Words:
    """The words, or a fixed text that says there are none."""
    return say(words) or (fixed(none),)


def _day(moment: datetime) -> str:
    return fixed("{day} {month} {year}", day=moment.day, month=fixed(MONTHS[moment.month - 1]), year=moment.year)


def _moment(at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
