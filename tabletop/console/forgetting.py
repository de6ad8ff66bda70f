"""What Textual keeps of screens that are gone, let go of."""

from __future__ import annotations

from contextlib import suppress


def forget_gone() -> None:
    """Drop the lines of closed screens: a cache of Textual's that only remembers colours holds a thousand of them.

    Each of its keys is the drawing of a widget, so that every opening of a screen would cost a megabyte for good.
    """
    with suppress(ImportError, AttributeError):  # a newer Textual may keep nothing, or elsewhere
        from textual._styles_cache import StylesCache

        StylesCache.get_inner_outer.cache_clear()
