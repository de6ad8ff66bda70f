"""A terminal too small for the console: one sentence in place of a squeezed screen, until it has grown."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console.safe import say


class TooSmallScreen(Screen[None]):
    """Lies over whatever is open, which stays as it is and takes no keys; goes once there is room again."""

    DEFAULT_CSS = """
    TooSmallScreen { align: center middle; }
    TooSmallScreen Static { width: 100%; height: auto; text-align: center; }
    """

    def __init__(self, least: tuple[int, int]) -> None:
        super().__init__()
        self._least = least

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Say it."""
        self._look()

    def on_resize(self) -> None:
        """Grown, or another size to name."""
        self._look()

    def on_screen_resume(self) -> None:
        """It may have grown under another screen."""
        self._look()

    def _look(self) -> None:
        has, needs = self.app.size, self._least
        if fits((has.width, has.height), needs):
            if self.is_current:
                self.dismiss(None)
            return
        self.query_one(Static).update(
            say(
                f"This window is too small: it has {has.width} columns and {has.height} lines, and "
                f"{needs[0]} columns and {needs[1]} lines are the least. Nothing is lost."
            )
        )


def fits(has: tuple[int, int], needs: tuple[int, int]) -> bool:
    """Whether a size of columns and lines is enough."""
    return has[0] >= needs[0] and has[1] >= needs[1]
