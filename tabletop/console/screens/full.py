"""A long text over the screen at hand, scrolled by the arrows: the base of every screen that shows one in full."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tabletop.console.widgets.keyline import Key, KeyLine, key

Answer = TypeVar("Answer")


class FullScreen(ModalScreen[Answer]):
    """The text that ``written`` makes for a width, above a line of keys."""

    CSS_PATH = Path(__file__).with_name("full.tcss")  # a subclass may stand in another folder
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Down", show=False, id="full.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="full.up"),
    ]
    KEYS: ClassVar[tuple[Key, ...]] = ()
    """What else can be done, for the line of keys."""

    def compose(self) -> ComposeResult:
        """The text and the keys."""
        with VerticalScroll(id="full"):
            yield Static(id="full-text", markup=False)
        yield KeyLine(key("scroll", "full.up", "full.down"), *self.KEYS, id="full-keys")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#full").focus()
        self._draw()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)

    @abstractmethod
    def written(self, width: int) -> Content:
        """The text in lines of that many columns."""

    def _draw(self) -> None:
        text = self.query_one("#full-text", Static)
        text.update(self.written(text.content_size.width or 70))

    def action_scroll(self, by: int) -> None:
        """A line on."""
        self.query_one("#full").scroll_relative(y=by, animate=False)
