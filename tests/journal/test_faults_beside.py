"""A whole session with what lies beside its log, on a disk that fails at each call in turn, a change of names too."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from journal_medium import CRASHES, ERRORS, FAULTS, Medium
from journal_playing import BEGINNING, GOING_ON, begin, sit

from tabletop.errors import LogDamaged, LogError, NotALog, NotWritten, Refused, UsageError
from tabletop.journal import (
    Alive,
    Event,
    FileJournal,
    Typed,
    disk,
    read_alive,
    read_drafts,
    read_log,
    write_alive,
    write_drafts,
)
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

AT = "2026-11-24T01:23:45.678Z"
Drafts = dict[str, Typed]


@dataclass
class Kept:
    """What a session made of its disk.

    ``perhaps`` are the drafts that a crash may leave: those that the disk took last, and whatever was tried since.
    """

    events: list[Event] = field(default_factory=list)
    refused: bool = False
    perhaps: list[Drafts] = field(default_factory=lambda: [{}])
    clocks: list[Alive] = field(default_factory=list)

    def type(self, path: Path, number: int) -> None:
        """Somebody types, the clock runs on."""
        drafts = {"Note": Typed(AT, {"text": f"typed at act {number} " + "비밀 " * 200})}
        if write_drafts(path, "then", drafts):
            self.perhaps = [drafts]
        else:
            self.perhaps.append(drafts)
        write_alive(path, number, float(number), AT)
        self.clocks.append(Alive(number, float(number), AT))


def play(path: Path) -> Kept:
    """A session of two sittings; each act is typed first, and goes on being a draft where it is refused."""
    kept, time = Kept(), SimulatedTime()
    for acts in (BEGINNING, GOING_ON):
        try:
            journal = FileJournal.open(path) if path.exists() else FileJournal.create(path)
        except (LogError, UsageError):
            kept.refused = True
            continue
        with journal:
            try:
                session = Session.open(journal, ExerciseClock(time)) if journal.events else begin(journal, time)
                kept.events = list(journal.events)
                for number, act in enumerate(acts, len(kept.clocks)):
                    kept.type(path, number)
                    with suppress(Refused):  # what the first sitting did not come to
                        kept.events += sit(session, time, [act])
            except NotWritten:
                kept.refused = True
    return kept


def calls_of_a_session(folder: Path) -> list[str]:
    """The calls to the disk of a session where nothing fails."""
    with pytest.MonkeyPatch.context() as patch:
        medium = Medium()
        medium.put_under(patch)
        assert not play(folder / "gate-1.jsonl").refused
    return medium.calls


def events_after(folder: Path) -> list[Event]:
    """What the next opening of the log shows."""
    path = folder / "gate-1.jsonl"
    try:
        with FileJournal.open(path) as journal:
            return list(journal.events)
    except LogDamaged:
        return list(read_log(path).events)
    except (NotALog, UsageError):
        return []


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "lost"])
def test_whichever_call_fails_the_record_stands_and_a_draft_that_was_taken_is_there(
    tmp_path: Path, fault: str, lasting: bool
) -> None:
    found, calls = Counter[str](), calls_of_a_session(tmp_path)
    assert calls.count("rename") == 2 * len([*BEGINNING, *GOING_ON])
    for at in range(1, len(calls) + 1):
        folder, medium = tmp_path / str(at), Medium(fault, at, lasting)
        with pytest.MonkeyPatch.context() as patch:
            medium.put_under(patch)
            kept = play(folder / "gate-1.jsonl")
        if medium.struck == "rename" and not lasting:
            assert not kept.refused, "what lies beside the log stopped it"
            found["renames failed"] += 1
        for crash in CRASHES:
            left = medium.crash(crash, folder / crash)
            path = left / "gate-1.jsonl"
            assert read_drafts(path, "then") in kept.perhaps, (at, crash)
            assert read_alive(path) in (None, *kept.clocks), (at, crash)
            events = events_after(left)
            assert events[: len(kept.events)] == kept.events, (at, crash)
            found["crashes"] += 1
    assert fault not in ERRORS or found["renames failed"] == (0 if lasting else calls.count("rename"))
    print(f"{fault}: {len(calls)} calls, {dict(found)}")


@pytest.mark.parametrize("fault", ERRORS)
def test_whichever_change_of_names_fails_what_had_the_name_before_is_there(
    log: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = ({"Note": Typed(AT, {"text": text})} for text in ("before", "after"))
    assert write_drafts(log, "then", old)
    assert write_alive(log, 3, 10.0, AT)

    def fails(*_: Path) -> None:
        raise OSError(ERRORS[fault], fault)

    monkeypatch.setattr(disk, "rename", fails)
    assert not write_drafts(log, "then", new)
    assert not write_alive(log, 4, 20.0, AT)
    assert read_drafts(log, "then") == old
    assert read_alive(log) == Alive(3, 10.0, AT)
    monkeypatch.undo()
    assert write_drafts(log, "then", new)
    assert read_drafts(log, "then") == new
