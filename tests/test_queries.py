"""The SQL on the page about comparing sessions runs, on logs and tables as the page has them made."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tabletop.cli import main

PAGE = Path(__file__).parent.parent / "docs" / "comparing.md"
QUERIES = re.findall(r"^```sql\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
PLAYED = [
    {"do": "start"},
    {"do": "move"},
    {"do": "release", "inject": "court-order"},
    {"do": "wait", "minutes": 2},
    {"do": "decide", "decision": "rok-first-line", "option": "separate"},
    {"do": "undo"},
    {"do": "decide", "decision": "rok-first-line", "option": "open-options"},
    {"do": "observe", "kind": "improvement", "text": "Nobody rang", "objective": "clock", "analysis": "No list"},
    {"do": "close"},
    {"do": "rate", "objective": "clock", "rating": "M"},
]


def run(*words: str) -> str:
    """What a command prints."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        assert main(words) == 0
    out.flush()
    raw = out.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three logs and their tables: two rehearsals, and a session with an undone answer and an observation."""
    folder = tmp_path_factory.mktemp("logs")
    run("rehearse", "gsomia-ninety-days", "--seed", "1", "--log", str(folder / "one.jsonl"))
    run(
        "rehearse",
        "gsomia-ninety-days",
        "--seed",
        "3",
        "--choose",
        "gate-one=notify",
        "--log",
        str(folder / "two.jsonl"),
    )
    commands = folder / "commands"
    commands.write_text("".join(f"{json.dumps(command)}\n" for command in PLAYED))
    run("play", "gsomia-ninety-days", "--name", "three", "--logs", str(folder), "--commands", str(commands))
    for log in ("one", "two", "three"):
        for table in ("events", "decisions", "observations"):
            text = run("log", str(folder / f"{log}.jsonl"), "--csv", "--table", table)
            (folder / f"{log}.{table}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def asked(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The answer to the page's query of that number, from 1."""
    monkeypatch.chdir(folder)
    return duckdb.sql(QUERIES[number - 1]).fetchall()


def test_there_are_five_queries() -> None:
    assert len(QUERIES) == 5


def test_how_often_each_option_was_the_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(1, folder, monkeypatch)
    assert sum(row[3] for row in found if row[0] == "rok-first-line") == 3
    assert ("gate-one", "rok", "notify", 1) in found


def test_how_long_each_cell_took(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {row[0]: row for row in asked(2, folder, monkeypatch)}
    assert found["rok"][2] > 2
    assert found["rok"][3] >= found["rok"][2]


def test_which_injects_went_out_in_some_sessions_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = dict(asked(3, folder, monkeypatch))
    assert found["after-notice"] == ["two.events.csv"]
    assert "court-order" not in found


def test_where_each_track_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {(track, log): value for track, log, value in asked(4, folder, monkeypatch)}
    for log in ("one", "two", "three"):
        report = json.loads(run("compare", str(folder / f"{log}.jsonl"), "--format", "json"))
        for track in report["tracks"]:
            if (track["track"], f"{log}.jsonl") in found:
                [value] = track["at"][-1]["values"].values()
                assert found[track["track"], f"{log}.jsonl"] == value


def test_what_was_to_be_improved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [row] = asked(5, folder, monkeypatch)
    assert row[1:] == ("M", "Nobody rang", "No list")


def test_duckdb_finds_the_kinds_of_columns_by_itself(folder: Path) -> None:
    found = duckdb.sql(f"SELECT seq, clock, in_effect FROM '{folder / 'one.events.csv'}'")
    assert [str(kind) for kind in found.types] == ["BIGINT", "DOUBLE", "BOOLEAN"]
