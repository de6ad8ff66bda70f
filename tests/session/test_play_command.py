"""`tabletop play`: a session without a screen."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from session_room import EXERCISE

from tabletop.cli import play
from tabletop.errors import NameTaken, UsageError


@pytest.fixture
def pact(tmp_path: Path) -> Path:
    """The small exercise, in a file."""
    path = tmp_path / "pact.yaml"
    path.write_text(yaml.safe_dump(EXERCISE, sort_keys=False), encoding="utf-8")
    return path


def _play(tmp_path: Path, what: object, *lines: object, **given: Any) -> int:
    commands = tmp_path / "commands.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    commands.write_text("\n".join(texts), encoding="utf-8")
    parser = argparse.ArgumentParser()
    play.configure(parser)
    arguments = [
        str(what),
        "--logs",
        str(tmp_path / "logs"),
        "--commands",
        given.pop("commands", str(commands)),
    ]
    return play.run(parser.parse_args([*arguments, *(f"--{key}={value}" for key, value in given.items())]))


def test_it_prints_the_lines_of_the_log_to_the_byte(
    tmp_path: Path, pact: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    commands = [{"do": "start"}, {"do": "move"}, {"do": "release", "inject": "notice"}]
    assert _play(tmp_path, pact, *commands) == 0
    printed = capfdbinary.readouterr().out
    assert printed == (tmp_path / "logs" / "pact-1.jsonl").read_bytes()
    assert [json.loads(line)["type"] for line in printed.splitlines()] == [
        "session_opened",
        "exercise_started",
        "move_started",
        "inject_released",
    ]


def test_a_refused_command_is_told_with_its_line_and_the_rest_goes_on(
    tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = ["", {"do": "release", "inject": "notice"}, "{nonsense", "[1]", {"do": "start"}, {"do": "strat"}]
    assert _play(tmp_path, pact, *lines) == 1
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["line 2", "line 3", "line 4", "line 6"]
    assert "Did you mean 'start'?" in err


def test_waiting_moves_the_clock_and_the_wall(tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str]) -> None:
    wait = {"do": "wait", "minutes": 5}
    _play(tmp_path, pact, {"do": "start"}, wait, {"do": "pause"}, wait, {"do": "note", "text": "Hm"})
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [event["clock"] for event in events] == [0, 0, 300, 300]
    assert events[2]["at"] < events[3]["at"]


@pytest.mark.parametrize("minutes", [-1, "five", None, True, 1e9])
def test_waiting_takes_minutes(tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str], minutes: object) -> None:
    assert _play(tmp_path, pact, {"do": "wait", "minutes": minutes}) == 1
    assert "minutes" in capfd.readouterr().err


def test_a_session_goes_on_by_its_name_with_its_clock_standing(
    tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _play(
        tmp_path,
        pact,
        {"do": "start"},
        {"do": "wait", "minutes": 2},
        {"do": "note", "text": "x"},
        name="first",
    )
    capfd.readouterr()
    assert _play(tmp_path, "first", {"do": "resume"}, {"do": "note", "text": "y"}) == 0
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(event["type"], event["clock"]) for event in events] == [
        ("clock_resumed", 120),
        ("discussion_noted", 120),
    ]


def test_new_sessions_take_the_first_free_name_and_a_taken_one_is_refused(tmp_path: Path, pact: Path) -> None:
    _play(tmp_path, pact)
    _play(tmp_path, pact)
    assert sorted(path.name for path in (tmp_path / "logs").glob("*.jsonl")) == [
        "pact-1.jsonl",
        "pact-2.jsonl",
    ]
    with pytest.raises(NameTaken):
        _play(tmp_path, pact, name="pact-1")


def test_commands_come_from_standard_input_too(
    tmp_path: Path, pact: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"do": "start"}\n')))
    assert _play(tmp_path, pact, commands="-") == 0
    assert "exercise_started" in capfd.readouterr().out


def test_who_was_at_the_keys_is_recorded(tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines = [{"do": "join", "id": "kim", "name": "Kim"}, {"do": "note", "text": "x", "by": "kim"}]
    assert _play(tmp_path, pact, *lines, {"do": "note", "text": "x", "by": "lee"}) == 1
    out, err = capfd.readouterr()
    assert json.loads(out.splitlines()[-1])["by"] == "kim"
    assert "lee" in err


def test_what_is_not_there_is_a_wrong_argument(tmp_path: Path, pact: Path) -> None:
    with pytest.raises(UsageError):
        _play(tmp_path, "nowhere")
    with pytest.raises(UsageError):
        _play(tmp_path, pact, commands=str(tmp_path))
