"""`tabletop report`: where it writes, what it refuses, how it exits."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.cli.report import configure, run
from tabletop.errors import LogDamaged, NotALog, TabletopError, UsageError


def report(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    configure(parser)
    return run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def log(sample: ModuleType, tmp_path: Path) -> Path:
    path = tmp_path / "gate-1.jsonl"
    path.write_bytes(sample.journal(sample.PLAYED).lines())
    return path


def test_the_report_goes_to_stdout(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(log) == 0
    assert "# The gate: after-action report" in capsys.readouterr().out


def test_a_session_is_found_by_its_name(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report("gate-1", "--logs", log.parent, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["session"] == "gate-1"


def test_a_file_is_written_once_and_never_over(log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.md"
    assert report(log, "-o", target) == 0
    assert capsys.readouterr().out == ""
    before = target.read_bytes()
    with pytest.raises(TabletopError, match="exists already and is not overwritten"):
        report(log, "-o", target)
    assert target.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_in_words(log: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        report(log, "-o", tmp_path / "nowhere" / "report.md")


def test_a_damaged_log_is_reported_on_and_exits_with_1(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.write_bytes(log.read_bytes().replace(b"Nobody called", b"Nobody smiled"))
    assert report(log) == 1
    said = capsys.readouterr()
    assert "> **Note:** The log is damaged: line 15" in said.out
    assert said.err.startswith(f"{log}:15: ")


def test_a_torn_or_unfinished_log_exits_with_0(
    sample: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "torn.jsonl"
    path.write_bytes(sample.journal(sample.PLAYED[:20]).lines() + b'{"seq":20,')
    assert report(path) == 0
    page = capsys.readouterr().out.partition("\n## ")[0]
    assert "breaks off within its last command" in page
    assert "The session was not closed" in page


def test_a_log_damaged_in_its_first_line_has_nothing_to_report(log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b'"title":"The gate"', b'"title":"Two gate"', 1))
    with pytest.raises(LogDamaged, match="damaged in its first line"):
        report(log)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk\n", encoding="utf-8")
    with pytest.raises(NotALog):
        report(tmp_path / "notes.txt")
