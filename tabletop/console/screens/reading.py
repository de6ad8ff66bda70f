"""A text in large, for reading out: ground rules, background, a briefing, an inject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console.keynames import key_of
from tabletop.console.prose import prose
from tabletop.console.safe import say
from tabletop.console.screens.walling import Wall
from tabletop.console.widgets.inject import card, mask, more_below
from tabletop.console.widgets.keyline import Key, KeyLine, key


class ReadingScreen(Screen[bool]):
    """The text, each cell's own ``cards`` behind a bar, and what Space does.

    What is for one cell (the cards, and with ``alone``, its cell's name, the text) is masked where the wall masks
    ``covers``. What is ``control``'s alone stands below, but not on the wall. ``aside`` is another page to look at
    before going on. True when Space went on, False when Escape went back.
    """

    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = "#paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "go_on", "Go on", id="reading.on"),
        Binding("escape", "back", "Back", id="reading.back"),
        Binding("z", "unmask", "Show the card", tooltip="Show a card for one cell that is masked", id="reading.unmask"),
        Binding("b", "stay", "Curtain", tooltip="Keep the curtain drawn as play begins, or not", id="reading.stay"),
        Binding("L", "aside", "Last move", tooltip="What happened in the last move", id="reading.aside"),
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
        wall: Wall | None = None,
        covers: str = "",
        alone: str = "",
        control: Content | None = None,
        aside: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._text, self._above, self._marking, self._space = title, text, above, marking, space
        self._cards = cards or {}
        self._wall, self._covers, self._alone, self._aside = wall or Wall(), covers, alone, aside
        self._control = control

    def compose(self) -> ComposeResult:
        """Marking, title, text, keys."""
        yield Static(id="marking", markup=False)
        with VerticalScroll(id="paper"):
            if self._above:
                yield Static(say(self._above), id="above")
            yield Static(say(self._title, "bold"), id="title")
            yield Static(id="text", markup=False)
            for _ in self._cards:
                yield Static(classes="card", markup=False)
            if self._control:
                yield Static(self._control, id="control", markup=False)
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Say how much there is below."""
        self._draw()
        for changed in ("scroll_y", "virtual_size", "size"):
            self.watch(self.query_one("#paper"), changed, self._changed)

    def _masked(self) -> bool:
        return bool(self._cards or self._alone) and self._wall.masks(self._covers)

    def _draw(self) -> None:
        """The text and the cards, as far as they may be seen; who sees the screen; the keys."""
        masked, z = self._masked(), key_of(self.app, "reading.unmask", "z")
        standing = Content.styled(f" {self._wall.standing} ", "bold reverse")
        self.query_one("#marking", Static).update(Content.assemble(standing, "  ", say(self._marking, "bold")))
        text = mask(self._alone, z) if masked and self._alone else prose(self._text)
        self.query_one("#text", Static).update(text)
        for pane, (cell, own) in zip(self.query(".card").results(Static), self._cards.items(), strict=True):
            pane.update(mask(cell, z) if masked else card(cell, own))
        for control in self.query("#control"):
            control.display = not self._wall.drawn
        self.query_one(KeyLine).name_keys(*self._keys(masked))

    def _keys(self, masked: bool) -> list[Key]:
        keys = [key(self._space, "reading.on", strong=True)]
        if masked:
            keys.append(key("show the card", "reading.unmask"))
        if self._aside is not None:
            keys.append(key("the last move", "reading.aside"))
        if self._wall.drawn:
            keys.append(
                key("PRIVATE as play begins" if self._wall.stays else "stay ON THE WALL as play begins", "reading.stay")
            )
        return [*keys, key("arrows scroll"), key("back", "reading.back")]

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

    def action_unmask(self) -> None:
        """Show what is for one cell."""
        if self._masked():
            self._wall.shown.add(self._covers)
            self._draw()

    def action_stay(self) -> None:
        """Keep the curtain drawn as play begins, or not."""
        if self._wall.drawn:
            self._wall.stays = not self._wall.stays
            self._draw()

    def action_aside(self) -> None:
        """The other page."""
        if self._aside is not None:
            self._aside()
