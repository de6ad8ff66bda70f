"""What an author can do: the one list from which keys, key bar, help and palette are made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider

from tabletop.console.actions import Act
from tabletop.console.keynames import key_of
from tabletop.console.widgets.keyline import KeyLine, key

if TYPE_CHECKING:
    from collections.abc import Callable

ACTS: tuple[Act, ...] = (
    Act("view(1)", "1", "findings", "Every fault and doubt, the worst first, as `tabletop check` tells them"),
    Act("view(2)", "2", "schedule", "Moves and injects, with times, to whom, and on what condition"),
    Act("view(3)", "3", "branches", "Which choices, tracks and releases open or close which injects and moves"),
    Act("view(4)", "4", "cells", "Exactly what one cell would see, along a course of play"),
    Act("turn(1)", "tab", "view", "The next view", bar=1),
    Act("edit", "enter", "edit here", "Open your editor where this stands", bar=2),
    Act("play", "p", "play from here", "Try it: planned play up to this inject or move, then you facilitate", bar=3),
    Act(
        "full",
        "v",
        "in full",
        "All that is under the cursor, on the whole screen; with a finding, the page of its rule",
        bar=5,
    ),
    Act("witness", "w", "choices to it", "The choices that lead to a doubt about the branches", bar=6),
    Act("cell(1)", "right", "next cell", "Look through the next cell's eyes", bar=7),
    Act(
        "course",
        "c",
        "course",
        "The choices, and the seed, of planned play: for what cells see and where a trial begins",
        bar=8,
    ),
    Act("reload", "f5", "read again", "Read the files again, and prove the branches again"),
    Act("app.help", "f1", "keys", "Every key, and what it does", bar=4),
    Act("app.quit", "q", "quit", "Leave; a trial is left first", bar=9),
)
"""Every act of the author's screen, in the order of the help."""


def _binding(act: Act) -> str:
    """The id of an act's binding; that of help is the app's own."""
    if act.id == "app.help":
        return act.id
    return f"edit.{act.id.removeprefix('app.').translate(str.maketrans('(', '-', ')'))}"


def bindings() -> list[BindingType]:
    """The acts as key bindings, each with an id so that it can be remapped."""
    own = [act for act in ACTS if act.id != "app.help"]
    return [
        *(Binding(act.key, act.id, act.label, show=False, tooltip=act.tip, id=_binding(act)) for act in own),
        Binding("shift+tab", "turn(-1)", show=False, tooltip="The view before", id="edit.turn-back"),
        Binding("left", "cell(-1)", show=False, tooltip="The eyes of the cell before", id="edit.cell-back"),
    ]


def key_line() -> KeyLine:
    """The keys most wanted."""
    wanted = sorted((act for act in ACTS if act.bar), key=lambda act: act.bar)
    return KeyLine(*(key(act.label, _binding(act)) for act in wanted), id="edit-keys")


class EditActs(Provider):
    """The acts, for the command palette."""

    async def discover(self) -> Hits:
        """All of them."""
        for act in ACTS:
            yield DiscoveryHit(self._name(act), self._run(act), help=act.tip)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for act in ACTS:
            name = self._name(act)
            if (score := max(matcher.match(name), matcher.match(act.tip))) > 0:
                yield Hit(score, matcher.highlight(name), self._run(act), help=act.tip)

    def _name(self, act: Act) -> str:
        return f"{act.label} ({key_of(self.app, _binding(act), act.key)})"

    def _run(self, act: Act) -> Callable[[], object]:
        return partial(self.screen.run_action, act.id)
