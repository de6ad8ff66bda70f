"""Help: every key and what it does, from the same registry as the keys themselves."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tabletop.console.actions import ACTS
from tabletop.console.safe import hang, say

_ELSEWHERE = (
    ("Tab", "The other pane; on a narrow screen, the other page"),
    ("arrows", "Move in the pane in focus; in the schedule they choose the inject"),
    ("PgDn PgUp", "Page through the text, wherever the focus is"),
    ("Enter", "Opens the inject under the cursor in large"),
    ("Escape", "Goes back"),
    ("F10", "Records a form, from any of its fields; so does Ctrl+S"),
    ("Ctrl+P", "Every act by name"),
    ("Ctrl+Q", "Leave from anywhere; so does Ctrl+C"),
)


class HelpScreen(ModalScreen[None]):
    """The keys, and what the signs on the screen mean."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,space", "close", "Back", id="help.close")]

    def compose(self) -> ComposeResult:
        """One line a key."""
        with VerticalScroll(id="help"):
            yield Static(id="help-keys", markup=False)
            yield Static(say("\nBehind a bar stands what is not for the whole room: ONLY FOR a cell, CONTROL ONLY."))
        yield Static(say("arrows scroll   Esc back", "bold reverse"), id="help-foot")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#help").focus()
        self._draw()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        rows = [(act.name, act.tip) for act in ACTS] + list(_ELSEWHERE)
        keys = self.query_one("#help-keys", Static)
        width = keys.content_size.width or 70
        keys.update(Content("\n").join(say(hang(f"{key:<10}", tip, width)) for key, tip in rows))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
