"""Nothing that people wrote can change a paper's structure."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tabletop.documents.blocks import (
    Bullets,
    Notice,
    Paper,
    Paragraph,
    Ref,
    Section,
    Strong,
    Table,
    refs,
    say,
)
from tabletop.documents.markdown import as_markdown, escape

HOSTILE = [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a | b", r"a \| b"),
    ("`code` ~~~ *x* _y_", r"\`code\` \~\~\~ \*x\* \_y\_"),
    ("[click](javascript:x)", r"\[click\](javascript:x)"),
    ("![x](https://a.b)", r"!\[x\](https\://a.b)"),
    ("www.example.org", r"www\.example.org"),
    ("&#60;b&#62;", "&amp;#60;b&amp;#62;"),
    ("\x1b[31mred\x07 \u202eback", r"\[31mred back"),
    ("half \ud800 of it", "half  of it"),
    ("back\\slash", "back\\\\slash"),
]


def paper(text: str) -> str:
    blocks = (
        Notice((text,)),
        Paragraph((text,)),
        Bullets(((text,), (text,))),
        Table(("one", text), (((text,), (Strong(text), Ref(3))), ((text,), ()))),
    )
    return as_markdown(Paper(text, text, (), (Section(text, blocks),)))


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_markup_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# No heading", r"\# No heading"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("   > no quote", "&gt; no quote"),
        ("    no code", "no code"),
        ("One\n===\n", "One\\\n\\==="),
        ("One\n\n# Two", "One\n\n\\# Two"),
        ("#41 is no heading", "#41 is no heading"),
        ("##41", r"\##41"),
    ],
)
def test_a_line_of_text_stays_text(text: str, shown: str) -> None:
    assert as_markdown(Paper("M", "T", (Paragraph((text,)),), ())) == f"**M**\n\n# T\n\n{shown}\n\n**M**\n"


def test_line_ends_do_not_break_a_table() -> None:
    table = Table(("a", "b"), ((("one\n\ntwo\r\n| three",), say("x", refs(1, 2))),))
    [*_, row, _, _] = as_markdown(Paper("M", "T", (table,), ())).splitlines()
    assert row == r"| one two \| three | x (#1, #2) |"


def structure(text: str) -> list[str]:
    """What each line of a paper is, going by how it begins."""
    kinds = {"> ": "notice", "- ": "entry", "| ": "row", "**": "banner", "# ": "title", "##": "heading"}
    return [kinds.get(line[:2], "text") for line in text.splitlines() if line]


@given(st.text(min_size=1))
def test_no_text_changes_the_structure(text: str) -> None:
    plain = [kind for kind in structure(paper("plain")) if kind != "text"]
    assert [kind for kind in structure(paper(f"x{text}")) if kind != "text"] == plain


@given(st.text(alphabet="|<>`*_#-+=\\\n[]()!~ ab1.\x1b\u2028\u0085", min_size=1, max_size=30))
def test_no_markup_changes_the_structure(text: str) -> None:
    written = paper(f"x{text}")
    plain = [kind for kind in structure(paper("plain")) if kind != "text"]
    assert [kind for kind in structure(written) if kind != "text"] == plain
    assert "<" not in written
    assert not any(ord(char) < 32 and char != "\n" for char in written)


def test_the_marking_stands_at_top_and_bottom() -> None:
    lines = as_markdown(Paper("RESTRICTED", "T", (), ())).splitlines()
    assert lines[0] == lines[-1] == "**RESTRICTED**"


@given(st.text(alphabet="|<>`*_#-+=~&;:/w.\\\n[]()!$ ab1\t", min_size=1, max_size=40))
@example("1) a")
@example("\\")
@example("---")
@example("[a]: b")
@example("<!-- -->")
def test_a_reader_of_markdown_sees_the_text_and_nothing_else(text: str) -> None:
    """What CommonMark makes of a list's entry is one paragraph with exactly the words that were written."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(as_markdown(Paper("M", "T", (Bullets((("x",), (f" {text}", "."))),), ())))
    assert [token.type for token in tokens if token.type.endswith("_open")] == [
        "paragraph_open",
        "heading_open",
        "bullet_list_open",
        *["list_item_open", "paragraph_open"] * 2,
        "paragraph_open",
    ]
    [*_, entry, _] = [token for token in tokens if token.type == "inline"]
    assert {child.type for child in entry.children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in entry.children or ()).split() == f"{text}.".split()
