"""A log that takes no more is gone on with in a new one elsewhere, which follows from its head."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from journal_medium import Medium
from journal_playing import BEGINNING, GOING_ON, begin, sit

from tabletop.cli import main
from tabletop.errors import NameTaken, NotWritten, Refused
from tabletop.journal import FileJournal, MemoryJournal, places_to_go_on, read_log, verify
from tabletop.session.clock import SimulatedTime
from tabletop.session.evolve import fold
from tabletop.session.session import Session

TYPED = {"do": "note", "text": "typed once, and not typed again"}


@pytest.fixture
def time() -> SimulatedTime:
    """The session's time."""
    return SimulatedTime()


@pytest.fixture
def stopped(tmp_path: Path, time: SimulatedTime) -> Session:
    """A session whose disk refused a note."""
    session = begin(FileJournal.create(tmp_path / "old" / "gate-1.jsonl"), time)
    sit(session, time, BEGINNING)
    with pytest.MonkeyPatch.context() as patch:
        Medium("EIO", at=1, lasting=True).put_under(patch)
        with pytest.raises(NotWritten):
            session.do(TYPED)
    return session


def test_what_was_typed_is_recorded_in_the_new_log_which_follows_from_the_old_ones_head(
    tmp_path: Path, stopped: Session, time: SimulatedTime, capfd: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old" / "gate-1.jsonl", tmp_path / "new" / "gate-1.jsonl"
    head, before = stopped.journal.head, list(stopped.events)
    stopped.go_on_in(new)
    stopped.do(TYPED)
    sit(stopped, time, GOING_ON)
    stopped.close()
    assert new.read_bytes().startswith(old.read_bytes())
    assert read_log(new).events[len(before)].data["text"] == TYPED["text"]
    assert main(["verify", str(new), "--head", head]) == 0
    said = f"line {len(before)} has the head given: nothing before it was changed; 3 events came after it."
    assert said in capfd.readouterr().out
    assert main(["verify", str(old), "--head", head]) == 0


def test_the_play_goes_on_where_it_stood_undo_too(tmp_path: Path, stopped: Session, time: SimulatedTime) -> None:
    clock, state = stopped.clock.elapsed, stopped.state
    told: list[str] = []
    stopped.listen(lambda events: told.extend(event.type for event in events))
    stopped.go_on_in(tmp_path / "new.jsonl")
    assert (stopped.clock.elapsed, stopped.state) == (clock, state)
    sit(stopped, time, [{"do": "undo"}, *GOING_ON])
    assert told == ["event_undone", "decision_recorded", "session_closed"]
    assert fold(read_log(tmp_path / "new.jsonl").events).play == stopped.state.play


def test_a_folder_that_is_gone_takes_nothing_with_it(tmp_path: Path, stopped: Session) -> None:
    shutil.rmtree(tmp_path / "old")
    events = list(stopped.events)
    stopped.go_on_in(tmp_path / "new.jsonl")
    stopped.do(TYPED)
    assert read_log(tmp_path / "new.jsonl").events[:-1] == events
    assert not (tmp_path / "old").exists()


@pytest.mark.parametrize("fault", ["EIO", "ENOSPC", "short", "broken off"])
def test_where_the_new_disk_refuses_too_nothing_is_left_there_and_another_may_be_tried(
    tmp_path: Path, stopped: Session, fault: str
) -> None:
    medium = Medium()
    with pytest.MonkeyPatch.context() as patch:
        medium.put_under(patch)
        stopped.journal.continued(tmp_path / "whole.jsonl").close()
    for at, call in enumerate(medium.calls, 1):
        if fault in ("short", "broken off") and call != "write":
            continue
        with pytest.MonkeyPatch.context() as patch:
            Medium(fault, at).put_under(patch)
            with pytest.raises(NotWritten):
                stopped.go_on_in(tmp_path / "new.jsonl")
        assert not (tmp_path / "new.jsonl").exists()
        assert not stopped.journal.writable
    stopped.go_on_in(tmp_path / "new.jsonl")
    stopped.do(TYPED)
    assert verify(tmp_path / "new.jsonl").ok


def test_no_log_is_overwritten_by_one_that_goes_on(tmp_path: Path, stopped: Session) -> None:
    (tmp_path / "new.jsonl").write_text("mine")
    for path in (tmp_path / "new.jsonl", tmp_path / "old" / "gate-1.jsonl"):
        with pytest.raises(NameTaken):
            stopped.go_on_in(path)
    assert (tmp_path / "new.jsonl").read_text() == "mine"


def test_lines_in_another_programs_form_are_taken_as_they_stand(tmp_path: Path) -> None:
    from tabletop.journal.chain import line_sum

    raw = MemoryJournal()
    begin(raw, SimulatedTime())
    body = raw.lines().replace(b'"seq":0,', b'"seq": 0, ', 1).rpartition(b',"sum"')[0]
    old = tmp_path / "other.jsonl"
    old.write_bytes(body + b',"sum":"' + line_sum(body).encode() + b'"}\n')
    with FileJournal.open(old) as journal, journal.continued(tmp_path / "new.jsonl") as new:
        assert new.head == journal.head
    assert (tmp_path / "new.jsonl").read_bytes() == old.read_bytes()


def test_a_session_in_memory_has_no_log_to_go_on_with(tmp_path: Path, time: SimulatedTime) -> None:
    with pytest.raises(Refused, match="kept in memory alone"):
        begin(MemoryJournal(), time).go_on_in(tmp_path / "new.jsonl")


def test_places_to_go_on_are_free_and_not_in_the_folder_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "gate-1.jsonl").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TABLETOP_LOGS", str(tmp_path / "logs"))
    found = places_to_go_on(tmp_path / "logs" / "gate-1.jsonl")
    assert tmp_path / "home" / "gate-1-2.jsonl" in found
    assert all(path.parent != tmp_path / "logs" and not path.exists() for path in found)
