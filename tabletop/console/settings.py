"""The user's own settings, ``tabletop.toml``: keys, theme, vim keys in lists. What is wrong is named, never obeyed."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.theme import BUILTIN_THEMES

from tabletop.scenario.diagnostics import nearest_word

_TOP = ("keys", "theme", "vim")


@dataclass(frozen=True)
class Settings:
    """What the user wants; ``keymap`` has keys by the ids of bindings, ``faults`` a sentence each."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    vim: bool = False
    faults: tuple[str, ...] = ()


def settings_file() -> Path:
    """``TABLETOP_CONFIG``, else ``tabletop.toml`` in the user's configuration folder."""
    if named := os.environ.get("TABLETOP_CONFIG"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("tabletop", appauthor=False) / "tabletop.toml"


def read_settings(path: Path | None = None) -> Settings:
    """The settings in a file; none, and without a fault, where there is no such file of the user's."""
    path = path or settings_file()
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text)
    except FileNotFoundError:
        named = os.environ.get("TABLETOP_CONFIG") == str(path)
        return Settings(faults=(f"There is no file {path}, which TABLETOP_CONFIG names.",) if named else ())
    except tomllib.TOMLDecodeError as error:
        wrong, _, place = str(error).rstrip(")").partition(" (at ")
        line = re.match(r"line (\d+)", place)
        where = f"{path}:{line[1]}" if line else f"{path}, at its end" if place else f"{path}"
        return Settings(faults=(f"{where}: this is no TOML, and all of it is left aside: {wrong.lower()}.",))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        return Settings(faults=(f"{path} cannot be read: {reason}.",))
    return _Reader(path, text).read(found)


class _Reader:
    """Reads one file's tables; each fault is told at its line, and what bears it is left aside."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._lines = path, text.splitlines()
        self._faults: list[str] = []

    def read(self, found: Mapping[str, Any]) -> Settings:
        """All that is sound."""
        for key in found:
            if key not in _TOP:
                self._fault(key, f"'{key}' is no setting. {_near(key, _TOP) or 'There is keys, theme, vim.'}")
        theme, vim, keys = found.get("theme", ""), found.get("vim", False), found.get("keys", {})
        if theme and theme not in BUILTIN_THEMES:
            near = _near(str(theme), BUILTIN_THEMES) or "Ctrl+P, then Theme, lists them."
            self._fault("theme", f"there is no theme '{theme}'. {near}")
            theme = ""
        if not isinstance(vim, bool):
            self._fault("vim", "vim is true or false.")
            vim = False
        if not isinstance(keys, dict):
            self._fault("keys", "keys is a table: [keys], then a line for each act.")
            keys = {}
        keymap = self._keymap(keys) if keys else {}
        return Settings(keymap, theme, vim, tuple(self._faults))

    def _keymap(self, table: Mapping[str, Any]) -> dict[str, str]:
        # All screens are loaded to know their bindings: only for those who remap a key.
        from tabletop.console.catalogue import clashes, known_bindings, normal_keys, wants_a_held_key

        known, keymap = known_bindings(), {}
        for name, wanted in _flat(table):
            id = f"act.{name}" if f"act.{name}" in known else name
            keys = normal_keys(wanted)
            if id not in known:
                acts = [each.removeprefix("act.") for each in known]
                near = _near(name, acts) or "F1 lists the acts of a screen."
                self._fault(name, f"there is no act '{name}'. {near}")
            elif keys is None:
                self._fault(name, f'{wanted!r} is no key. Write it as "d", "f9", "ctrl+r" or "space".')
            elif wants_a_held_key(id, keys):
                self._fault(name, f"'{wanted}' is what people type, and {name} is wanted while they do: take an F-key.")
            else:
                keymap[id] = keys
        for id, other, key in clashes(keymap):
            name = id.removeprefix("act.")
            self._fault(name, f"'{key}' is also the key of {other.removeprefix('act.')}, so {name} keeps its own.")
            keymap.pop(id, None)
        return keymap

    def _fault(self, key: str, said: str) -> None:
        last = key.rpartition(".")[2]
        pattern = re.compile(rf"\s*\[?\s*(\S+\.)?[\"']?({re.escape(key)}|{re.escape(last)})[\"']?\s*[=\]]")
        line = next((at for at, line in enumerate(self._lines, 1) if pattern.match(line)), None)
        self._faults.append(f"{self._path}:{line}: {said}" if line else f"{self._path}: {said}")


def _near(word: str, known: Iterable[str]) -> str:
    near = nearest_word(word, known)
    return f"Did you mean '{near}'?" if near else ""


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def listed(faults: Sequence[str]) -> str:
    """Faults as one text, the first few of them."""
    more = f"\n{len(faults) - 3} more." if len(faults) > 3 else ""
    return "\n".join(faults[:3]) + more
