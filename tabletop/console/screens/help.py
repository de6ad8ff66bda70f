"""Help: every key of the screen at hand and what it does, from the same bindings as the keys themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static, TextArea

from tabletop.console.catalogue import bindings_of
from tabletop.console.keynames import key_name
from tabletop.console.safe import hang, one_line, say
from tabletop.console.widgets.keyline import KeyLine, key

_BARS = "Behind a bar stands what is not for the whole room: ONLY FOR a cell, CONTROL ONLY."
Row = tuple[str, str]


class HelpScreen(ModalScreen[None]):
    """The keys of the screen below, and what the signs on it mean."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,space", "close", "Back", id="help.close")]

    def compose(self) -> ComposeResult:
        """One line a key."""
        with VerticalScroll(id="help"):
            yield Static(id="help-keys", markup=False)
        yield KeyLine(key("arrows scroll"), key("back", "help.close", strong=True), id="help-foot")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#help").focus()
        self._draw()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        below = self.app.screen_stack[-2]
        rows = list(keys_on(self.app, below))
        keys = self.query_one("#help-keys", Static)
        width = keys.content_size.width or 70
        lead = min(16, max(len(name) for name, _ in rows)) + 1
        lines = [say(hang(f"{name:<{lead}}", one_line(tip), width)) for name, tip in rows]
        keys.update(
            Content("\n").join([*lines, *(say(hang(name, one_line(tip), width)) for name, tip in signs_on(below))])
        )

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def keys_on(app: App[Any], screen: Screen[Any]) -> Iterable[Row]:
    """The keys of a screen, then those of what can be in focus on it, then those that work everywhere."""
    kinds = dict.fromkeys(type(widget) for widget in screen.query("*") if widget.can_focus)
    alone = app.screen_stack[0] is screen and not bindings_of(type(screen))
    yield from _rows(app, type(app)) if alone else _rows(app, type(screen))
    for kind in kinds:
        yield from _rows(app, kind)
    if any(issubclass(kind, OptionList) for kind in kinds):
        yield "arrows", "Move in the list; Enter, or a click, opens what is under the cursor"
        if getattr(getattr(app, "settings", None), "vim", False):
            yield "j k g G", "Down, up, first and last in a list; Ctrl+D and Ctrl+U by pages"
    if any(issubclass(kind, Input | TextArea) for kind in kinds):
        yield "Tab", "The next field; Shift+Tab the one before"
    if not alone:
        if app.ENABLE_COMMAND_PALETTE:
            yield "Ctrl+P", "Every act by name; also the theme, light or dark"
        yield from _rows(app, type(app))


def _rows(app: App[Any], kind: type) -> Iterable[Row]:
    remapped = getattr(app, "remapped", {})
    told: dict[str, list[str]] = {}
    for id, binding in bindings_of(kind).items():
        idle = kind is type(app) and not app.check_action(binding.action, ())
        if (tip := binding.tooltip or binding.description) and not idle:
            names = [key_name(each.strip()) for each in remapped.get(id, binding.key).split(",")]
            told.setdefault(tip, []).extend(names)
    return [(" ".join(names), tip) for tip, names in told.items()]


def signs_on(screen: Screen[Any]) -> Iterator[Row]:
    """What the signs on a screen mean: its own ``SIGNS``, a head and a meaning each, and the bars of its cards."""
    head, signs = getattr(screen, "SIGNS", ("", {}))
    if head:
        yield "", ""
        yield "", head
        yield from ((f"  {sign:<3}", meaning) for sign, meaning in signs.items())
    if screen.query("#inject, .card, #card"):
        yield "", ""
        yield "", _BARS
