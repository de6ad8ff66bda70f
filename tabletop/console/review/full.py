"""What one entry says, in labelled lines: in the pane below the list, and in full on a screen of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tabletop.console.prose import prose
from tabletop.console.safe import clean, one_line, wrapped
from tabletop.console.screens.full import FullScreen
from tabletop.console.widgets.keyline import key
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


class DetailsScreen(FullScreen[bool]):
    """All that an entry says; hands back whether to go on to what it is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,space", "close(False)", "Back", id="details.close"),
        Binding("i", "close(True)", "Its inject", id="details.jump"),
    ]
    KEYS = (key("its inject", "details.jump"), key("back", "details.close", strong=True))

    def __init__(self, found: Sequence[Detail]) -> None:
        super().__init__()
        self._found = found

    def written(self, width: int) -> Content:
        """The details, each text beside its label."""
        return told(self._found, width)

    def action_close(self, jump: bool) -> None:
        """Back."""
        self.dismiss(jump)
