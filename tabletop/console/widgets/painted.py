"""A Static that repaints only when what it says has changed: a tick a second must not redraw the screen."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Painted(Static):
    """Shows a Content; saying the same again costs nothing."""

    _said: Content | None = None

    def paint(self, content: Content) -> bool:
        """Show it, if it differs from what stands; says whether it did."""
        if self._said is not None and self._said.is_same(content):
            return False
        self._said = content
        self.update(content)
        return True
