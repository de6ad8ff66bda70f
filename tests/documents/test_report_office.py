"""The report in Word and as PDF: the sections of the Markdown report, by the writers of the papers before play."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tabletop.cli.report import configure, run
from tabletop.documents.blocks import Bullets, Paper, Paragraph, Passage, Said, Section, Table
from tabletop.documents.papers.from_blocks import pieces_of
from tabletop.documents.papers.pieces import Break, Grid, Heading, Listing, Para, Picture, Quote, Run
from tabletop.documents.report.building import after_action_report
from tabletop.documents.report.on_paper import report_docx, report_pdf
from tabletop.errors import TabletopError, UsageError
from tabletop.journal.reading import Damage, Reading
from tabletop.review.reviewing import review
from tabletop.session.text import clean

HOSTILE = [
    "<script>alert(1)</script>",
    "#panic(1) #image(/etc/passwd) $x$ *b* _i_ @ref <label>",
    '"})] \\u{0} {{ 7 * 7 }}',
    "</w:t></w:r><w:p/>]]>&amp;",
    "| a | b |",
    "# heading",
]
EAST_ASIAN = "한국어 통보는 없었다. 日本語の通告はなかった。"


def report(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    configure(parser)
    return run(parser.parse_args([str(word) for word in words]))


def in_word(read: Reading) -> Document:
    return docx.Document(BytesIO(report_docx(review(read.events, read.head), read).raw))


def as_text(pdf: bytes, folder: Path) -> str:
    """The text of a PDF, a form feed behind each page."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    (folder / "read.pdf").write_bytes(pdf)
    done = subprocess.run([program, "-layout", str(folder / "read.pdf"), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def pdf_of(read: Reading) -> bytes:
    return report_pdf(review(read.events, read.head), read).raw


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def everything(document: Document) -> str:
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def styled(document: Document, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style is not None and each.style.name == style]


def everywhere(lines: list[Any], text: str) -> list[Any]:
    """The session with a text at the end of what people wrote in it and in the exercise."""
    told = {"text", "title", "name", "role", "rationale", "view", "reason", "analysis", "action", "owner", "marking"}

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            opened = key == "" and "exercise_sha256" in value  # the session's own name is a file's
            return {each: inner if opened and each == "name" else changed(inner, each) for each, inner in value.items()}
        if isinstance(value, list):
            return [changed(inner, key) for inner in value]
        return f"{value} {text}" if isinstance(value, str) and key in told else value

    return [(clock, kind, changed(data)) for clock, kind, data in lines]


@pytest.fixture(scope="module")
def read(sample: ModuleType) -> Reading:
    made: Reading = sample.reading(sample.PLAYED)
    return made


@pytest.fixture(scope="module")
def paper(read: Reading) -> Paper:
    return after_action_report(review(read.events, read.head), read)


@pytest.fixture(scope="module")
def document(read: Reading) -> Document:
    return in_word(read)


@pytest.fixture(scope="module")
def pages(read: Reading, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return as_text(pdf_of(read), tmp_path_factory.mktemp("pdf")).split("\f")[:-1]


@pytest.fixture
def log(sample: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "gate-1.jsonl"
    path.write_bytes(sample.journal(sample.PLAYED).lines())
    monkeypatch.chdir(tmp_path)
    return path


# --- Word --------------------------------------------------------------------------------------------


def test_word_has_the_sections_of_the_report_in_their_order(paper: Paper, document: Document) -> None:
    assert styled(document, "Heading 1") == [clean(section.heading) for section in paper.sections]
    inner = [clean(part.title) for section in paper.sections for part in section.sections]
    assert styled(document, "Heading 2") == inner


def test_word_has_every_table_of_the_report_under_its_own_header(paper: Paper, document: Document) -> None:
    def tables(section: Section) -> list[Table]:
        own = [block for block in section.blocks if isinstance(block, Table)]
        return [*own, *(table for part in section.sections for table in tables(part))]

    wanted = [table for section in paper.sections for table in tables(section)]
    assert wanted
    assert [tuple(cell.text for cell in table.rows[0].cells) for table in document.tables] == [
        table.columns for table in wanted
    ]
    assert [len(table.rows) for table in document.tables] == [1 + len(table.rows) for table in wanted]
    for table in document.tables:
        properties = table.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None


def test_words_captions_say_of_which_section_a_table_is(document: Document) -> None:
    captions = styled(document, "Caption")
    assert captions[0] == "Table 1. Exercise overview"
    assert len(captions) == len(document.tables)


def test_word_has_marking_and_page_numbers_on_every_page(document: Document) -> None:
    [section] = document.sections
    assert section.header.paragraphs[0].text == "UNCLASSIFIED // FOR EXERCISE USE ONLY"
    assert section.footer.paragraphs[-1].text == "UNCLASSIFIED // FOR EXERCISE USE ONLY"
    assert [text.text.strip() for text in section.footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_what_leads_to_a_table_stays_with_it(document: Document) -> None:
    body = list(document.element.body)
    leads = [each for each in document.paragraphs if each.text.startswith("The ratings are those of")]
    assert [each.paragraph_format.keep_with_next for each in leads] == [True]
    assert body[body.index(leads[0]._p) + 2].tag == qn("w:tbl")  # its caption is between


def test_word_says_that_it_leaves_the_charts_out(document: Document) -> None:
    assert any(text.startswith("The charts are left out here") for text in styled(document, "Quiet"))
    assert not list(document.element.body.iter(qn("w:drawing")))


def test_a_fault_of_the_record_stands_on_words_first_page(sample: ModuleType) -> None:
    document = in_word(sample.reading(sample.PLAYED[:20], damage=Damage(21, "the hash is wrong.")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    told = next(at for at, text in enumerate(texts) if text.startswith("The log is damaged: line 21"))
    assert told < texts.index("Contents")


def test_libreoffice_reads_what_word_is_given(read: Reading, paper: Paper, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "report.docx").write_bytes(report_docx(review(read.events, read.head), read).raw)
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to",
               "txt:Text", "--outdir", str(tmp_path), str(tmp_path / "report.docx")]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    text = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    _, _, body = text.rpartition("\n1. Executive summary\n")
    places = [body.find(f"{section.heading}\n") for section in paper.sections[1:]]
    assert -1 not in places
    assert places == sorted(places)
    assert "We should call" in text


# --- PDF ---------------------------------------------------------------------------------------------


def test_a_pdf_has_the_sections_of_the_report_in_their_order(paper: Paper, pages: list[str]) -> None:
    text = "".join(pages)
    body = text[text.rindex("1. Executive summary") :]
    places = [squeezed(body).find(squeezed(section.heading)) for section in paper.sections]
    assert -1 not in places
    assert places == sorted(places)
    assert "We should call" in text


def test_a_pdf_has_the_marking_above_and_below_each_page(pages: list[str]) -> None:
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert page.count("UNCLASSIFIED // FOR EXERCISE USE ONLY") >= 2
        assert f"Page {number} of {len(pages)}" in page


def test_a_pdf_has_the_charts_with_their_captions_and_their_own_text(pages: list[str]) -> None:
    text = "".join(pages)
    assert "Figure 1: Ratings of the objectives" in text
    assert "The course of play, cell by cell" in text
    assert "inject given out" in text  # the legend of a drawing


def test_charts_come_with_colours_that_paper_knows(paper: Paper, read: Reading) -> None:
    from tabletop.documents.report.on_paper import _Drawing

    drawn = [piece.svg for piece in pieces_of(paper, _Drawing()) if isinstance(piece, Picture)]
    assert len(drawn) > 3
    assert not any("var(" in svg for svg in drawn)


def test_a_text_longer_than_a_page_stands_in_the_pdf_whole(sample: ModuleType, tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(1500))
    read = sample.reading([*sample.PLAYED[:-1], (1800, "feedback_given", {"remarks": long})])
    text = as_text(pdf_of(read), tmp_path)
    assert all(f"word{number}" in text for number in (0, 700, 1100, 1499))


# --- both --------------------------------------------------------------------------------------------


def test_hostile_text_is_text_in_both(sample: ModuleType, tmp_path: Path) -> None:
    read = sample.reading(everywhere(sample.PLAYED, " ".join(HOSTILE)))
    shown = everything(in_word(read))
    printed = squeezed(as_text(pdf_of(read), tmp_path))
    for text in HOSTILE:
        assert text in shown
    assert "<script>alert(1)</script>" in printed
    assert squeezed("#panic(1) #image(/etc/passwd)") in printed


def test_what_steers_a_screen_is_left_out_of_both(sample: ModuleType, tmp_path: Path) -> None:
    read = sample.reading(everywhere(sample.PLAYED, "\x1b[31m\u202eback\x07\x00"))
    shown = everything(in_word(read)) + as_text(pdf_of(read), tmp_path)
    assert "back" in shown
    assert not re.search("[\x00\x07\x1b\u202e]", shown)


def test_korean_and_japanese_come_through_in_both(sample: ModuleType, tmp_path: Path) -> None:
    read = sample.reading(everywhere(sample.PLAYED, EAST_ASIAN))
    assert EAST_ASIAN in everything(in_word(read))
    assert squeezed(EAST_ASIAN) in squeezed(as_text(pdf_of(read), tmp_path))


def test_the_same_log_gives_the_same_bytes(read: Reading) -> None:
    reviewed = review(read.events, read.head)
    assert report_docx(reviewed, read).raw == report_docx(reviewed, read).raw
    assert report_pdf(reviewed, read).raw == report_pdf(reviewed, read).raw


# --- pieces ------------------------------------------------------------------------------------------


def pieces(*blocks: Any) -> tuple[Any, ...]:
    head, *made = pieces_of(Paper("M", "T", (), (Section("Things", blocks, label="1."),)), None)
    assert head == Heading(1, "1. Things")
    return tuple(made)


def test_blank_lines_part_paragraphs_and_other_line_ends_are_spaces() -> None:
    assert pieces(Paragraph(("one\ntwo\n\nthree",))) == (Para((Run("one two"),)), Para((Run("three"),)))


def test_what_looks_like_a_list_in_a_paragraph_keeps_its_lines() -> None:
    assert pieces(Paragraph(("so:\n- one\n- two",))) == (
        Para((Run("so:"), Break(), Run("- one"), Break(), Run("- two"))),
    )


def test_lines_of_what_was_said_stay_lines() -> None:
    words = (Run("one"), Break(), Run("two"))
    assert pieces(Bullets(((Said("one\ntwo"),),))) == (Listing(((Para(words),),)),)
    assert pieces(Passage("one\ntwo\n\nthree")) == (Quote((Para(words), Para((Run("three"),)))),)


def test_a_column_is_as_wide_as_what_it_has_to_say() -> None:
    rows = tuple(((f"#{number}",), ("a sentence of some length that somebody said",)) for number in range(3))
    [grid] = pieces(Table(("Log", "What"), rows))
    assert isinstance(grid, Grid)
    assert grid.caption == "Things"
    assert grid.widths[1] > 5 * grid.widths[0]


# --- the command -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "head"), [("docx", b"PK\x03\x04"), ("pdf", b"%PDF")])
def test_both_go_to_a_file_of_the_sessions_name(
    log: Path, capsys: pytest.CaptureFixture[str], form: str, head: bytes
) -> None:
    assert report(log, "--format", form) == 0
    assert capsys.readouterr().out == f"gate-1.{form} is written.\n"
    assert (log.parent / f"gate-1.{form}").read_bytes()[:4] == head
    assert {each.name for each in log.parent.iterdir()} == {"gate-1.jsonl", f"gate-1.{form}"}


def test_a_name_that_is_taken_is_refused_and_the_next_free_one_told(log: Path) -> None:
    (log.parent / "gate-1.pdf").write_bytes(b"mine")
    with pytest.raises(TabletopError, match=r"not overwritten. Free is: -o gate-1-2.pdf"):
        report(log, "--format", "pdf")
    assert (log.parent / "gate-1.pdf").read_bytes() == b"mine"


def test_a_file_that_is_named_is_written(log: Path) -> None:
    assert report(log, "--format", "docx", "-o", "sent.docx") == 0
    assert (log.parent / "sent.docx").exists()
    with pytest.raises(UsageError, match="cannot be written"):
        report(log, "--format", "docx", "-o", "nowhere/sent.docx")


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_an_anonymous_report_names_nobody(log: Path, tmp_path: Path, form: str) -> None:
    assert report(log, "--format", form, "--anonymous") == 0
    raw = (log.parent / f"gate-1.{form}").read_bytes()
    shown = everything(docx.Document(BytesIO(raw))) if form == "docx" else as_text(raw, tmp_path)
    assert "North" in shown
    assert not re.search(r"\b(Ann|Bo|Fay)\b", shown)


def test_a_damaged_log_is_put_on_paper_and_exits_with_1(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.write_bytes(log.read_bytes().replace(b"Nobody called", b"Nobody smiled"))
    assert report(log, "--format", "docx") == 1
    assert "The report ends there." in capsys.readouterr().err
    assert "The log is damaged: line 15" in everything(docx.Document(str(log.parent / "gate-1.docx")))


def without(module: str, form: str, log: Path) -> subprocess.CompletedProcess[str]:
    """The command where a library is not installed."""
    program = (
        "import importlib.util as util, sys\n"
        f"sys.modules[{module!r}] = None\n"
        "found = util.find_spec\n"
        f"util.find_spec = lambda name, package=None: None if name == {module!r} else found(name, package)\n"
        "from tabletop.cli import main\n"
        f"sys.exit(main(['report', {str(log)!r}, '--format', {form!r}]))"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("module", "form", "extra"), [("docx", "docx", "docx"), ("typst", "pdf", "pdf")])
def test_without_the_library_one_sentence_says_how_to_get_it(log: Path, module: str, form: str, extra: str) -> None:
    done = without(module, form, log)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"pip install 'tabletop[{extra}]'" in done.stderr
    assert not (log.parent / f"gate-1.{form}").exists()


def test_without_what_draws_charts_a_pdf_is_made_and_says_so(log: Path, tmp_path: Path) -> None:
    done = without("matplotlib", "pdf", log)
    assert done.returncode == 0
    assert done.stderr.startswith("tabletop: The report has no charts.")
    assert "The charts are left out here" in as_text((log.parent / "gate-1.pdf").read_bytes(), tmp_path)
