"""Times, names and standings in words, as the screens say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tabletop.console.safe import one_line

if TYPE_CHECKING:
    from tabletop.scenario.index import Index
    from tabletop.scenario.model import Exercise
    from tabletop.session.schedule import Owed
    from tabletop.session.sight import Countdown


_QUOTES = ('"', "'", "“", "‘", "«", "「", "『")


def hours(seconds: float) -> str:
    """A stretch of play as h:mm:ss."""
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def short(seconds: float) -> str:
    """A stretch as m:ss, or h:mm:ss from an hour on."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}" if whole < 3600 else hours(whole)


def plan_time(seconds: float) -> str:
    """A moment of a move as h:mm, the way authors write it."""
    whole = max(0, int(seconds)) // 60
    return f"{whole // 60}:{whole % 60:02}"


def minutes(count: int) -> str:
    """So many minutes, as h:mm from an hour on."""
    return f"{count} min" if count < 60 else f"{count // 60}:{count % 60:02} h"


def left(seconds: float | None) -> str:
    """What a countdown says: time left, or OVER; nothing where there is none."""
    if seconds is None:
        return "no limit"
    return f"{short(seconds)} left" if seconds >= 0 else f"{short(-seconds)} OVER"


def pressing(seconds: float | None, minutes: int) -> str:
    """How a countdown of so many minutes stands: ``over``, ``last`` (a quarter, two minutes at most), or ""."""
    if seconds is None:
        return ""
    if seconds < 0:
        return "over"
    return "last" if seconds <= min(120, 15 * minutes) else ""


def countdown(seconds: float | None, minutes: int) -> str:
    """What a countdown says to the facilitator: ``3:12 left``, ``LAST 1:05``, ``0:40 OVER``."""
    last = seconds is not None and pressing(seconds, minutes) == "last"
    return f"LAST {short(seconds or 0)}" if last else left(seconds)


def owed_left(each: Owed) -> str:
    """What the countdown of an answer that is owed says: ``then`` where another question comes first."""
    if not each.waits:
        return countdown(each.left, each.minutes)
    return f"then {each.minutes} min" if each.minutes else "then"


def owed_pressing(each: Owed) -> str:
    """How the countdown of an answer that is owed stands, as ``pressing`` says it."""
    return "" if each.waits else pressing(each.left, each.minutes)


def shown_left(each: Countdown) -> str:
    """What a countdown says to players: ``then`` where another question comes first."""
    return "then" if each.waits else left(each.left)


def standing(behind: float) -> str:
    """Ahead of the plan or behind it, in words, to the minute."""
    late = int(abs(behind) // 60)
    if not late:
        return "on time"
    return f"{late} min {'behind' if behind > 0 else 'ahead'}"


def wall(stamp: str) -> str:
    """A record's wall time, in the room's own zone."""
    return f"{parse(stamp).astimezone():%H:%M:%S}"


def parse(stamp: str) -> datetime:
    """An RFC 3339 time; UTC where it names no zone."""
    when = datetime.fromisoformat(stamp)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def finish_by(text: str, now: datetime) -> datetime | None:
    """The next time at which a clock shows ``16:30`` (or 1630); None where it is no time of day."""
    digits = text.strip().replace(".", ":").replace(":", "").rjust(4, "0")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4 and text.strip()):
        return None
    hour, minute = int(digits[:2]), int(digits[2:])
    if hour > 23 or minute > 59:
        return None
    here = now.astimezone()
    then = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (then if then > here else then + timedelta(days=1)).astimezone(UTC)


def cell_name(id: str, index: Index) -> str:
    """A cell as players know it."""
    cell = index.cells.get(id)
    return one_line(cell.name) if cell else one_line(id)


def cell_names(ids: Iterable[str], index: Index) -> str:
    """Cells by name; everyone where it is all players."""
    named = tuple(ids)
    if len(named) > 1 and set(named) >= set(index.players):
        return "everyone"
    return ", ".join(cell_name(each, index) for each in named) or "nobody"


def joint_names(ids: Iterable[str], index: Index) -> str:
    """Cells that answer together, by name; everyone where it is all players."""
    named = tuple(ids)
    everyone = cell_names(named, index)
    return everyone if everyone == "everyone" else " + ".join(cell_name(each, index) for each in named)


def story(time: str | None, exercise: Exercise) -> str:
    """Story time with the name of its zone."""
    return one_line(f"{time} {exercise.zone or ''}") if time else ""


def quoted(text: str) -> str:
    """The text in quotation marks; one that begins with some bears its own."""
    said = one_line(text)
    return said if said[:1] in _QUOTES else f'"{said}"'


def change(by: int) -> str:
    """A track's change, signed."""
    return f"{by:+d}" if by else ""
