"""The lines and the chain, to the letter of the contract."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import LogError
from tabletop.journal import NO_HEAD, Draft, MemoryJournal, canonical_sha256
from tabletop.journal.chain import decode, encode

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def event(clock: float = 2531.2, **data: Any) -> Draft:
    return Draft("discussion_noted", data, "2026-11-24T01:23:45.678Z", clock, "control")


def test_a_line_is_written_as_the_contract_says() -> None:
    body = (
        '{"seq":41,"at":"2026-11-24T01:23:45.678Z","clock":2531.2,"by":"control","type":"discussion_noted",'
        '"data":{"text":"é"},"more":true,"prev":"' + "a" * 64 + '"'
    ).encode()
    expected = body + b',"sum":"' + sha256(body).hexdigest()[:16].encode() + b'"}'
    assert encode(event(text="é"), 41, "a" * 64, True) == expected


def test_the_next_line_names_the_digest_of_the_line_before() -> None:
    journal = MemoryJournal()
    journal.append([event(), event()], expect=0)
    first, second = journal.lines().splitlines()
    assert json.loads(first)["prev"] == NO_HEAD
    assert json.loads(second)["prev"] == sha256(first).hexdigest()
    assert journal.head == sha256(second).hexdigest()


@pytest.mark.parametrize(("clock", "written"), [(0, "0.0"), (-0.0001, "0.0"), (1.23456, "1.235"), (7, "7.0")])
def test_the_clock_is_rounded_to_milliseconds(clock: float, written: str) -> None:
    assert f'"clock":{written},' in encode(event(clock), 0, NO_HEAD, False).decode()


def test_more_stands_in_all_lines_of_a_command_but_the_last() -> None:
    journal = MemoryJournal()
    journal.append([event(), event(), event()], expect=0)
    assert [one.more for one in journal.events] == [True, True, False]
    assert [b'"more":true' in line for line in journal.lines().splitlines()] == [True, True, False]


@given(st.dictionaries(TEXT, JSON))
def test_whatever_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    stretch = decode([encode(Draft("x", {"data": data}, "", 1.0, ""), 0, NO_HEAD, False)])
    assert not stretch.wrong
    assert stretch.events[0].data == {"data": data}


@given(st.binary(max_size=200))
def test_no_bytes_whatever_make_reading_fail(line: bytes) -> None:
    assert decode([line]).wrong


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_json_cannot_hold_is_refused_in_words(value: object) -> None:
    journal = MemoryJournal()
    with pytest.raises(LogError, match="'discussion_noted' cannot be recorded"):
        journal.append([event(value=value)], expect=0)
    assert journal.lines() == b""
    with pytest.raises(LogError, match="no JSON form"):
        canonical_sha256(value)


def test_an_event_recorded_live_is_the_one_that_a_replay_reads() -> None:
    journal = MemoryJournal()
    [live] = journal.append([event(1.23456, tracks={"trust": (6, 7)})], expect=0)
    assert live == decode(journal.lines().splitlines()).events[0]
    assert live.data == {"tracks": {"trust": [6, 7]}}


def test_the_canonical_hash_sorts_keys_and_escapes_nothing() -> None:
    assert canonical_sha256({"b": 1, "a": "é"}) == sha256('{"a":"é","b":1}'.encode()).hexdigest()


def test_an_append_at_another_place_is_refused() -> None:
    with pytest.raises(LogError, match="place 3 of the log, and the next free one is 0"):
        MemoryJournal().append([event()], expect=3)


def signed(body: bytes) -> bytes:
    """A line with a sum that is right."""
    return body + b',"sum":"' + sha256(body).hexdigest()[:16].encode() + b'"}'


def bent(**changed: object) -> bytes:
    """A line with a right sum and some keys changed, or left out where None."""
    record = json.loads(encode(event(), 0, NO_HEAD, False))
    del record["sum"]
    record = {key: value for key, value in (record | changed).items() if value is not None}
    return signed(json.dumps(record, separators=(",", ":"))[:-1].encode())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"", "this is not JSON"),
        (b"[]", "not one JSON object"),
        (b"\xff{}", "no UTF-8 at byte 1"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"seq":NaN}', "NaN is not JSON"),
        (b'{"seq":0}', 'its last key should be "sum"'),
        (bent(seq=True), '"seq" should be a whole number, and is True'),
        (bent(clock="1"), "\"clock\" should be a number of seconds, and is '1'"),
        (bent(clock=10**400), "out of all bounds"),
        (bent(clock=None), '"clock" was expected, and is missing'),
        (bent(data=[]), '"data" should be an object, and is a list'),
        (bent(more=1), '"more" should be true'),
        (bent(by="\x1b[31m", at=3), '"at" should be a text, and is 3'),
        (bent(seq=4), "seq 0 was expected, and 4 found"),
        (bent(prev="x"), f'its "prev" should be {NO_HEAD} for the beginning'),
        (encode(event(), 0, NO_HEAD, False) + b"\r", "CR LF"),
    ],
)
def test_a_wrong_line_is_told_in_words(line: bytes, words: str) -> None:
    stretch = decode([line])
    assert words in stretch.wrong
    assert stretch.events == []


def test_an_unknown_key_of_a_newer_version_is_no_damage() -> None:
    assert not decode([bent(later="x")]).wrong
