"""A log made fit for sharing: without the names of those who took part, and without what was chosen to stay out.

Every line keeps its place, so that #41 is the same event in both. An entry on which nothing rests becomes a
``redacted`` event that says only of what type it was; an event that play rests on keeps what play needs, and
its texts are withheld. The first line says of which log this is a redaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from tabletop.errors import TabletopError
from tabletop.journal.chain import NO_HEAD, encode_command
from tabletop.journal.event import Draft, Event
from tabletop.review.names import Names, people
from tabletop.session.entries import ENTRIES
from tabletop.session.events import PAYLOADS

WITHHELD = "[withheld]"
"""What stands for a text in an event that play rests on."""

_REFERRING = """
id inject cells cell decision option counts_as move objective kind outcome method met rating to towards at start
due cut_off when effects tracks reveal_to together otherwise format log
"""
_REFERENCES = frozenset(_REFERRING.split())
_QUOTABLE = 12  # characters; what is shorter may well be said twice


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted log: its bytes, head and number of events, and what was done to it.

    ``withheld`` counts events, ``mentions`` names that were replaced; ``left`` are the events in which a name
    still stands because others refer by it, ``in_exercise`` counts names within the exercise, which is left alone.
    """

    raw: bytes
    head: str
    events: int
    withheld: int
    mentions: int
    left: tuple[int, ...]
    in_exercise: int


@dataclass(slots=True)
class _Mentions:
    names: Names
    count: int = 0
    ids: dict[str, str] = field(default_factory=dict)

    def replace(self, text: str) -> str:
        changed, count = self.names.replaced(text)
        self.count += count
        return changed


def redact(
    events: Sequence[Event],
    head: str,
    *,
    names: bool = False,
    others: Sequence[str] = (),
    chosen: Set[int] = frozenset(),
) -> Redaction:
    """A new log of the same events; ``head`` is that of the log they are from.

    ``names`` takes out the names of participants and of ``others``, ``chosen`` are the seqs of events to withhold.
    Raises TabletopError where words that are withheld stand in another event too.
    """
    _check_said_once(events, chosen)
    found = people(events, _cells(events[0])) if names or others else []
    mentions = _Mentions(Names(found, others), ids={person.id: person.new_id for person in found})
    drafts = [_redacted(event, mentions, event.seq in chosen) for event in events]
    drafts[0].data["redacted"] = _statement(events, head, len(chosen), bool(found or others))
    raw, new_head = _written(events, drafts)
    left = tuple(seq for seq, draft in enumerate(drafts) if _mentioned(draft, mentions.names))
    _, in_exercise = mentions.names.replaced("\n".join(_texts(events[0].data.get("exercise"))))
    return Redaction(raw, new_head, len(events), len(chosen), mentions.count, left, in_exercise)


def _statement(events: Sequence[Event], head: str, withheld: int, names: bool) -> dict[str, Any]:
    """What the first line says of the log that this was made from; of an earlier redaction too."""
    said: dict[str, Any] = {"head": head, "events": len(events), "withheld": withheld, "names": names}
    earlier = events[0].data.get("redacted")
    return said | {"earlier": earlier} if earlier else said


def _cells(opened: Event) -> dict[str, str]:
    exercise = opened.data.get("exercise")
    cells = exercise.get("cells") if isinstance(exercise, dict) else None
    listed = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    return {str(cell.get("id")): str(cell.get("name") or cell.get("id")) for cell in listed}


# --- one event ---------------------------------------------------------------------------------------


def _redacted(event: Event, mentions: _Mentions, withhold: bool) -> Draft:
    type, data = event.type, dict(event.data)
    if withhold and (type in ENTRIES or type not in PAYLOADS) and not data.get("tracks"):
        type, data = "redacted", {"type": event.type}
    elif withhold:
        data = _each_text(data, lambda _: WITHHELD)
    elif type == "session_opened":
        data["name"] = mentions.replace(str(data.get("name", "")))
    else:
        data = _each_text(data, mentions.replace)
    if event.type.startswith("participant_") and isinstance(data.get("id"), str):
        data["id"] = mentions.ids.get(data["id"], data["id"])
    by = mentions.ids.get(event.by, event.by)
    return Draft(type, data, event.at, event.clock, by)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A value with every text in it changed, other than what refers to something."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(each, change) for each in value]
    if isinstance(value, dict):
        return {
            _key(key, change): each if _refers(key, each) else _each_text(each, change) for key, each in value.items()
        }
    return value


def _refers(key: str, value: Any) -> bool:
    """Whether what stands under a key refers to something; an inject written on the spot is there as a whole."""
    return key in _REFERENCES and not (key == "inject" and isinstance(value, dict))


def _key(key: str, change: Callable[[str], str]) -> str:
    """Keys are names of fields or cells, but in a form of feedback may be anything, a person's name too."""
    return key if key.isascii() and key.islower() and " " not in key else change(key)


# --- the whole ---------------------------------------------------------------------------------------


def _written(events: Sequence[Event], drafts: Sequence[Draft]) -> tuple[bytes, str]:
    """The lines on a chain of their own, command by command as they were."""
    lines: list[bytes] = []
    head, first = NO_HEAD, 0
    for event in events:
        if not event.more:
            written = encode_command(drafts[first : event.seq + 1], first, head)
            lines.append(written.raw)
            head, first = written.head, event.seq + 1
    return b"".join(lines), head


def _check_said_once(events: Sequence[Event], chosen: Set[int]) -> None:
    """Raises TabletopError where another event holds what is withheld, as a revision holds the old reasons."""
    for event in events:
        if event.seq not in chosen:
            continue
        said = [text for text in _own_texts(event.data) if len(text) >= _QUOTABLE]
        for other in events[1:]:
            if other.seq not in chosen and any(text in there for text in said for there in _texts(other.data)):
                raise TabletopError(
                    f"What #{event.seq} says stands in #{other.seq} too, and would be read there.",
                    f"Withhold both: --text {event.seq} {other.seq}",
                )


def _own_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """The texts of an event without what refers to something."""
    for key, each in data.items():
        if _refers(key, each):
            continue
        yield from _own_texts(each) if isinstance(each, dict) else _texts(each)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, keys of maps too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)


def _mentioned(draft: Draft, names: Names) -> bool:
    data = {key: each for key, each in draft.data.items() if key != "exercise"}
    return any(names.replaced(text)[1] for text in _texts({**data, "by": draft.by}))
