"""An exercise as a page of HTML: whole in itself, true to what cells see, and proof against its texts."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tabletop.documents.exercise.html import html_page
from tabletop.documents.exercise.prose import prose
from tabletop.documents.exercise.views import Views, views
from tabletop.errors import TabletopError
from tabletop.scenario.index import Index
from tabletop.scenario.library import exercise_folders
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session.sight import Card

SHIPPED = sorted(path for path in exercise_folders()[-1].glob("*.yaml") if "." not in path.stem)
VOID = {"meta", "br", "link", "img", "input", "hr", "path", "rect"}


class Page(HTMLParser):
    """What is in a page: its tags with attributes, and whether each is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


def drill(**keys: Any) -> Exercise:
    """Two cells, one move; an inject to each, one in the pocket, and one on no path."""
    decision = {
        "id": "d",
        "question": "Well?",
        "options": [
            {"id": "yes", "text": "Yes", "consequence": "They agree."},
            {"id": "no", "text": "No", "consequence": "They hear of it.", "reveal_to": ["b"], "notes": "Secret note"},
        ],
    }
    injects = [
        {"id": "both", "title": "To both", "text": "Hear this", "to": ["a", "b"], "private": {"a": "Only a"}},
        {"id": "own", "title": "To a", "to": ["a"], "decisions": [decision], "expects": ["Expected"], "notes": "Noted"},
        {"id": "pocket", "title": "In the pocket", "to": ["a"], "kind": "contingency"},
        {"id": "never", "title": "On no path", "to": ["a"], "when": {"track": {"t": ">= 9"}}},
    ]
    given = {
        "format": 1,
        "id": "drill",
        "title": "The drill",
        "background": "The situation is this.",
        "cells": [{"id": "a", "name": "Cell A", "brief": "Brief of A"}, {"id": "b", "name": "Cell B"}],
        "tracks": [{"id": "t", "name": "Trust", "start": 5, "shown_to": ["b"]}],
        "moves": [{"id": "m", "title": "Move", "minutes": 20, "injects": injects}],
    }
    return exercise_from_json({**given, **keys})


def cards(seen: Views, cell: str) -> list[Card]:
    rows = [*seen.opening, *(row for rows in seen.moves.values() for row in rows)]
    return [card for row in rows if (card := row.cards[cell]) is not None]


# --- the page ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> tuple[Exercise, str]:
    exercise = load_exercise(request.param)
    return exercise, html_page(exercise)


def test_a_page_is_whole_in_itself(shipped: tuple[Exercise, str]) -> None:
    page = Page(shipped[1])
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not page.values("src")
    assert "url(" not in shipped[1]
    assert "@import" not in shipped[1]


def test_every_tag_is_closed_and_every_link_within_leads_somewhere(shipped: tuple[Exercise, str]) -> None:
    page = Page(shipped[1])
    ids = page.values("id")
    assert page.crossed == []
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(ids)


def test_a_page_holds_every_inject_decision_and_option(shipped: tuple[Exercise, str]) -> None:
    exercise, text = shipped
    ids = set(Page(text).values("id"))
    assert {f"inject-{inject.id}" for inject in exercise.injects()} <= ids
    for inject in exercise.injects():
        for decision in inject.decisions:
            assert f"decision-{decision.id}" in ids
            assert all(f"<code>{option.id}</code>" in text for option in decision.options)


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(shipped: tuple[Exercise, str]) -> None:
    regions = [attrs for _, attrs in Page(shipped[1]).tags if "wide" in (attrs.get("class") or "").split()]
    assert regions
    assert all(attrs.get("tabindex") == "0" and attrs.get("aria-label") for attrs in regions)


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://x/i.png) </style> \"'{{ 7*7 }} # h"


def test_no_text_becomes_a_tag_a_picture_or_a_link_that_runs() -> None:
    cell = {"id": "a", "name": HOSTILE, "brief": HOSTILE, "roles": [HOSTILE]}
    source = {"id": "s", "title": HOSTILE, "url": "javascript:alert(1)"}
    page = html_page(drill(title=HOSTILE, marking=HOSTILE, summary=HOSTILE, cells=[cell, {"id": "b", "name": HOSTILE}],
                           sources=[source], background=HOSTILE, topics=[HOSTILE], authors=[HOSTILE]))  # fmt: skip
    read = Page(page)
    assert not {"script", "img"} & {tag for tag, _ in read.tags}
    assert all(link.startswith(("#", "http://x/")) for link in read.values("href"))
    assert page.count("</style>") == 1 == len([tag for tag, _ in read.tags if tag == "style"])
    assert "49" not in page.replace("#49", "")
    assert read.crossed == []


def test_markdown_is_rendered_and_its_headings_stand_below_those_of_the_page() -> None:
    made = prose("# Head\n\nSome *stress*, <b>no</b>.\n\n- one\n\n[a](https://a.org) [b](ftp://b.org)")
    assert "<p><strong>Head</strong></p>" in made
    assert "<em>stress</em>, &lt;b&gt;no" in made
    assert "<li>one</li>" in made
    assert '<a href="https://a.org" rel="noopener noreferrer">a</a> [b](ftp://b.org)' in made


def test_without_the_library_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(TabletopError, match=r"pip install 'tabletop\[html\]'"):
        html_page(drill())


# --- what cells see ----------------------------------------------------------------------------------


def test_a_cell_sees_what_is_its_own_and_nothing_of_anothers() -> None:
    seen = views(Index(drill()))
    a, b = (str(cards(seen, cell)) for cell in "ab")
    assert "Only a" in a
    assert "Brief of A" in a
    assert "Well?" in a
    for own in ("Only a", "Brief of A", "Well?", "To a", "They agree."):
        assert own not in b
    assert "They hear of it." in b
    assert "They hear of it." not in a


def test_over_what_each_cell_is_given_alone_stands_no_single_cells_name() -> None:
    briefed = drill(cells=[{"id": cell, "name": cell.upper(), "brief": f"Only {cell}."} for cell in "ab"])
    titles = [row.title for row in views(Index(briefed)).opening]
    assert "For each cell alone" in titles
    assert not {"For A alone", "For B alone"} & set(titles)


def test_no_cell_sees_what_is_controls() -> None:
    said = str([cards(views(Index(drill())), cell) for cell in "ab"])
    assert not [word for word in ("Noted", "Expected", "Secret note") if word in said]


def test_what_planned_play_never_gives_is_not_shown() -> None:
    said = str(cards(views(Index(drill())), "a"))
    assert "In the pocket" not in said
    assert "On no path" not in said


def test_cells_that_see_the_same_are_told_together_and_those_that_see_nothing_by_name() -> None:
    seen = views(Index(drill()))
    situation = next(row for row in seen.opening if row.title == "The situation")
    assert [cells for cells, _ in situation.seen] == [("a", "b")]
    both, own = seen.moves["m"][0], seen.moves["m"][1]
    assert [cells for cells, _ in both.seen] == [("a",), ("b",)]
    assert own.blind == ("b",)
    assert [gauge.name for gauge in seen.gauges["b"]] == ["Trust"]
    assert seen.gauges["a"] == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_of_a_shipped_exercise_no_cell_sees_a_piece_of_another(path: Path) -> None:
    exercise = load_exercise(path)
    seen = views(Index(exercise))
    for cell in exercise.cells:
        said = "\n".join(f"{card.text}\n{card.own}" for card in cards(seen, cell.id))
        for inject in exercise.injects():
            same = inject.private.get(cell.id, "")
            others = [own for other, own in inject.private.items() if other != cell.id and own != same]
            assert not [own for own in others if own in said]
