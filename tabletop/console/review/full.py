"""What one entry says, in labelled lines: in the pane below the list, and in full on a screen of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tabletop.console.prose import prose
from tabletop.console.safe import clean, one_line, wrapped
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.review.details import Detail

_LABEL = 17
_MEASURE = 84
_MARKDOWN = {"Said", "Briefing", "Consequence", "Notes"}
"""What authors wrote as Markdown; what was typed in the room is shown as it was typed."""


def told(found: Sequence[Detail], width: int) -> Content:
    """The details, their texts hanging beside their labels."""
    parts: list[Content | str | tuple[str, str]] = []
    for label, text in found:
        parts.append("\n" if parts else "")
        if not label:
            parts.append((one_line(text), "bold"))
            continue
        beside = width - _LABEL >= 24
        lead, margin = (f"{one_line(label):<{_LABEL - 1}} ", _LABEL) if beside else (f"{one_line(label)}: ", 2)
        said = prose(text).plain if label in _MARKDOWN or label.startswith("Only ") else text
        parts += [(lead, "bold"), _hanging(said, margin, max(10, min(_MEASURE, width - margin)))]
    return Content.assemble(*parts)


def _hanging(text: str, margin: int, width: int) -> str:
    paragraphs = [" ".join(each.split()) for each in clean(text).strip().split("\n\n")]
    lines = [line for each in paragraphs for line in (*wrapped(each, width), "")][:-1]
    return ("\n" + " " * margin).join(lines)


class DetailsScreen(ModalScreen[bool]):
    """All that an entry says; hands back whether to go on to what it is about."""

    CSS_PATH = "full.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space", "close(False)", "Back", id="details.close"),
        Binding("i", "close(True)", "Its inject", id="details.jump"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="details.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="details.up"),
    ]

    def __init__(self, found: Sequence[Detail]) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """The details and the keys."""
        with VerticalScroll(id="full"):
            yield Static(id="full-text", markup=False)
        yield KeyLine(
            key("arrows scroll"), key("its inject", "details.jump"), key("back", "details.close"), id="full-keys"
        )

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#full").focus()
        self._draw()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        text = self.query_one("#full-text", Static)
        text.update(told(self._found, text.content_size.width or 70))

    def action_scroll(self, by: int) -> None:
        """A line on."""
        self.query_one("#full").scroll_relative(y=by, animate=False)

    def action_close(self, jump: bool) -> None:
        """Back."""
        self.dismiss(jump)
