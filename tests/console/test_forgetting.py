"""Nothing is kept of a screen that was closed: a console runs all day."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from textual._styles_cache import StylesCache
from textual.app import App

from tabletop.console.app import Console
from tests.console.test_play import press, start


def drawings_of_the_gone(app: App[Any]) -> int:
    """How many drawings of widgets are kept whose widgets are on no screen."""
    here = {id(widget._styles_cache) for screen in app.screen_stack for widget in screen.walk_children(with_self=True)}
    gc.collect()
    return sum(isinstance(each, StylesCache) and id(each) not in here for each in gc.get_objects())


async def test_screens_opened_again_and_again_leave_no_drawings_behind(console: Callable[..., Console]) -> None:
    app = console()
    async with app.run_test(size=(120, 40)) as pilot:
        await start(pilot)
        kept = []
        for _ in range(2):
            for _ in range(6):
                await press(pilot, "f1", "escape", "n", "escape")
            kept.append(drawings_of_the_gone(app))
        # The last one or two may still be on their way out, with eighteen each; kept for good, it were twelve.
        assert kept[1] <= kept[0] + 40, kept


def test_one_filter_serves_every_line(console: Callable[..., Console]) -> None:
    app = console()
    assert app.get_line_filters()[-1] is app.get_line_filters()[-1]
