"""Labelled texts on the whole screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tabletop.console.edit.describing import Detail
from tabletop.console.edit.paper import paper
from tabletop.console.safe import say


class FullScreen(ModalScreen[None]):
    """All of it, scrolled by the arrows."""

    CSS_PATH = "edit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,v,w,f1,space", "close", "Back", id="full.close"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="full.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="full.up"),
    ]

    def __init__(self, found: Sequence[Detail]) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """The texts and the keys."""
        with VerticalScroll(id="full"):
            yield Static(id="full-text", markup=False)
        yield Static(say("arrows scroll   Esc back", "bold reverse"), id="full-keys")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#full").focus()
        self._draw()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        text = self.query_one("#full-text", Static)
        text.update(paper(self._found, text.content_size.width or 70))

    def action_scroll(self, by: int) -> None:
        """A line on."""
        self.query_one("#full").scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
