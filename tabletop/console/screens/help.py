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
from tabletop.console.safe import say

_ELSEWHERE = (
    ("Tab", "The other pane; on a narrow screen, the other page"),
    ("arrows", "Move in the pane in focus; in the schedule they choose the inject"),
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
        rows = [(act.name, act.tip) for act in ACTS] + list(_ELSEWHERE)
        with VerticalScroll(id="help"):
            yield Static(say("Keys", "bold"))
            yield Static(Content("\n").join(Content.assemble((f"{key:<8}", "bold"), tip) for key, tip in rows))
            yield Static(say("\nBehind the bar, under CONTROL ONLY, stands what is never read out.\nEsc back", "dim"))

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
