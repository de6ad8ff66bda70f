"""`tabletop export` of papers: where they go, for whom, and what is refused in one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tabletop.cli import main
from tabletop.cli.export import FORMATS

NAME = "first-ten-minutes"
PAPERS = [name for name in FORMATS if not name.startswith("msel")]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cell(here: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A cell of the exercise."""
    main(["show", NAME, "--json"])
    found: str = json.loads(capsys.readouterr().out)["cells"][0]["id"]
    return found


@pytest.mark.parametrize("form", PAPERS)
def test_every_paper_goes_to_a_file_of_the_exercises_name(
    here: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", NAME, "--format", form]) == 0
    kind, _, ending = form.rpartition("-")
    assert capsys.readouterr().out == f"{NAME}-{kind}.{ending} is written.\n"
    assert (here / f"{NAME}-{kind}.{ending}").read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")


def test_a_cells_paper_bears_its_name(here: Path, cell: str) -> None:
    for form in ("manual-docx", "handouts-pdf"):
        assert main(["export", NAME, "--format", form, "--cell", cell]) == 0
    assert sorted(each.name for each in here.iterdir()) == [f"{NAME}-handouts-{cell}.pdf", f"{NAME}-manual-{cell}.docx"]


def test_a_folder_gets_one_for_each_cell_and_one_for_all(here: Path, cell: str) -> None:
    assert main(["export", NAME, "--format", "manual-docx", "-o", "papers/"]) == 0
    names = {each.name for each in (here / "papers").iterdir()}
    assert {f"{NAME}-manual.docx", f"{NAME}-manual-{cell}.docx"} <= names
    text = {name: [p.text for p in docx.Document(str(here / "papers" / name)).paragraphs] for name in names}
    assert "For every player" in text[f"{NAME}-manual.docx"]


def test_nothing_is_written_to_a_folder_where_one_of_the_names_is_taken(
    here: Path, cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "papers").mkdir()
    taken = here / "papers" / f"{NAME}-manual-{cell}.docx"
    taken.write_bytes(b"mine")
    assert main(["export", NAME, "--format", "manual-docx", "-o", "papers"]) == 1
    assert "is not overwritten" in capsys.readouterr().err
    assert [each.read_bytes() for each in (here / "papers").iterdir()] == [b"mine"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--format", "manual-docx", "--cell", "nobody"], 2, "has no cell 'nobody'. Its cells:"),
        (["--format", "manual-docx", "--cell", "control"], 2, "Control's paper is facilitator-docx."),
        (["--format", "facilitator-docx", "--cell", "nobody"], 2, "`facilitator-docx` takes no --cell."),
        (["--format", "msel-csv", "--language", "ko"], 2, "`msel-csv` takes no --language."),
        (["--format", "manual-pdf", "--language", "xx"], 2, "is not translated into 'xx'"),
        (["--format", "feedback-docx", "-o", "."], 2, "is a folder"),
        (["--format", "manual-docx", "-o", "no/such/place.docx"], 2, "cannot be written"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_the_right_code(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, sentence: str
) -> None:
    assert main(["export", NAME, *words]) == code
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""
    assert list(here.iterdir()) == []


def test_a_name_that_is_taken_is_refused_and_the_next_free_one_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(f"{NAME}-feedback.docx").write_bytes(b"mine")
    assert main(["export", NAME, "--format", "feedback-docx"]) == 1
    assert f"Free is: -o {NAME}-feedback-2.docx" in capsys.readouterr().err
    assert Path(f"{NAME}-feedback.docx").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("module", "form", "extra"), [("docx", "manual-docx", "docx"), ("typst", "handouts-pdf", "pdf")]
)
def test_without_the_library_one_sentence_says_how_to_get_it(here: Path, module: str, form: str, extra: str) -> None:
    program = (
        "import importlib.util as util, sys\n"
        f"sys.modules[{module!r}] = None\n"
        "found = util.find_spec\n"
        f"util.find_spec = lambda name, package=None: None if name == {module!r} else found(name, package)\n"
        "from tabletop.cli import main\n"
        f"sys.exit(main(['export', {NAME!r}, '--format', {form!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=here, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"pip install 'tabletop[{extra}]'" in done.stderr
    assert list(here.iterdir()) == []


def test_a_translation_is_put_on_paper(here: Path) -> None:
    (here / "small.yaml").write_text(
        "format: 1\nid: small\ntitle: Small\nbackground: The harbour.\ncells:\n  - {id: a, name: A}\n"
        "moves:\n  - {id: m, title: Move, minutes: 10}\n",
        encoding="utf-8",
    )
    (here / "small.ko.yaml").write_text(
        "format: 1\ntranslates: small\nlanguage: ko\ntexts:\n  background: {text: 항만., of: '00000000'}\n",
        encoding="utf-8",
    )
    assert main(["export", "small.yaml", "--format", "manual-docx", "--language", "ko"]) == 0
    document = docx.Document(str(here / "small-manual.docx"))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "항만." in said
    assert "상황 설명서" in said
    assert document.core_properties.language == "ko"


def test_a_paper_speaks_a_language_that_its_exercise_has_no_texts_in(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "small.yaml").write_text(
        "format: 1\nid: small\ntitle: Small\ncells:\n  - {id: a, name: A}\nmoves:\n  - {id: m, title: M, minutes: 1}\n",
        encoding="utf-8",
    )
    assert main(["export", "small.yaml", "--format", "feedback-docx", "--language", "ja"]) == 0
    assert "`small` is not translated into 'ja'" in capsys.readouterr().err
    said = [paragraph.text for paragraph in docx.Document(str(here / "small-feedback.docx")).paragraphs]
    assert said[:3] == ["Small", "参加者意見書", "全参加者対象"]


def test_letters_that_no_font_holds_are_told_of_and_the_paper_is_made(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabletop.documents.papers.pdf.installed", lambda: frozenset({"Liberation Sans"}))
    (here / "small.yaml").write_text(
        "format: 1\nid: small\ntitle: 항만\ncells:\n  - {id: a, name: A}\nmoves:\n  - {id: m, title: M, minutes: 1}\n",
        encoding="utf-8",
    )
    assert main(["export", "small.yaml", "--format", "manual-pdf"]) == 0
    assert "No font known to hold Korean is installed here" in capsys.readouterr().err
    assert (here / "small-manual.pdf").exists()
