"""The rows of the timeline and of the record, drawn for a width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from rich.cells import cell_len

from tabletop.console import words
from tabletop.console.safe import column, fit
from tabletop.console.widgets.listing import Parts, Row
from tabletop.review.lanes import Mark, spans
from tabletop.review.lines import Line, Lines
from tabletop.review.reviewing import Review
from tabletop.scenario.model import CONTROL

SIDE = 11
"""Columns of the move and the clock, at the side of the lanes."""
_LEAST = 16
"""Columns that a lane takes at least; where not all have them, some are out of sight."""


def side(line: Line) -> str:
    """Move and clock; what was added afterwards has none."""
    if line.after:
        return " afterwards"
    move = f"M{line.move}" if line.move else ""
    return f"{move:<3}{words.hours(line.clock):>7} "


# --- the timeline ------------------------------------------------------------------------------------


def all_lanes(review: Review) -> tuple[str, ...]:
    """Control and the room first, then the cells in the exercise's order."""
    return (CONTROL, *(cell.id for cell in review.exercise.cells if cell.id != CONTROL))


def in_sight(all: Sequence[str], first: int, width: int) -> tuple[Sequence[str], list[int]]:
    """The lanes that are shown from the first one on, and how wide each is."""
    room = width - SIDE
    many = max(1, min(len(all), room // _LEAST))
    first = min(first, len(all) - many)
    wide, rest = divmod(room, many)
    return all[first : first + many], [wide + (at < rest) for at in range(many)]


def lane_heads(all: Sequence[str], first: int, lines: Lines, width: int) -> str:
    """The line above the lanes."""
    shown, widths = in_sight(all, first, width)
    names = ["control, room" if lane == CONTROL else lines.cell(lane) for lane in shown]
    more = "<more>"[: 6 if len(shown) < len(all) else 0]
    head = "".join(column(f"|{name}", wide) for name, wide in zip(names, widths, strict=True))
    return f"{more:<{SIDE}}{head}"


def timeline(marks: Iterable[Mark], all: Sequence[str], first: int) -> list[Row]:
    """A row for each mark."""
    return [Row(str(mark.line.seq), mark.line.seq, partial(_mark, mark, all, first)) for mark in marks]


def _mark(mark: Mark, all: Sequence[str], first: int, width: int) -> list[Parts]:
    at = (side(mark.line), "")
    if not mark.sign:
        title = f" Move {mark.line.move}: {mark.text} "
        return [[at, (column(fit(title, width - SIDE).center(width - SIDE, "="), width - SIDE), "bold")]]
    shown, widths = in_sight(all, first, width)
    runs = dict(spans(mark.lanes, shown))
    parts: list[tuple[str, str]] = [at]
    lane = 0
    while lane < len(shown):
        many = runs.get(lane, 1)
        wide = sum(widths[lane : lane + many])
        if lane in runs:
            tail = f" {mark.tail}" if mark.tail else ""
            text = fit(f"{mark.sign} {mark.text}", wide - 1 - len(tail)) + tail
            if many > 1:
                text = f"{fit(text, wide - 2)} "
                text += "-" * (wide - 1 - cell_len(text))
            parts += [("|", "dim"), (column(text, wide - 1), "bold" if mark.sign == "*" else "")]
        else:
            parts.append((column("|", wide), "dim"))
        lane += many
    return [parts]


# --- the record --------------------------------------------------------------------------------------


def record_head(many: int) -> str:
    """The line above the record."""
    return f"{'no.':>{len(str(many)) + 1}} {'entered':<12}{'play':<{SIDE}}what happened"


def record(lines: Lines, many: int) -> list[Row]:
    """A row for each line of the log."""
    number = len(str(many)) + 1
    return [Row(str(line.seq), line.seq, partial(_entry, line, lines, number)) for line in lines]


def _entry(line: Line, lines: Lines, number: int, width: int) -> list[Parts]:
    back = "(taken back) " if line.taken_back is not None else ""
    head = f"#{line.seq}".rjust(number) + f" {words.parse(line.event.at).astimezone():%d.%m. %H:%M} {side(line)}"
    said = column(f"{back}{lines.text(line)}", max(1, width - len(head)))
    return [[(head, ""), (said, "dim" if back else "bold" if line.kind == "decision" else "")]]
