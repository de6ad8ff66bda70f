"""Writing: acknowledged only when on the disk, by one writer, over nothing that was there."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import LogDamaged, LogError, LogLocked, NameTaken, NotALog, NotWritten, UsageError
from tabletop.journal import Draft, FileJournal, disk, read_log, verify

Faults = pytest.MonkeyPatch


def record(journal: FileJournal, commands: list[list[Draft]]) -> None:
    """Appends commands one after the other."""
    for command in commands:
        journal.append(command, expect=len(journal.events))


def fail_at(call: int, code: int) -> Callable[..., None]:
    """A stand-in that fails at its Nth call and later ones, and does nothing before."""
    calls = iter(range(1, 1000))

    def failing(*_: object) -> None:
        if next(calls) >= call:
            raise OSError(code, os.strerror(code))

    return failing


def test_what_is_written_is_what_memory_would_hold(tmp_path: Path, raw: bytes, commands: list[list[Draft]]) -> None:
    path = tmp_path / "new" / "folder" / "demo.jsonl"
    with FileJournal.create(path) as journal:
        record(journal, commands)
        assert journal.name == "demo"
        assert verify(path).head == journal.head
    assert path.read_bytes() == raw


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_log_and_what_lies_beside_it_are_its_owners_alone(tmp_path: Path) -> None:
    with FileJournal.create(tmp_path / "logs" / "demo.jsonl"):
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "logs").iterdir()}
    assert modes == {"demo.jsonl": 0o600, "demo.lock": 0o600, "demo.writer": 0o600}
    assert (tmp_path / "logs").stat().st_mode & 0o777 == 0o700


def test_a_name_that_is_taken_is_refused_with_the_next_free_one(log: Path, raw: bytes) -> None:
    log.with_name("demo-2.jsonl").touch()
    with pytest.raises(NameTaken, match="Free is: demo-3"):
        FileJournal.create(log)
    assert log.read_bytes() == raw


def test_a_log_closed_without_an_event_leaves_its_name_free(tmp_path: Path) -> None:
    path = tmp_path / "demo.jsonl"
    FileJournal.create(path).close()
    assert not path.exists()
    FileJournal.create(path).close()


def test_a_log_goes_on_where_it_stood(log: Path, commands: list[list[Draft]]) -> None:
    with FileJournal.open(log) as journal:
        assert journal.torn is None
        record(journal, commands[3:])
    assert verify(log).events == 6


def test_a_log_must_begin_with_its_opening(tmp_path: Path, commands: list[list[Draft]]) -> None:
    with FileJournal.create(tmp_path / "demo.jsonl") as journal, pytest.raises(NotALog):
        record(journal, commands[1:])


def test_an_append_at_another_place_is_refused_and_harms_nothing(log: Path, commands: list[list[Draft]]) -> None:
    with FileJournal.open(log) as journal:
        with pytest.raises(LogError, match="place 2"):
            journal.append(commands[3], expect=2)
        record(journal, commands[3:])
    assert verify(log).ok


def test_an_append_is_one_write_and_one_sync(log: Path, commands: list[list[Draft]], monkeypatch: Faults) -> None:
    calls: list[str] = []

    def write(fd: int, data: bytes) -> int:
        calls.append("write")
        return os.write(fd, data)

    with FileJournal.open(log) as journal:
        monkeypatch.setattr(disk, "write", write)
        monkeypatch.setattr(disk, "sync", lambda _: calls.append("sync"))
        record(journal, commands[2:3])
    assert calls == ["write", "sync"]


@pytest.mark.parametrize("cut", [1, 30, 230])
def test_a_torn_last_command_is_set_aside_and_named(log: Path, raw: bytes, cut: int) -> None:
    last = raw.rindex(b"\n", 0, -1) + 1
    log.write_bytes(raw[:-cut])
    with FileJournal.open(log) as journal:
        assert journal.torn
        assert journal.torn.path == log.with_name("demo.torn-1")
        assert journal.torn.bytes == len(raw) - cut - last
        assert journal.torn.path.read_bytes() == raw[last:-cut]
        assert len(journal.events) == 4
    assert log.read_bytes() == raw[:last]


def test_half_a_command_is_torn_from_its_first_line_on(log: Path, raw: bytes, commands: list[list[Draft]]) -> None:
    lines = raw.splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:3]))
    with FileJournal.open(log) as journal:
        assert journal.torn
        assert journal.torn.path.read_bytes() == lines[2]
        record(journal, commands[2:])
    assert log.read_bytes() == raw


def test_what_was_set_aside_before_is_never_overwritten(log: Path, raw: bytes) -> None:
    log.with_name("demo.torn-1").write_bytes(b"earlier")
    log.write_bytes(raw[:-1])
    with FileJournal.open(log) as journal:
        assert journal.torn
        assert journal.torn.path.name == "demo.torn-2"
    assert log.with_name("demo.torn-1").read_bytes() == b"earlier"


def test_nothing_is_cut_that_could_not_be_saved(log: Path, raw: bytes, monkeypatch: Faults) -> None:
    log.write_bytes(raw[:-1])
    monkeypatch.setattr(disk, "write_new", fail_at(1, errno.ENOSPC))
    with pytest.raises(NotWritten, match="cannot be set aside: No space left"):
        FileJournal.open(log)
    assert log.read_bytes() == raw[:-1]


def test_a_damaged_log_is_not_opened_for_writing(log: Path, raw: bytes) -> None:
    bent = raw.replace(b'"move":"one"', b'"move":"two"')
    log.write_bytes(bent)
    with pytest.raises(LogDamaged, match=r"demo\.jsonl:3: its bytes give the sum .* put back a copy"):
        FileJournal.open(log)
    assert log.read_bytes() == bent


@pytest.mark.parametrize("taken", [0, 1, 88])
def test_a_short_write_is_not_acknowledged_and_ends_the_writing(
    log: Path, raw: bytes, commands: list[list[Draft]], monkeypatch: Faults, taken: int
) -> None:
    write = disk.write
    monkeypatch.setattr(disk, "write", lambda fd, data: write(fd, data[:taken]))
    with FileJournal.open(log) as journal:
        for _ in range(2):
            with pytest.raises(NotWritten, match=rf"the disk took only {taken} of \d+ bytes"):
                record(journal, commands[3:])
            monkeypatch.undo()
        assert not journal.writable
        assert len(journal.events) == 5
    assert log.read_bytes() == raw


@pytest.mark.parametrize(
    "fault", [(name, code) for name in ("write", "sync") for code in (errno.ENOSPC, errno.EIO, errno.EROFS)]
)
def test_an_error_of_the_disk_is_not_acknowledged_and_never_tried_again(
    log: Path, raw: bytes, commands: list[list[Draft]], monkeypatch: Faults, fault: tuple[str, int]
) -> None:
    name, code = fault
    with FileJournal.open(log) as journal:
        monkeypatch.setattr(disk, name, fail_at(1, code))
        with pytest.raises(NotWritten, match=os.strerror(code)):
            record(journal, commands[2:3])
        monkeypatch.setattr(disk, "write", lambda *_: pytest.fail("the disk was tried again"))
        monkeypatch.setattr(disk, "sync", lambda *_: pytest.fail("the disk was tried again"))
        with pytest.raises(NotWritten, match="resume the session"):
            record(journal, commands[2:3])
    assert log.read_bytes() == raw


def test_the_third_sync_failing_leaves_two_commands(
    tmp_path: Path, commands: list[list[Draft]], monkeypatch: Faults
) -> None:
    path = tmp_path / "demo.jsonl"
    monkeypatch.setattr(disk, "sync", fail_at(3, errno.EIO))
    with FileJournal.create(path) as journal, pytest.raises(NotWritten):
        record(journal, commands)
    assert str(verify(path)).startswith(f"{path}: 2 events")


def test_where_the_rest_cannot_be_taken_back_the_sentence_says_so(
    log: Path, raw: bytes, commands: list[list[Draft]], monkeypatch: Faults
) -> None:
    write = disk.write
    with FileJournal.open(log) as journal:
        monkeypatch.setattr(disk, "write", lambda fd, data: write(fd, data[:50]))
        monkeypatch.setattr(disk, "cut", fail_at(1, errno.EIO))
        with pytest.raises(NotWritten, match="could not be taken off the disk"):
            record(journal, commands[3:])
    monkeypatch.undo()
    with FileJournal.open(log) as journal:
        assert journal.torn
        assert journal.torn.bytes == 50
    assert log.read_bytes() == raw


FILL = """
import resource, sys
from pathlib import Path
from tabletop.errors import NotWritten
from tabletop.journal import Draft, FileJournal
path = Path(sys.argv[1])
with FileJournal.open(path) as journal:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 88,) * 2)
    try:
        journal.append([Draft("hot_wash_noted", {"text": "x" * 500}, "", 9.0, "control")], expect=5)
    except NotWritten as refusal:
        print(refusal.sentence)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_real_short_write_is_noticed_and_taken_back(log: Path, raw: bytes) -> None:
    done = subprocess.run([sys.executable, "-c", FILL, str(log)], capture_output=True, text=True, check=True)
    assert "the disk took only 88 of " in done.stdout
    assert log.read_bytes() == raw


def test_an_interruption_is_not_acknowledged_and_goes_on_its_way(
    log: Path, raw: bytes, commands: list[list[Draft]], monkeypatch: Faults
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with FileJournal.open(log) as journal:
        monkeypatch.setattr(disk, "sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            record(journal, commands[3:])
        assert not journal.writable
    assert log.read_bytes() == raw


def test_a_log_that_another_program_added_to_is_left_alone(log: Path, commands: list[list[Draft]]) -> None:
    with FileJournal.open(log) as journal:
        with log.open("ab") as file:
            file.write(b"x")
        changed = log.read_bytes()
        with pytest.raises(NotWritten, match="another program wrote to it"):
            record(journal, commands[3:])
        assert not journal.writable
    assert log.read_bytes() == changed


@pytest.mark.skipif(os.name == "nt", reason="Windows does not replace an open file")
def test_a_log_that_was_replaced_is_left_alone(log: Path, raw: bytes, commands: list[list[Draft]]) -> None:
    with FileJournal.open(log) as journal:
        copy = log.with_name("copy")
        copy.write_bytes(raw)
        copy.replace(log)
        with pytest.raises(NotWritten, match="replaced or removed"):
            record(journal, commands[3:])
    assert log.read_bytes() == raw


def test_a_disk_that_refuses_a_new_log_is_told_in_words(tmp_path: Path, monkeypatch: Faults) -> None:
    monkeypatch.setattr(disk, "create", fail_at(1, errno.EROFS))
    with pytest.raises(NotWritten, match="cannot be created: Read-only file system"):
        FileJournal.create(tmp_path / "demo.jsonl")
    monkeypatch.undo()
    FileJournal.create(tmp_path / "demo.jsonl").close()


def test_a_folder_that_is_a_file_is_a_wrong_argument(log: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        FileJournal.create(log / "demo.jsonl")


HOLD = """
import sys, time
from pathlib import Path
from tabletop.journal import FileJournal
journal = FileJournal.open(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def holder(log: Path) -> subprocess.Popen[str]:
    """Another process that has the log open for writing."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(log)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_who_holds_the_log_and_may_read(log: Path) -> None:
    with holder(log) as process:
        try:
            with pytest.raises(LogLocked, match=rf"is being written by process {process.pid} on .+ since 2"):
                FileJournal.open(log)
            assert len(read_log(log).events) == 5
        finally:
            process.kill()


def test_a_holder_that_was_killed_blocks_nobody(log: Path, commands: list[list[Draft]]) -> None:
    with holder(log) as process:
        process.kill()
    with FileJournal.open(log) as journal:
        record(journal, commands[3:])
    assert verify(log).ok


def test_a_log_reached_through_a_link_is_locked_all_the_same(log: Path) -> None:
    link = log.with_name("link.jsonl")
    link.symlink_to(log)
    with FileJournal.open(log), pytest.raises(LogLocked):
        FileJournal.open(link)


def test_closing_twice_is_no_fault_and_frees_the_log(log: Path, commands: list[list[Draft]]) -> None:
    journal = FileJournal.open(log)
    journal.close()
    journal.close()
    with pytest.raises(NotWritten, match="is closed"):
        record(journal, commands[3:])
    FileJournal.open(log).close()
    assert not log.with_name("demo.writer").exists()
