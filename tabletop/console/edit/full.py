"""Labelled texts on the whole screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tabletop.console.edit.describing import Detail
from tabletop.console.edit.paper import paper
from tabletop.console.screens.full import FullScreen
from tabletop.console.widgets.keyline import key


class PartsScreen(FullScreen[None]):
    """All that is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,v,w,space", "close", "Back", id="parts.close"),
    ]
    KEYS = (key("back", "parts.close", strong=True),)

    def __init__(self, found: Sequence[Detail]) -> None:
        super().__init__()
        self._found = found

    def written(self, width: int) -> Content:
        """The texts, each under its label."""
        return paper(self._found, width)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
