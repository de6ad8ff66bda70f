"""Files that are no MSEL: one clear sentence each, the right exit code, never a traceback."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tabletop.cli import main
from tabletop.documents.msel.carrying import ABOUT, TITLE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PLAN = workbook(["Time", "Subject", "Description"], ["09:00", "A call", "It rings."])


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def repacked(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The plan's workbook with some parts changed, and some added."""
    with zipfile.ZipFile(io.BytesIO(PLAN)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return packed(**parts, **more)


def bomb() -> bytes:
    """A workbook of a few hundred kilobytes that unpacks to more than 100 MiB."""
    return repacked(lambda name, raw: raw, **{"xl/media/image1.png": bytes(101 * 2**20)})


def doctype(name: str, raw: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return raw
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + raw.partition(b"?>")[2]


def ranged(xml: bytes) -> Callable[[str, bytes], bytes]:
    """A sheet with one more element behind its cells."""
    return lambda name, raw: raw.replace(b"</sheetData>", b"</sheetData>" + xml) if "sheet1" in name else raw


FILES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty.xlsx": (b"", "empty.xlsx is empty."),
    "spaces.csv": (b" \n\n", "spaces.csv is empty."),
    "no-rows.xlsx": (workbook(), "has no row of headings"),
    "no-header.xlsx": (workbook(["a", "b"], ["c", "d"]), "has no row of headings"),
    "header-only.xlsx": (workbook(["Time", "Subject"]), "has headings and no inject below them"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "old.xls": (OLE + b"Workbook", "is a workbook of the old kind (.xls)"),
    "binary.xlsb": (packed(**{"xl/workbook.bin": b"x"}), "is a binary workbook (.xlsb)"),
    "plan.ods": (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "is an OpenDocument file"),
    "letter.docx": (packed(**{"word/document.xml": b"<w/>"}), "is no workbook"),
    "cut.xlsx": (PLAN[: len(PLAN) // 2], "is damaged"),
    "broken.xlsx": (repacked(lambda name, raw: raw[: len(raw) // 2] if "sheet1" in name else raw), "cannot be read"),
    "hollow.xlsx": (packed(**{"xl/workbook.xml": b""}), "cannot be read"),
    "merged.xlsx": (repacked(ranged(b'<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>')), "more merged"),
    "linked.xlsx": (repacked(ranged(b'<hyperlinks><hyperlink ref="A5:XFD9999" display="x"/></hyperlinks>')), "linked"),
    "endless.xlsx": (repacked(ranged(b"<c/>" * 1_000_001)), "more than 1,000,000 cells"),
    "entities.xlsx": (repacked(doctype), "a DOCTYPE"),
    "bomb.xlsx": (bomb, "would unpack to more than 100 MiB"),
    "large.csv": (lambda: b"a,b\n" * (13 * 2**20), "is larger than 50 MiB"),
    "paper.pdf": (b"%PDF-1.7\n" + bytes(90), "is a PDF"),
    "page.xls": (b"<html><table><tr><td>Time</td></tr></table></html>", "is a web page"),
    "noise.csv": (bytes(range(256)) * 4, "is no workbook and no CSV file"),
    "prose.txt": (b"Dear all,\nplease find no table here.\n", "has no row of headings"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_msel_is_refused_in_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, says = FILES[name]
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw())
    assert main(["import", str(path), "-o", str(tmp_path / "x.yaml")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [("gone.xlsx", "There is no file"), (".", "is a folder"), ("pipe", "is a pipe"), ("a\0b", "cannot be read")],
)
def test_a_path_that_cannot_be_read_is_wrong_arguments(
    name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    assert main(["import", name]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


def test_macros_are_neither_read_nor_run_and_that_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.xlsm"
    path.write_bytes(repacked(lambda name, raw: raw, **{"xl/vbaProject.bin": b"Sub Auto_Open()"}))
    assert main(["import", str(path)]) == 0
    assert "The workbook has macros, which were neither read nor run." in capsys.readouterr().err


def test_a_formula_counts_as_the_value_saved_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.xlsx"
    saved = b'<c r="C2" t="str"><f>UPPER("it rings")</f><v>IT RINGS</v></c>'

    def with_formula(name: str, raw: bytes) -> bytes:
        return raw.replace(raw[raw.find(b'<c r="C2"') : raw.find(b"</row>", raw.find(b'<c r="C2"'))], saved)

    path.write_bytes(repacked(lambda name, raw: with_formula(name, raw) if "sheet1" in name else raw))
    assert main(["import", str(path)]) == 0
    assert "text: IT RINGS" in capsys.readouterr().out


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(PLAN))
    book.worksheets[0]["XFD1048576"] = "far out"
    book.save(tmp_path / "far.xlsx")
    assert main(["import", str(tmp_path / "far.xlsx")]) == 0
    assert "far out" in "".join(capsys.readouterr())


def test_what_would_steer_a_terminal_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Time,Subject,Text\n09:00,A \u202ecall\x1b[31m,It\u200b rings.\n", encoding="utf-8")
    assert main(["import", str(path)]) == 0
    out, err = capsys.readouterr()
    assert not {"\x1b", "\u202e"} & set(out + err)


def test_nothing_is_overwritten_and_the_next_free_name_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.xlsx").write_bytes(PLAN)
    Path("plan.yaml").write_text("mine", encoding="utf-8")
    assert main(["import", "plan.xlsx", "-o", "plan.yaml"]) == 1
    assert "plan.yaml exists already and is not overwritten. Free is: -o plan-2.yaml" in capsys.readouterr().err
    assert Path("plan.yaml").read_text(encoding="utf-8") == "mine"


def without_openpyxl(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command in a Python to which openpyxl is not installed."""
    program = (
        "import sys, importlib.util as util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, package=None: None if name == 'openpyxl' else found(name, package)\n"
        "sys.modules['openpyxl'] = None\n"
        f"from tabletop.cli import main\nsys.exit(main({list(words)!r}))"
    )
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", [["export", "northern-arc", "--format", "msel-xlsx"], ["import", "plan.xlsx"]])
def test_without_openpyxl_a_workbook_says_what_to_install(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(PLAN)
    done = without_openpyxl(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'tabletop[xlsx]'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_csv_needs_no_extra(tmp_path: Path) -> None:
    out = without_openpyxl("export", "northern-arc", "--format", "msel-csv", "-o", "plan.csv", folder=tmp_path)
    back = without_openpyxl("import", "plan.csv", "-o", "plan.yaml", folder=tmp_path)
    assert (out.returncode, back.returncode) == (0, 0)


@pytest.mark.parametrize("words", [["--help"], ["check", "northern-arc"], ["export", "--help"], ["import", "--help"]])
def test_openpyxl_is_loaded_only_where_a_workbook_is_asked_for(words: list[str]) -> None:
    program = (
        "import sys\nfrom tabletop.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        "print('openpyxl' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False"


def forged(**changes: object) -> bytes:
    """A workbook whose sheet of the whole was made by hand, with a right checksum."""
    value = {"format": 1, "id": "x", "title": "X", "cells": [{"id": "rok", "name": "R"}], "moves": [], **changes}
    text = json.dumps(value)
    book = openpyxl.load_workbook(io.BytesIO(PLAN))
    sheet = book.create_sheet("Exercise")
    for row in (TITLE, ABOUT, hashlib.sha256(text.encode()).hexdigest(), f"|{text}|"):
        sheet.append([row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_forged_exercise_never_leads_out_of_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in" / "plan.xlsx"
    path.parent.mkdir()
    path.write_bytes(forged(id="../../evil", translations={"../../evil": {"title": "Y"}, "ko": {"title": "Y"}}))
    assert main(["import", str(path)]) == 0
    assert capsys.readouterr().out.startswith("format: 1\nid: plan\n")
    assert main(["import", str(path), "-o", str(path.with_name("y.yaml"))]) == 0
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["in", "plan.xlsx", "y.ko.yaml", "y.yaml"]


def test_a_forged_exercise_that_is_none_is_not_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(forged(moves="none"))
    assert main(["import", str(path)]) == 0
    assert 'The sheet "Exercise" was changed' in capsys.readouterr().err
