"""`tabletop show --format`: to stdout, or into a new file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli import main

BEGINS = {"html": "<!doctype html>", "mermaid": "flowchart LR", "dot": "digraph ", "svg": "<svg xmlns="}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A working folder with one exercise, `harbour`."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "harbour"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.mark.parametrize("form", BEGINS)
def test_each_format_goes_to_stdout_or_into_a_new_file_alike(
    here: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert main(["show", "harbour", "--format", form]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(BEGINS[form])
    assert main(["show", "harbour", "--format", form, "-o", "made"]) == 0
    assert Path("made").read_text() == printed
    assert capsys.readouterr().out == "made is written.\n"


def test_text_is_what_is_shown_unless_asked_otherwise(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "harbour"]) == 0
    text = capsys.readouterr().out
    assert main(["show", "harbour", "--format", "text"]) == 0
    assert capsys.readouterr().out == text


def test_a_file_that_is_there_is_not_written_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.html").write_text("mine")
    assert main(["show", "harbour", "--format", "html", "-o", "page.html"]) == 1
    assert "Free is: -o page-2.html" in capsys.readouterr().err
    assert Path("page.html").read_text() == "mine"


def test_json_and_a_format_at_once_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "harbour", "--json", "--format", "svg"]) == 2
    assert "two different things" in capsys.readouterr().err
