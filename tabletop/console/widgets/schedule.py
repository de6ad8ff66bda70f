"""The schedule of the move: a row for each inject, its status in words."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.console import words
from tabletop.console.glance import Glance
from tabletop.console.safe import cut, fit, say, wrapped
from tabletop.scenario.model import Condition
from tabletop.session.schedule import Slot

STATUS = {
    "released": "done",
    "due": "DUE",
    "skipped": "skip",
    "held": "hold",
    "lost": "lost",
    "pocket": "pock",
    "pending": "",
}
_STYLES = {"due": "bold reverse", "released": "dim", "skipped": "dim", "lost": "dim"}


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
        self._made: dict[tuple[str, int], tuple[Slot, tuple[str, ...], int, Content]] = {}

    @property
    def chosen(self) -> str | None:
        """The inject under the cursor."""
        at = self.highlighted
        return self._rows[at][0] if at is not None and at < len(self._rows) else None

    def show(self, glance: Glance) -> None:
        """Bring the rows up to date; only those that changed are drawn again."""
        due = len(glance.due)
        self.border_title = f"Schedule, {due} due" if due else "Schedule"
        width = max(12, (self.content_size.width or 30) - 2 * self.show_vertical_scrollbar)
        lines = {"lost": 1}  # what another move has left gives way to what this one still needs
        height, rows = 0, []
        for slot in glance.slots:
            rows.append((slot.inject.id, self._row(slot, glance, width, lines.get(slot.status, 2))))
            height += rows[-1][1].plain.count("\n") + 1
            if height > self.content_size.height:
                rows = [(slot.inject.id, self._row(slot, glance, width, 1)) for slot in glance.slots]
                break
        if [id for id, _ in rows] != [id for id, _ in self._rows]:
            self._rebuild(rows)
            return
        for at, ((_, new), (_, old)) in enumerate(zip(rows, self._rows, strict=True)):
            if not new.is_same(old):
                self.replace_option_prompt_at_index(at, new)
        self._rows = rows

    def _row(self, slot: Slot, glance: Glance, width: int, lines: int) -> Content:
        """A row; of most injects it is the same from second to second."""
        key = (slot.inject.id, lines)
        to = glance.addressees(slot) if slot.status == "due" else ()
        made = self._made.get(key)
        if made is None or made[:3] != (slot, to, width):
            made = self._made[key] = slot, to, width, _row(slot, to, glance, width, lines)
        return made[3]

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


def _row(slot: Slot, cells: tuple[str, ...], glance: Glance, width: int, lines: int) -> Content:
    """Mark, time and title, the title in so many lines at most; below it what else there is to say."""
    status = slot.status
    mark = "if" if status == "pending" and slot.conditional else STATUS[status]
    when = _when(slot)
    to = words.cell_names(cells, glance.state.index)
    line = f"{mark:<4} {when:>4} "
    room = max(4, width - len(line))
    title = wrapped(fit(slot.inject.title, room * (lines + 1)), room)
    title = [*title[: lines - 1], cut(" ".join(title[lines - 1 :]), room)] if len(title) > lines else title
    row = say(line + f"\n{'':{len(line)}}".join(title), _STYLES.get(status, ""))
    below = _below(slot, to)
    quiet = "" if status == "due" else "dim"
    return Content.assemble(row, "\n", say("  " + cut(below, width - 2), quiet)) if below else row


def _when(slot: Slot) -> str:
    """The minute of this move at which it is planned, where one can be named."""
    if slot.status in ("pocket", "lost"):
        return ""
    if slot.moment is None and slot.conditional and not slot.inject.at:
        return ""  # as soon as what it waits for has come
    return words.plan_time(slot.moment if slot.moment is not None else slot.inject.at * 60)


def waits_for(when: Condition) -> str:
    """A `when` as short as a row wants it, by the names that stand in the file."""
    parts = [f"{place}: {' or '.join(options)}" for place, options in when.chose.items()]
    parts += [f"{track} {comparison}" for track, comparison in when.track.items()]
    parts += [f"after {inject}" for inject in when.released]
    if when.any_ is not None:
        parts.append("(" + " or ".join(waits_for(part) for part in when.any_) + ")")
    if when.not_ is not None:
        parts.append(f"not ({waits_for(when.not_)})")
    return ", ".join(parts)


def _below(slot: Slot, to: str) -> str:
    """The second line of a row, where there is something to say."""
    if slot.status == "due":
        late = f"{int(slot.late // 60)} min late, " if slot.late >= 60 else ""
        return f"{late}to {to}"
    if slot.status == "pending" and slot.conditional and slot.moment is None:
        return waits_for(slot.inject.when) if slot.inject.when else ""
    if slot.status in ("skipped", "held", "lost") and slot.reason:
        return slot.reason
    return slot.inject.use_if or "" if slot.status == "pocket" else ""
