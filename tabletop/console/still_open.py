"""What earlier sessions agreed to improve that is still open and bears on the exercise at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.console.safe import one_line
from tabletop.errors import TabletopError
from tabletop.scenario.model import Exercise

if TYPE_CHECKING:
    from tabletop.review.logs import Log

_SHOWN = 5


def still_open(folder: Path, exercise: Exercise) -> list[str]:
    """A line for each such action, the oldest first; of many, how many more. Logs that cannot be read are left out."""
    from tabletop.review.improvement import open_actions

    lines = []
    for each in open_actions(_logs(folder), exercise):
        action = each.action
        told = ", ".join(one_line(part) for part in (action.owner, action.due, action.session) if part)
        lines.append(f"- {one_line(action.action)} ({told})")
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"and {more} more: tabletop actions"] if more > 0 else lines


def _logs(folder: Path) -> Iterator[Log]:
    from tabletop.journal import list_logs, name_of, read_log
    from tabletop.review.logs import Log

    try:
        paths = list_logs(folder)
    except TabletopError:
        return
    for path in paths:
        try:
            yield Log(name_of(path), read_log(path))
        except (TabletopError, OSError):
            continue
