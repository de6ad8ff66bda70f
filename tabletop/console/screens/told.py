"""What each cell has been told so far: a page for each, the newest last."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console import words
from tabletop.console.prose import prose
from tabletop.console.safe import fit, one_line, say
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.review.told import Told, told
from tabletop.session.session import Session


class ToldScreen(Screen[None]):
    """One cell's page; left and right go to the other cells'."""

    CSS_PATH = "told.tcss"
    AUTO_FOCUS = "#told"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "turn(1)", "Next cell", tooltip="The next cell", id="told.next"),
        Binding("left,shift+tab", "turn(-1)", "Cell before", tooltip="The cell before", id="told.before"),
        Binding("escape,space,K", "close", "Back", id="told.close"),
    ]

    def __init__(self, session: Session, cell: str) -> None:
        super().__init__()
        self._session, self._cells = session, session.state.index.players
        self._at = self._cells.index(cell)

    def compose(self) -> ComposeResult:
        """Which cell, what it was told, the keys."""
        yield Static(id="told-title", markup=False)
        with VerticalScroll(id="told"):
            yield Static(id="told-text", markup=False)
        yield KeyLine(
            key("other cells", "told.before", "told.next"),
            key("arrows scroll"),
            key("back", "told.close"),
            id="told-keys",
        )

    def on_mount(self) -> None:
        """The newest first of all."""
        self._draw()

    def on_resize(self) -> None:
        """The title is fitted to the width."""
        self._draw()

    def _draw(self) -> None:
        state, cell = self._session.state, self._cells[self._at]
        found = told(state, self._session.events, cell)
        name = words.cell_name(cell, state.index)
        title = f"What {name} has been told ({self._at + 1} of {len(self._cells)} cells; newest last)"
        self.query_one("#told-title", Static).update(
            Content.assemble((" PRIVATE ", "bold reverse"), "  ", say(fit(title, self.size.width - 14), "bold"))
        )
        self.query_one("#told-text", Static).update(Content("\n\n\n").join(_entry(each, name) for each in found))
        self.call_after_refresh(self.query_one("#told").scroll_end, animate=False)

    def action_turn(self, by: int) -> None:
        """To another cell."""
        self._at = (self._at + by) % len(self._cells)
        self._draw()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _entry(each: Told, cell: str) -> Content:
    """When, what, from whom; the text, what was for this cell alone, what it was asked."""
    card = each.card
    when = words.hours(each.clock) if each.clock is not None else "before  "
    sender = " via ".join(one_line(part) for part in (card.from_, card.via) if part)
    parts: list[Content | str | tuple[str, str]] = [f"{when}  ", (one_line(card.title), "bold")]
    parts += [f"\nfrom {sender}"] if sender else []
    parts += ["\n\n", prose(card.text)] if card.text.strip() else []
    parts += ["\n\n", (f"ONLY FOR {cell}", "bold"), "\n", prose(card.own)] if card.own.strip() else []
    for asked in card.asked:
        parts += ["\n\n", ("Asked: ", "bold"), one_line(asked.question)]
    return Content.assemble(*parts)
