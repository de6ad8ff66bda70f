"""`tabletop play`: a session without a screen."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from session_room import EXERCISE

from tabletop.cli import play
from tabletop.errors import NameTaken, UsageError
from tabletop.journal import Draft, FileJournal


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


def test_waiting_ends_with_the_calendar(tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _play(tmp_path, pact, {"do": "start"}, name="first")
    log = tmp_path / "logs" / "first.jsonl"
    with FileJournal.open(log) as journal:
        journal.append([Draft("clock_paused", {}, "9999-12-31T23:50:00.000Z", 0.0, "facilitator")], expect=2)
    lines = [{"do": "wait", "minutes": 5}, {"do": "wait", "minutes": 50}, {"do": "note", "text": "x"}]
    assert _play(tmp_path, "first", *lines) == 1
    out, err = capfd.readouterr()
    assert err == "line 2: wait: the calendar ends with the year 9999.\n"
    assert json.loads(out.splitlines()[-1])["at"] == "9999-12-31T23:55:00.000Z"


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


DEEP = '{"do": "feedback", "x": ' + "[" * 900 + "]" * 900 + "}"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"do": "feedback", "well": 1e400}', "feedback: a number in it is too large"),
        ('{"do": "feedback", "well": ' + "9" * 4000 + "}", "feedback: a number in it is too large"),
        ('{"do": "write", "inject": {"title": "W", "minutes": 99999999999999999999}}', "write: a number in it is too"),
        (DEEP, "feedback: it is nested too deeply"),
        ('{"do": "feedback", "\\ud800": "x"}', "feedback: the name of a field in it holds a character"),
        ('{"do": "note", "text": NaN}', "This is no JSON"),
        ('{"do": "note", "text": "  "}', "note: 'text': it must not be empty."),
        ('{"do": "note", "text": "x", "by": ["kim"]}', "`by` is a participant's id"),
        ('{"do": "start", "at": 1}', "start: 'at' is not known."),
        ('{"do": "reword", "inject": "late", "private": {"rok": "x"}}', "The inject 'late' does not go to 'rok'."),
    ],
)
def test_whatever_a_line_holds_it_is_refused_in_one_sentence(
    tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str], line: str, why: str
) -> None:
    assert _play(tmp_path, pact, {"do": "start"}, line, {"do": "note", "text": "and on"}) == 1
    out, err = capfd.readouterr()
    assert err.startswith(f"line 2: {why}")
    assert len(err.splitlines()) == 1
    assert [json.loads(each)["type"] for each in out.splitlines()][1:] == ["exercise_started", "discussion_noted"]


@pytest.mark.parametrize("name", ["../elsewhere", "/tmp/elsewhere", "sub/name"])
def test_a_new_session_stays_in_the_logs_folder(tmp_path: Path, pact: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is a path, and a session's name was expected"):
        _play(tmp_path, pact, name=name)


def test_a_new_session_has_a_name(tmp_path: Path, pact: Path) -> None:
    with pytest.raises(UsageError, match="name is wanted"):
        _play(tmp_path, pact, name=" ")


def test_a_name_given_with_its_ending_is_the_same_name(tmp_path: Path, pact: Path) -> None:
    _play(tmp_path, pact, name="first.jsonl")
    assert (tmp_path / "logs" / "first.jsonl").is_file()


def test_going_on_with_a_torn_log_tells_where_the_unfinished_bytes_are(
    tmp_path: Path, pact: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _play(tmp_path, pact, {"do": "start"}, {"do": "note", "text": "x"}, name="first")
    log = tmp_path / "logs" / "first.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole[:-5])
    capfd.readouterr()
    assert _play(tmp_path, "first", {"do": "note", "text": "y"}) == 0
    kept = tmp_path / "logs" / "first.torn-1"
    assert f"its bytes are kept in {kept}" in capfd.readouterr().err
    assert whole[:-5].endswith(kept.read_bytes())


def test_a_reader_that_has_gone_away_ends_it_quietly(tmp_path: Path, pact: Path) -> None:
    words = ["-m", "tabletop", "play", str(pact), "--logs", str(tmp_path), "--commands", "-"]
    with subprocess.Popen(
        [sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b'{"do": "start"}\n' * 3)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_under_the_output_is_told_and_the_log_stays_whole(tmp_path: Path, pact: Path) -> None:
    words = ["-m", "tabletop", "play", str(pact), "--logs", str(tmp_path), "--commands", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, *words], input=b"", stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr == (
        b"tabletop: The output cannot be written: No space left on device. Send it to another place.\n"
    )
    assert len((tmp_path / "pact-1.jsonl").read_bytes().splitlines()) == 1
