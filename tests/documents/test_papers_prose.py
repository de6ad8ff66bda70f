"""What people wrote, on paper: Markdown is read, and nothing in a text becomes the paper's own markup or code."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.documents.papers import fonts
from tabletop.documents.papers.facilitator import facilitator_guide
from tabletop.documents.papers.manual import manual
from tabletop.documents.papers.pdf import as_pdf, installed
from tabletop.documents.papers.pieces import Break, Code, Listing, Paper, Para, Quote, Run
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.word import as_docx
from tabletop.scenario.model import Exercise, exercise_from_json

HOSTILE = [
    '#panic("out") #{sys.inputs} #import "@preview/x:1.0.0": * #read("/etc/passwd")',
    "$ x^2 $ \\ @label <label> `raw` ~ -- ... // comment /* open",
    '"]) #pagebreak() [("',
    "</w:t></w:r><w:p/> &lt;w:br/&gt; <!-- & -->",
    "\x00\x07\x1b[31mred \u202eback\ufffe\uffff &#x202e; &#27;",
    "= heading\n+ numbered\n/ term: x",
    "{{ 7*7 }} ${7*7} <script>alert(1)</script>",
]


def drill(text: str, **keys: Any) -> Exercise:
    """An exercise that says the text wherever it can."""
    inject = {"id": "i", "title": text, "text": text, "from": text, "via": text, "notes": text, "expects": [text],
              "questions": [text], "private": {"a": text}}  # fmt: skip
    return exercise_from_json({
        "format": 1, "id": "drill", "title": text, "marking": text, "background": text, "ground_rules": [text],
        "cells": [{"id": "a", "name": text, "brief": text, "aims": [text], "roles": [text]}],
        "moves": [{"id": "m", "title": text, "minutes": 5, "briefing": text, "injects": [inject]}],
    } | keys)  # fmt: skip


def texts(raw: bytes) -> list[str]:
    """The paragraphs of a Word document."""
    return [paragraph.text for paragraph in docx.Document(BytesIO(raw)).paragraphs]


# --- Markdown ----------------------------------------------------------------------------------------


def test_emphasis_code_and_line_ends_are_kept() -> None:
    assert prose("One *two* **three** `four`  \nfive") == (
        Para((Run("One "), Run("two", italic=True), Run(" "), Run("three", bold=True), Run(" "), Run("four", mono=True),
              Break(), Run("five"))),
    )  # fmt: skip


def test_lists_stand_within_lists_and_count_from_where_they_say() -> None:
    made = prose("3. one\n4. two\n   - within")
    assert made == (
        Listing(((Para((Run("one"),)),), (Para((Run("two"),)), Listing(((Para((Run("within"),)),),)))), start=3),
    )


def test_quotes_and_code_are_blocks_and_a_heading_is_a_bold_paragraph() -> None:
    assert prose("# Head\n\n> said\n\n```\na  b\n```") == (
        Para((Run("Head", bold=True),)),
        Quote((Para((Run("said"),)),)),
        Code("a  b"),
    )


def test_a_link_shows_where_it_leads_since_paper_cannot_be_clicked() -> None:
    assert prose("[here](https://a.org)") == (Para((Run("here"), Run(" (https://a.org)"))),)
    assert prose("<https://a.org>") == (Para((Run("https://a.org"),)),)


def test_html_and_pictures_are_text() -> None:
    assert prose("<b>no</b>") == (Para((Run("<b>no</b>"),)),)
    assert prose("![x](y.png)") == (Para((Run("!"), Run("x"), Run(" (y.png)"))),)


def test_a_line_end_is_a_space_in_korean_and_none_in_japanese() -> None:
    assert inline("한국\n미국") == (Run("한국"), Run(" "), Run("미국"))
    assert inline("日本\nです") == (Run("日本"), Run("です"))


def test_what_steers_is_gone_also_where_an_entity_makes_it() -> None:
    assert plain("a\x1b[0m\u202eb\ufffe") == "a[0mb"
    assert "".join(word.text for word in inline("a&#x202e;b\u2066c") if isinstance(word, Run)) == "abc"


def test_in_a_table_paragraphs_and_lists_come_line_by_line() -> None:
    assert inline("One\n\n- two\n- three") == (
        Run("One"), Break(), Run("– "), Run("two"), Break(), Run("– "), Run("three"),
    )  # fmt: skip


# --- hostile texts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_text_in_word(text: str) -> None:
    for paper in (manual(drill(text), "a", "en"), facilitator_guide(drill(text), "en")):
        raw = as_docx(paper)
        assert plain(text) in texts(raw)
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            assert archive.testzip() is None


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_text_in_pdf(text: str) -> None:
    assert as_pdf(manual(drill(text), "a", "en")).startswith(b"%PDF")


ANY = st.text(st.characters(codec="utf-8") | st.sampled_from('#$\\@<>*_`~[](){}"/=-+\n\t '), max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY)
def test_any_text_makes_a_paper(text: str) -> None:
    paper = Paper("m", plain(text), "k", "r", prose(text), (Para(inline(text)), *prose(f"- {text}\n\n1. {text}")))
    assert docx.Document(BytesIO(as_docx(paper))).core_properties.title == plain(text)[:255]
    assert as_pdf(paper).startswith(b"%PDF")


if shutil.which("pdftotext"):

    @pytest.mark.parametrize("text", ['#panic("out")', '"]) #pagebreak()', "@label <label> $ x $", "= no heading"])
    def test_code_of_typst_is_read_as_it_was_written(text: str, tmp_path: Path) -> None:
        path = tmp_path / "made.pdf"
        path.write_bytes(as_pdf(manual(drill("quiet", background=text), None, "en")))
        read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
        assert text in read

    if not fonts.missing("한글 かな", installed()):

        def test_korean_and_japanese_can_be_read_in_the_pdf(tmp_path: Path) -> None:
            path = tmp_path / "made.pdf"
            path.write_bytes(as_pdf(manual(drill("항만 봉쇄 ミサイル発射"), "a", "ko")))
            read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
            assert "항만 봉쇄 ミサイル発射" in read


@pytest.mark.parametrize("language", ["ko-KR", "KO", "korean", "x", ""])
def test_any_name_of_a_language_makes_a_pdf(language: str) -> None:
    assert as_pdf(manual(drill("quiet"), None, language)).startswith(b"%PDF")


# --- fonts -------------------------------------------------------------------------------------------


def test_the_language_asked_for_comes_first_among_fonts_of_east_asia() -> None:
    here = {"Noto Sans CJK KR", "Noto Sans CJK JP", "Liberation Sans", "DejaVu Sans"}
    for text, language, first in (("漢字", "ja", "JP"), ("한글", "en", "KR"), ("漢字 한글", "ja-JP", "JP")):
        east = [font for font in fonts.families(text, language, here) if "CJK" in font]
        assert east[0] == f"Noto Sans CJK {first}"


@pytest.mark.parametrize(
    ("text", "here", "told"),
    [
        ("plain", set(), ""),
        ("한글", {"Liberation Sans"}, "Korean"),
        ("かな 한글", {"Malgun Gothic"}, "Japanese"),
        ("漢字", {"Yu Gothic"}, ""),
        ("한글 かな 漢字", {"Noto Sans CJK KR"}, ""),
    ],
)
def test_letters_without_a_font_are_told_of(text: str, here: set[str], told: str) -> None:
    said = fonts.missing(text, here)
    assert (told in said and "fonts-noto-cjk" in said) if told else said == ""
