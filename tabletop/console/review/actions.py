"""What a reviewer can do: the one list from which keys, key bar, help and palette are made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tabletop.console.actions import Act
from tabletop.console.keynames import key_of, linked

if TYPE_CHECKING:
    from collections.abc import Callable

ACTS: tuple[Act, ...] = (
    Act("view(1)", "1", "timeline", "Who did what when, a lane for each cell"),
    Act("view(2)", "2", "decisions", "Who decided what, how long it took, why, and who dissented"),
    Act("view(3)", "3", "tracks", "How each track went, and what moved it"),
    Act("view(4)", "4", "record", "Every entry as it was made, corrections included"),
    Act("turn(1)", "tab", "view", "The next view", bar=1),
    Act("search", "slash", "search", "Show only what has these words in it, as you type", bar=2),
    Act("filter", "f", "filter", "Show one cell, one objective, one kind", bar=3),
    Act("clear", "x", "show all", "Drop search and filter", bar=4),
    Act("details", "enter", "details", "All that the entry under the cursor says", bar=5),
    Act("jump", "i", "its inject", "Go to the inject behind a decision, or to what a correction takes back", bar=6),
    Act("back", "backspace", "back", "Back to where the jump began", bar=7),
    Act("observe", "o", "observe", "Add an observation, on what is under the cursor", bar=8),
    Act("rate", "r", "rate", "Rate an objective: P, S, M or U", bar=9),
    Act("agree", "a", "action", "Add an action to the improvement plan", bar=10),
    Act("done", "d", "action done", "Close an action that is done: of this session, or of another"),
    Act("withdraw", "w", "withdraw", "Take the entry under the cursor back; the record keeps both", bar=11),
    Act("export", "e", "report", "Write the after-action report to a new file", bar=12),
    Act("reload", "f5", "read again", "Read the log again: it may have grown"),
    Act("app.help", "f1", "keys", "Every key, and what the signs mean", bar=13),
    Act("leave", "escape", "back", "Back: first the search and filter go, then this screen"),
    Act("app.quit", "q", "quit", "Leave", bar=14),
)
"""Every act of the after-action screen, in the order of the help."""


def _id(act: Act) -> str:
    """The id of an act's binding; that of help is the app's own."""
    return act.id if act.id == "app.help" else f"review.{act.id.translate(str.maketrans('(.', '--', ')'))}"


def _key(app: App[Any], act: Act) -> str:
    """The key of an act, as the user has it."""
    return key_of(app, _id(act), act.key)


def bindings() -> list[BindingType]:
    """The acts as key bindings, each with an id so that it can be remapped."""
    # The search comes before all else: what is typed right behind its key is for the search.
    keys = [
        Binding(
            act.key,
            act.id,
            act.label,
            show=False,
            tooltip=act.tip,
            id=_id(act),
            priority=act.id == "search",
        )
        for act in ACTS
        if act.id != "app.help"
    ]
    return [
        *keys,
        Binding("shift+tab", "turn(-1)", "View before", show=False, id="review.turn-back"),
        Binding("left", "lanes(-1)", "Lanes to the left", show=False, id="review.left"),
        Binding("right", "lanes(1)", "Lanes to the right", show=False, id="review.right"),
    ]


def bar(app: App[Any], width: int) -> Content:
    """The keys most wanted, in lines of that width, each a place to click; a key and its word stay together."""
    lines: list[list[Content]] = [[]]
    used = 0
    for act in sorted((act for act in ACTS if act.bar), key=lambda act: act.bar):
        name = _key(app, act)
        action = act.id if "." in act.id else f"screen.{act.id}"
        said = Content.assemble(linked(f"{name} {act.label}", action).stylize("bold", 0, len(name)), "  ")
        if lines[-1] and used + said.cell_length - 2 > width:
            lines.append([])
            used = 0
        lines[-1].append(said)
        used += said.cell_length
    return Content("\n").join(Content.assemble(*line) for line in lines)


class ReviewActs(Provider):
    """The acts, for the command palette."""

    async def discover(self) -> Hits:
        """All of them."""
        for act in ACTS:
            yield DiscoveryHit(f"{act.label} ({_key(self.app, act)})", self._run(act), help=act.tip)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for act in ACTS:
            name = f"{act.label} ({_key(self.app, act)})"
            if (score := max(matcher.match(name), matcher.match(act.tip))) > 0:
                yield Hit(score, matcher.highlight(name), self._run(act), help=act.tip)

    def _run(self, act: Act) -> Callable[[], object]:
        return partial(self.screen.run_action, act.id)
