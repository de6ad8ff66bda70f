"""Story times: text for people that decides nothing, read only to find one that is none or runs backwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from datetime import time as clock

from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.reading.looking import injects_of, maps, text_of, under
from tabletop.scenario.reading.nodes import Map, Scalar, Steps, shown


class StoryClock:
    """Story times as minutes to compare: from D+0 00:00, or from 1970 where there is no D.

    D begins at midnight of the place whose offset the first date with a time has.
    """

    def __init__(self, root: Map) -> None:
        self._h, self._d = 0, 0
        with suppress(ValueError):
            self._h = scalars.hour_h(text_of(root, "h_hour") or "D+0")
        with suppress(ValueError, OverflowError):
            day = datetime.combine(date.fromisoformat(text_of(root, "d_day") or ""), clock.min)
            self._d = int(day.replace(tzinfo=_zone(root)).timestamp() // 60)

    def minute(self, time: str | None) -> int | None:
        """The minute of a story time; None where there is none, or it cannot be read."""
        try:
            read = scalars.story_time(time, self._h) if time else None
        except ValueError:
            return None
        if read is None or read.relative:
            return read.minutes if read else None
        return read.minutes - self._d


def _zone(root: Map) -> tzinfo:
    for value, _ in _places(root):
        with suppress(ValueError):
            if not scalars.story_time(value).relative:
                return datetime.fromisoformat(value).tzinfo or UTC
    return UTC


def _places(root: Map) -> Iterator[tuple[Scalar, Steps]]:
    """Every story time of play that is written, with the way to it."""
    start, steps = under(root, "scenario_starts", ())
    if isinstance(start, Scalar):
        yield start, steps
    for thing, at in [*maps(*under(root, "moves", ())), *injects_of(root)]:
        value, steps = under(thing, "scenario_time", at)
        if isinstance(value, Scalar):
            yield value, steps


def story_faults(root: Map) -> list[Fault]:
    """Story times that are none; days counted from D among dates where nothing says when D is."""
    faults = [*_ties(root)]
    families: dict[bool, Scalar] = {}
    for value, steps in _places(root):
        try:
            relative = scalars.story_time(value).relative
        except ValueError as cause:
            faults.append(_wrong(value, steps, str(cause)))
            continue
        families.setdefault(relative, value)
        if len(families) == 2 and "d_day" not in root:
            other = families[not relative].place
            help = f"Add `d_day:` with the date that D is; the other kind stands in {other.file}:{other.line}."
            faults.append(_wrong(value, steps, "dates and days counted from D are mixed", help))
            break
    return faults


def _ties(root: Map) -> Iterator[Fault]:
    """``d_day`` and ``h_hour``, which say when D and H are."""
    for key, read in (("d_day", date.fromisoformat), ("h_hour", scalars.hour_h)):
        value, steps = under(root, key, ())
        if isinstance(value, Scalar):
            try:
                read(value)
            except ValueError:
                wanted = "a date is wanted, such as 2026-11-23"
                yield _wrong(value, steps, wanted if key == "d_day" else "a time is wanted, such as D+0 06:12")


def _wrong(value: Scalar, steps: Steps, why: str, help: str = "Write it so, or say it in a text.") -> Fault:
    return Fault.at(value.place, "wrong-type", f"`{value}`: {why}.", shown(steps), help)
