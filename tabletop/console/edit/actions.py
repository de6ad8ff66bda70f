"""What an author can do: the one list from which keys, key bar, help and palette are made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tabletop.console.actions import Act
from tabletop.console.edit.describing import Detail

if TYPE_CHECKING:
    from collections.abc import Callable

ACTS: tuple[Act, ...] = (
    Act("view(1)", "1", "findings", "Every fault and doubt, the worst first, as `tabletop check` tells them"),
    Act("view(2)", "2", "schedule", "Moves and injects, with times, to whom, and on what condition"),
    Act("view(3)", "3", "branches", "Which choices, tracks and releases open or close which injects and moves"),
    Act("view(4)", "4", "cells", "Exactly what one cell would see, along a course of play"),
    Act("turn(1)", "tab", "view", "The next view; Shift+Tab the one before", bar=1, shown_key="Tab"),
    Act("edit", "enter", "edit here", "Open your editor where this stands", bar=2, shown_key="Enter"),
    Act("play", "p", "play from here", "Try it: planned play up to this inject or move, then you facilitate", bar=3),
    Act("full", "v", "in full", "All that is under the cursor, on the whole screen", bar=4),
    Act("witness", "w", "choices to it", "The choices that lead to a doubt about the branches", bar=5),
    Act(
        "cell(1)",
        "right",
        "other cell",
        "Look through the next cell's eyes; left: the one before",
        bar=6,
        shown_key="<- ->",
    ),
    Act(
        "course",
        "c",
        "course",
        "The choices, and the seed, of planned play: for what cells see and where p begins",
        bar=7,
    ),
    Act("reload", "f5", "read again", "Read the files again, and prove the branches again", shown_key="F5"),
    Act("help", "f1", "keys", "Every key, and what it does", bar=8, shown_key="F1"),
    Act("app.quit", "q", "quit", "Leave; a trial is left first", bar=9),
)
"""Every act of the author's screen, in the order of the help."""

_ELSEWHERE = (
    ("arrows j k", "Move the cursor; PgUp and PgDn by screens, Home and End to the ends"),
    ("Ctrl+P", "Every act by name"),
    ("Ctrl+Q", "Leave from anywhere; so does Ctrl+C"),
)
_SAID = (
    "The screen follows your files: save in any editor, and it shows what there is now. While a file does not load,"
    " the last rendering that did stays, with its time. VISUAL or EDITOR names the editor that Enter opens."
)


def bindings() -> list[BindingType]:
    """The acts as key bindings, each with an id so that it can be remapped."""
    named = [(act, act.id.translate(str.maketrans("(.", "--", ")"))) for act in ACTS]
    return [
        *(Binding(act.key, act.id, act.label, show=False, tooltip=act.tip, id=f"edit.{name}") for act, name in named),
        Binding("shift+tab", "turn(-1)", "View before", show=False, id="edit.turn-back"),
        Binding("left", "cell(-1)", "Cell before", show=False, id="edit.cell-back"),
    ]


def bar(width: int) -> Content:
    """The keys most wanted, in lines of that width; a key and its word stay together."""
    lines: list[list[Content]] = [[]]
    used = 0
    for act in sorted((act for act in ACTS if act.bar), key=lambda act: act.bar):
        said = Content.assemble((act.name, "bold"), f" {act.label}  ")
        if lines[-1] and used + said.cell_length - 2 > width:
            lines.append([])
            used = 0
        lines[-1].append(said)
        used += said.cell_length
    return Content("\n").join(Content.assemble(*line) for line in lines)


class EditActs(Provider):
    """The acts, for the command palette."""

    async def discover(self) -> Hits:
        """All of them."""
        for act in ACTS:
            yield DiscoveryHit(f"{act.label} ({act.name})", self._run(act), help=act.tip)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for act in ACTS:
            name = f"{act.label} ({act.name})"
            if (score := max(matcher.match(name), matcher.match(act.tip))) > 0:
                yield Hit(score, matcher.highlight(name), self._run(act), help=act.tip)

    def _run(self, act: Act) -> Callable[[], object]:
        return partial(self.screen.run_action, act.id)


def help_details() -> list[Detail]:
    """Every key, then what the screen does by itself."""
    keys = [(act.name, act.tip) for act in ACTS]
    return [("", "Keys"), *keys, *_ELSEWHERE, ("", ""), ("", _SAID)]
