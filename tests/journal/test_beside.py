"""Names and folders of logs, and the clock reading beside them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import UsageError
from tabletop.journal import (
    Alive,
    FileJournal,
    list_logs,
    log_path,
    logs_folder,
    next_free,
    read_alive,
    safe_name,
    write_alive,
)


def test_the_clock_reading_is_renewed_and_read(log: Path) -> None:
    assert read_alive(log) is None
    assert write_alive(log, 3, 10.0, "a")
    assert write_alive(log, 4, 12.34567, "2026-11-24T01:23:45.678Z")
    assert read_alive(log) == Alive(4, 12.346, "2026-11-24T01:23:45.678Z")
    assert log.with_name("demo.alive").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in log.parent.iterdir()) == ["demo.alive", "demo.jsonl"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"seq":1}',
        b'{"seq":"1","clock":2,"at":"x"}',
        b'{"seq":1,"clock":NaN,"at":"x"}',
    ],
)
def test_garbage_beside_a_log_is_no_clock_reading(log: Path, content: bytes) -> None:
    log.with_name("demo.alive").write_bytes(content)
    assert read_alive(log) is None


def test_a_clock_reading_that_the_disk_refuses_stops_nothing(tmp_path: Path) -> None:
    assert not write_alive(tmp_path / "none" / "demo.jsonl", 1, 1.0, "x")


def test_a_new_log_does_not_find_its_forerunners_clock(log: Path) -> None:
    write_alive(log, 3, 10.0, "a")
    log.unlink()
    with FileJournal.create(log):
        assert read_alive(log) is None


def test_the_folder_is_the_option_then_the_variable_then_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLETOP_LOGS", "/from/variable")
    assert logs_folder(Path("given")) == Path("given")
    assert logs_folder(None) == Path("/from/variable")
    monkeypatch.delenv("TABLETOP_LOGS")
    assert logs_folder(None).parts[-2:] == ("tabletop", "logs")


def test_a_log_is_meant_by_path_or_by_name(tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logs = tmp_path / "logs"
    assert log_path("demo", tmp_path) == log
    assert log_path(str(log), logs) == log
    assert log_path("other.jsonl", logs) == Path("other.jsonl")
    assert log_path("a/b", logs) == Path("a/b")
    assert log_path("missing", logs) == logs / "missing.jsonl"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").touch()
    assert log_path("plain", logs) == Path("plain")
    assert log_path("x" * 400, logs).parent == logs


def test_a_folder_of_a_sessions_name_does_not_hide_the_session(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "folder").mkdir()
    assert log_path("demo", tmp_path) == log
    assert log_path("folder", tmp_path) == Path("folder")


def test_the_next_free_name_is_counted_up(log: Path) -> None:
    assert next_free(log.with_name("free.jsonl")) == log.with_name("free.jsonl")
    assert next_free(log) == log.with_name("demo-2.jsonl")


def test_logs_are_listed_by_name_and_nothing_else_is(log: Path) -> None:
    log.with_name("a.jsonl").touch()
    log.with_name("demo.lock").touch()
    log.with_name("folder.jsonl").mkdir()
    assert list_logs(log.parent) == [log.with_name("a.jsonl"), log]
    assert list_logs(log.parent / "none") == []
    with pytest.raises(UsageError):
        list_logs(log)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ninety Days", "Ninety-Days"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x", "C-x"),
        ("한일 군사정보", "한일-군사정보"),
        ("", "session"),
        ("..", "session"),
        ("\x00\x1b[31m", "31m"),
        ("con", "session-con"),
        ("v1.2.jsonl", "v1.2"),
    ],
)
def test_any_title_makes_a_decent_name(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(st.text())
def test_no_title_leaves_the_folder(title: str) -> None:
    name = safe_name(title)
    folder = Path("/logs")
    assert (folder / f"{name}.jsonl").resolve().parent == folder
    assert name
    assert len(name.encode()) <= 160
    assert safe_name(name) == name


def test_the_journal_loads_neither_models_nor_screens_nor_the_lock() -> None:
    program = "import sys, tabletop.journal; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "textual", "rich", "yaml", "filelock", "platformdirs", "asyncio", "socket"}
    assert set(done.stdout.split()) & heavy == set()
