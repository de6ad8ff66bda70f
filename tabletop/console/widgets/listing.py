"""A list of any length: only what is in sight is drawn, and a row may stand in several lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tabletop.console.safe import wrapped

Parts = Sequence[tuple[str, str]]
"""A line on the screen, in pieces of text (clean and without line ends) with a style each."""
Draw = Callable[[int], list[Parts]]
"""The lines of a row for so many terminal cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``key`` names it among the others, ``seq`` is the line of the log that it shows, if any."""

    key: str
    seq: int | None
    draw: Draw


class Listing(ScrollView, can_focus=True):
    """Rows with a cursor. ``tall`` rows are measured once a width; others take one line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False, id="listing.up"),
        Binding("down,j", "step(1)", "Down", show=False, id="listing.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="listing.page-up"),
        Binding("pagedown,ctrl+f,space", "page(1)", "Page down", show=False, id="listing.page-down"),
        Binding("home", "edge(0)", "First", show=False, id="listing.first"),
        Binding("end,G", "edge(-1)", "Last", show=False, id="listing.last"),
        Binding("enter", "select", "Details", show=False, id="listing.select"),
    ]

    class Moved(Message):
        """The cursor stands on another row, or on none."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    class Selected(Message):
        """A row was chosen."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._tall, self._nothing = False, ""
        self._tops: list[int] = []  # the first line of each row, where rows are tall
        self._drawn: dict[int, list[Parts]] = {}
        self._at = 0

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._at] if self._rows else None

    def show(self, rows: Sequence[Row], *, tall: bool, nothing: str, key: str = "") -> None:
        """Show these rows, the cursor on the one of that key; ``nothing`` is said where there are none."""
        self._rows, self._tall, self._nothing = rows, tall, nothing
        self._at = next((at for at, row in enumerate(rows) if row.key == key), 0) if key else 0
        self._measure()
        self._to_cursor()

    def go(self, seq: int) -> bool:
        """Put the cursor on the first row that shows that line of the log; says whether there is one."""
        for at, row in enumerate(self._rows):
            if row.seq == seq:
                self._at = at
                self._to_cursor()
                return True
        return False

    # --- measuring ------------------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        return max(1, self.scrollable_content_region.width)

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._measure()
        self._to_cursor()

    def _measure(self) -> None:
        self._drawn.clear()
        self._tops = []
        height = len(self._rows)
        if self._tall:
            height = 0
            for at in range(len(self._rows)):
                self._tops.append(height)
                height += len(self._lines(at))
        self.virtual_size = Size(self._width, height)
        self.refresh()

    def _lines(self, at: int) -> list[Parts]:
        if at not in self._drawn:
            if not self._tall and len(self._drawn) > 2_000:
                self._drawn.clear()
            self._drawn[at] = self._rows[at].draw(self._width - 1)
        return self._drawn[at]

    def _place(self, line: int) -> tuple[int, int]:
        """The row that a line belongs to, and which of its lines it is."""
        if not self._tall:
            return line, 0
        at = bisect_right(self._tops, line) - 1
        return at, line - self._tops[at]

    # --- moving ---------------------------------------------------------------------------------------

    def _to_cursor(self) -> None:
        """Bring the row under the cursor into sight, from its first line on, and tell."""
        if self._rows:
            top = self._tops[self._at] if self._tall else self._at
            bottom = top + (len(self._lines(self._at)) if self._tall else 1)
            height, now = max(1, self.scrollable_content_region.height), self.scroll_offset.y
            if bottom > now + height:
                now = bottom - height
            self.scroll_to(y=min(now, top), animate=False, immediate=True, force=True)
        self.refresh()
        self.post_message(self.Moved(self.row))

    def action_step(self, by: int) -> None:
        """To a neighbouring row."""
        self._set(self._at + by)

    def action_page(self, by: int) -> None:
        """A screenful on."""
        height = max(1, self.scrollable_content_region.height - 1)
        if not self._tall:
            self._set(self._at + by * height)
        elif self._rows:
            line = max(0, self._tops[self._at] + by * height)
            at = self._place(line)[0]
            self._set(at if at != self._at else at + by)

    def action_edge(self, at: int) -> None:
        """To the first row, or the last."""
        self._set(at if at >= 0 else len(self._rows) - 1)

    def _set(self, at: int) -> None:
        at = min(len(self._rows) - 1, max(0, at))
        if self._rows and at != self._at:
            self._at = at
            self._to_cursor()

    def action_select(self) -> None:
        """Take the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Selected(self.row))

    def on_click(self, event: events.Click) -> None:
        """The mouse puts the cursor on a row."""
        line = event.y + self.scroll_offset.y
        if 0 <= line < self.virtual_size.height and self._rows:
            self._set(self._place(line)[0])

    # --- drawing --------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the cursor's row is reversed, and barred where it goes on."""
        base, width, line = self.rich_style, self._width, y + self.scroll_offset.y
        if not self._rows:
            lines = wrapped(self._nothing, width - 1)
            said = f" {lines[y]}" if y < len(lines) else ""
            return Strip([Segment(said, base)]).adjust_cell_length(width, base)
        if line >= self.virtual_size.height:
            return Strip.blank(width, base)
        at, number = self._place(line)
        here = at == self._at
        gutter, parts = "|" if here else " ", self._lines(at)[number]
        first = here and number == 0
        plain = base + Style(reverse=True, bold=True) if first else base
        segments = [Segment(gutter, plain)]
        segments += [Segment(text, plain if first else plain + Style.parse(style)) for text, style in parts]
        return Strip(segments).adjust_cell_length(width, plain)
