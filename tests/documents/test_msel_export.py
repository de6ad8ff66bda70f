"""The workbook that controllers get: its sheets, how it looks, where it goes."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tabletop.cli import main

NAME = "northern-arc"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def book(here: Path) -> Workbook:
    assert main(["export", NAME, "--format", "msel-xlsx"]) == 0
    return openpyxl.load_workbook(here / f"{NAME}-msel.xlsx")


def test_a_workbook_goes_to_a_file_of_the_exercises_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", NAME, "--format", "msel-xlsx"]) == 0
    assert capsys.readouterr().out == f"{NAME}-msel.xlsx is written.\n"


def test_a_name_that_is_taken_is_refused_and_the_next_free_one_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(f"{NAME}-msel.xlsx").write_bytes(b"mine")
    Path(f"{NAME}-msel-2.xlsx").write_bytes(b"mine")
    assert main(["export", NAME, "--format", "msel-xlsx"]) == 1
    assert f"Free is: -o {NAME}-msel-3.xlsx" in capsys.readouterr().err
    assert Path(f"{NAME}-msel.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([NAME], 2),
        ([NAME, "--format", "msel-docx"], 2),
        (["nowhere", "--format", "msel-csv"], 2),
        ([NAME, "--format", "msel-csv", "-o", "no/such/folder.csv"], 2),
        ([NAME, "--format", "msel-csv", "-o", "."], 2),
        (["broken.yaml", "--format", "msel-csv"], 1),
    ],
)
def test_what_cannot_be_is_one_sentence_and_the_right_code(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    Path("broken.yaml").write_text("format: 1\nid: broken\n", encoding="utf-8")
    assert main(["export", *words]) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


def test_the_sheets_are_those_that_a_controller_looks_for(book: Workbook) -> None:
    assert book.sheetnames == ["MSEL", "Objectives", "Cells", "Moves", "Exercise"]


def test_the_columns_are_those_of_a_msel(book: Workbook) -> None:
    assert [cell.value for cell in book["MSEL"][1]][:17] == [
        "No.",
        "Move",
        "Planned time",
        "Story time",
        "Type",
        "Status",
        "Subject",
        "Mode",
        "From",
        "To",
        "Controller",
        "Description",
        "Expected action",
        "Objectives",
        "Decisions",
        "Condition",
        "Notes",
    ]


def test_headings_stay_in_view_and_filter(book: Workbook) -> None:
    sheet = book["MSEL"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_texts_wrap_in_columns_of_a_sensible_width(book: Workbook) -> None:
    sheet = book["MSEL"]
    assert sheet["L2"].alignment.wrap_text
    assert 40 <= (sheet.column_dimensions["L"].width or 0) <= 80
    assert all((sheet.row_dimensions[row].height or 0) <= 409 for row in range(1, sheet.max_row + 1))


@pytest.mark.parametrize("name", ["MSEL", "Objectives", "Cells", "Moves"])
def test_on_paper_it_is_one_page_wide_with_headings(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("name", ["MSEL", "Objectives", "Cells", "Moves", "Exercise"])
def test_every_sheet_has_the_marking_above_and_below_each_printed_page(book: Workbook, name: str) -> None:
    sheet = book[name]
    marking = "UNCLASSIFIED // FOR EXERCISE USE ONLY"
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == (marking, marking)


def test_times_are_times(book: Workbook) -> None:
    column = [cell.value for cell in book["MSEL"]["C"][1:]]
    assert {type(value) for value in column} <= {timedelta, time, type(None)}
    assert book["MSEL"]["C3"].number_format == "[h]:mm"


def test_a_condition_is_told_in_words(book: Workbook) -> None:
    told = [str(cell.value) for cell in book["MSEL"]["P"][1:] if cell.value]
    assert told
    assert not any("{" in words for words in told)


def test_signs_of_the_headers_language_stay_text(here: Path) -> None:
    main(["new", "rd"])
    path = Path("exercises/rd.yaml")
    text = re.sub(r"(?m)^marking: .*$", "marking: 'SECRET & &D'", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert main(["export", "rd", "--format", "msel-xlsx"]) == 0
    header = openpyxl.load_workbook("rd-msel.xlsx")["MSEL"].oddHeader
    assert header is not None
    assert header.center.text == "SECRET && &&D"


def soffice(folder: Path, to: str, path: Path) -> Path:
    """What LibreOffice makes of a file."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / "made"), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    return folder / "made" / f"{path.stem}.{to.partition(':')[0]}"


if shutil.which("soffice"):

    def test_libreoffice_opens_it_and_saves_it_without_an_edit(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["export", NAME, "--format", "msel-xlsx"]) == 0
        saved = soffice(here, "xlsx", here / f"{NAME}-msel.xlsx")
        assert main(["import", str(saved)]) == 0
        assert "nothing was edited" in capsys.readouterr().err
