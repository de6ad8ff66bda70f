"""`fmt`: one order and one layout; comments and values stay to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tabletop.errors import TabletopError
from tabletop.scenario.formatting import formatted
from tabletop.scenario.reading import read_yaml
from tabletop.scenario.reading.nodes import Map, Node, Scalar, Seq
from tabletop.scenario.shipped import shipped_folder

SHIPPED = sorted([*shipped_folder("exercises").glob("*.yaml"), *shipped_folder("injects").glob("*.yaml")])


def laid(text: str) -> str:
    """The text in the one layout, which laying out once more does not change."""
    made = formatted(text.encode(), "x.yaml")
    assert formatted(made, "x.yaml") == made
    return made.decode()


def plain(node: Node | None) -> object:
    """All that a file says, whatever the order of its keys: values, and whether each stands in quotes."""
    if isinstance(node, Map):
        return {key: plain(node.get(key)) for key in node.keys_at}
    if isinstance(node, Seq):
        return [plain(each) for each in node]
    return (str(node), node.plain) if isinstance(node, Scalar) else None


def said(text: str) -> object:
    node, faults = read_yaml(text.encode(), "x.yaml")
    assert not faults
    return plain(node)


def comments(text: str) -> list[str]:
    return sorted("#" + line.partition("#")[2] for line in text.splitlines() if "#" in line)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_keeps_its_values_and_its_comments(path: Path) -> None:
    text = path.read_text()
    assert said(laid(text)) == said(text)
    assert comments(laid(text)) == comments(text)


def test_keys_come_in_the_order_of_the_format_and_unknown_ones_last() -> None:
    text = "title: T\nmoves:\n  - minutes: 5\n    zeal: 1\n    id: a\nformat: 1\nid: x\n"
    assert laid(text) == "format: 1\nid: x\ntitle: T\nmoves:\n  - id: a\n    minutes: 5\n    zeal: 1\n"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("injects:\n- title: T\n  id: a\nid: s\n", "id: s\ninjects:\n  - id: a\n    title: T\n"),
        ("texts: {}\ntranslates: a\nlanguage: ko\n", "translates: a\nlanguage: ko\ntexts: {}\n"),
        ("moves:\n- injects:\n  - at: 5\n    use: a/b\n", "moves:\n  - injects:\n      - use: a/b\n        at: 5\n"),
    ],
    ids=["script", "translation", "use"],
)
def test_scripts_and_translations_have_orders_of_their_own(text: str, made: str) -> None:
    assert laid(text) == made


def test_maps_whose_keys_are_the_authors_keep_their_order() -> None:
    text = "moves:\n  - private:\n      zulu: z\n      alpha: a\n"
    assert laid(text) == text


def test_a_comment_goes_with_what_stands_below_it() -> None:
    text = "title: T # of the title\n# about the id\nid: x\n"
    assert laid("\n# the file\n\n" + text) == "# the file\n\n# about the id\nid: x\ntitle: T # of the title\n"


def test_a_comment_above_a_first_key_goes_above_its_dash() -> None:
    text = "cells:\n  - name: N\n    # why this id\n    id: a\n  - # the second\n    id: b\n"
    assert laid(text) == "cells:\n  # why this id\n  - id: a\n    name: N\n  # the second\n  - id: b\n"


def test_a_comment_that_is_indented_further_stays_at_the_end_of_what_it_is_in() -> None:
    text = "cells:\n  - id: a\n    # more of a\n  # more cells\n# the title\ntitle: T\n"
    assert laid(text) == "# the title\ntitle: T\ncells:\n  - id: a\n    # more of a\n  # more cells\n"


@pytest.mark.parametrize(
    "value",
    ["no", "1:30", "D-95 09:00", '">= 4"', "'it''s'", "+1", "007", "1.10", "2026-08-22", '"=3"', "~", "Yes # why",
     "{a: b, c: [d, e]} # flow", '"a\\u00e9\\n"', "a long line " + "of words " * 40 + "to the end"],
)  # fmt: skip
def test_a_value_on_one_line_stays_as_it_is_written(value: str) -> None:
    assert laid(f"title:   {value}\n") == f"title: {value}\n"


@pytest.mark.parametrize("header", ["|", ">", "|-", ">+", "|2", ">2-", "| # why"])
def test_a_text_of_several_lines_stays_as_it_is_written(header: str) -> None:
    text = f"notes: {header}\n  one\n    two  \n\n  three\n"
    assert laid(text) == text


def test_texts_are_shifted_whole() -> None:
    text = 'title: |\n       one\n\n         two\nid: "a\n  b\n\n         c" # d\n'
    assert laid(text) == 'id: "a\n  b\n\n  c" # d\ntitle: |\n  one\n\n    two\n'


def test_empty_lines_that_are_kept_by_a_plus_are_content() -> None:
    text = "notes: |+\n  one\n\n\nid: x\n"
    assert said(laid(text)) == said(text)
    assert laid(text) == "id: x\nnotes: |+\n  one\n\n\n"


def test_of_empty_lines_in_a_row_one_stays() -> None:
    assert laid("\n\nid: x\n\n\n\ntitle: T\n\n\n") == "id: x\n\ntitle: T\n"


def test_line_ends_stay_what_they_are() -> None:
    assert formatted(b"title: T\r\nid:  x\r\n", "x.yaml") == b"id: x\r\ntitle: T\r\n"


@pytest.mark.parametrize("text", ["", "# only this\n", "- a\n", "{title: T, id: x}\n", "? title\n: T\n"])
def test_what_nobody_writes_is_left_as_it_is(text: str) -> None:
    assert formatted(text.encode(), "x.yaml") == text.encode()


def test_a_file_that_is_no_yaml_is_refused_by_its_fault() -> None:
    with pytest.raises(TabletopError, match=r"x.yaml:2:1 .*second time"):
        formatted(b"id: a\nid: b\n", "x.yaml")


def test_what_cannot_be_laid_out_without_a_change_is_refused() -> None:
    with pytest.raises(TabletopError, match="left as it is"):
        formatted(b"title: T\nid: |\n  no line end", "x.yaml")


# --- random ------------------------------------------------------------------------------------------

VALUES = st.sampled_from(
    ["no", "1:30", "D-95 09:00", '">= 4"', "[a, b]", "{a: 1, b: {c: d}}", "'x'", '"a: b # c"', "a#b", "", "null", "-1",
     "서울과 도쿄", "two words\\\\", "[a,\n   b,\n c]", "one\n   two\n\n   three", '"one\n\n  two \\\n  three"'],
)  # fmt: skip
BLOCKS = st.sampled_from(["|", ">", "|-", ">-", "|+"])
KEYS = ["title", "id", "format", "moves", "injects", "when", "private", "any", "not", "own", "use", "texts"]
Lines = list[str]


@st.composite
def trivia(draw: st.DrawFn, indent: int) -> Lines:
    kinds = draw(st.lists(st.sampled_from(["", "# c", "#d"]), max_size=2))
    return [f"{' ' * (indent + draw(st.sampled_from([0, 0, 1, 3])))}{kind}" if kind else "" for kind in kinds]


@st.composite
def value(draw: st.DrawFn, indent: int, depth: int, step: int) -> tuple[str, Lines]:
    """The rest of a line behind its key or dash, and the lines below; `indent` is the key's or the dash's."""
    kind = draw(st.sampled_from(["one", "one", "block", *(["map", "list"] if depth else [])]))
    comment = draw(st.sampled_from(["", "", " # e", "   #f"]))
    if kind == "one":
        first, *more = draw(VALUES).split("\n")
        broken = f" {first}" if first else ""
        return (broken + comment, []) if not more else (broken, [f"{' ' * (indent + 1)}{line}" for line in more])
    if kind == "block":
        by = " " * (indent + draw(st.integers(1, 4)))
        words = draw(st.lists(st.sampled_from(["a", "# b", "  c", "", "d  "]), min_size=1, max_size=4))
        return f" {draw(BLOCKS)}{comment}", [f"{by}x", *(f"{by}{word}" if word else "" for word in words)]
    deeper = indent + step
    lines = draw(trivia(deeper))
    below = draw(keyed(deeper, depth - 1) if kind == "map" else listed(deeper, depth - 1))
    return comment, [*lines, *below, *draw(trivia(deeper))]


@st.composite
def keyed(draw: st.DrawFn, indent: int, depth: int) -> Lines:
    lines: Lines = []
    step = draw(st.integers(1, 4))
    for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5, unique=True)):
        rest, below = draw(value(indent, depth, step))
        gap = draw(st.sampled_from(["", "", "  "])) if rest[:1] == " " and rest.strip()[:1] not in ("", "#") else ""
        lines += [*draw(trivia(indent)), f"{' ' * indent}{key}:{gap}{rest}", *below]
    return lines


@st.composite
def listed(draw: st.DrawFn, indent: int, depth: int) -> Lines:
    lines: Lines = []
    step = draw(st.integers(2, 4))
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(trivia(indent))
        if depth and draw(st.booleans()):
            first, *more = draw(keyed(indent + step, depth - 1) if draw(st.booleans()) else listed(indent + step, 0))
            if first.strip() and not first.lstrip().startswith("#"):
                lines += [f"{' ' * indent}-{' ' * (step - 1)}{first.lstrip()}", *more]
            else:
                lines += [f"{' ' * indent}-", first, *more]
            continue
        rest, below = draw(value(indent, 0, step))
        lines += [f"{' ' * indent}-{rest}", *below]
    return lines


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_document_keeps_its_values_and_comments_and_is_laid_out_for_good(data: st.DataObject) -> None:
    text = "\n".join([*data.draw(trivia(0)), *data.draw(keyed(0, 3)), *data.draw(trivia(0)), ""])
    node, faults = read_yaml(text.encode(), "x.yaml")
    assume(not faults)
    made = laid(text)
    assert said(made) == plain(node)
    assert not [line for line in made.splitlines() if line.lstrip(" ").startswith("#") and line != line.rstrip()]
