"""`tabletop log --csv`: one of the log's tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tabletop.cli import main


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A rehearsal's log."""
    path = tmp_path / "one.jsonl"
    assert main(["rehearse", "gsomia-ninety-days", "--log", str(path)]) == 0
    return path


def rows(capfdbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode())))


def test_events_are_meant_where_no_table_is_named(log: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    capfdbinary.readouterr()
    assert main(["log", str(log), "--csv"]) == 0
    assert len(rows(capfdbinary)) == len(log.read_bytes().splitlines())


def test_decisions_have_a_row_an_answer(log: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    capfdbinary.readouterr()
    assert main(["log", str(log), "--csv", "--table", "decisions"]) == 0
    assert len(rows(capfdbinary)) == log.read_bytes().count(b'"type":"decision_recorded"')


def test_of_a_damaged_log_the_table_ends_there_and_the_exit_code_is_1(
    log: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    raw = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(raw[:10]) + raw[10].replace(b"auto", b"hand") + b"".join(raw[11:]))
    capfdbinary.readouterr()
    assert main(["log", str(log), "--csv"]) == 1
    assert len(rows(capfdbinary)) == 10


def test_of_a_log_without_a_first_line_there_are_the_headings(
    log: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    log.write_bytes(log.read_bytes().replace(b'"by":"auto"', b'"by":"hand"', 1))
    capfdbinary.readouterr()
    assert main(["log", str(log), "--csv", "--table", "observations"]) == 1
    assert capfdbinary.readouterr().out.startswith(b"session,exercise,")


@pytest.mark.parametrize("words", [["--json", "--csv"], ["--table", "events"]])
def test_arguments_that_do_not_go_together_are_refused(log: Path, words: list[str]) -> None:
    assert main(["log", str(log), *words]) == 2
