"""One cell into one inject: what each key makes of the text that stands there."""

from __future__ import annotations

import re
from collections.abc import Callable

from tabletop.documents.msel.columns import EVERYONE
from tabletop.documents.msel.draft import Draft, Thing
from tabletop.documents.msel.grid import Value
from tabletop.documents.msel.times import read_length, read_time, story_text
from tabletop.scenario import scalars

_BULLET = re.compile(r"^\s*(?:[-*•▪‣–·]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+")
_PRIVATE = re.compile(r"^\[([^\]\n]+)\] ", re.MULTILINE)
_SHORT = 40
_NOTHING = {"-", "--", "–", "—", "n/a", "na", "none", "nil", "tbd", "해당 없음", "なし", "該当なし"}
"""What stands for an empty cell."""

Fill = Callable[[Draft, Thing, str, Value], bool]
"""Puts a text into an inject; False where it cannot be read as its key."""


def fill(draft: Draft, thing: Thing, key: str, text: str, value: Value) -> bool:
    """Put the text of a cell under a key; False where it does not fit, and nothing was changed."""
    if key in _LISTS and text.strip().casefold() in _NOTHING:
        return True
    known = FILLS.get(key)
    return known is not None and known(draft, thing, text, value)


def parts(text: str, words: int = 6) -> list[str]:
    """The names in a list; commas part it only where no part is longer than so many words."""
    found = [part.strip(" \t,") for part in re.split(r"[;\n]|\s/\s", text)]
    cut = [piece.strip() for part in found for piece in part.split(",")]
    if all(len(piece) <= _SHORT and len(piece.split()) <= words for piece in cut):
        found = cut
    return [part for part in (_BULLET.sub("", each).strip() for each in found) if part]


def listed(text: str) -> list[str]:
    """The entries of a list that has one a line, without their bullets."""
    return [entry for line in text.split("\n") if (entry := _BULLET.sub("", line).strip())]


def _plain(key: str) -> Fill:
    def put(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
        before = thing.get(key, "").rstrip()
        thing[key] = f"{before}\n\n{draft.keep(text)}" if before else draft.keep(text)
        return True

    return put


def _one_line(key: str) -> Fill:
    def put(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
        if thing.get(key):
            return False
        draft.keep(text)
        thing[key] = " ".join(text.split())
        return True

    return put


def _list(key: str) -> Fill:
    def put(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
        entries = [draft.keep(entry) for entry in listed(text)]
        thing[key] = [*thing.get(key, ()), *entries]
        return bool(entries)

    return put


def _length(key: str) -> Fill:
    def put(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
        minutes = read_length(value)
        if minutes is None:
            return False
        thing[key] = minutes
        return True

    return put


def _kind(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    word = text.strip().casefold()
    if word.startswith("conting") or word in ("예비", "予備"):
        thing["kind"] = "contingency"
        return True
    return word in ("standard", "planned", "scheduled", "inject", "표준", "標準")


def _to(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    names = [name for cell in draft.value.get("cells", ()) if (name := cell["name"]) and ";" in name]
    found = [text] if text in names else parts(text)
    cells = draft.cells_of(found)
    if cells is None:
        thing.pop("to", None)
        return len(found) == 1 or text == EVERYONE
    thing["to"] = list(dict.fromkeys([*thing.get("to", ()), *cells]))
    return bool(cells)


def _objectives(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    ids = [draft.objective(part) for part in parts(text, words=3)]
    thing["objectives"] = list(dict.fromkeys([*thing.get("objectives", ()), *ids]))
    return bool(ids)


def _sources(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    named = parts(text)
    if not named or not set(named) <= set(draft.ids("sources")):
        return False
    thing["sources"] = named
    return True


def _effects(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    effects: dict[str, int | str] = {}
    for part in parts(text):
        track, _, does = part.partition(" ")
        try:
            effects[track] = scalars.effect(does.strip())
        except ValueError:
            return False
    if not effects or not set(effects) <= set(draft.ids("tracks")):
        return False
    thing["effects"] = effects
    return True


def _private(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    before, *pieces = _PRIVATE.split(text)
    told = dict(zip(pieces[::2], pieces[1::2], strict=True))
    if before.strip() or not told or not set(told) <= set(draft.ids("cells")):
        return False
    thing["private"] = {cell: draft.keep(piece.strip()) for cell, piece in told.items()}
    return True


def _story(draft: Draft, thing: Thing, text: str, value: Value) -> bool:
    """As written, where it is a story time; else what can be read of it."""
    written = text
    try:
        scalars.story_time(text)
    except ValueError:
        when = read_time(value)
        written = story_text(when, None) if when and when.whole and not (when.date and when.offset is None) else ""
    if written:
        thing["scenario_time"] = written
        draft.kept.add(written)
    return bool(written)


FILLS: dict[str, Fill] = {
    "title": _one_line("title"),
    "text": _plain("text"),
    "from": _one_line("from"),
    "via": _one_line("via"),
    "use_if": _plain("use_if"),
    "notes": _plain("notes"),
    "kind": _kind,
    "expects": _list("expects"),
    "questions": _list("questions"),
    "at": _length("at"),
    "minutes": _length("minutes"),
    "delay": _length("delay"),
    "to": _to,
    "objectives": _objectives,
    "sources": _sources,
    "effects": _effects,
    "private": _private,
    "scenario_time": _story,
    # Of objectives, cells and moves:
    "name": _one_line("name"),
    "capability": _one_line("capability"),
    "brief": _plain("brief"),
    "briefing": _plain("briefing"),
    "roles": _list("roles"),
    "aims": _list("aims"),
    "tasks": _list("tasks"),
}
"""What can be read, by key."""
_LISTS = ("from", "to", "via", "expects", "questions", "objectives")
