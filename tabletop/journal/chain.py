"""The lines of a log and the chain that ties them: written, and proved over their raw bytes.

Each line names the SHA-256 of the line before (``prev``) and bears a short one of itself (``sum``, always
the last key), so that a change anywhere shows, in the last line too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import JSONDecoder, JSONEncoder
from typing import Any, Never

from tabletop.errors import LogError
from tabletop.journal.bounds import LONGEST_LINE
from tabletop.journal.event import Draft, Event
from tabletop.journal.uncollected import uncollected

NO_HEAD = "0" * 64
"""The ``prev`` of the first line, and the head of an empty log."""

_TAIL_FORM = b',"sum":"%b"}'
_TAIL = len(_TAIL_FORM % b"0123456789abcdef")
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "seq": ((int,), "a whole number"),
    "at": ((str,), "a text"),
    "clock": ((int, float), "a number of seconds"),
    "by": ((str,), "a text"),
    "type": ((str,), "a text"),
    "data": ((dict,), "an object"),
    "prev": ((str,), "a text"),
}
_FAR = 1e15  # seconds; beyond it stand only infinities and numbers that arithmetic would trip over


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


_decoder = JSONDecoder(parse_constant=_refuse_constant)
_encoder = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def digest(line: bytes) -> str:
    """The SHA-256 of a line's bytes without its newline, in hex: the next line's ``prev``, the head."""
    return sha256(line).hexdigest()


def line_sum(body: bytes) -> str:
    """The ``sum`` of a line: 16 hex digits over its bytes up to ``,"sum"``."""
    return sha256(body).hexdigest()[:16]


def canonical_sha256(value: object) -> str:
    """The SHA-256 of a JSON value with sorted keys, no spaces and UTF-8 unescaped, in hex.

    Raises LogError for what cannot be written so: NaN, infinities, lone surrogates.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return digest(text.encode())
    except (ValueError, RecursionError) as cause:
        raise LogError(f"The value has no JSON form: {_reason(cause)}.") from cause


def encode(draft: Draft, seq: int, prev: str, more: bool) -> bytes:
    """The bytes of an event's line without its newline; the clock is rounded to milliseconds.

    Raises LogError for what JSON or UTF-8 cannot hold.
    """
    return _line(draft, seq, prev, more)[0]


def _line(draft: Draft, seq: int, prev: str, more: bool) -> tuple[bytes, str]:
    """A line and its digest, hashed in one pass."""
    record: dict[str, Any] = {
        "seq": seq,
        "at": draft.at,
        "clock": round(float(draft.clock), 3) + 0.0,  # makes 0.0 of -0.0
        "by": draft.by,
        "type": draft.type,
        "data": draft.data,
    }
    if more:
        record["more"] = True
    record["prev"] = prev
    try:
        body = _encoder.encode(record)[:-1].encode()
    except (ValueError, RecursionError) as cause:
        raise LogError(f"The event {draft.type!r} cannot be recorded: {_reason(cause)}.") from cause
    hashed = sha256(body)
    tail = _TAIL_FORM % hashed.hexdigest()[:16].encode()
    hashed.update(tail)
    return body + tail, hashed.hexdigest()


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a run of lines held: all events up to the first wrong line.

    ``whole`` counts those of whole commands, ``head`` is the digest after them; ``wrong`` says what the line
    after ``events`` should have been, and is empty if there is none wrong.
    """

    events: list[Event]
    whole: int
    head: str
    wrong: str


def decode(lines: Sequence[bytes], seq: int = 0, head: str = NO_HEAD) -> Stretch:
    """Proves and reads lines without their newlines; ``seq`` and ``head`` are those of the place before.

    Never raises for what stands in the lines.
    """
    with uncollected():
        return _decoded(lines, seq, head)


def _decoded(lines: Sequence[bytes], seq: int, head: str) -> Stretch:
    events: list[Event] = []
    whole, prev = 0, head
    for line in lines:
        hashed = sha256(line[:-_TAIL])
        tail = line[-_TAIL:]
        event = None
        if tail == _TAIL_FORM % hashed.hexdigest()[:16].encode():
            event = _event(line, seq + len(events), prev)
        if event is None:
            return Stretch(events, whole, head, _wrong(line, seq + len(events), prev))
        hashed.update(tail)
        prev = hashed.hexdigest()
        events.append(event)
        if not event.more:
            whole, head = len(events), prev
    return Stretch(events, whole, head, "")


def _event(line: bytes, seq: int, prev: str) -> Event | None:
    """The event in a line whose sum is right, or None if anything about it is wrong: the quick way."""
    try:
        text = line.decode()
        record, end = _decoder.raw_decode(text)
        at, clock, by, kind, data = (
            record["at"],
            record["clock"],
            record["by"],
            record["type"],
            record["data"],
        )
        more = record.get("more", False)
        if (
            record["seq"] == seq
            and record["prev"] == prev
            and end == len(text)
            and type(record["seq"]) is int
            and type(at) is type(by) is type(kind) is str
            and type(data) is dict
            and type(more) is bool
            and type(clock) in (float, int)
            and -_FAR < clock < _FAR
        ):
            return Event(seq, at, clock, by, kind, data, more)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # _wrong says what it was
    return None


def _wrong(line: bytes, seq: int, prev: str) -> str:
    """What is wrong with a line, and what was expected: the thorough way."""
    if line.endswith(b"\r"):
        return "it ends in CR LF where LF alone was expected: some program changed the line ends."
    try:
        text = line.decode()
        record, end = _decoder.raw_decode(text)
    except (ValueError, RecursionError) as cause:
        return f"an event was expected, and this is not JSON: {_reason(cause)}."
    if type(record) is not dict or end != len(text):
        return "an event was expected, and this is not one JSON object."
    return _wrong_sum(line) or _wrong_keys(record) or _wrong_place(record, seq, prev)


def _wrong_sum(line: bytes) -> str:
    right = line_sum(line[:-_TAIL])
    tail = line[-_TAIL:]
    if tail == _TAIL_FORM % right.encode():
        return ""
    if not tail.startswith(b',"sum":"'):
        return f'its last key should be "sum", with the value {right}, and is not: the line was changed.'
    return f"its bytes give the sum {right}, and {_shown(tail[8:-2])} stands there: the line was changed."


def _wrong_keys(record: dict[str, Any]) -> str:
    for key, (kinds, words) in _KINDS.items():
        if key not in record:
            return f'"{key}" was expected, and is missing.'
        if type(record[key]) not in kinds:
            return f'"{key}" should be {words}, and is {_shown(record[key])}.'
    if not -_FAR < record["clock"] < _FAR:
        return '"clock" should be a number of seconds, and is out of all bounds.'
    if type(record.get("more", False)) is not bool:
        return f'"more" should be true or left out, and is {_shown(record["more"])}.'
    return ""


def _wrong_place(record: dict[str, Any], seq: int, prev: str) -> str:
    if record["seq"] != seq:
        found = _shown(record["seq"])
        return f"seq {seq} was expected, and {found} found: lines are missing, doubled or out of order."
    before = f"line {seq}" if seq else "the beginning"
    return f'its "prev" should be {prev} for {before}, and is {_shown(record["prev"])}: a line was changed.'


def _shown(value: object) -> str:
    """A short form of something found, without control characters."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if isinstance(value, str | bool | float | None):
        shown = repr(value)
        return shown if len(shown) <= 70 else f"{shown[:66]}...'"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a huge number"
    return "a list" if isinstance(value, list) else "an object"


def _reason(cause: Exception) -> str:
    """A parser's or encoder's complaint without the content that it may quote."""
    if isinstance(cause, json.JSONDecodeError):
        return f"{cause.msg} at character {cause.pos + 1}"
    if isinstance(cause, UnicodeDecodeError):
        return f"no UTF-8 at byte {cause.start + 1}"
    if isinstance(cause, UnicodeEncodeError):
        return "it holds half of a character (a lone surrogate)"
    if isinstance(cause, RecursionError):
        return "it is nested too deeply"
    return ascii(str(cause))[1:-1]


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of one command, ready for the disk: their bytes, the events in them, the head after."""

    raw: bytes
    events: list[Event]
    head: str


def encode_command(drafts: Sequence[Draft], seq: int, head: str) -> Written:
    """The lines of one command; all but the last carry ``more``.

    The events are read back from the lines, so that a live session sees what a replay will see, and nothing
    is ever written that cannot be read. Raises LogError where it could not be.
    """
    lines: list[bytes] = []
    events: list[Event] = []
    last = seq + len(drafts) - 1
    for place, draft in enumerate(drafts, seq):
        line, after = _line(draft, place, head, place < last)
        if len(line) > LONGEST_LINE:
            raise LogError(f"The event {draft.type!r} cannot be recorded: it is longer than {LONGEST_LINE >> 20} MB.")
        event = _event(line, place, head)
        if event is None:
            raise LogError(f"The event {draft.type!r} cannot be recorded: {_wrong(line, place, head)}")
        lines.append(line)
        events.append(event)
        head = after
    return Written(b"\n".join([*lines, b""]), events, head)


def encode_events(events: Sequence[Event]) -> tuple[bytes, str]:
    """The lines of a log from its events, as they are written here, and the head after them."""
    lines: list[bytes] = []
    head = NO_HEAD
    for event in events:
        draft = Draft(event.type, event.data, event.at, event.clock, event.by)
        line, head = _line(draft, event.seq, head, event.more)
        lines.append(line)
    return b"\n".join([*lines, b""]), head
