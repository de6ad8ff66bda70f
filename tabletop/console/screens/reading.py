"""A text in large, for reading out: ground rules, background, a briefing, an inject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console.prose import prose
from tabletop.console.safe import say
from tabletop.console.widgets.inject import card, more_below


class ReadingScreen(Screen[bool]):
    """The text, each cell's own ``cards`` behind a bar, and what Space does.

    True when Space went on, False when Escape went back.
    """

    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = "#paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "go_on", "Go on", id="reading.on"),
        Binding("escape", "back", "Back", id="reading.back"),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        *,
        above: str = "",
        cards: Mapping[str, str] | None = None,
        marking: str = "",
        space: str = "go on",
    ) -> None:
        super().__init__()
        self._title, self._text, self._above, self._marking, self._space = title, text, above, marking, space
        self._cards = cards or {}

    def compose(self) -> ComposeResult:
        """Marking, title, text, keys."""
        yield Static(say(self._marking, "bold"), id="marking")
        with VerticalScroll(id="paper"):
            if self._above:
                yield Static(say(self._above), id="above")
            yield Static(say(self._title, "bold"), id="title")
            yield Static(prose(self._text), id="text")
            for cell, text in self._cards.items():
                yield Static(card(cell, text), classes="card")
        yield Static(
            Content.assemble(say(f"space {self._space}", "bold reverse"), "   arrows scroll   Esc back"),
            id="keys",
        )

    def on_mount(self) -> None:
        """Say how much there is below."""
        for changed in ("scroll_y", "virtual_size", "size"):
            self.watch(self.query_one("#paper"), changed, self._changed)

    def _changed(self) -> None:
        self.call_after_refresh(self._say_more)  # only then are the text and its pane of one layout

    def _say_more(self) -> None:
        paper = self.query_one("#paper")
        paper.border_subtitle = more_below(paper)

    def action_go_on(self) -> None:
        """It was read: on with it."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Back to where we were."""
        self.dismiss(False)
