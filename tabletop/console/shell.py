"""What every app of the tool has in common: size, help, keys and theme as the user wants them, a clean end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.containers import ScrollableContainer
from textual.filter import LineFilter
from textual.scroll_view import ScrollView
from textual.widgets import TextArea

from tabletop.console import remembering
from tabletop.console.forgetting import forget_gone
from tabletop.console.safe import CleanFilter, tell
from tabletop.console.settings import Settings, listed, read_settings
from tabletop.console.small import TooSmallScreen, fits

_SIGNALS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130}
_CLEAN = CleanFilter()  # the one: Textual keeps each line that it filtered by the filter
_MONOCHROME = re.compile(r"vt\d+.*|dumb|unknown|.*-mono|.*-m|")
_VIM = {
    "j": ("cursor_down", "scroll_down"),
    "k": ("cursor_up", "scroll_up"),
    "g": ("first", "scroll_home"),
    "G": ("last", "scroll_end"),
    "ctrl+d": ("page_down",),
    "ctrl+u": ("page_up",),
}


# Where there are no colours, what they say is said by reverse video; Textual knows none for the rows of a list.
_COLOURLESS = """
App:nocolor OptionList > .option-list--option-highlighted { text-style: bold underline !important; }
App:nocolor TextArea .text-area--cursor { text-style: reverse !important; }
App:nocolor Input > .input--cursor { text-style: reverse !important; }
App:nocolor #header, App:nocolor #library-title, App:nocolor #setup-title { text-style: reverse; }
App:nocolor #after-title, App:nocolor #record-title, App:nocolor #report-path { text-style: reverse; }
App:nocolor TourPanel { text-style: reverse; }
"""


class Shell(App[None]):
    """An app that reads the user's settings and shows one sentence where the terminal is too small for it."""

    TITLE = "tabletop"
    CSS = _COLOURLESS
    DEFAULT_CSS = """
    KeyBar, KeyLine, Painted, Pick, Options {
        link-style: none; link-color: $text; link-background: transparent;
        link-style-hover: underline; link-color-hover: $text; link-background-hover: transparent;
    }
    """
    LEAST: ClassVar[tuple[int, int]] = (60, 15)
    """Columns and lines below which it only says so."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f1", "help", "Help", tooltip="Every key of the screen, and what it does", priority=True, id="app.help"
        ),
        *(Binding(key, f"vim('{key}')", show=False, priority=True, id=f"vim.{key.replace('+', '-')}") for key in _VIM),
    ]

    def __init__(self, settings: Settings | None = None) -> None:
        if _MONOCHROME.fullmatch(os.environ.get("TERM", "dumb")):
            os.environ["NO_COLOR"] = "1"
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.settings = read_settings() if settings is None else settings
        self.set_keymap(self.settings.keymap)
        self.theme = self._suited(remembering.theme(self.settings.theme))

    def _suited(self, wanted: str) -> str:
        """The theme wanted; the terminal's own colours where it has few, and none where none are wanted."""
        if self.no_color:
            return "ansi-dark"
        if wanted in self.available_themes:
            return wanted
        return "ansi-dark" if self.console.color_system == "standard" else self.theme

    @property
    def remapped(self) -> Mapping[str, str]:
        """The keys of those bindings that the user gave others, by the bindings' ids."""
        return self.settings.keymap

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing that steers a terminal gets past this."""
        return [*super().get_line_filters(), _CLEAN]

    def on_mount(self) -> None:
        """Look at the size from now on, remember another theme, say what is wrong with the settings."""
        self._theme_kept = self.theme
        self.screen_change_signal.subscribe(self, lambda _: self._cover())
        self.screen_change_signal.subscribe(self, lambda _: forget_gone())
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self._cover()
        if self.settings.faults:
            tell(self, listed(self.settings.faults), "error")

    def on_resize(self) -> None:
        """Another size, which may be too small."""
        self.call_later(self._cover)  # Textual itself takes the size in only after this

    def _cover(self) -> None:
        """Lay the sentence over all that is open, where there is no room for it."""
        size = (self.size.width, self.size.height)
        if not fits(size, self.LEAST) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen(self.LEAST))

    def _keep_theme(self, name: str) -> None:
        if name != self._theme_kept:
            self._theme_kept = name
            remembering.keep_theme(name, self.settings.theme)

    # --- signals -------------------------------------------------------------------------------------

    def catch_signals(self) -> None:
        """End in good order when the system says so, and when Ctrl-C comes as a signal."""
        loop = asyncio.get_running_loop()
        for each, code in _SIGNALS.items():
            # A system may lack the signal, or handlers in a loop; a thread that is not the main one may set none.
            with suppress(NotImplementedError, AttributeError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, each), self.stop, code)

    def stop(self, code: int) -> None:
        """End at once, with an exit code."""
        self.exit(return_code=code)

    # --- keys ----------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """The keys of the screen at hand."""
        from tabletop.console.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
        elif own := getattr(self.screen, "action_help", None):
            own()
        elif not isinstance(self.screen, TooSmallScreen | CommandPalette):
            self.push_screen(HelpScreen())

    def action_vim(self, key: str) -> None:
        """Move in the list in focus."""
        for name in _VIM[key]:
            if (move := getattr(self.focused, f"action_{name}", None)) is not None:
                move()
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The vim keys work in lists only, where they were asked for, and give way to an act's own key."""
        if action != "vim":
            return True
        listed = isinstance(self.focused, ScrollView | ScrollableContainer) and not isinstance(self.focused, TextArea)
        return self.settings.vim and listed and not self._taken(str(parameters[0]))

    def _taken(self, key: str) -> bool:
        from tabletop.console.catalogue import keys_of

        nodes = [] if self.focused is None else [node for node in self.focused.ancestors_with_self if node is not self]
        return any(key in keys_of(type(node), self.remapped) for node in nodes)
