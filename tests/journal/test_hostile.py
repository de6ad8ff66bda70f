"""Files that were made to do harm: a plain sentence, in little memory, at once."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest

from tabletop.errors import LogDamaged, LogError, UsageError
from tabletop.journal import Draft, FileJournal, Follower, bounds, read_alive, read_log, write_alive
from tabletop.journal.chain import NO_HEAD, digest, line_sum
from tabletop.journal.lock import _holder

GIGABYTE = 2**30
MEMORY = 400 * 2**20  # bytes of address space, Python and its libraries included


def tabletop(*words: str | Path) -> tuple[int, str, str]:
    """A command in little memory and little time: its exit code, stdout, stderr."""

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    done = subprocess.run(
        [sys.executable, "-m", "tabletop", *map(str, words)],
        input="",
        capture_output=True,
        text=True,
        preexec_fn=little,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def lengthen(path: Path, size: int) -> None:
    """Makes a file so long without taking room on the disk."""
    with path.open("ab") as file:
        file.truncate(size)


def chained(raw: bytes, data: bytes, kind: bytes = b"hot_wash_noted") -> bytes:
    """The log with one more line, whose digests are right, whatever its data."""
    lines = raw.splitlines()
    prev = digest(lines[-1]) if lines else NO_HEAD
    head = b'{"seq":%d,"at":"2026","clock":0.0,"by":"control","type":"%b","data":' % (len(lines), kind)
    body = head + data + b',"prev":"%b"' % prev.encode()
    return raw + body + b',"sum":"%b"}\n' % line_sum(body).encode()


def test_a_file_of_one_endless_line_is_no_log(tmp_path: Path) -> None:
    path = tmp_path / "endless.jsonl"
    path.write_bytes(b'{"seq":0,"type":"session_opened","data":{"format":"tabletop-log/1')
    lengthen(path, GIGABYTE)
    said = f'{path} is not a session log: its first line is no "session_opened" event.'
    assert tabletop("verify", path) == (1, f"{path}:1: {said}\n", "")
    for words in (["log"], ["report"], ["play", "--commands", "-"]):
        assert tabletop(*words, path) == (1, "", f"tabletop: {said}\n")


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_an_endless_line_in_a_log_is_damage_and_what_stands_before_it_is_read(
    log: Path, raw: bytes, end: bytes
) -> None:
    lengthen(log, GIGABYTE)
    with log.open("ab") as file:
        file.write(end)
    said = f"{log}:6: it is longer than 16 MB, and no event is."
    assert tabletop("verify", log) == (1, f"{said}\n", "")
    code, out, err = tabletop("log", "--json", log)
    assert (code, out.count("\n"), err) == (1, 7, f"{said} The record ends there.\n")
    with pytest.raises(LogDamaged, match="longer than 16 MB"):
        FileJournal.open(log)
    with pytest.raises(LogDamaged, match="longer than 16 MB"):
        Follower(log).poll()
    assert log.stat().st_size == GIGABYTE + len(end)


def test_nothing_is_written_that_would_not_be_read(log: Path, raw: bytes) -> None:
    with FileJournal.open(log) as journal:
        with pytest.raises(LogError, match="cannot be recorded: it is longer than 16 MB"):
            journal.append([Draft("hot_wash_noted", {"text": "x" * bounds.LONGEST_LINE}, "", 9.0, "control")], expect=5)
        assert journal.writable
    assert log.read_bytes() == raw


def test_a_log_larger_than_any_session_is_not_read_on(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bounds, sys.modules["tabletop.journal.reading"], sys.modules["tabletop.journal.file"]):
        monkeypatch.setattr(module, "LARGEST_LOG", 1000)
    with pytest.raises(UsageError, match=r"more than 0 MB, .* is it the right file"):
        read_log(log)
    with pytest.raises(UsageError, match="which is as much of a log as is read"):
        FileJournal.open(log)


def test_millions_of_empty_lines_take_no_more_memory_than_their_bytes(log: Path) -> None:
    with log.open("ab") as file:
        for _ in range(100):
            file.write(b"\n" * 2**20)
    code, out, _ = tabletop("verify", log)
    assert code == 1
    assert out.startswith(f"{log}:6: an event was expected, and this is not JSON")
    assert tabletop("list", "--logs", log.parent)[0] == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "it is nested too deeply"),
        (b'{"a":' + b'{"a":' * 200_000 + b"1" + b"}" * 200_001, "it is nested too deeply"),
        (b'{"a":' + b"9" * 200_000 + b"}", "this is not JSON"),
        (b'{"text":"a\0b"}', "Invalid control character"),
        (b'{"text":"\xff"}', "no UTF-8"),
        (b'{"a":1e999,"b":NaN}', "this is not JSON"),
    ],
    ids=["lists", "objects", "number", "NUL", "bytes", "constants"],
)
def test_a_line_that_no_json_parser_likes_is_told_in_words(log: Path, raw: bytes, data: bytes, said: str) -> None:
    log.write_bytes(chained(raw, data))
    code, out, err = tabletop("verify", log)
    assert (code, err) == (1, "")
    assert out.startswith(f"{log}:6: an event was expected, and this is not JSON: ")
    assert said in out
    assert out.count("\n") == 1
    assert tabletop("log", log)[0] == 1


def test_a_text_with_an_escaped_nul_is_a_text(log: Path, raw: bytes) -> None:
    log.write_bytes(chained(raw, b'{"text":"a\\u0000\\ud800b"}'))
    assert len(read_log(log).events) == 6
    assert tabletop("verify", log)[0] == 0


def test_a_file_of_nothing_but_nul_is_no_log(tmp_path: Path) -> None:
    path = tmp_path / "nul.jsonl"
    lengthen(path, 4096)
    code, out, _ = tabletop("verify", path)
    assert (code, out) == (1, f'{path}:1: {path} is not a session log: its first line is no "session_opened" event.\n')


# --- what is no file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "is not a regular file, and a log was expected."),
        (lambda path: path.symlink_to(path), "cannot be read: Too many levels of symbolic links."),
        (lambda path: path.symlink_to("/dev/zero"), "is not a regular file, and a log was expected."),
        (lambda path: path.symlink_to("nowhere"), "There is no log at"),
        (Path.mkdir, "is a folder, and a log was expected."),
    ],
    ids=["pipe", "loop", "device", "dangling", "folder"],
)
@pytest.mark.parametrize("command", ["verify", "log", "report"])
def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path, make: Callable[[Path], None], said: str, command: str
) -> None:
    path = tmp_path / "x.jsonl"
    make(path)
    code, out, err = tabletop(command, path)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_pipes_beside_a_log_are_not_waited_for(log: Path) -> None:
    for suffix in ("alive", "writer"):
        os.mkfifo(log.with_name(f"demo.{suffix}"))
    assert read_alive(log) is None
    assert write_alive(log, 1, 1.0, "2026")
    assert _holder(log.with_name("demo.writer")) == "another program"
    FileJournal.open(log).close()


def test_a_loop_where_a_new_log_should_be_is_a_name_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.symlink_to(path)
    with pytest.raises(LogError, match="There is a log at"):
        FileJournal.create(path)


# --- a log that grows --------------------------------------------------------------------------------


def test_a_log_that_grows_while_it_is_read_is_read_as_it_was(log: Path, raw: bytes) -> None:
    done = Flag()

    def write() -> None:
        with FileJournal.open(log) as journal:
            while not done.is_set():
                note = Draft("discussion_noted", {"text": "x" * 3000}, "2026", 99.0, "control")
                journal.append([note] * 3, expect=len(journal.events))

    writer = Thread(target=write)
    writer.start()
    try:
        counts: list[int] = []
        while len(set(counts)) < 20:
            reading = read_log(log)
            assert reading.damage is None
            counts.append(len(reading.events))
    finally:
        done.set()
        writer.join()
    assert counts == sorted(counts)
    assert {(count - 5) % 3 for count in counts} == {0}


def test_a_file_that_grows_for_ever_is_read_to_where_it_was(log: Path, raw: bytes) -> None:
    with log.open("rb") as file:
        size = log.stat().st_size
        with log.open("ab") as more:
            more.write(b"\n" * 5000)
        assert bounds.read_bounded(file, size) == raw
