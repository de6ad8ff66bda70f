"""A whole session on a disk that fails at each of its calls in turn, and on one that stops at any of them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from journal_medium import CRASHES, FAULTS, Medium
from journal_playing import BEGINNING, GOING_ON, begin, sit

from tabletop.errors import LogDamaged, LogError, NotALog, NotWritten, Refused, UsageError
from tabletop.journal import Event, FileJournal, disk, read_log
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

TYPED = "what was typed in vain"


@dataclass
class Played:
    """What a session made of its disk: the events acknowledged, and those that its listeners were told of."""

    acknowledged: list[Event] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def play(path: Path, medium: Medium) -> Played:
    """A session of two sittings, each going on until it is over or the disk refuses."""
    played, time = Played(), SimulatedTime()
    for acts in (BEGINNING, GOING_ON):
        try:
            journal = FileJournal.open(path) if path.exists() else FileJournal.create(path)
        except (LogError, UsageError) as refusal:
            played.refusals.append(str(refusal))
            continue
        with journal:
            try:
                session = Session.open(journal, ExerciseClock(time)) if journal.events else begin(journal, time)
                played.acknowledged = list(journal.events)
                session.listen(played.told.extend)
                for act in acts:
                    with suppress(Refused):  # what the first sitting did not come to
                        played.acknowledged += sit(session, time, [act])
            except NotWritten as refusal:
                played.refusals.append(str(refusal))
                _writes_no_more(journal, medium, played)
    return played


def _writes_no_more(journal: FileJournal, medium: Medium, played: Played) -> None:
    """After a refusal nothing is recorded, and the disk is not tried again."""
    assert list(journal.events) == played.acknowledged
    calls = len(medium.calls)
    if journal.events:
        session = Session.open(journal, ExerciseClock(SimulatedTime()))
        with pytest.raises(NotWritten):
            session.do({"do": "note", "text": TYPED})
    assert not journal.writable
    assert len(medium.calls) == calls
    assert list(journal.events) == played.acknowledged


def opened(folder: Path) -> tuple[str, list[Event]]:
    """What the next opening finds after a crash, and the events that it shows."""
    path = folder / "gate-1.jsonl"
    try:
        with FileJournal.open(path) as journal:
            return ("torn" if journal.torn else "whole"), list(journal.events)
    except LogDamaged:
        return "damaged", list(read_log(path).events)
    except (NotALog, UsageError):
        return "none", []


def calls_of_a_session(folder: Path) -> int:
    """How many calls to the disk a session makes where nothing fails."""
    with pytest.MonkeyPatch.context() as patch:
        medium = Medium()
        medium.put_under(patch)
        assert len(play(folder / "logs" / "gate-1.jsonl", medium).acknowledged) == 10
    return len(medium.calls)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "lost"])
def test_whichever_call_fails_what_was_acknowledged_survives_and_nothing_else_is_shown(
    tmp_path: Path, fault: str, lasting: bool
) -> None:
    found: Counter[str] = Counter()
    calls = calls_of_a_session(tmp_path / "whole")
    for at in range(1, calls + 1):
        folder = tmp_path / str(at)
        medium = Medium(fault, at, lasting)
        with pytest.MonkeyPatch.context() as patch:
            medium.put_under(patch)
            played = play(folder / "logs" / "gate-1.jsonl", medium)
        assert played.told == [event for event in played.acknowledged if event in played.told]
        assert bool(played.refusals) == bool(medium.struck)
        for crash in CRASHES:
            state, events = opened(medium.crash(crash, folder / crash))
            found[state] += 1
            assert events[: len(played.acknowledged)] == played.acknowledged, (at, crash, state)
            assert _one_command(events[len(played.acknowledged) :]), (at, crash)
            assert state != "damaged" or crash.startswith(("sectors", "sizes"))
    print(f"{fault}: {calls} calls, {sum(found.values())} crashes: {dict(found)}")


def _one_command(events: list[Event]) -> bool:
    """Whether these are at most one command: the last one, whole, whose acknowledgement failed."""
    return all(event.more for event in events[:-1]) and not any(event.more for event in events[-1:])


def test_a_machine_that_stops_between_any_two_calls_loses_nothing_acknowledged(tmp_path: Path) -> None:
    class Stopped(BaseException):
        """The power is gone."""

    class Stopping(Medium):
        def _strikes(self, call: str) -> bool:
            if len(self.calls) == self.at:
                raise Stopped
            return super()._strikes(call)

    found: Counter[str] = Counter()
    for at in range(calls_of_a_session(tmp_path / "whole")):
        folder, medium, played = tmp_path / str(at), Stopping(at=at), Played()
        with pytest.MonkeyPatch.context() as patch:
            medium.put_under(patch)
            _play_until(Stopped, folder / "logs" / "gate-1.jsonl", played)
        for crash in CRASHES:
            state, events = opened(medium.crash(crash, folder / crash))
            found[state] += 1
            assert events[: len(played.told)] == played.told, (at, crash)
            assert _one_command(events[len(played.told) :]), (at, crash)
    assert set(found) == {"none", "whole", "torn", "damaged"}
    print(f"{sum(found.values())} crashes: {dict(found)}")


def _play_until(stop: type[BaseException], path: Path, played: Played) -> None:
    time = SimulatedTime()
    try:
        for acts in (BEGINNING, GOING_ON):
            journal = FileJournal.open(path) if path.exists() else FileJournal.create(path)
            with journal:
                session = Session.open(journal, ExerciseClock(time)) if journal.events else begin(journal, time)
                played.told = list(journal.events)
                session.listen(played.told.extend)
                sit(session, time, acts)
    except stop:
        pass


def test_where_the_medium_only_says_that_it_wrote_the_log_still_holds_no_more_and_no_other_than_was_done(
    tmp_path: Path,
) -> None:
    """The promise does not cover such storage; what is left must all the same be a part of what was."""
    for at in range(1, calls_of_a_session(tmp_path / "whole") + 1):
        for lasting in (False, True):
            folder, medium = tmp_path / f"{at}{lasting}", Medium("lost", at, lasting)
            with pytest.MonkeyPatch.context() as patch:
                medium.put_under(patch)
                played = play(folder / "logs" / "gate-1.jsonl", medium)
            for crash in CRASHES:
                _, events = opened(medium.crash(crash, folder / crash))
                shorter = min(len(events), len(played.acknowledged))
                assert events[:shorter] == played.acknowledged[:shorter]
                assert _one_command(events[shorter:]) or not medium.struck


def test_what_an_opening_shows_is_safe_before_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program killed between write and sync leaves lines that the next one sees and the disk does not have."""
    path, time = tmp_path / "gate-1.jsonl", SimulatedTime()
    with FileJournal.create(path) as journal:
        begin(journal, time)
    safe = path.read_bytes()
    with FileJournal.open(path) as journal:
        sit(Session.open(journal, ExerciseClock(time)), time, [{"do": "start"}])
    killed = path.read_bytes()
    path.write_bytes(safe)
    medium = Medium()
    medium.put_under(monkeypatch)
    fd = disk.open_to_append(path)
    disk.write(fd, killed[len(safe) :])
    with FileJournal.open(path) as journal:
        shown = list(journal.events)
    monkeypatch.undo()
    assert len(shown) == 2
    assert opened(medium.crash("nothing", tmp_path / "crashed")) == ("whole", shown)


@pytest.mark.parametrize("fault", ["EIO", "short", "broken off"])
def test_a_torn_end_is_never_lost_whatever_fails_while_it_is_set_aside(tmp_path: Path, fault: str) -> None:
    whole = tmp_path / "gate-1.jsonl"
    with FileJournal.create(whole) as journal:
        session = begin(journal, SimulatedTime())
        session.do({"do": "start"})
    raw = whole.read_bytes()
    kept, torn = raw[: raw.index(b"\n") + 1], raw[raw.index(b"\n") + 1 : -9]
    for at in range(1, 14):
        path = tmp_path / str(at) / "gate-1.jsonl"
        path.parent.mkdir()
        path.write_bytes(kept + torn)
        medium = Medium(fault, at)
        with pytest.MonkeyPatch.context() as patch:
            medium.put_under(patch)
            state = _try(path)
        for crash in CRASHES:
            folder = medium.crash(crash, tmp_path / f"{at} {crash}")
            log = folder / path.name
            left = [log, *folder.glob("gate-1.torn-*")] if log.exists() else []
            assert any(torn in file.read_bytes() for file in left), (at, crash, state)
            if left:
                assert opened(folder)[1] == list(read_log(whole).events)[:1]


def _try(path: Path) -> str:
    try:
        with FileJournal.open(path):
            return "opened"
    except (LogError, UsageError) as refusal:
        return str(refusal)


def test_a_new_log_whose_name_would_not_last_is_refused_and_leaves_its_name_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = Medium("EIO", at=2)
    medium.put_under(monkeypatch)
    with pytest.raises(NotWritten, match="cannot be created: Input/output error"):
        FileJournal.create(tmp_path / "gate-1.jsonl")
    assert medium.struck == "sync_folder"
    FileJournal.create(tmp_path / "gate-1.jsonl").close()
