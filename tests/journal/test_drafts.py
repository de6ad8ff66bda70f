"""What is typed and not yet recorded, beside a log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.journal import Typed, read_drafts, write_drafts

KEPT = {"Note": Typed("2026-11-24T01:23:45.678Z", {"text": "서울과 東京", "cell": "rok"})}


def test_drafts_are_kept_for_the_owner_alone_and_read_again(log: Path) -> None:
    assert write_drafts(log, "then", KEPT)
    assert log.with_name("demo.drafts").stat().st_mode & 0o777 == 0o600
    assert read_drafts(log, "then") == KEPT
    assert sorted(path.name for path in log.parent.iterdir()) == ["demo.drafts", "demo.jsonl"]


def test_without_drafts_the_file_goes(log: Path) -> None:
    write_drafts(log, "then", KEPT)
    assert write_drafts(log, "then", {})
    assert not log.with_name("demo.drafts").exists()


def test_another_session_of_that_name_does_not_find_them(log: Path) -> None:
    write_drafts(log, "then", KEPT)
    assert read_drafts(log, "now") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"opened":"then"}',
        b'{"opened":"then","drafts":[1]}',
        b'{"opened":"then","drafts":{"Note":{"at":"later","values":{}}}}',
        b'{"opened":"then","drafts":{"Note":{"at":"2026-11-24T01:23:45Z","values":{"text":1}}}}',
        b'{"opened":"then","drafts":{"Note":{"at":"2026-11-24T01:23:45Z","values":[]}}}',
    ],
)
def test_garbage_beside_a_log_is_no_draft(log: Path, content: bytes) -> None:
    log.with_name("demo.drafts").write_bytes(content)
    assert read_drafts(log, "then") == {}


def test_drafts_that_the_disk_refuses_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").touch()
    assert not write_drafts(tmp_path / "none" / "demo.jsonl", "then", KEPT)


def test_drafts_beyond_all_bounds_leave_the_old_ones(log: Path) -> None:
    write_drafts(log, "then", KEPT)
    assert not write_drafts(log, "then", {"Note": Typed("2026-11-24T01:23:45Z", {"text": "x" * (2 << 20)})})
    assert read_drafts(log, "then") == KEPT
