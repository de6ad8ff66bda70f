"""`tabletop actions`: what sessions agreed, as one list; overdue marked, closed by later sessions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli import main
from tabletop.session.clock import SystemTime

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def first_of_february(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of these tests; sessions are played on it too."""
    monkeypatch.setattr(SystemTime, "wall", lambda self: NOW)


def play(folder: Path, name: str, *commands: dict[str, Any]) -> None:
    """A session in which nothing but these commands happened after the close."""
    path = folder / f"{name}.txt"
    begun: list[dict[str, Any]] = [{"do": "start"}, {"do": "close"}]
    path.write_text("".join(f"{json.dumps(command)}\n" for command in [*begun, *commands]))
    assert main(["play", "gsomia-ninety-days", "--name", name, "--logs", str(folder), "--commands", str(path)]) == 0


def agree(action: str, due: str = "", owner: str = "J-3", objective: str = "clock") -> dict[str, Any]:
    return {"do": "agree", "action": action, "owner": owner, "due": due, "objective": objective}


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Two sessions: three actions, of which the second session closed the first."""
    play(
        tmp_path,
        "one",
        agree("Keep a list", "2027-01-15"),
        agree("Rehearse the sentence", "2027-01-20"),
        agree("Buy a clock", "whenever"),
    )
    play(tmp_path, "two", agree("Draft the line", "20 February 2027"), {"do": "close_action", "log": "one", "id": "a1"})
    capsys.readouterr()
    return tmp_path


def test_all_sessions_of_the_folder_are_one_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actions", "--logs", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.index("OVERDUE (1)") < said.index("Open (2)") < said.index("Closed (1)")
    assert "J-3; due 2027-01-20, 12 days ago; for clock" in said
    assert "due 2027-02-20 (20 February 2027), in 19 days" in said
    assert "due whenever (no day that can be read)" in said
    assert "closed in two on 2027-02-01" in said
    assert said.endswith("4 actions in 2 logs, as of 2027-02-01.\n")


def test_due_leaves_what_is_open_and_due_by_then_and_names_what_has_no_day(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["actions", "--logs", str(folder), "--due", "10d"]) == 0
    said = capsys.readouterr()
    assert "Rehearse the sentence" in said.out
    assert "Draft the line" not in said.out
    assert "1 open action with no day that can be read, left out: a3 of one." in said.err


def test_json_is_one_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actions", "one", "--logs", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["id"], each["status"], each["due_on"]) for each in found] == [
        ("a1", "overdue", "2027-01-15"),
        ("a2", "overdue", "2027-01-20"),
        ("a3", "open", None),
    ]


def test_where_nothing_was_agreed_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actions", "--logs", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "No action in 0 logs.\n"


def test_a_span_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["actions", "--logs", str(folder), "--due", "soon"]) == 2
    assert "--due soon is no span of time" in capsys.readouterr().err


def test_a_log_that_is_none_is_said_and_the_others_go_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "no.jsonl").write_text("{}\n")
    assert main(["actions", "--logs", str(folder)]) == 1
    said = capsys.readouterr()
    assert "Keep a list" in said.out
    assert "no.jsonl is not a session log" in said.err
