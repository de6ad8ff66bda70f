"""A log read without the names of those who took part, for a report in which nothing is anybody's.

Names become roles as in ``tabletop redact``. Beyond that they are taken out of ids that were given in the room, of
the exercise's authors, and, where they stand in full, of its texts; whoever decided or dissented and did not join
is a participant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tabletop.journal.chain import canonical_sha256
from tabletop.journal.event import Event
from tabletop.journal.reading import Reading, parse
from tabletop.review.names import A_PARTICIPANT, Names, Person, people
from tabletop.review.redacting import redact
from tabletop.review.speech import fixed

Change = Callable[[str], str]


def nameless(reading: Reading) -> Reading:
    """The same lines with roles for names; head and faults are those of the log, where it lies is left out."""
    if not reading.events:
        return replace(reading, path=None)
    opened, cells = reading.events[0], _cells(reading.events[0])
    found = people(reading.events, cells)
    names = Names(found)
    full = Names(Person(name, (), each.role) for each in found for name in each.names if _is_full(name))
    known = {*cells.values(), *cells, *(each.role for each in found), *_ids(opened.data.get("exercise"))}
    lines = [_sealed_anew(opened), *reading.events[1:]]
    first, *others = parse(redact(lines, reading.head, names=True).raw, Path(str(reading.path))).events
    first = replace(first, data={**first.data, "exercise_sha256": opened.data.get("exercise_sha256")})
    events = (_opened(first, names, full), *(_without(event, names, known) for event in others))
    return replace(reading, events=events, path=None)


def _sealed_anew(opened: Event) -> Event:
    """The first line with the digest of the exercise as it stands there, whose texts may be a translation's."""
    return replace(opened, data={**opened.data, "exercise_sha256": canonical_sha256(opened.data.get("exercise"))})


def _cells(opened: Event) -> dict[str, str]:
    exercise = opened.data.get("exercise")
    cells = exercise.get("cells") if isinstance(exercise, Mapping) else None
    listed = [cell for cell in cells if isinstance(cell, Mapping)] if isinstance(cells, list) else []
    return {str(cell.get("id")): str(cell.get("name") or cell.get("id")) for cell in listed}


def _is_full(name: str) -> bool:
    """Whether it is hardly a word besides: it has two parts, or three letters of a script without case."""
    return bool(re.search(r"\S\s+\S", name)) or (len(name) > 2 and name.lower() == name.upper())


def _ids(value: Any) -> Iterator[str]:
    """Every id in the exercise, to which events refer."""
    if isinstance(value, Mapping):
        if isinstance(id := value.get("id"), str):
            yield id
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids(each)


def _opened(event: Event, names: Names, full: Names) -> Event:
    exercise = event.data.get("exercise")
    if not isinstance(exercise, Mapping):
        return event
    changed = _each(exercise, lambda text: full.replaced(text)[0])
    if isinstance(authors := exercise.get("authors"), list):
        changed["authors"] = _each(authors, lambda text: names.replaced(text)[0])
    return replace(event, data={**event.data, "exercise": changed})


def _without(event: Event, names: Names, known: set[str]) -> Event:
    """The event with no name left where others refer by it, nor in who decided or dissented."""
    data = _each(event.data, lambda text: text if text in known else _id(text, names))
    if "decided_by" in data:
        data["decided_by"] = _who(data["decided_by"], known)
    if isinstance(dissents := data.get("dissents"), list):
        data["dissents"] = [
            {**each, "who": _who(each["who"], known)} if isinstance(each, dict) and "who" in each else each
            for each in dissents
        ]
    return replace(event, data=data, by=event.by if event.by in known else _id(event.by, names))


def _id(text: str, names: Names) -> str:
    changed, count = names.replaced(text)
    return re.sub(r"[^\w]+", "-", changed.lower()).strip("-") if count and " " not in text else changed


def _who(value: Any, known: set[str]) -> Any:
    if not isinstance(value, str):
        return value
    ids = {re.sub(r"[^\w]+", "-", each.lower()).strip("-"): each for each in known}
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return ", ".join(part if part in known else ids.get(part, fixed(A_PARTICIPANT)) for part in parts)


def _each(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(each, change) for each in value]
    if isinstance(value, dict):
        return {
            change(key) if not key.isascii() or " " in key else key: _each(each, change) for key, each in value.items()
        }
    return value
