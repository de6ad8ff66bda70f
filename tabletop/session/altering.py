"""Changed copies of frozen values, quicker than the standard library makes them: a fold makes several an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def _slots(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, Callable[[Any, Any], None]]]:
    names = [each.name for each in fields(kind)]
    return attrgetter(*names), {name: getattr(kind, name).__set__ for name in names}


@cache
def _places(kind: Any) -> dict[str, int]:
    return {name: place for place, name in enumerate(kind._fields)}


def altered(value: T, /, **changes: Any) -> T:
    """A copy of a frozen value with some fields changed, as `dataclasses.replace` makes it, but quicker.

    A fold makes several for each event, and these classes have many fields.
    """
    kind: type = type(value)
    made: T
    if isinstance(value, tuple):
        made = _altered_tuple(kind, value, changes)
        return made
    get, setters = _slots(kind)
    made = object.__new__(kind)
    for put, kept in zip(setters.values(), get(value), strict=True):
        put(made, kept)
    for name, new in changes.items():
        setters[name](made, new)
    return made


def _altered_tuple(kind: Any, value: tuple[Any, ...], changes: dict[str, Any]) -> Any:
    parts, places = [*value], _places(kind)
    for name, new in changes.items():
        parts[places[name]] = new
    return tuple.__new__(kind, parts)
