"""What is wrong with a damaged line is said in the language of the report, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabletop.journal.bounds import LONGEST_LINE
from tabletop.journal.chain import line_sum
from tabletop.journal.reading import parse
from tabletop.review.faults import fault
from tabletop.review.speech import speaking
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.rehearsal import rehearsal_log

Damaging = Callable[[list[bytes]], list[bytes]]


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    """The lines of a rehearsal."""
    return rehearsal_log(load_exercise(find_exercise("first-ten-minutes")), 1, Choices()).split(b"\n")


def changed(number: int, **keys: Any) -> Damaging:
    """Another program wrote the line, with a sum of its own; a key that is None is left out."""

    def damaged(lines: list[bytes]) -> list[bytes]:
        record = json.loads(lines[number]) | keys
        kept = {key: value for key, value in record.items() if value is not None and key != "sum"}
        body = json.dumps(kept, separators=(",", ":"))[:-1].encode()
        return put(number, body + b',"sum":"%s"}' % line_sum(body).encode())(lines)

    return damaged


def put(number: int, line: bytes) -> Damaging:
    return lambda lines: [*lines[:number], line, *lines[number + 1 :]]


DAMAGES: dict[str, Damaging] = {
    "line ends": lambda lines: [line + b"\r" for line in lines],
    "no JSON": put(3, b"Hello"),
    "no UTF-8": put(3, b'{"seq":"\xff"}'),
    "no object": put(3, b"[1]"),
    "no sum": put(3, b'{"seq":3}'),
    "a changed byte": lambda lines: put(3, lines[3].replace(b'"seq":3', b'"seq":4'))(lines),
    "a key missing": changed(3, by=None),
    "a clock out of bounds": changed(3, clock=1e300),
    "a list for a text": changed(3, by=[1]),
    "a text for a number": changed(3, seq="3"),
    "a text for an object": changed(3, data="x"),
    "more": changed(3, more=7),
    "a line lost": lambda lines: [*lines[:3], *lines[4:]],
    "another line before": changed(3, prev="0"),
    "something before the first": changed(0, prev="1"),
    "no end": lambda lines: [*lines[:3], b"x" * (LONGEST_LINE + 1)],
    "another exercise": changed(0, data={"format": "tabletop-log/1", "exercise_sha256": "0", "exercise": {}}),
    "half a letter in the exercise": changed(
        0, data={"format": "tabletop-log/1", "exercise_sha256": "0", "exercise": {"id": "\ud800"}}
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_whatever_is_wrong_is_said_in_korean_and_japanese(kind: str, lines: list[bytes]) -> None:
    reading = parse(b"\n".join(DAMAGES[kind](lines)), Path("log.jsonl"))
    assert reading.damage is not None
    wrong = reading.damage.wrong
    assert fault(wrong) == wrong
    for language in ("ko", "ja"):
        with speaking(language):
            assert fault(wrong) != wrong


def test_what_stands_there_is_said_as_it_is() -> None:
    with speaking("ko"):
        assert fault('"by" should be a text, and is a list.') == '"by" 값이 있어야 할 형식: 문자열, 실제 값: 목록'
        assert fault('"by" should be a text, and is 7.') == '"by" 값이 있어야 할 형식: 문자열, 실제 값: 7'


def test_a_sentence_that_is_not_known_stays_as_it_is() -> None:
    with speaking("ko"):
        assert fault("a later version says something else.") == "a later version says something else."
