"""Every text of an exercise or a script that people read, by its place made of ids, as translations name it."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.model import Exercise, Inject, Model, Script

_TEXTS: dict[str, tuple[str, ...]] = {
    "exercise": (
        "title",
        "summary",
        "marking",
        "trains",
        "audience",
        "read_before",
        "background",
        "ground_rules",
        "hot_wash",
    ),
    "script": ("title",),
    "sources": ("title", "publisher"),
    "objectives": ("text", "capability", "tasks"),
    "cells": ("name", "roles", "brief", "aims"),
    "tracks": ("name", "marks"),
    "moves": ("title", "briefing", "private", "notes", "questions"),
    "agenda": ("name",),
    "injects": ("title", "use_if", "from", "via", "text", "private", "notes", "expects", "questions"),
    "decisions": ("question", "start"),
    "options": ("text", "consequence", "notes"),
}
"""The keys of each thing that hold texts: one, a list of them, or a map of them."""


def texts_by_place(of: Exercise | Script) -> dict[str, str]:
    """``injects.press-leak.questions.0``: the text that stands there."""
    return dict(_script(of) if isinstance(of, Script) else _exercise(of))


def _exercise(exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield from _texts("exercise", "", exercise)
    for kind in ("sources", "objectives", "cells", "tracks", "moves"):
        for each in getattr(exercise, kind):
            yield from _texts(kind, f"{kind}.{each.id}.", each)
    for move in exercise.moves:
        for number, item in enumerate(move.agenda):
            yield from _texts("agenda", f"moves.{move.id}.agenda.{number}.", item)
    for inject in exercise.injects():
        yield from _inject(inject)


def _script(script: Script) -> Iterator[tuple[str, str]]:
    yield from _texts("script", "", script)
    for source in script.sources:
        yield from _texts("sources", f"sources.{source.id}.", source)
    for inject in script.injects:
        yield from _inject(inject)


def _inject(inject: Inject) -> Iterator[tuple[str, str]]:
    yield from _texts("injects", f"injects.{inject.id}.", inject)
    for decision in inject.decisions:
        at = f"decisions.{decision.id}."
        yield from _texts("decisions", at, decision)
        for option in decision.options:
            yield from _texts("options", f"{at}options.{option.id}.", option)


def _texts(kind: str, before: str, thing: Model) -> Iterator[tuple[str, str]]:
    for key in _TEXTS[kind]:
        value = getattr(thing, "from_" if key == "from" else key)
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
        if isinstance(value, str) and value:
            yield f"{before}{key}", value
        for step, text in entries:
            yield f"{before}{key}.{step}", text
