"""The schedule of the move: a row for each inject, its status in words."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.console import words
from tabletop.console.glance import Glance
from tabletop.console.safe import cut, fit, say, wrapped
from tabletop.console.waiting import waits_for
from tabletop.session.schedule import Slot
from tabletop.session.state import State

STATUS = {
    "released": "done",
    "due": "DUE",
    "skipped": "skip",
    "held": "hold",
    "lost": "lost",
    "pocket": "pock",
    "pending": "",
}
_NAME = 18
"""Columns of a name in what an inject waits for."""
_MINUTE = 60.0
"""Seconds by which an inject may go out before or after its moment and still be on time."""
_STYLES = {"due": "bold reverse", "released": "dim", "skipped": "dim", "lost": "dim"}


class _Row(NamedTuple):
    """A row as it was drawn: of which slot and state, in how many columns, and from what of them."""

    slot: Slot
    state: State
    width: int
    drawn_from: object
    drawn: Content


class Schedule(OptionList):
    """The injects of the move, in plan order; the cursor chooses the one in hand."""

    class Chosen(Message):
        """The cursor came to stand on another inject."""

        def __init__(self, inject: str | None) -> None:
            super().__init__()
            self.inject = inject

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.border_title = "Schedule"
        self._rows: list[tuple[str, Content]] = []
        self._made: dict[tuple[str, int], _Row] = {}
        self._room = Size(30, 0)

    @property
    def chosen(self) -> str | None:
        """The inject under the cursor."""
        at = self.highlighted
        return self._rows[at][0] if at is not None and at < len(self._rows) else None

    def show(self, glance: Glance) -> None:
        """Bring the rows up to date; only those that changed are drawn again."""
        due = len(glance.due)
        self.border_title = f"Schedule, {due} due" if due else "Schedule"
        self._room = self.content_size or self._room  # behind the text it has none, and comes back as it was
        width = max(12, self._room.width - 2 * self.show_vertical_scrollbar)
        lines = {"lost": 1}  # what another move has left gives way to what this one still needs
        height, rows = 0, []
        for slot in glance.slots:
            rows.append((slot.inject.id, self._row(slot, glance, width, lines.get(slot.status, 2))))
            height += rows[-1][1].plain.count("\n") + 1
            if height > self._room.height:
                rows = [(slot.inject.id, self._row(slot, glance, width, 1)) for slot in glance.slots]
                break
        if [id for id, _ in rows] != [id for id, _ in self._rows]:
            self._rebuild(rows)
            return
        for at, ((_, new), (_, old)) in enumerate(zip(rows, self._rows, strict=True)):
            if new is not old and not new.is_same(old):
                self.replace_option_prompt_at_index(at, new)
        self._rows = rows

    def _row(self, slot: Slot, glance: Glance, width: int, lines: int) -> Content:
        """A row; of most injects it is the same from second to second."""
        key, state = (slot.inject.id, lines), glance.state
        made = self._made.get(key)
        if made is not None and made.slot is slot and made.state is state and made.width == width:
            return made.drawn
        to = glance.addressees(slot) if slot.status == "due" else ()
        drawn_from = (slot, to, width, went_out(slot, glance))
        same = made is not None and made.drawn_from == drawn_from
        drawn = made.drawn if made is not None and same else _row(slot, to, glance, width, lines)
        self._made[key] = _Row(slot, state, width, drawn_from, drawn)
        return drawn

    def choose(self, inject: str) -> None:
        """Put the cursor on an inject."""
        for at, (id, _) in enumerate(self._rows):
            if id == inject:
                self.highlighted = at

    def _rebuild(self, rows: list[tuple[str, Content]]) -> None:
        kept = self.chosen
        self._rows = rows
        self.set_options([Option(prompt) for _, prompt in rows])
        ids = [id for id, _ in rows]
        if kept in ids:
            self.highlighted = ids.index(kept)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell the screen, in the schedule's own words."""
        event.stop()
        self.post_message(self.Chosen(self.chosen))


def not_taken(slot: Slot) -> bool:
    """Whether its move was left without it because its branch was not taken."""
    return slot.status == "lost" and slot.conditional and bool(slot.waits_for)


def _row(slot: Slot, cells: tuple[str, ...], glance: Glance, width: int, lines: int) -> Content:
    """Mark, time and title, the title in so many lines at most; below it what else there is to say."""
    status = slot.status
    mark = "if" if status == "pending" and slot.conditional else STATUS[status]
    to = words.cell_names(cells, glance.state.index)
    line = "not taken " if not_taken(slot) else f"{mark:<4} {_when(slot, glance):>4} "
    room = max(4, width - len(line))
    title = wrapped(fit(slot.inject.title, room * (lines + 1)), room)
    title = [*title[: lines - 1], cut(" ".join(title[lines - 1 :]), room)] if len(title) > lines else title
    row = say(line + f"\n{'':{len(line)}}".join(title), _STYLES.get(status, ""))
    below = _below(slot, glance, to)
    quiet = "" if status == "due" else "dim"
    return Content.assemble(row, "\n", say("  " + cut(below, width - 2), quiet)) if below else row


def _when(slot: Slot, glance: Glance) -> str:
    """The minute of this move at which it went out, or is planned, where one can be named."""
    went = went_out(slot, glance)
    if went is not None:
        return words.plan_time(went)
    if slot.status in ("pocket", "lost"):
        return ""
    if slot.moment is None and slot.conditional and not slot.inject.at:
        return ""  # as soon as what it waits for has come
    return words.plan_time(_planned(slot))


def went_out(slot: Slot, glance: Glance) -> float | None:
    """How many seconds into this move it was released; None where it was not, or in another move."""
    released, on = glance.state.play.released.get(slot.inject.id), glance.state.play.move
    if released is None or on is None or released.seq < on.seq:
        return None
    return max(0.0, released.clock - on.started)


def _planned(slot: Slot) -> float:
    return slot.moment if slot.moment is not None else slot.inject.at * 60.0


def _below(slot: Slot, glance: Glance, to: str) -> str:
    """The second line of a row, where there is something to say."""
    if slot.status == "due":
        late = f"{int(slot.late // 60)} min late, " if slot.late >= 60 else ""
        return f"{late}to {to}"
    if slot.status == "released" and not slot.inject.contingency and slot.moment is not None:
        went = went_out(slot, glance)
        apart = went is not None and abs(went - slot.moment) > _MINUTE
        return f"planned for {words.plan_time(slot.moment)}" if apart else ""
    if slot.status == "pending" and slot.conditional and slot.moment is None:
        return waits_for(slot.inject.when, glance.state, _NAME)
    if slot.status in ("skipped", "held", "lost") and slot.reason:
        return slot.reason
    return slot.inject.use_if or "" if slot.status == "pocket" else ""
