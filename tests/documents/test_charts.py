"""Charts as SVG: the same each time, with words for those who do not see them, and text that stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import ModuleType
from xml.etree import ElementTree

import pytest

from tabletop.documents.blocks import Block, Figure
from tabletop.documents.charts import svg
from tabletop.documents.drawing import shortened
from tabletop.documents.report import figures
from tabletop.review.charts import Lanes, Ratings
from tabletop.review.charts.lanes import Mark
from tabletop.review.charts.ratings import Rated
from tabletop.review.reviewing import Review

ALL = [
    figures.course_figure,
    figures.pace_figure,
    figures.thinking_figure,
    figures.tracks_figure,
    figures.ratings_figure,
    figures.participation_blocks,
]
SVG = "{http://www.w3.org/2000/svg}"


def figure(make: Callable[[Review], Iterable[Block]], seen: Review) -> Figure:
    [found] = [block for block in make(seen) if isinstance(block, Figure)]
    return found


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_every_chart_is_whole_named_and_the_same_twice(
    make: Callable[[Review], Iterable[Block]], sample: ModuleType
) -> None:
    found = figure(make, sample.reviewed())
    drawn = svg(found.chart, "one", found.title, found.description)
    assert drawn == svg(found.chart, "one", found.title, found.description)
    tree = ElementTree.fromstring(drawn)
    title, description = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (found.title, found.description)
    assert tree.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert found.table.rows


def test_two_charts_share_no_id_and_every_reference_leads_within(sample: ModuleType) -> None:
    found = figure(figures.tracks_figure, sample.reviewed())
    ids = []
    for name in ("one", "two"):
        drawn = svg(found.chart, name, found.title, found.description)
        own = re.findall(r' id="([^"]+)"', drawn)
        assert set(re.findall(r'(?:url\(#|href="#)([^)"]+)', drawn)) <= set(own)
        ids += own
    assert len(ids) == len(set(ids))


def test_nothing_in_a_chart_says_when_or_by_what_it_was_drawn(sample: ModuleType) -> None:
    found = figure(figures.pace_figure, sample.reviewed())
    drawn = svg(found.chart, "one", found.title, found.description)
    assert "metadata" not in drawn
    assert "atplotlib" not in drawn


@pytest.mark.parametrize(
    "text", ["대한민국", "日本の立場", "a $x^2$ and $y", 'id="x" #010101 url(#y)', "</text><script>"]
)
def test_text_stays_text(text: str) -> None:
    chart = Ratings((Rated(1, text, "S", 3),))
    tree = ElementTree.fromstring(svg(chart, "one", text, text))
    assert f"1. {text}" in [each.text for each in tree.iter(f"{SVG}text")]
    assert tree.find(f".//{SVG}script") is None


def test_fonts_for_korean_and_japanese_are_named() -> None:
    drawn = svg(Ratings((Rated(1, "대한민국", "S", 3),)), "one", "", "")
    assert "Noto Sans CJK KR" in drawn
    assert "Hiragino Sans" in drawn


def test_a_lane_without_moves_is_drawn_too() -> None:
    chart = Lanes((("north", "North"),), (), (Mark(3, 0.0, ("north",), "inject"),))
    assert "North" in svg(chart, "one", "Lanes", "One lane.")
    assert "North" in svg(replace(chart, marks=()), "one", "Lanes", "One lane.")


def test_what_is_too_long_for_its_place_is_cut_by_its_width() -> None:
    assert shortened("Seoul", 5) == "Seoul"
    assert shortened("Seoul and Tokyo", 9) == "Seoul and…"
    assert shortened("대한민국과 일본", 8) == "대한민국…"
