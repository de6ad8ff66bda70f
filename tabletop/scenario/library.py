"""The library: where exercises are found by name, and what stands on the shelf."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tabletop.errors import UsageError
from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import nearest_word
from tabletop.scenario.reading import read_file, read_yaml
from tabletop.scenario.reading.looking import maps, text_of, texts, under
from tabletop.scenario.reading.nodes import Map, Seq, child
from tabletop.scenario.shipped import shipped_folder, within

SUFFIXES = (".yaml", ".yml")


class ShelfEntry(NamedTuple):
    """An exercise as the library shows it; ``minutes`` of all its moves, ``cells`` and ``moves`` counted."""

    id: str
    title: str
    path: str
    minutes: int
    cells: int
    moves: int
    topics: tuple[str, ...]
    summary: str
    injects: int
    trains: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    read_before: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The entry as `list --json` prints it."""
        return {
            "id": self.id,
            "title": self.title,
            "path": self.path,
            "minutes": self.minutes,
            "cells": self.cells,
            "moves": self.moves,
            "injects": self.injects,
            "topics": list(self.topics),
            "summary": self.summary,
            "trains": list(self.trains),
            "audience": list(self.audience),
            "read_before": list(self.read_before),
        }


def exercise_folders() -> list[Path]:
    """Where exercises are looked for by name, in order."""
    named = [Path(each) for each in os.environ.get("TABLETOP_EXERCISES", "").split(os.pathsep) if each]
    return [Path("exercises"), *named, shipped_folder("exercises")]


def find_exercise(name_or_path: str) -> Path:
    """The file of an exercise; UsageError, with the nearest name, where there is none."""
    path = Path(name_or_path)
    separators = [mark for mark in (os.sep, os.altsep) if mark]
    if name_or_path.endswith(SUFFIXES) or any(mark in name_or_path for mark in separators):
        return _existing(path)
    for folder in exercise_folders():
        if scalars.is_id(name_or_path) and (found := within(folder, f"{name_or_path}.yaml")):
            return found
    if path.exists():
        return _existing(path)
    known = dict.fromkeys(each.stem for each in _files())
    raise UsageError(f"There is no exercise '{name_or_path}'.", _near(name_or_path, known))


def _existing(path: Path) -> Path:
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder, and a file is wanted.", "Name one of its .yaml files.")
        if path.exists():
            return path
    except (OSError, ValueError) as cause:
        raise UsageError(f"{path} cannot be read.") from cause
    beside = [each.name for each in path.parent.glob("*.yaml")] if path.parent.is_dir() else []
    raise UsageError(f"There is no file {path}.", _near(path.name, beside))


def _near(word: str, known: Iterable[str]) -> str:
    near = nearest_word(word, known)
    return f"Did you mean `{near}`?" if near else "`tabletop list` shows what there is."


def _files() -> Iterator[Path]:
    """Every exercise file in the library's folders; of several with one name the first is meant."""
    seen: set[str] = set()
    for folder in exercise_folders():
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            if path.stem not in seen and "." not in path.stem and within(folder, path.name):
                seen.add(path.stem)
                yield path


def shelf() -> list[ShelfEntry]:
    """What can be run, the longest first; files that are no exercises are left out."""
    return in_order(each for each in found_on_shelf())


def in_order(entries: Iterable[ShelfEntry]) -> list[ShelfEntry]:
    """As the shelf shows them."""
    return sorted(entries, key=lambda entry: (-entry.minutes, entry.title.casefold(), entry.id))


def found_on_shelf() -> Iterator[ShelfEntry]:
    """What can be run, as it is read: one after the other, the largest file first."""
    for path in sorted(_files(), key=_size, reverse=True):
        if entry := _entry(path):
            yield entry


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _entry(path: Path) -> ShelfEntry | None:
    """Read off the nodes, unchecked: a shelf shows an exercise that does not play yet, too."""
    try:
        root, _ = read_yaml(read_file(path), str(path))
    except UsageError:
        return None
    if not isinstance(root, Map) or "translates" in root or "injects" in root:
        return None
    moves = [move for move, _ in maps(*under(root, "moves", ()))]
    return ShelfEntry(
        id=path.stem,
        title=text_of(root, "title") or path.stem,
        path=str(path),
        minutes=sum(_minutes(move) for move in moves),
        cells=_count(root, "cells"),
        moves=len(moves),
        topics=_listed(root, "topics"),
        summary=text_of(root, "summary") or "",
        injects=sum(_count(move, "injects") for move in moves),
        trains=_listed(root, "trains"),
        audience=_listed(root, "audience"),
        read_before=_listed(root, "read_before"),
    )


def _listed(map: Map, key: str) -> tuple[str, ...]:
    return tuple(str(text) for text, _ in texts(*under(map, key, ())))


def _count(map: Map, key: str) -> int:
    listed = child(map, key)
    return len(listed) if isinstance(listed, Seq) else 0


def _minutes(move: Map) -> int:
    try:
        return scalars.duration(move.get("minutes"))
    except ValueError:
        return 0
