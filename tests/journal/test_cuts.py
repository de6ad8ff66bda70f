"""A played session cut at any byte, and with any bit of it flipped: what was acknowledged, or a refusal that says why.

``TABLETOP_EVERY_CUT=1`` tries every byte and bit of the long log too; else a part of them is tried, the same each time.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from journal_playing import play

from tabletop.errors import LogDamaged, NotALog
from tabletop.journal import FileJournal, MemoryJournal
from tabletop.journal.reading import parse

EVERY = bool(os.environ.get("TABLETOP_EVERY_CUT"))
NOTES = 300
ONE_IN = 29  # a prime, so that the tried places wander through the lines


@pytest.fixture(scope="module")
def session() -> bytes:
    """The log of a session of more than 300 events."""
    journal = MemoryJournal("gate-1")
    play(journal, NOTES)
    return journal.lines()


@pytest.fixture(scope="module")
def short_session() -> bytes:
    """The log of a session of eleven events."""
    journal = MemoryJournal("gate-1")
    play(journal)
    return journal.lines()


def ends(raw: bytes) -> list[int]:
    """The offsets at which a whole command ends: what was acknowledged, in bytes."""
    offset, found = 0, []
    for line in raw.splitlines(keepends=True):
        offset += len(line)
        if b'"more":true' not in line:
            found.append(offset)
    return found


def tried(raw: bytes) -> list[int]:
    """The places to cut: all, or some and all that are near the end of a line."""
    near = {end + step for end in ends(raw) for step in range(-3, 4)}
    return [cut for cut in range(len(raw) + 1) if EVERY or cut % ONE_IN == 0 or cut in near]


def test_cut_at_any_byte_a_played_log_opens_with_what_was_acknowledged(session: bytes) -> None:
    path, found = Path("gate-1.jsonl"), Counter[str]()
    whole, places = parse(session, path), ends(session)
    acknowledged = 0
    for cut in tried(session):
        while acknowledged < len(places) and places[acknowledged] <= cut:
            acknowledged += 1
        if not acknowledged:
            with pytest.raises(NotALog, match=r"is empty|is not a session log|breaks off within its first"):
                parse(session[:cut], path)
            found["no log yet"] += 1
            continue
        end = places[acknowledged - 1]
        reading = parse(session[:cut], path)
        assert reading.damage is None
        assert reading.events == whole.events[: session.count(b"\n", 0, end)]
        assert (reading.torn.offset if reading.torn else cut) == end
        found["torn" if reading.torn else "whole"] += 1
    assert found["whole"] == len(places)
    print(f"{sum(found.values())} of {len(session) + 1} cuts: {dict(found)}")


def test_cut_anywhere_a_log_goes_on_from_what_was_acknowledged(short_session: bytes, tmp_path: Path) -> None:
    places, path = ends(short_session), tmp_path / "gate-1.jsonl"
    whole = parse(short_session, path)
    cuts = Random(1).sample(range(places[0], len(short_session)), 150)
    for cut in cuts:
        path.write_bytes(short_session[:cut])
        end = max(place for place in places if place <= cut)
        with FileJournal.open(path) as journal:
            assert list(journal.events) == whole.events[: short_session.count(b"\n", 0, end)]
            assert (journal.torn is None) == (cut == end)
            if journal.torn:
                assert journal.torn.path.read_bytes() == short_session[end:cut]
        assert path.read_bytes() == short_session[:end]
    print(f"{len(cuts)} of {len(short_session)} cuts opened for writing")


def test_with_any_bit_flipped_a_log_is_refused_with_line_and_reason(short_session: bytes, tmp_path: Path) -> None:
    path, found = Path("gate-1.jsonl"), Counter[str]()
    whole = parse(short_session, path)
    for place in range(len(short_session)):
        line = short_session.count(b"\n", 0, place)
        for bit in range(8):
            bent = bytearray(short_session)
            bent[place] ^= 1 << bit
            reading = parse(bytes(bent), path)
            assert reading.events == whole.events[: len(reading.events)]
            if reading.damage:
                assert reading.damage.line == line + 1
                assert reading.damage.wrong.endswith(".")
                found["damaged"] += 1
            else:  # the last line feed: what stands before it was never finished
                assert reading.torn
                assert place == len(short_session) - 1
                found["torn"] += 1
    assert found == {"damaged": 8 * (len(short_session) - 1), "torn": 8}
    print(f"{sum(found.values())} flipped bits: {dict(found)}")


def test_a_log_with_a_flipped_bit_is_not_written(short_session: bytes, tmp_path: Path) -> None:
    path, random = tmp_path / "gate-1.jsonl", Random(2)
    for _ in range(150):
        place = random.randrange(len(short_session) - 1)
        bent = bytearray(short_session)
        bent[place] ^= 1 << random.randrange(8)
        path.write_bytes(bent)
        with pytest.raises(LogDamaged, match=r"gate-1\.jsonl:\d+: .+\. What stands before that line can be read"):
            FileJournal.open(path)
        assert path.read_bytes() == bent


@pytest.mark.parametrize("change", ["reordered", "removed", "doubled", "edited and summed anew"])
def test_whatever_is_changed_before_the_last_line_is_named(session: bytes, change: str) -> None:
    lines = session.splitlines(keepends=True)
    for at in range(1, len(lines) - 2, 1 if EVERY else 7):
        changed = [*lines]
        if change == "reordered":
            changed[at], changed[at + 1] = changed[at + 1], changed[at]
        elif change == "removed":
            del changed[at]
        elif change == "doubled":
            changed.insert(at, lines[at])
        else:
            changed[at] = summed(lines[at].replace(b'"by":"facilitator"', b'"by":"control"'))
        reading = parse(b"".join(changed), Path("gate-1.jsonl"))
        assert reading.damage
        assert reading.damage.line in (at + 1, at + 2)
        assert len(reading.events) <= at + 1


def summed(line: bytes) -> bytes:
    """The line with a sum that is right again, as somebody would who knows the format."""
    from tabletop.journal.chain import line_sum

    body = line[: line.rindex(b',"sum"')]
    return body + b',"sum":"' + line_sum(body).encode() + b'"}\n'
