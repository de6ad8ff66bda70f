"""What a reviewer can do: the one list from which keys, key bar, help and palette are made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.console.actions import Act
from tabletop.console.keynames import key_of, linked
from tabletop.console.safe import hang, one_line, say
from tabletop.console.screens.help import HelpScreen
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.review.lanes import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

ACTS: tuple[Act, ...] = (
    Act("view(1)", "1", "timeline", "Who did what when, a lane for each cell"),
    Act("view(2)", "2", "decisions", "Who decided what, how long it took, why, and who dissented"),
    Act("view(3)", "3", "tracks", "How each track went, and what moved it"),
    Act("view(4)", "4", "record", "Every entry as it was made, corrections included"),
    Act("turn(1)", "tab", "view", "The next view; Shift+Tab the one before", bar=1, shown_key="Tab"),
    Act("search", "slash", "search", "Show only what has these words in it, as you type", bar=2, shown_key="/"),
    Act("filter", "f", "filter", "Show one cell, one objective, one kind", bar=3),
    Act("clear", "x", "show all", "Drop search and filter", bar=4),
    Act("details", "enter", "details", "All that the entry under the cursor says", bar=5, shown_key="Enter"),
    Act("jump", "i", "its inject", "Go to the inject behind a decision, or to what a correction takes back", bar=6),
    Act("back", "backspace", "back", "Back to where the jump began", bar=7, shown_key="Bksp"),
    Act("observe", "o", "observe", "Add an observation, on what is under the cursor", bar=8),
    Act("rate", "r", "rate", "Rate an objective: P, S, M or U", bar=9),
    Act("agree", "a", "action", "Add an action to the improvement plan", bar=10),
    Act("withdraw", "w", "withdraw", "Take the entry under the cursor back; the record keeps both", bar=11),
    Act("export", "e", "report", "Write the after-action report to a new file", bar=12),
    Act("reload", "f5", "read again", "Read the log again: it may have grown", shown_key="F5"),
    Act("help", "f1", "keys", "Every key, and what the signs mean", bar=13, shown_key="F1"),
    Act("leave", "escape", "back", "Back: first the search and filter go, then this screen", shown_key="Esc"),
    Act("app.quit", "q", "quit", "Leave", bar=14),
)
"""Every act of the after-action screen, in the order of the help."""

_ELSEWHERE = (
    ("arrows j k", "Move the cursor; PgUp and PgDn by screens, Home and End to the ends"),
    ("left right", "In the timeline: other lanes, where not all have room"),
    ("F10", "Records a form, from any of its fields; so does Ctrl+S"),
    ("Ctrl+P", "Every act by name"),
    ("Ctrl+Q", "Leave from anywhere; so does Ctrl+C"),
)


def _id(act: Act) -> str:
    """The id of an act's binding."""
    return f"review.{act.id.translate(str.maketrans('(.', '--', ')'))}"


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


class ReviewHelp(HelpScreen):
    """The keys, and what the signs of the timeline mean."""

    CSS_PATH = "../screens/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,space", "close", "Back", id="help.close")]

    def compose(self) -> ComposeResult:
        """One line a key, one line a sign."""
        with VerticalScroll(id="help"):
            yield Static(id="help-keys", markup=False)
        yield KeyLine(key("arrows scroll"), key("back", "help.close", strong=True), id="help-foot")

    def _draw(self) -> None:
        rows = [(_key(self.app, act), act.tip) for act in ACTS] + list(_ELSEWHERE)
        signs = [("", "Signs of the timeline:"), *((f"  {sign}", meaning) for sign, meaning in SIGNS.items())]
        keys = self.query_one("#help-keys", Static)
        width = keys.content_size.width or 70
        keys.update(Content("\n").join(say(hang(f"{key:<12}", one_line(tip), width)) for key, tip in [*rows, *signs]))
