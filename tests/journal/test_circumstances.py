"""What the user is told when the place that a log is kept in lets them down, sentence by sentence."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from journal_playing import BEGINNING, EXERCISE, begin, play, sit

from tabletop.cli import main
from tabletop.errors import LogLocked, NotWritten
from tabletop.journal import FileJournal, verify
from tabletop.scenario.model import exercise_as_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """The log of a session."""
    path = tmp_path / "logs" / "gate-1.jsonl"
    with FileJournal.create(path) as journal:
        play(journal)
    return path


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A file with two commands for a session that has not begun."""
    path = tmp_path / "commands.jsonl"
    path.write_text('{"do": "start"}\n{"do": "note", "text": "' + "typed " * 500 + '"}\n')
    return path


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    """The exercise as its author has it."""
    path = tmp_path / "gate.yaml"
    path.write_text(yaml.safe_dump(exercise_as_json(EXERCISE)), encoding="utf-8")
    return path


def told(printed: Printed) -> str:
    """The one sentence on stderr, without the program's name."""
    err = printed.readouterr().err
    assert err.count("\n") == 1
    return err.removeprefix("tabletop: ").rstrip()


# --- two programs, and one that is no more -----------------------------------------------------------


def test_a_second_program_is_told_who_writes_the_log(played: Path, commands: Path, capfd: Printed) -> None:
    with FileJournal.open(played):
        assert main(["play", str(played), "--commands", str(commands)]) == 1
        said = told(capfd)
        assert said.startswith(f"{played} is being written by process {os.getpid()} on ")
        assert said.endswith("UTC. Close it there first; meanwhile it can be read: tabletop log, tabletop report.")
        assert main(["verify", str(played)]) == 0


def test_a_note_of_a_writer_that_is_no_more_shuts_nobody_out(played: Path) -> None:
    played.with_name("gate-1.writer").write_text('{"pid": 1, "host": "elsewhere"}')
    played.with_name("gate-1.lock").write_text("stale")
    FileJournal.open(played).close()
    assert not played.with_name("gate-1.writer").exists()


def test_a_note_that_is_garbage_names_nobody(played: Path) -> None:
    with FileJournal.open(played):
        played.with_name("gate-1.writer").write_bytes(b"\xff{")
        with pytest.raises(LogLocked, match=r"is being written by another program\. Close it there first"):
            FileJournal.open(played)


# --- folders that may not be written, or go away -----------------------------------------------------


@pytest.fixture
def guarded(played: Path) -> Iterator[Path]:
    """The log in a folder where nothing may be written, by root neither: the test goes on as somebody else."""
    import filelock.asyncio  # its modules are read while that is still allowed
    import platformdirs  # noqa: F401

    assert filelock
    root = os.geteuid() == 0
    for folder in played.parents[:-2] if root else ():
        if folder.stat().st_mode & 0o005 != 0o005:
            folder.chmod(0o755)
    played.chmod(0o444)
    played.parent.chmod(0o555)
    if root:
        os.seteuid(65534)
    yield played
    if root:
        os.seteuid(0)
    played.parent.chmod(0o700)


def test_a_log_in_a_folder_that_may_not_be_written_is_read_and_not_gone_on_with(guarded: Path, capfd: Printed) -> None:
    assert main(["verify", str(guarded)]) == 0
    assert main(["log", str(guarded)]) == 0
    capfd.readouterr()
    with pytest.raises(NotWritten) as refusal:
        FileJournal.open(guarded)
    assert str(refusal.value) == (
        f"{guarded} cannot be locked for writing: Permission denied. Its folder has to be one to write in."
    )
    with pytest.raises(NotWritten) as refusal:
        FileJournal.create(guarded.with_name("gate-2.jsonl"))
    assert "gate-2.jsonl cannot be locked for writing: Permission denied." in str(refusal.value)


def test_a_log_whose_folder_vanishes_says_so_at_the_next_act(tmp_path: Path) -> None:
    path, time = tmp_path / "logs" / "gate-1.jsonl", SimulatedTime()
    with FileJournal.create(path) as journal:
        session = begin(journal, time)
        shutil.rmtree(path.parent)
        with pytest.raises(NotWritten) as refusal:
            session.do({"do": "start"})
        assert str(refusal.value) == (
            f"The event is not recorded: {path} was replaced or removed by another program. "
            "Find out which, then resume the session."
        )
        assert len(journal.events) == 1
    assert not path.parent.exists()


def test_where_the_folder_of_the_logs_is_a_file_the_sentence_says_so(
    tmp_path: Path, exercise: Path, commands: Path, capfd: Printed
) -> None:
    (tmp_path / "file").touch()
    words = ["play", str(exercise), "--logs", str(tmp_path / "file"), "--commands", str(commands)]
    assert main(words) == 2
    assert told(capfd).endswith(f"cannot be created: {tmp_path / 'file'} is not a folder.")


# --- a disk that is full -----------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 30, 700, 1500])
def test_a_full_disk_is_told_and_leaves_whole_commands(tmp_path: Path, exercise: Path, room: int) -> None:
    """``room`` is in bytes, beyond the first line."""
    words = [sys.executable, "-m", "tabletop", "play", str(exercise), "--logs", str(tmp_path), "--commands", "-"]
    first = subprocess.run(words, input=b"", capture_output=True, check=True).stdout
    size = len(first) + room

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    typed = b'{"do": "start"}\n{"do": "note", "text": "' + b"typed " * 500 + b'"}\n'
    done = subprocess.run(words, input=typed, capture_output=True, preexec_fn=little_room, check=False)
    log = tmp_path / "gate-2.jsonl"
    said = done.stderr.decode()
    assert done.returncode == 1
    assert said.startswith(f"tabletop: The event is not recorded in {log}: ")
    assert "probably full." in said or "File too large." in said
    assert said.endswith("Nothing more is recorded here: free the disk or mend it, then resume the session.\n")
    assert log.read_bytes() == done.stdout
    assert verify(log).events == (1 if room < 300 else 2)


# --- a clock that jumps ------------------------------------------------------------------------------


class Jumping(SimulatedTime):
    """A computer whose date is set back while it runs."""

    back = timedelta()

    def wall(self) -> datetime:
        """The date and time, in UTC."""
        return super().wall() - self.back


def test_a_date_that_is_set_back_moves_the_clock_of_play_nowhere(tmp_path: Path) -> None:
    path, time = tmp_path / "gate-1.jsonl", Jumping(datetime(2026, 11, 24, tzinfo=UTC))
    with FileJournal.create(path) as journal:
        session = begin(journal, time)
        sit(session, time, BEGINNING)
        time.back = timedelta(days=400)
        sit(session, time, [{"do": "note", "text": "after"}])
        before, after = journal.events[-2:]
    assert after.at < before.at
    assert after.clock == before.clock + 65
    assert verify(path).ok
    with FileJournal.open(path) as journal:
        session = Session.open(journal, ExerciseClock(time))
        assert session.clock.elapsed == after.clock
        session.do({"do": "note", "text": "and on"})


def test_going_on_without_a_screen_never_goes_back_behind_the_last_line(
    tmp_path: Path, commands: Path, capfd: Printed
) -> None:
    path, time = tmp_path / "gate-1.jsonl", SimulatedTime(datetime(2200, 1, 1, tzinfo=UTC))
    with FileJournal.create(path) as journal:
        begin(journal, time)
    assert main(["play", str(path), "--commands", str(commands)]) == 0
    ats = [json.loads(line)["at"] for line in path.read_bytes().splitlines()]
    assert ats == sorted(ats)
