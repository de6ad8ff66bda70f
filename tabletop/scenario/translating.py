"""An exercise in another of its languages: texts are put in place, all else stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabletop.errors import UsageError
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json


def translated(exercise: Exercise, language: str) -> Exercise:
    """The exercise with every text that is translated into the language; UsageError where none is."""
    texts = exercise.translations.get(language)
    if not texts:
        known = ", ".join(exercise.translations) or "none"
        raise UsageError(f"`{exercise.id}` is not translated into '{language}'.", f"Its translations: {known}.")
    value = exercise_as_json(exercise)
    roots = {**value, "injects": list(_injects(value)), "decisions": list(_decisions(value))}
    for place, text in texts.items():
        _put(roots if "." in place else value, place.split("."), text)
    return exercise_from_json(value)


def _injects(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for move in value["moves"]:
        yield from move.get("injects", ())


def _decisions(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for inject in _injects(value):
        yield from inject.get("decisions", ())


def _put(node: Any, steps: list[str], text: str) -> None:
    """Put a text at its place; a place that is not there (any more) is passed over."""
    *way, last = steps
    for step in way:
        node = _child(node, step)
    if isinstance(node, dict) and isinstance(node.get(last), str):
        node[last] = text
    elif isinstance(node, list) and last.isdigit() and int(last) < len(node) and isinstance(node[int(last)], str):
        node[int(last)] = text


def _child(node: Any, step: str) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list):
        named = (each for each in node if isinstance(each, dict) and each.get("id") == step)
        return next(named, node[int(step)] if step.isdigit() and int(step) < len(node) else None)
    return None
