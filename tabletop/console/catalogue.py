"""Every binding of every screen by its id: what keys may be given to, and which of them would clash."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, _character_to_key, key_to_character  # the names that key events bear

import tabletop.console
from tabletop.console.keynames import key_name, key_of

if TYPE_CHECKING:
    from textual.screen import Screen

_HELD = {"ctrl", "shift", "alt"}
_TYPING = ("form.", "app.")
_LISTS = "every list"
_RESERVED = {"ctrl+p": "the palette", **dict.fromkeys(("enter", "up", "down", "left", "right"), _LISTS)}
Table = Mapping[str, str]
"""Keys, joined by commas, by the ids of bindings."""


@cache
def _tables() -> tuple[Table, ...]:
    """For each screen or app: its bindings, those of the app among them."""
    modules = [importlib.import_module(each.name) for each in _modules()]
    classes = {each for module in modules for each in vars(module).values() if _bears_bindings(each)}
    ordered = sorted(classes, key=lambda each: each.__qualname__)
    return tuple({id: each.key for id, each in bindings_of(kind).items()} for kind in ordered)


def _modules() -> Iterator[pkgutil.ModuleInfo]:
    return pkgutil.walk_packages(tabletop.console.__path__, "tabletop.console.")


def _bears_bindings(each: object) -> bool:
    return isinstance(each, type) and issubclass(each, DOMNode) and each.__module__.startswith("tabletop.console")


@cache
def bindings_of(each: type) -> Mapping[str, Binding]:
    """The bindings of a screen, widget or app by their ids, in the order of their making."""
    found: dict[str, Binding] = {}
    for base in each.__mro__:
        for binding in base.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                found.setdefault(binding.id, binding)
    return found


def key_on(screen: Screen[Any], id: str) -> str:
    """The name of the key that a binding of a screen, or of its app, has now."""
    binding = bindings_of(type(screen)).get(id) or bindings_of(type(screen.app))[id]
    return key_of(screen.app, id, binding.key)


def keys_of(each: type, keymap: Mapping[str, str]) -> set[str]:
    """The keys that do something on a screen or widget of ours, as they are remapped."""
    return {key for id, binding in bindings_of(each).items() for key in keymap.get(id, binding.key).split(",")}


def known_bindings() -> Table:
    """The keys of every binding that has an id."""
    return {id: keys for table in _tables() for id, keys in table.items() if not id.startswith("vim.")}


def normal_keys(wanted: object) -> str | None:
    """Keys as Textual names them, joined by commas; None where one of them is no key."""
    if not isinstance(wanted, str) or not wanted.strip():
        return None
    parts = [wanted] if len(wanted) == 1 else [part.strip() for part in wanted.split(",")]
    keys = [_normal(part) for part in parts]
    return None if None in keys else ",".join(key for key in keys if key)


def _normal(key: str) -> str | None:
    if len(key) == 1:
        return _character_to_key(key) if key.isprintable() else None
    *held, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "plus"]
    held = [each.strip().lower() for each in held]
    last = last.strip()
    name = _character_to_key(last) if len(last) == 1 else last.lower().replace("esc", "escape", last.lower() == "esc")
    known = len(last) == 1 or name in {each.value for each in Keys} or key_to_character(name) is not None
    if not last or not known or any(each not in _HELD for each in held):
        return None
    return "+".join([*held, name.lower() if "ctrl" in held else name])


def wants_a_held_key(id: str, keys: str) -> bool:
    """Whether a binding works while people type, and one of the keys is what they type."""
    return id.startswith(_TYPING) and any(key_to_character(key) is not None for key in keys.split(","))


def clashes(keymap: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What a keymap gives a key that something else on the same screen has: its id, the other's, the key."""
    left, found = dict(keymap), []
    while clash := next(_clashing(left), None):
        found.append(clash)
        del left[clash[0]]
    return found


def _clashing(keymap: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    shared = {id: keys for table in _tables() for id, keys in table.items() if id.startswith("app.")}
    for table in _tables():
        bearers: dict[str, str] = {}
        for id, keys in {**shared, **table}.items():
            for key in keymap.get(id, keys).split(","):
                if key in _RESERVED and id in keymap:
                    yield id, _RESERVED[key], key_name(key)
                other = bearers.setdefault(key, id)
                if other != id and not {id, other}.isdisjoint(keymap) and not _same(id, other):
                    mine, theirs = (id, other) if id in keymap else (other, id)
                    yield mine, theirs, key_name(key)


def _same(id: str, other: str) -> bool:
    """Whether two bindings are one act: help and quit stand on the app and on screens."""
    return id.rpartition(".")[2] == other.rpartition(".")[2]
