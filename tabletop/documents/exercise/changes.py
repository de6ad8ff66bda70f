"""What changed between two versions of an exercise, in plain words, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from textwrap import shorten
from typing import Any

from tabletop.documents.exercise.excerpts import excerpt
from tabletop.documents.words import capital, count, minute
from tabletop.scenario.comparing import Change
from tabletop.scenario.index import Index
from tabletop.scenario.model import (
    AgendaItem,
    Cell,
    Condition,
    Decision,
    Exercise,
    Inject,
    Model,
    Move,
    Objective,
    Option,
    Source,
    Track,
)
from tabletop.session.schedule import condition_words

_SIGNS = {"added": "+", "removed": "-"}
_NAMES = {"at": "at", "open": "own words", "when": "only if", "drawn_from": "drawn from", "from": "from"}
_TIMES = {"minutes", "delay", "idle_after"}
_INSIDE = {"inject": "move", "decision": "inject", "option": "decision"}


def change_lines(changes: Sequence[Change], old: Exercise, new: Exercise) -> Iterator[str]:
    """The changes, kind of part by kind of part, and part by part."""
    words = _Words(Index(old), Index(new))
    for thing, group in groupby(changes, key=lambda change: change.thing):
        yield ""
        yield capital("exercise" if thing == "exercise" else f"{thing}s")
        for (id, within), own in groupby(group, key=lambda change: (change.id, change.within)):
            yield from words.part(thing, id, within, list(own))


class _Words:
    def __init__(self, old: Index, new: Index) -> None:
        self._old, self._new = old, new

    def part(self, thing: str, id: str, within: str, changes: Sequence[Change]) -> Iterator[str]:
        """A part's own line, unless it is the exercise, and what changed of it below."""
        inside = f", in {_INSIDE[thing]} {within}" if within else ""
        indent = "  "
        for change in changes:
            if change.change in _SIGNS:
                yield f"  {_SIGNS[change.change]} {id}{inside}: {self._whole(change.new or change.old)}"
        rest = [change for change in changes if change.change not in _SIGNS]
        if rest and thing != "exercise":
            yield f"  ~ {id}{inside}"
            indent = "      "
        for change in rest:
            for at, line in enumerate(self._change(change)):
                yield f"{indent}{'  ' if at else ''}{line}"

    def _change(self, change: Change) -> Iterator[str]:
        match change.change:
            case "renamed":
                yield f"renamed from {change.old}"
            case "moved":
                yield f"moved from {change.old} to {change.new}"
            case "reordered":
                yield f"stands at {change.new} instead of {change.old}"
            case _:
                yield from self._field(change.key, change.old, change.new)

    # --- fields -------------------------------------------------------------------------------------

    def _field(self, key: str, old: Any, new: Any) -> Iterator[str]:
        name = _NAMES.get(key, key.replace("_", " "))
        if isinstance(old, str) and isinstance(new, str) and (len(old) > 40 or len(new) > 40):
            yield f"{name}: {excerpt(old, new)}"
        elif isinstance(old, tuple) and isinstance(new, tuple) and any(" " in str(each) for each in (*old, *new)):
            yield f"{name}:"
            yield from _entries([_entry(each) for each in old], [_entry(each) for each in new])
        else:
            said = self._value(key, old, self._old), self._value(key, new, self._new)
            if said[0] == said[1]:  # the words leave out what tells them apart
                said = _exact(old), _exact(new)
            yield f"{name}: {said[0]} -> {said[1]}"

    def _value(self, key: str, value: Any, index: Index) -> str:
        if value is None:
            return "none"
        if isinstance(value, Condition):
            return condition_words(value, index) or "always"
        if key == "at":
            return minute(value)
        if key in _TIMES:
            return f"{value} min"
        if key.startswith("effects.") and isinstance(value, int):
            return f"{value:+}"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return ", ".join(_entry(each) for each in value) or "none"
        if isinstance(value, dict):
            return ", ".join(f"{name} {_entry(each)}" for name, each in value.items()) or "none"
        return shorten(str(value), 200, placeholder=" ...") or "none"

    # --- whole things -------------------------------------------------------------------------------

    def _whole(self, thing: Model) -> str:
        match thing:
            case Move():
                return f"{thing.title}, {thing.minutes} min, {count(len(thing.injects), 'inject')}"
            case Inject():
                drawn = f", drawn from {thing.drawn_from}" if thing.drawn_from else ""
                when = "in the pocket" if thing.contingency else f"at {minute(thing.at)}"
                asks = f", asks {', '.join(each.id for each in thing.decisions)}" if thing.decisions else ""
                return f"{thing.title}, {when}{drawn}{asks}"
            case Decision():
                options = ", ".join(option.id for option in thing.options)
                return _one_line(thing.question) + (f" ({options})" if options else "")
            case Option():
                return _one_line(thing.text) + (f" [{_effects(thing.effects)}]" if thing.effects else "")
            case Track():
                return f"{thing.name}, starts at {thing.start}, from {thing.min} to {thing.max}"
            case Objective():
                return _one_line(thing.text)
            case Cell():
                return thing.name
            case Source():
                return thing.title
        return _exact(thing)


def _entries(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """What changed in a list of texts, entry by entry."""
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == new_end - new_start:
            yield from (excerpt(*pair) for pair in zip(old[start:end], new[new_start:new_end], strict=True))
        elif kind != "equal":
            yield from (f"- {each}" for each in old[start:end])
            yield from (f"+ {each}" for each in new[new_start:new_end])


def _effects(effects: Mapping[str, Any]) -> str:
    return ", ".join(f"{track} {f'{does:+}' if isinstance(does, int) else does}" for track, does in effects.items())


def _entry(value: Any) -> str:
    if isinstance(value, AgendaItem):
        return f"{value.name}, {value.minutes} min"
    return _one_line(str(value))


def _exact(value: Any) -> str:
    plain = value.model_dump(by_alias=True, exclude_defaults=True) if isinstance(value, Model) else value
    return json.dumps(plain, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
