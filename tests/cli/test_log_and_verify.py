"""`tabletop log` and `tabletop verify` on whole, torn, damaged and foreign files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.cli import log, verify
from tabletop.errors import NotALog, UsageError
from tabletop.journal import FileJournal
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

COMMANDS = [
    {"do": "start"},
    {"do": "join", "name": "Kim", "cell": "north"},
    {"do": "move"},
    {"do": "release", "inject": "closed"},
    {"do": "decide", "decision": "reply", "cells": "north", "option": "call"},
    {"do": "undo"},
    {"do": "note", "text": "Silence.\x9b31m Then\nlaughter. 항만"},
    {"do": "close"},
]


@pytest.fixture
def exercise() -> Exercise:
    gate = {
        "id": "closed",
        "title": "The gate is closed",
        "decisions": [{"id": "reply", "question": "How?", "options": [{"id": "call", "text": "Call"}]}],
    }
    return exercise_from_json(
        {
            "format": 1,
            "id": "gate",
            "title": "The gate",
            "cells": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
            "moves": [{"id": "dawn", "title": "Dawn", "minutes": 30, "injects": [gate]}],
        }
    )


@pytest.fixture
def path(tmp_path: Path, exercise: Exercise) -> Path:
    """A log of nine events."""
    path, time = tmp_path / "gate-1.jsonl", SimulatedTime()
    session = Session.create(exercise, FileJournal.create(path), ExerciseClock(time), name="gate-1")
    for command in COMMANDS:
        time.advance(65)
        session.do(command)
    session.close()
    return path


def call(command: ModuleType, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    code: int = command.run(parser.parse_args(words))
    return code


def damaged(path: Path, line: int) -> None:
    lines = path.read_bytes().split(b"\n")
    lines[line - 1] = lines[line - 1].replace(b'"facilitator"', b'"facilitatoR"')
    path.write_bytes(b"\n".join(lines))


# --- log ---------------------------------------------------------------------------------------------


def test_a_log_as_text_has_a_line_an_event(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(log, str(path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 9
    assert lines[0] == '0  2000-01-01 00:00:00.000Z  0:00:00  facilitator  Session "gate-1" opened: The gate'
    assert lines[4].endswith('0:03:15  facilitator  "The gate is closed" released to everyone')
    assert lines[5].endswith('facilitator  (taken back) North, on "How?": decides "Call" (after 1 min 5 s)')


def test_no_control_characters_reach_the_terminal(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = path.read_bytes()
    assert b"\xc2\x9b" not in raw  # the session cleans what is typed; a log may come from elsewhere
    for words in ([str(path)], [str(path), "--json"]):
        call(log, *words)
        assert not {"\x9b", "\x1b", "\u202e"} & set(capsys.readouterr().out)


def test_a_log_as_json_is_the_list_of_its_lines(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(log, str(path), "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == [json.loads(line) for line in path.read_bytes().splitlines()]
    assert list(printed[3]) == ["seq", "at", "clock", "by", "type", "data", "prev", "sum"]


def test_characters_that_a_terminal_obeys_are_escaped_in_json() -> None:
    printed = log._as_json('{"text":"a\x9bb\u202ec"}\n'.encode(), 1)
    assert printed == '[\n{"text":"a\\u009bb\\u202ec"}\n]'
    assert json.loads(printed) == [{"text": "a\x9bb\u202ec"}]


def test_a_damaged_log_is_printed_up_to_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged(path, 4)
    assert call(log, str(path)) == 1
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 3
    assert printed.err.startswith(f"{path}:4: ")
    assert call(log, str(path), "--json") == 1
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_a_log_damaged_in_its_first_line_prints_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged(path, 1)
    assert call(log, str(path), "--json") == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out) == []
    assert printed.err.startswith(f"{path}:1: ")


def test_a_torn_log_is_whole_up_to_what_was_acknowledged(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    assert call(log, str(path)) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 8
    assert f"{path}:9: " in printed.err


def test_a_log_is_found_by_its_name(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(log, "gate-1", "--logs", str(path.parent)) == 0
    assert len(capsys.readouterr().out.splitlines()) == 9


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text("hello\n")
    with pytest.raises(NotALog):
        call(log, str(tmp_path / "other.jsonl"))
    with pytest.raises(UsageError):
        call(log, str(tmp_path / "none.jsonl"))


# --- verify ------------------------------------------------------------------------------------------


def test_a_whole_log_is_told_with_its_head_and_times(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(verify, str(path)) == 0
    line, times = capsys.readouterr().out.splitlines()
    start, _, head = line.rpartition(" ")
    assert start == f"{path}: 9 events, head"
    assert len(head) == 64
    first, *_, last = (json.loads(each)["at"] for each in path.read_text(encoding="utf-8").splitlines())
    assert times == f"{path}: the first is of {first}, the last of {last}"


def test_a_changed_line_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged(path, 4)
    assert call(verify, str(path)) == 1
    assert capsys.readouterr().out.startswith(f"{path}:4: ")


def test_a_torn_tail_is_not_whole(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    assert call(verify, str(path)) == 1
    assert capsys.readouterr().out.startswith(f"{path}:9: ")


def test_all_arguments_are_worked_through_and_the_highest_code_counts(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = path.with_name("other.txt")
    other.write_text("hello\n")
    missing = path.with_name("missing.jsonl")
    assert call(verify, str(missing), str(other), str(path)) == 2
    printed = capsys.readouterr()
    assert [line.partition(": ")[0] for line in printed.out.splitlines()] == [f"{other}:1", str(path), str(path)]
    assert str(missing) in printed.err
    assert call(verify, str(path), str(other)) == 1


def test_a_folder_and_a_name_that_no_file_can_have_are_arguments_gone_wrong(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(verify, str(path.parent)) == 2
    assert call(verify, "x" * 5000, "--logs", str(path.parent)) == 2
    assert call(verify, "gate-1", "--logs", str(path.parent)) == 0
