"""The app of `tabletop review`, and what another app calls to show the same screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tabletop.console.questions import leave_asking
from tabletop.console.review.screen import ReviewScreen
from tabletop.console.review.walk import Walk
from tabletop.console.shell import Shell


class ReviewApp(Shell):
    """One log, walked."""

    CSS = f"{Shell.CSS} ToastRack {{ margin-bottom: 3; }}"
    LEAST = (48, 15)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "interrupt", "Quit", show=False, priority=True, id="app.interrupt"),
    ]

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Of Textual's own commands, what a reviewer has a use for."""
        return (command for command in super().get_system_commands(screen) if command.title in ("Theme", "Quit"))

    def on_mount(self) -> None:
        """Catch signals, then show the log."""
        self.catch_signals()
        self.push_screen(ReviewScreen(self._walk, alone=True))

    async def action_quit(self) -> None:
        """Leave; asks first only where something typed would be lost."""
        leave_asking(self, 0)

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        leave_asking(self, 130)


def open_review(app: App[Any], log: Path, then: Callable[[], None] | None = None) -> None:
    """Show a log on top of what another app shows; ``then`` is called once it is left with Escape.

    Raises TabletopError, before anything is shown, where the log cannot be read.
    """
    app.push_screen(ReviewScreen(Walk.read(log)), lambda _: then() if then else None)


def run_review(log: Path) -> int:
    """Walk a log until the screen is left; what is wrong with it is said before any screen."""
    app = ReviewApp(Walk.read(log))
    app.run()
    return app.return_code or 0
