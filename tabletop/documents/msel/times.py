"""Times in every form that a MSEL has them in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from tabletop.documents.msel.grid import Value

DAY = 1440
_LONGEST = 80


@dataclass(frozen=True)
class When:
    """A time that was read.

    ``minutes`` are those since the start or since H (``elapsed``, ``hour``), or those of the day (``clock``; None: a
    day without a time). ``date`` is the calendar's, ``day`` counts from D; ``offset`` is that from UTC.
    """

    form: Literal["elapsed", "hour", "clock"]
    minutes: int | None = None
    date: date | None = None
    day: int | None = None
    offset: int | None = None
    whole: bool = True
    """Whether the text said nothing besides."""


_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTH = r"(?P<month>[a-z]{3})[a-z]*\.?"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?:(?:[:h.])(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)"
_MILITARY = r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)"
_NAMED_ZONE = r"(?P<zone>z|[a-y]|utc|gmt|kst|jst|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest)?"
_ZONE = r"(?P<zone>z|[a-y]|utc|gmt|kst|jst|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|[+-]\d\d:?\d\d)?"
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "kst": 540, "jst": 540, "cet": 60, "cest": 120} | {
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
_LOCAL = ("j", "l")  # Juliett is local time; Lima is what most people write for it
_LENGTH = re.compile(
    r"\+?\s*(?:(?P<hours>\d{1,5}(?:\.\d{1,5})?)\s*(?:h|hr|hrs|hour|hours|시간|時間)\.?)?\s*"
    r"(?:(?P<minutes>\d{1,5})\s*(?:m|min|mins|minute|minutes|'|’|분|分)\.?)?"
)


def read_time(value: Value) -> When | None:
    """A time out of a cell; None where there is none in it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, timedelta):
        return When("elapsed", round(value.total_seconds() / 60))
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, time):
        return When("clock", value.hour * 60 + value.minute)
    if isinstance(value, date):
        return When("clock", date=value)
    return _from_number(value) if isinstance(value, int | float) else _from_text(value)


def read_length(value: Value) -> int | None:
    """Whole minutes from a cell in which a stretch of time stands; 5 is five minutes, 0:05 too."""
    if isinstance(value, bool):
        return None
    if isinstance(value, timedelta) and value and value % timedelta(days=1) == timedelta():
        return value.days  # a bare number, typed into a cell that shows hours and minutes
    if isinstance(value, int) or (isinstance(value, float) and value >= 1):
        return int(value) if 0 <= value <= 100_000 and value == int(value) else None
    when = read_time(value)
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}", value):
        return int(value)
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{1,4}):([0-5]\d)", value)):
        return int(found[1]) * 60 + int(found[2])
    if when is None or when.date or when.day or when.minutes is None or when.minutes < 0:
        return None
    return when.minutes if when.whole else None


def _from_datetime(value: datetime) -> When:
    if value.year < 1905:  # a stretch of time that a spreadsheet counts from its first day
        return When("elapsed", round((value - datetime(1899, 12, 31)) / timedelta(minutes=1)))
    minutes = value.hour * 60 + value.minute
    return When("clock", minutes or None, value.date())


def _from_number(value: float) -> When | None:
    if 0 <= value < 1 and isinstance(value, float):
        return When("clock", round(value * DAY) % DAY)
    if 20_000 < value < 80_000:
        return _from_datetime(datetime(1899, 12, 30) + timedelta(minutes=round(value * DAY)))
    if value != int(value) or not 0 <= value < 20_000:
        return None
    hours, minutes = divmod(int(value), 100)
    return When("clock", hours * 60 + minutes) if 1 <= hours < 24 and minutes < 60 else When("elapsed", int(value))


def _from_text(text: str) -> When | None:
    if len(text) > _LONGEST:
        return None
    told = " ".join(text.replace("−", "-").replace("–", "-").casefold().split())
    for form, read in _FORMS:
        if found := re.match(form, told):
            try:
                when = read(found)
            except ValueError:
                continue
            rest = told[found.end() :].strip(" ,;-()")
            if rest and not _separate(told, found.end()):
                continue
            return replace(when, whole=not rest or _means_nothing(rest))
    return None


def _separate(text: str, end: int) -> bool:
    """Whether what follows is another word, and not the rest of a number or of this one."""
    return not (text[end].isalnum() or text[end] in "./:")


def _means_nothing(rest: str) -> bool:
    return rest in ("hrs", "hours", "hr", "h", "local", "l", "lt", "uhr")


def _minutes(found: re.Match[str]) -> int | None:
    named = found.groupdict()
    if named.get("hour") is None:
        return None
    hour = int(named["hour"])
    half = (named.get("half") or "").replace(".", "")
    if half:
        hour = hour % 12 + (12 if half in ("pm", "오후", "午後") else 0)
    if hour > 23:
        raise ValueError
    return hour * 60 + int(named.get("minute") or 0)


def _offset(zone: str | None) -> int | None:
    if not zone or zone in _LOCAL:
        return None
    if zone in _ZONES:
        return _ZONES[zone]
    if zone[0] in "+-":
        size = int(zone[1:3]) * 60 + int(zone[-2:])
        return size if zone[0] == "+" else -size
    if zone <= "m":
        return ("abcdefghiklm".index(zone) + 1) * 60
    return -("nopqrstuvwxy".index(zone) + 1) * 60


def _calendar(found: re.Match[str]) -> date:
    named = found.groupdict()
    month = named["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3], 0)
    year, day = int(named["year"]), int(named["day"])
    if month.isdigit() and named.get("swap") is not None and number > 12:
        number, day = day, number
    return date(year + 2000 if year < 100 else year, number, day)


def _dated(found: re.Match[str]) -> When:
    return When("clock", _minutes(found), _calendar(found), offset=_offset(found.groupdict().get("zone")))


def _on_day(found: re.Match[str]) -> When:
    sign, number = found["sign"] or "", found["days"]
    day = int(f"{sign}{number}") if number else 0
    return When("clock", _minutes(found), day=day, offset=None)


def _on_numbered_day(found: re.Match[str]) -> When:
    return When("clock", _minutes(found), day=int(found["days"]) - 1)


def _of_day(found: re.Match[str]) -> When:
    return When("clock", _minutes(found), offset=_offset(found.groupdict().get("zone")))


def _from_h(found: re.Match[str]) -> When:
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    size = hours * 60 + minutes
    return When("hour", -size if found["sign"] == "-" else size)


def _from_h_length(found: re.Match[str]) -> When:
    size = _length(found["length"])
    return When("hour", -size if found["sign"] == "-" else size)


def _from_t(found: re.Match[str]) -> When:
    """T counts minutes, unless it is written as hours and minutes."""
    return When("elapsed", int(found["hours"] or 0) * 60 + int(found["minutes"] or 0))


def _length(text: str) -> int:
    found = _LENGTH.fullmatch(text.strip())
    if not found or not (found["hours"] or found["minutes"]):
        raise ValueError
    return round(float(found["hours"] or 0) * 60) + int(found["minutes"] or 0)


def _elapsed(found: re.Match[str]) -> When:
    return When("elapsed", _length(found["length"]))


def _plus(found: re.Match[str]) -> When:
    return When("elapsed", int(found["hours"] or 0) * 60 + int(found["minutes"]))


_HALF = r"(?: ?(?P<half>[ap]\.?m\.?))?"
_SOME_LENGTH = (
    r"(?P<length>(?:\d{1,5}(?:\.\d{1,5})?\s*(?:hours|hour|hrs|hr|h)\.?\s*)?"
    r"(?:\d{1,5}\s*(?:minutes|minute|mins|min|m|'|’)\.?)?)"
)


_TIME_AFTER = rf"(?:[ t,]+(?:at )?(?:{_CLOCK}{_HALF}) ?{_ZONE}(?!\w))"
_MILITARY_AFTER = rf"(?:[ t,]+(?:at )?{_MILITARY} ?{_ZONE}(?: ?h(?:rs|ours)?\b)?(?!\w))"

_DATES = (
    r"(?P<year>\d{4})[-/.] ?(?P<month>\d{1,2})[-/.] ?(?P<day>\d{1,2})\.?",
    r"(?P<year>\d{4}) ?[년年] ?(?P<month>\d{1,2}) ?[월月] ?(?P<day>\d{1,2}) ?[일日]",
    rf"(?:[a-z]{{3,9}},? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]?{_MONTH}[ ,-]*(?P<year>\d{{4}}|\d{{2}})(?!\d)",
    rf"(?:[a-z]{{3,9}},? )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})(?!\d)",
    r"(?P<month>\d{1,2})(?P<swap>/)(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})(?!\d)",
)
_DAYS = (
    (r"d(?:-day)? ?(?P<sign>[-+]) ?(?P<days>\d{1,4})", _on_day),
    (r"d(?:-day)?(?P<sign>)(?P<days>)(?= |$)", _on_day),
    (r"day[ -]?#?(?P<days>\d{1,4})", _on_numbered_day),
    (r"(?P<days>\d{1,4}) ?일차", _on_numbered_day),
    (r"(?P<days>\d{1,4}) ?日目", _on_numbered_day),
)
_FORMS: list[tuple[str, Callable[[re.Match[str]], When]]] = [
    (
        rf"(?P<day>\d{{2}})[ -]?{_MILITARY} ?(?P<zone>[a-z])? ?{_MONTH} ?(?P<year>\d{{4}}|\d{{2}})(?!\d)",
        _dated,
    ),
    *((f"{day}{after}", _dated) for day in _DATES for after in (_TIME_AFTER, _MILITARY_AFTER, "")),
    *((f"{day}{after}", read) for day, read in _DAYS for after in (_TIME_AFTER, _MILITARY_AFTER, "")),
    (r"h ?(?P<sign>[-+]) ?(?P<hours>\d{1,4})[:h](?P<minutes>[0-5]\d)", _from_h),
    (r"h ?(?P<sign>[-+]) ?(?P<hours>\d\d)(?P<minutes>[0-5]\d)(?!\d)", _from_h),
    (rf"h ?(?P<sign>[-+]) ?(?=\d){_SOME_LENGTH}(?![\w:.])", _from_h_length),
    (r"h ?(?P<sign>[-+]) ?(?P<hours>\d{1,4})(?P<minutes>)(?![\d:])", _from_h),
    (r"(?P<sign>)h(?:-hour)?(?P<hours>)(?P<minutes>)(?=$| )", _from_h),
    (rf"(?:t|startex) ?\+ ?(?=\d){_SOME_LENGTH}(?![\w:.])", _elapsed),
    (r"(?:t|startex) ?\+ ?(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,5})(?![\d:])", _from_t),
    (r"(?P<hours>)(?P<minutes>)startex", _from_t),
    (r"\+ ?(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,5})(?![\w:.])", _plus),
    (rf"{_MILITARY} ?h(?:rs|ours)?\b", _of_day),
    (rf"(?=\d){_SOME_LENGTH}(?![\w:.])(?<!\d)", _elapsed),
    (rf"{_CLOCK}{_HALF} ?{_ZONE}(?!\w)", _of_day),
    (rf"{_MILITARY} ?{_NAMED_ZONE}(?!\w)", _of_day),
    (r"(?P<hour>[1-9])(?P<minute>[0-5]\d)(?!\w)", _of_day),
    (r"(?P<hour>\d{1,2}) ?(?P<half>[ap]\.?m\.?)(?!\w)", _of_day),
    (r"(?P<half>오전|오후|午前|午後)? ?(?P<hour>\d{1,2}) ?[시時:] ?(?:(?P<minute>\d{1,2}) ?[분分]?)?", _of_day),
]


def story_text(when: When, first: date | None) -> str:
    """A time as the format's story time; a date without an offset is a day counted from the first, which is D."""
    if when.form == "hour":
        hours, minutes = divmod(abs(when.minutes or 0), 60)
        sign = "-" if (when.minutes or 0) < 0 else "+"
        return f"H{sign}{hours}{f':{minutes:02}' if minutes else ''}"
    if when.form == "elapsed":
        return ""
    if when.date is not None and when.offset is not None and when.minutes is not None:
        sign, offset = "-" if when.offset < 0 else "+", abs(when.offset)
        clock = f"{when.minutes // 60:02}:{when.minutes % 60:02}"
        return f"{when.date.isoformat()}T{clock}{sign}{offset // 60:02}:{offset % 60:02}"
    day = when.day or 0
    if when.date is not None:
        day = (when.date - first).days if first is not None else 0
    clock = "" if when.minutes is None else f" {when.minutes // 60:02}:{when.minutes % 60:02}"
    return f"D{day:+}{clock}"


def axis(when: When) -> int:
    """A time as minutes that can be compared with others of its kind."""
    if when.form != "clock":
        return when.minutes or 0
    if when.date is None:
        return (when.day or 0) * DAY + (when.minutes or 0)
    return when.date.toordinal() * DAY + (when.minutes or 0) - (when.offset or 0)
