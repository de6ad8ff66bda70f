"""A comparison as text, as a page for browsers and as data: all is there, nothing steers, faults come first."""

from __future__ import annotations

import builtins
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from types import ModuleType
from xml.etree import ElementTree

import pytest

from tabletop.documents.comparison.as_json import comparison_json
from tabletop.documents.comparison.html import comparison_html
from tabletop.documents.comparison.text import comparison_text
from tabletop.documents.comparison.tree import tree_svg
from tabletop.documents.comparison.words import interval, marks, percent
from tabletop.documents.plain import WIDTH
from tabletop.errors import TabletopError
from tabletop.journal.reading import Damage
from tabletop.review.comparing import Comparison, compare
from tabletop.review.comparing.numbers import Share
from tabletop.review.logs import Log

HOSTILE = "</title><script>alert(1)</script>\x1b[31m\u202e{{ 7 * 7 }}<img src=x onerror=y>&"


def text(comparison: Comparison) -> str:
    return "\n".join(comparison_text(comparison))


@pytest.fixture
def three(gate: ModuleType) -> Comparison:
    """Three sessions: two that called, one that waited, with dissent, own words and a rating."""
    wait = gate.decide(2, option="wait", rationale="Calm", dissents=[{"who": "Bo", "view": "We should call"}])
    own = [*gate.BEGIN, *gate.decide(4, text="Ring the bell", counts_as="call"), *gate.END]
    rated = {"do": "rate", "objective": "consult", "rating": "S", "text": "Once"}
    released = {"do": "release", "inject": "rumour"}
    logs = gate.logs([*gate.BEGIN, *wait, released, *gate.END, rated], gate.chose("call", 1), own)
    found: Comparison = compare(logs, against=logs[0])
    return found


def test_the_page_for_a_terminal_says_all_of_it(three: Comparison) -> None:
    said = " ".join(text(three).split())
    for part in [
        "The gate: 3 sessions compared",
        "2 of 3   67 %  21 to 94 %    call: Call at once (1 chosen, 1 in own words)  [S2 S3]",
        "In own words, S3: Ring the bell (counts as call)",
        "Time to decide: median 2 min (1 min to 4 min; 3 answers)",
        "Dissent in S1, Bo: We should call",
        "At the end: median 7 (4 to 7), 3 sessions",
        "S, performed with some challenges: 1  [S1]",
        "S1 (a) against the other 2",
        "0 of 2 others chose the same; took 2 min",
        "Trust ended at 4, below all others: 7 in each.",
    ]:
        assert " ".join(part.split()) in said, part


def test_no_line_is_wider_than_the_page(three: Comparison) -> None:
    assert max(map(len, comparison_text(three))) <= WIDTH


def test_what_is_missing_is_said_before_anything_else(gate: ModuleType) -> None:
    [good, bad] = gate.logs(gate.chose("call"), gate.chose("wait"))
    broken = Log("b", replace(bad.reading, damage=Damage(9, "its sum is wrong.")))
    found = compare([good, broken])
    said = text(found)
    assert said.index("S2 (b): damaged at line 9") < said.index("Sessions\n")
    page = comparison_html(found)
    assert page.index("damaged at line 9") < page.index('id="sessions"')
    assert json.loads(comparison_json(found))["sessions"][1]["faults"]


class _Page(HTMLParser):
    """The tags of a page, and which ids and links it has; the tables' shapes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        known = dict(attrs)
        self.attributes |= set(known)
        self.ids |= {str(known["id"])} if "id" in known else set()
        self.links |= {str(known["href"])} if tag == "a" else set()


def test_the_page_is_one_file_without_scripts_whose_links_lead_somewhere(three: Comparison) -> None:
    page = comparison_html(three)
    found = _Page(page)
    assert not {"script", "img", "link", "iframe", "object"} & set(found.tags)
    assert not {name for name in found.attributes if name.startswith("on")} | {"src"} & found.attributes
    assert "url(" not in page
    assert {link.removeprefix("#") for link in found.links} <= found.ids
    assert "Content-Security-Policy" in page


def test_the_picture_has_its_text_and_a_list_beside_it(three: Comparison) -> None:
    page = comparison_html(three)
    assert 'role="img" aria-labelledby="tree-title tree-words"' in page
    assert "2 ways taken by 3 sessions" in page or "3 ways taken by 3 sessions" in page
    assert "The tree as a list" in page
    assert "What came, session by session" in page


def test_the_tree_is_well_formed_and_holds_every_session(gate: ModuleType) -> None:
    found = gate.compared(gate.chose("call"), gate.chose("wait"), gate.chose("call")).paths
    root = ElementTree.fromstring(tree_svg(found))
    words = " ".join(root.itertext())
    assert "2 of 3: S1 S3" in words
    assert "A rumour" in words
    widths = sorted(float(path.get("stroke-width", "0")) for path in root.iter("{http://www.w3.org/2000/svg}path"))
    assert widths[0] < widths[-1]


def test_boxes_of_the_tree_never_overlap(gate: ModuleType) -> None:
    found = gate.compared(gate.chose("call"), gate.chose("wait"), [*gate.BEGIN, *gate.END]).paths
    root = ElementTree.fromstring(tree_svg(found))
    boxes = [
        tuple(float(rect.get(key, "0")) for key in ("x", "y", "height"))
        for rect in root.iter("{http://www.w3.org/2000/svg}rect")
    ]
    for left in {x for x, _, _ in boxes}:
        column = sorted((y, height) for x, y, height in boxes if x == left)
        assert all(y + height <= after for (y, height), (after, _) in pairwise(column))


def test_hostile_text_is_text_everywhere(gate: ModuleType) -> None:
    [dawn, dusk] = gate.exercise({}).moves
    injects = tuple(each.model_copy(update={"title": HOSTILE}) for each in dawn.injects)
    hostile = gate.exercise({}).model_copy(
        update={"title": HOSTILE, "marking": HOSTILE, "moves": (dawn.model_copy(update={"injects": injects}), dusk)}
    )
    own = [*gate.BEGIN, *gate.decide(text=HOSTILE, dissents=[{"who": HOSTILE, "view": HOSTILE}]), *gate.END]
    logs = gate.logs(own, gate.chose("call"), gate.chose("wait"), on=hostile)
    found = compare([Log(f"{HOSTILE}{log.label}", log.reading) for log in logs], against=logs[0])
    page = comparison_html(found)
    assert not {"script", "img"} & set(_Page(page).tags)
    assert not re.search("[\x1b\u202e]", page)
    assert "{{ 7 * 7 }}" in page
    raw = comparison_json(found)
    assert not re.search("[\x1b\x7f-\x9f\u202e]", raw)
    assert json.loads(raw)["exercise"]["title"] == HOSTILE


def test_without_the_library_a_sentence_says_what_to_install(
    three: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(TabletopError, match=r"pip install 'tabletop\[html\]'"):
        comparison_html(three)


def test_json_has_shares_intervals_and_each_choice(three: Comparison) -> None:
    value = json.loads(comparison_json(three))
    [reply] = value["decisions"]
    call = reply["answers"][0]
    assert (call["count"], call["of"], call["ways"]) == (2, 3, {"option": 1, "own words": 1})
    assert call["low"] == pytest.approx(0.2077, abs=5e-5)
    assert reply["seconds"] == {"least": 60, "median": 120, "greatest": 240, "count": 3}
    assert [choice["session"] for choice in reply["choices"]] == ["S1", "S2", "S3"]
    assert value["against"]["session"] == "S1"


def test_sessions_in_a_row_are_a_span() -> None:
    assert marks(["S1", "S2", "S4", "S5", "S6", "S9"]) == "S1 S2 S4-S6 S9"


def test_a_share_is_told_in_whole_per_cent() -> None:
    assert (percent(3 / 8), interval(Share(3, 8))) == ("38 %", "14 to 69 %")
