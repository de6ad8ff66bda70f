"""The day that is meant by what people write into "until when"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "(?P<month>" + "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + r"|sept)\.?"
_FORMS = tuple(
    re.compile(rf"\b{form}(?!\w)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<number>\d\d?)-(?P<day>\d\d?)",
        rf"(?P<day>\d\d?)(st|nd|rd|th)?( of)? {_MONTH},? (?P<year>\d{{4}})",
        rf"{_MONTH} (?P<day>\d\d?)(st|nd|rd|th)?,? (?P<year>\d{{4}})",
        r"Q(?P<quarter>[1-4])[ /-]?(?P<year>\d{4})",
        r"(?P<year>\d{4})[ /-]?Q(?P<quarter>[1-4])",
        rf"{_MONTH},? (?P<year>\d{{4}})",
        r"(?P<year>\d{4})-(?P<number>\d\d?)",
        rf"(?P<day>\d\d?)(st|nd|rd|th)?( of)? {_MONTH}",
        rf"{_MONTH} (?P<day>\d\d?)(st|nd|rd|th)?",
        r"(?P<year>\d{4})\.?$",
    )
)
_IN = re.compile(r"(?<!\w)(?P<count>\d{1,4}) ?(?P<unit>d|w|m|y|days?|weeks?|months?|years?)(?!\w)", re.IGNORECASE)


def due_on(text: str, agreed: date) -> date | None:
    """The last day on which it is in time; None where no date can be read.

    Read are dates (``2027-03-01``, ``1 March 2027``, ``March 1, 2027``; without a year the next such day after
    it was ``agreed``), months, quarters and years, which end with their last day, and spans (``30d``, ``within 6
    weeks``), which count from ``agreed``.
    """
    row = " ".join(text.split())
    for form in _FORMS:
        if found := form.search(row):
            day = _day(found.groupdict(), agreed)
            if day is not None:
                return day
    span = _IN.search(row)
    return _after(agreed, int(span["count"]), span["unit"][0].lower()) if span else None


def days(text: str) -> int | None:
    """A span of days as options take it: ``30d``, ``6w``, or a number of days; None for anything else."""
    found = re.fullmatch(r"(\d{1,5})([dw]?)", text.strip().lower())
    return int(found[1]) * (7 if found[2] == "w" else 1) if found else None


def _day(parts: dict[str, str | None], agreed: date) -> date | None:
    month = _month(parts)
    year = parts.get("year")
    try:
        if year is None:
            return _next(month or 1, int(parts["day"] or 1), agreed)
        if day := parts.get("day"):
            return date(int(year), month or 1, int(day))
        return _last_of(int(year), month or 12)
    except ValueError:
        return None


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("month"):
        return next(place for place, known in enumerate(_MONTHS, start=1) if known.startswith(name[:3].lower()))
    if quarter := parts.get("quarter"):
        return int(quarter) * 3
    number = parts.get("number")
    return int(number) if number else None


def _next(month: int, day: int, agreed: date) -> date:
    this = date(agreed.year, month, day)
    return this if this >= agreed else date(agreed.year + 1, month, day)


def _last_of(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def _after(agreed: date, count: int, unit: str) -> date | None:
    try:
        if unit in "dw":
            return agreed + timedelta(days=count * (7 if unit == "w" else 1))
        months = agreed.month - 1 + count * (12 if unit == "y" else 1)
        year, month = agreed.year + months // 12, months % 12 + 1
        return date(year, month, min(agreed.day, monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None
