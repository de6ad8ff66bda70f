"""Cut anywhere, bent anywhere, followed along: what a reader makes of a log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.errors import LogDamaged, NotALog, UsageError
from tabletop.journal import Draft, FileJournal, Follower, MemoryJournal, canonical_sha256, read_log, verify
from tabletop.journal.reading import Damage, parse


def ends_of_commands(raw: bytes) -> list[int]:
    """The offsets at which a whole command ends."""
    offset, ends = 0, []
    for line in raw.splitlines(keepends=True):
        offset += len(line)
        if b'"more":true' not in line:
            ends.append(offset)
    return ends


def test_cut_at_any_byte_a_log_holds_its_whole_commands_and_the_rest_is_torn(raw: bytes, log: Path) -> None:
    whole = parse(raw, log)
    ends = ends_of_commands(raw)
    for cut in range(ends[0], len(raw) + 1):
        reading = parse(raw[:cut], log)
        end = max(place for place in ends if place <= cut)
        count = raw[:end].count(b"\n")
        assert reading.events == whole.events[:count]
        assert reading.damage is None
        assert (reading.torn is None) == (cut == end)
        if reading.torn:
            assert (reading.torn.line, reading.torn.offset, reading.torn.bytes) == (count + 1, end, cut - end)


def test_cut_within_its_first_line_it_is_no_log_yet(raw: bytes, log: Path) -> None:
    for cut in range(raw.index(b"\n") + 1):
        with pytest.raises(NotALog):
            parse(raw[:cut], log)


def test_no_flipped_bit_goes_unnoticed(raw: bytes, log: Path) -> None:
    whole = parse(raw, log)
    for place in range(len(raw)):
        for bit in range(8):
            bent = bytearray(raw)
            bent[place] ^= 1 << bit
            reading = parse(bytes(bent), log)
            assert reading.damage or (reading.torn and place == len(raw) - 1)
            assert reading.events == whole.events[: len(reading.events)]
            assert len(reading.events) <= raw[:place].count(b"\n")


def test_a_missing_line_is_named_with_what_was_expected(raw: bytes, log: Path) -> None:
    lines = raw.splitlines(keepends=True)
    reading = parse(b"".join(lines[:1] + lines[2:]), log)
    assert reading.damage == Damage(2, "seq 1 was expected, and 2 found: lines are missing, doubled or out of order.")


def test_damage_within_a_command_leaves_the_whole_commands_before_it(raw: bytes, log: Path) -> None:
    lines = raw.splitlines(keepends=True)
    lines[3] = lines[3].replace(b"note", b"nota")
    reading = parse(b"".join(lines), log)
    assert reading.damage
    assert reading.damage.line == 4
    assert len(reading.events) == 2


def test_a_last_line_that_ends_and_is_no_event_is_damage_not_a_torn_tail(raw: bytes, log: Path) -> None:
    reading = parse(raw + b"\n", log)
    assert reading.damage
    assert reading.damage.line == 6
    assert reading.torn is None


def test_an_exercise_that_is_not_the_one_hashed_is_damage(log: Path, commands: list[list[Draft]]) -> None:
    opened = commands[0][0]
    changed = Draft(opened.type, opened.data | {"exercise": {"id": "other"}}, opened.at, 0.0, opened.by)
    journal = MemoryJournal()
    journal.append([changed], expect=0)
    damage = parse(journal.lines(), log).damage
    assert damage
    assert f'"exercise_sha256" should be {canonical_sha256({"id": "other"})}' in damage.wrong
    assert damage.line == 1


def newer(path: Path, commands: list[list[Draft]], number: str = "2") -> Path:
    """A log whose format has another number."""
    opened = commands[0][0]
    data = opened.data | {"format": f"tabletop-log/{number}"}
    journal = MemoryJournal()
    journal.append([Draft(opened.type, data, opened.at, 0.0, opened.by)], expect=0)
    path.write_bytes(journal.lines())
    return path


def test_a_newer_format_is_read_and_not_written(tmp_path: Path, commands: list[list[Draft]]) -> None:
    path = newer(tmp_path / "new.jsonl", commands)
    reading = read_log(path)
    assert reading.newer
    assert len(reading.events) == 1
    with pytest.raises(NotALog, match="written by a newer tabletop"):
        FileJournal.open(path)


def test_a_format_without_a_number_is_no_log(tmp_path: Path, commands: list[list[Draft]]) -> None:
    with pytest.raises(NotALog):
        read_log(newer(tmp_path / "odd.jsonl", commands, "x"))


@pytest.mark.parametrize("content", [b"", b"id: exercise\n", b"{}\n", b"\x00\xff\n", b"no newline", b"[]\n"])
def test_a_file_that_is_something_else_is_no_log(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "else.jsonl"
    path.write_bytes(content)
    with pytest.raises(NotALog, match=r"else\.jsonl"):
        read_log(path)


def test_a_missing_path_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path / "none.jsonl", "There is no log at"),
        (tmp_path / "none" / "x.jsonl", "There is no log at"),
        (tmp_path, "is a folder"),
        (Path("/dev/null"), "is not a regular file"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ]:
        with pytest.raises(UsageError, match=words):
            read_log(path)


def test_verify_tells_count_and_head_of_a_whole_log(log: Path) -> None:
    report = verify(log)
    assert report.ok
    at = "2026-11-24T01:23:45.678Z"
    assert str(report).splitlines() == [
        f"{log}: 5 events, head {read_log(log).head}",
        f"{log}: the first is of {at}, the last of {at}",
    ]


def test_verify_names_file_and_line_of_what_is_wrong(log: Path, raw: bytes) -> None:
    log.write_bytes(raw.replace(b'"move":"one"', b'"move":"two"'))
    report = verify(log)
    assert not report.ok
    assert str(report).startswith(f"{log}:3: its bytes give the sum ")


def test_verify_does_not_pass_a_torn_tail(log: Path, raw: bytes) -> None:
    log.write_bytes(raw[:-1])
    report = verify(log)
    assert not report.ok
    assert str(report).startswith(f"{log}:5: the last command was never finished")


def test_a_follower_gets_each_command_once_and_whole(log: Path, raw: bytes) -> None:
    log.write_bytes(b"")
    follower = Follower(log)
    got = []
    for place in range(len(raw)):
        with log.open("ab") as file:
            file.write(raw[place : place + 1])
        events = follower.poll()
        assert not events or not events[-1].more
        assert bool(events) == (place + 1 in ends_of_commands(raw))
        got += events
    assert got == read_log(log).events
    assert follower.poll() == []


def test_a_follower_reads_nothing_when_nothing_changed(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follower = Follower(log)
    assert len(follower.poll()) == 5
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was read"))
    assert follower.poll() == []


def test_a_follower_hands_out_what_is_whole_and_then_tells_the_damage(log: Path, raw: bytes) -> None:
    log.write_bytes(raw + b"{}\n")
    follower = Follower(log)
    assert len(follower.poll()) == 5
    for _ in range(2):
        with pytest.raises(LogDamaged, match=r"demo\.jsonl:6: "):
            follower.poll()


def test_a_follower_notices_a_log_shortened_or_replaced(log: Path, raw: bytes) -> None:
    follower = Follower(log)
    follower.poll()
    log.write_bytes(raw[:-10])
    with pytest.raises(LogDamaged, match="replaced or shortened"):
        follower.poll()


def test_a_follower_refuses_what_is_no_log(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"hello\n")
    follower = Follower(path)
    for _ in range(2):
        with pytest.raises(NotALog):
            follower.poll()
    path.unlink()
    with pytest.raises(UsageError):
        follower.poll()
