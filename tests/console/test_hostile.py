"""What people wrote never steers the screen: not the markup, not the terminal, not the layout."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.widgets import TextArea

from tabletop.console.app import Console
from tabletop.console.prose import prose
from tabletop.console.safe import CleanFilter, clean, column, fit, say
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tests.console.conftest import said, text_of
from tests.console.test_play import press, start, type_text

HOSTILE = {
    "markup": "[/] [/red] [b [@click=app.quit]quit[/] [[ ]]",
    "escapes": "a\x1b[31mb\x1b]0;owned\x07c\x9b2Jd\x90e\x9c\x00f\r\x08g",
    "bidi": "pay \u202edrow\u202c \u2066x\u2069 \u200f",
    "long": "x" * 3_000,
    "wide": "항만봉쇄" * 60 + " \u200b\u0301\u0301 ｆｕｌｌ 👩‍👩‍👧 ﷽",
    "markdown": "# [a](javascript:alert) ![i](x) <script>\n\n```\n[/]\n```\n> 1. - * _\n\n" + "> " * 50,
    "lines": "one\n\n\n\ntwo\u2028three\tfour",
}
_TEXTS = {
    "title",
    "text",
    "name",
    "summary",
    "marking",
    "background",
    "question",
    "briefing",
    "notes",
    "from",
    "via",
}
_TEXTS |= {"scenario_time", "scenario_starts", "zone", "consequence", "use_if", "start"}
_LISTS = {"topics", "ground_rules", "roles", "tasks", "expects", "questions", "hot_wash"}
_BAD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def poisoned(value: Any, text: str, key: str = "") -> Any:
    """An exercise's JSON with every text that people wrote replaced."""
    if isinstance(value, dict):
        return {key: poisoned(entry, text, key) for key, entry in value.items()}
    if isinstance(value, list):
        return [text if key in _LISTS else poisoned(entry, text, key) for entry in value]
    return text if key in _TEXTS and isinstance(value, str) else value


def check(app: Console) -> None:
    """Nothing on the screen steers a terminal."""
    assert app.is_running
    shown = text_of(app)
    assert not _BAD.search(shown.replace("\n", ""))


@pytest.mark.parametrize(
    ("kind", "size"),
    [*((kind, (80, 24)) for kind in HOSTILE), *((kind, (120, 40)) for kind in ("markup",))],
)
async def test_hostile_text_stays_text_on_every_screen(
    harbour: Exercise, console: Callable[..., Console], kind: str, size: tuple[int, int]
) -> None:
    text = HOSTILE[kind]
    exercise = exercise_from_json(poisoned(exercise_as_json(harbour), text))
    app = console(exercise=exercise)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        check(app)
        for keys in (["f10"], ["space"], ["space"], ["space"], ["enter"], ["escape"], ["space"], ["tab"]):
            await press(pilot, *keys)
            check(app)
        forms = (
            "d",
            "n",
            "o",
            "r",
            "x",
            "w",
            "a",
            "h",
            "f",
            "R",
            "s",
            "M",
            "Q",
            "C",
            "F",
            "O",
            "T",
            "v",
            "quotation_mark",
        )
        for key in (*forms, "m", "u", "l", "P", "E", "f1", "K", "L", "B"):
            await press(pilot, key)
            check(app)
            await pilot.press("escape", "escape")
        await press(pilot, "d", "1", "f10")
        check(app)
        await press(pilot, "space", "n")
        app.screen.query_one("#text", TextArea).load_text(text)
        await press(pilot, "f10")
        check(app)
        await press(pilot, "b")
        check(app)
        await press(pilot, "b", "l", "slash", "a", "enter", "i")
        check(app)
        await press(pilot, "escape", "escape", "escape")
        await press(pilot, "E", "space")
        check(app)
        for step in "1234":
            await press(pilot, step)
            check(app)
            await press(pilot, "escape")
        await press(pilot, "o")
        check(app)


async def test_a_link_in_a_text_cannot_be_clicked(harbour: Exercise, console: Callable[..., Console]) -> None:
    exercise = exercise_from_json(poisoned(exercise_as_json(harbour), HOSTILE["markup"]))
    app = console(exercise=exercise)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await type_text(pilot, "")
        for y in range(3, 20, 4):
            for x in (40, 52):
                await pilot.click(offset=(x, y))
        assert app.is_running
        assert "[@click=app.quit]" in said(app)


def test_the_filter_deletes_what_steers_a_terminal() -> None:
    lines = [Segment("a\x1b[31mb\x9b\u202ec"), Segment("fine")]
    assert [segment.text for segment in CleanFilter().apply(lines, Color(0, 0, 0))] == ["a[31mbc", "fine"]


def test_clean_keeps_line_ends_and_normalises() -> None:
    assert clean("a\r\nb\tc\x1b") == "a\nb    c"
    assert clean("e\u0301") == "é"


@pytest.mark.parametrize("text", HOSTILE.values())
def test_text_is_cut_to_terminal_cells(text: str) -> None:
    for width in (1, 5, 17):
        assert cell_len(fit(text, width)) <= width
        assert cell_len(column(text, width)) == width


@pytest.mark.parametrize("text", HOSTILE.values())
def test_no_text_becomes_a_live_link(text: str) -> None:
    for content in (say(text), prose(text)):
        assert not any("@click" in str(span.style) for span in content.spans)


def test_markdown_is_read_as_prose() -> None:
    plain = prose("It is\n**nine**, see [the note](https://x.example).\n\n- one\n- two\n").plain
    assert plain == "It is nine, see the note (https://x.example).\n\n- one\n- two"
