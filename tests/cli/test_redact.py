"""`tabletop redact`: what it writes, what it says, what it refuses."""

from __future__ import annotations

import base64
import html
import json
import unicodedata
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tabletop.cli import main
from tabletop.journal import FileJournal, read_log
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

EXERCISE = exercise_from_json(
    {
        "format": 1,
        "id": "gate",
        "title": "The gate that Kim closed",
        "cells": [{"id": "north", "name": "North"}],
        "moves": [{"id": "dawn", "title": "Dawn", "minutes": 30}],
    }
)
ACTS = [
    {"do": "start"},
    {"do": "join", "name": "Kim Min-ji", "cell": "north"},
    {"do": "note", "text": "Kim will not sign."},
    {"do": "note", "text": "The number is 7-400."},
    {"do": "close"},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of six events."""
    path = tmp_path / "gate-1.jsonl"
    session = Session.create(EXERCISE, FileJournal.create(path), ExerciseClock(SimulatedTime()), name="gate-1")
    for act in ACTS:
        session.do(act)
    session.close()
    return path


def test_the_new_log_is_proved_printed_reported_on_and_gone_on_with(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    new, old = path.with_name("shared.jsonl"), path.read_bytes()
    assert main(["redact", str(path), "-o", str(new), "--names", "--text", "4"]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines() == [
        f"{new}: 6 events, head {read_log(new).head}",
        f"{new}: 1 event withheld, 2 mentions of names replaced",
    ]
    assert "the exercise itself holds such a name 1 time: it is left as its authors wrote it." in err
    assert path.read_bytes() == old
    assert new.stat().st_mode & 0o077 == 0
    for command in ("verify", "log", "report"):
        assert main([command, str(new)]) == 0
    printed = capfd.readouterr().out
    assert "North 1 will not sign." in printed
    assert "7-400" not in printed
    commands = path.with_name("commands")
    commands.write_text('{"do": "reopen"}\n{"do": "note", "text": "And on."}')
    assert main(["play", str(new), "--commands", str(commands)]) == 0
    assert len(read_log(new).events) == 8


def test_a_type_of_event_is_withheld_as_a_whole(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    new = path.with_name("shared.jsonl")
    assert main(["redact", "gate-1", "--logs", str(path.parent), "-o", str(new), "--kind", "discussion_noted"]) == 0
    assert f"{new}: 2 events withheld, 0 mentions of names replaced" in capfd.readouterr().out
    assert [event.type for event in read_log(new).events].count("redacted") == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "Nothing is to be taken out. Give --names, --text SEQ or --kind TYPE."),
        (["--text", "6"], 2, "There is no event #6: the last is #5."),
        (["--text", "-1"], 2, "There is no event #-1: the last is #5."),
        (["--text", "0"], 2, "#0 holds the exercise and cannot be withheld."),
        (["--text", "x"], 2, "invalid int value: 'x'"),
        (["--kind", "notes"], 2, "No event of the type 'notes' is in the log. There are: discussion_noted, "),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(
    path: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    new = path.with_name("shared.jsonl")
    assert main(["redact", str(path), "-o", str(new), *words]) == code
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert not new.exists()


def test_nothing_is_overwritten_and_no_damaged_log_is_redacted(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["redact", str(path), "-o", str(path), "--names"]) == 1
    assert f"{path} exists already and is not overwritten." in capfd.readouterr().err
    assert main(["redact", str(path), "-o", str(path / "x"), "--names"]) == 2
    assert f"{path / 'x'} cannot be written: Not a directory." in capfd.readouterr().err
    path.write_bytes(path.read_bytes().replace(b"7-400", b"7-401"))
    assert main(["redact", str(path), "-o", str(path.with_name("new.jsonl")), "--names"]) == 1
    assert f"{path}:5: its bytes give the sum" in capfd.readouterr().err
    assert not path.with_name("new.jsonl").exists()


def encodings(text: str) -> list[bytes]:
    """A text as it may stand in a file: plain, decomposed, in JSON's escapes, twice escaped, in other encodings."""
    escaped = json.dumps(text)[1:-1]
    forms = [text, unicodedata.normalize("NFD", text), escaped, escaped.upper(), escaped.replace("\\", "\\\\")]
    forms += [text.encode().hex(), quote(text), html.escape(text), "".join(f"&#{ord(sign)};" for sign in text)]
    coded = [text.encode(coding, "ignore") for coding in ("utf-16-le", "utf-16-be", "utf-32-le", "euc-kr", "utf-7")]
    based = [base64.b64encode(b"x" * shift + text.encode())[4:-4] for shift in range(3)]
    return [form for form in (*(each.encode() for each in forms), *coded, *based) if form]


def test_not_a_trace_of_what_was_taken_out_is_in_the_bytes_in_any_encoding(tmp_path: Path) -> None:
    path, new = tmp_path / "gate-1.jsonl", tmp_path / "shared.jsonl"
    said = '대사는 서명하지 않을 것이라고 말했다 – "never"'
    with closing(
        Session.create(EXERCISE, FileJournal.create(path), ExerciseClock(SimulatedTime()), name="g")
    ) as session:
        for act in (
            {"do": "start"},
            {"do": "join", "name": "박서연", "cell": "north", "role": "Deputy to 박서연"},
            {"do": "note", "text": said},
            {"do": "observe", "text": f"박서연 spoke: {said}"},
        ):
            session.do(act)
    assert main(["redact", str(path), "-o", str(new), "--names", "--text", "3", "4"]) == 0
    raw, old = new.read_bytes(), path.read_bytes()
    assert said.replace('"', '\\"').encode() in old
    for text in (said, "서명하지", "never", "박서연", "서연"):
        found = [form for form in encodings(text) if form.lower() in raw.lower()]
        assert not found, (text, found)
    assert [event.type for event in read_log(new).events].count("redacted") == 2
