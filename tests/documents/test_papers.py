"""Papers before an exercise: how they are made, what stands in each, and in which order."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tabletop.documents.papers.conditions import condition
from tabletop.documents.papers.evaluation import evaluation_guide
from tabletop.documents.papers.facilitator import facilitator_guide
from tabletop.documents.papers.feedback import feedback_form
from tabletop.documents.papers.handouts import handouts
from tabletop.documents.papers.manual import manual
from tabletop.documents.papers.pdf import as_data, as_pdf
from tabletop.documents.papers.pieces import Paper, Sheet
from tabletop.documents.papers.word import as_docx
from tabletop.documents.words import MEANINGS, RATINGS
from tabletop.scenario.index import Index
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Condition, Exercise


@pytest.fixture(scope="module")
def gsomia() -> Exercise:
    return load_exercise(find_exercise("gsomia-ninety-days"))


@pytest.fixture(scope="module")
def guide(gsomia: Exercise) -> Document:
    return docx.Document(BytesIO(as_docx(facilitator_guide(gsomia, "en"))))


def papers(exercise: Exercise) -> list[Paper]:
    """Every paper that is made for Word."""
    cell = exercise.cells[0].id
    return [manual(exercise, None, "en"), manual(exercise, cell, "en"), facilitator_guide(exercise, "en"),
            evaluation_guide(exercise, "en"), feedback_form(exercise, "en")]  # fmt: skip


def said(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def styled(document: Document, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style is not None and each.style.name == style]


def cells(document: Document) -> str:
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


# --- Word --------------------------------------------------------------------------------------------


def test_a_guide_is_made_of_real_styles(guide: Document) -> None:
    used = {paragraph.style.name for paragraph in guide.paragraphs if paragraph.style is not None}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Caption"} <= used
    assert {table.style.name for table in guide.tables if table.style is not None} == {"Table Grid"}


def test_the_header_of_each_table_is_repeated_and_no_row_is_broken(guide: Document) -> None:
    for table in guide.tables:
        heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_captions_count_the_tables(guide: Document) -> None:
    captions = styled(guide, "Caption")
    assert len(captions) == len(guide.tables)
    assert [caption.partition(".")[0] for caption in captions] == [f"Table {n}" for n in range(1, len(captions) + 1)]


def test_the_contents_are_a_field_whose_entries_lead_to_the_headings(guide: Document) -> None:
    body = guide.element.body
    assert any("TOC \\o" in (text.text or "") for text in body.iter(qn("w:instrText")))
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert links == marks
    assert len(links) == len(styled(guide, "Heading 1")) + len(styled(guide, "Heading 2"))


def test_marking_and_page_numbers_stand_on_every_page(gsomia: Exercise) -> None:
    for paper in papers(gsomia):
        [section] = docx.Document(BytesIO(as_docx(paper))).sections
        assert not section.different_first_page_header_footer
        assert section.header.paragraphs[0].text == gsomia.marking
        assert section.footer.paragraphs[-1].text == gsomia.marking
        fields = [text.text.strip() for text in section.footer._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_each_numbered_list_counts_from_its_own_start() -> None:
    from tabletop.documents.papers.prose import prose

    paper = Paper("m", "t", "k", "r", (), prose("1. a\n2. b\n\ntext\n\n1. c\n\nmore\n\n7. d"))
    document = docx.Document(BytesIO(as_docx(paper)))
    lists = [
        each._p.pPr.numPr.numId.val for each in document.paragraphs if each.style and each.style.name == "List Number"
    ]
    assert lists[0] == lists[1]
    assert len(set(lists)) == 3


def test_the_same_exercise_gives_the_same_bytes(gsomia: Exercise) -> None:
    assert [as_docx(each) for each in papers(gsomia)[1:3]] == [as_docx(each) for each in papers(gsomia)[1:3]]
    assert as_pdf(manual(gsomia, "rok", "en")) == as_pdf(manual(gsomia, "rok", "en"))


# --- what stands in them -----------------------------------------------------------------------------


def test_a_manual_gives_a_cell_its_brief_its_aims_and_the_schedule(gsomia: Exercise) -> None:
    document = docx.Document(BytesIO(as_docx(manual(gsomia, "jpn", "en"))))
    text = "\n".join(said(document))
    assert "You cannot veto a notice." in text
    assert "Keep the agreement, without a concession that can be called one." in styled(document, "List Bullet")
    assert "Your treaty lawyers" not in text
    assert [row.cells[1].text for row in document.tables[-1].rows][1:] == [move.title for move in gsomia.moves]


def test_a_guide_runs_in_the_order_of_play(gsomia: Exercise, guide: Document) -> None:
    heads = styled(guide, "Heading 1")
    moves = [f"Move {number}: {move.title}" for number, move in enumerate(gsomia.moves, 1)]
    assert heads == ["Before play", "Cells", "Tracks", *moves, "Hot wash", "Sources"]
    first = styled(guide, "Heading 2")
    planned = [each for each in gsomia.moves[0].injects if not each.contingency]
    in_order = [
        *sorted(planned, key=lambda each: each.at),
        *(each for each in gsomia.moves[0].injects if each.contingency),
    ]
    at = first.index(f"0:00  {in_order[0].title}")
    assert [head.partition("  ")[2] for head in first[at : at + len(in_order)]] == [each.title for each in in_order]


def test_a_guide_says_when_to_use_what_is_in_the_pocket(gsomia: Exercise, guide: Document) -> None:
    uses = [each.use_if for each in gsomia.injects() if each.use_if]
    assert uses
    assert all(f"In the pocket: {use.rstrip('.')}" in "\n".join(said(guide)) for use in uses)


def test_what_is_not_for_everyone_is_set_off_in_another_way(guide: Document) -> None:
    assert "Read out to everyone" in styled(guide, "Aside Label")
    assert {"Only for United States", "Once chosen, only for Japan"} <= set(styled(guide, "Private Aside Label"))
    assert not [label for label in styled(guide, "Aside Label") if "only for" in label.lower()]


def test_conditions_are_told_in_words(gsomia: Exercise) -> None:
    when = {"chose": {"gate-one": ["notify", "silent"]}, "track": {"trust": ">= 2, <= 4"},
            "any": [{"released": ["court-order"]}, {"track": {"credit": "== 3"}}],
            "not": {"any": [{"released": "hub-memo"}, {"released": "draft-note"}]}}  # fmt: skip
    assert condition(Condition.model_validate(when), Index(gsomia)) == (
        "Republic of Korea chose notify or silent (gate-one) and Trust between Seoul and Tokyo is 2 or more and 4 or"
        " less and (“A court orders the sale” was given out or Washington's credit with both is 3) and none of"
        " “Forty minutes a product” or “The draft and its two lawyers” was given out"
    )
    assert condition(Condition(), Index(gsomia)) == ""
    either = Condition.model_validate({"any": [{"released": "court-order"}, {"track": {"credit": "== 3"}}]})
    told = "“A court orders the sale” was given out or Washington's credit with both is 3"
    assert condition(either, Index(gsomia)) == told
    shut = Condition.model_validate({"not": {"chose": {"gate-one": "notify"}}})
    assert condition(shut, Index(gsomia)) == "it is not so that (Republic of Korea chose notify (gate-one))"


def test_an_evaluation_guide_has_each_objective_its_tasks_and_what_is_expected(gsomia: Exercise) -> None:
    document = docx.Document(BytesIO(as_docx(evaluation_guide(gsomia, "en"))))
    text, table = "\n".join(said(document)), cells(document)
    assert len(styled(document, "Heading 1")) == len(gsomia.objectives) + 2
    for objective in gsomia.objectives:
        assert objective.text in text
        assert all(task in table for task in objective.tasks)
    assert all(each in table for inject in gsomia.injects() if inject.objectives for each in inject.expects)
    assert all(name in table and MEANINGS[letter] in table for letter, name in RATINGS.items())
    assert "HSEEP (FEMA, January 2020)" in text


def test_a_feedback_form_asks_what_hseep_asks(gsomia: Exercise) -> None:
    document = docx.Document(BytesIO(as_docx(feedback_form(gsomia, "en"))))
    assert len(document.tables[0].rows) == 4
    assert [cell.text for cell in document.tables[1].rows[0].cells] == ["", "1", "2", "3", "4", "5"]
    assert len(document.tables[1].rows) == 8
    assert len([head for head in styled(document, "Heading 2") if "hree things" in head]) == 2


def test_handouts_come_in_the_order_of_the_schedule_and_the_pocket_last(gsomia: Exercise) -> None:
    sheets = [block for block in handouts(gsomia, "rok", "en").blocks if isinstance(block, Sheet)]
    titles = [as_data(sheet.blocks[0])["text"] for sheet in sheets]
    first = [each for each in gsomia.moves[0].injects if not each.to or "rok" in each.to]
    ordered = sorted(first, key=lambda each: (each.contingency, each.at))
    assert titles[: len(ordered)] == [each.title for each in ordered]


if shutil.which("soffice"):

    def test_libreoffice_opens_every_paper_and_shows_the_marking_on_every_page(
        gsomia: Exercise, tmp_path: Path
    ) -> None:
        names = [tmp_path / f"{number}.docx" for number, _ in enumerate(papers(gsomia))]
        for name, paper in zip(names, papers(gsomia), strict=True):
            name.write_bytes(as_docx(paper))
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command: list[Any] = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *names]
        subprocess.run(command, capture_output=True, check=True, timeout=240)
        for name in names if shutil.which("pdftotext") else ():
            made = subprocess.run(["pdftotext", name.with_suffix(".pdf"), "-"], capture_output=True, check=True)
            pages = made.stdout.decode().split("\f")[:-1]
            assert pages
            assert all(page.count(gsomia.marking) >= 2 for page in pages)
