"""The inject scripts that there are, and which exercises draw on which of their injects."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tabletop.errors import UsageError
from tabletop.scenario.library import shelf
from tabletop.scenario.loading import load
from tabletop.scenario.reading import read_file, read_yaml
from tabletop.scenario.reading.looking import maps, text_of, under
from tabletop.scenario.reading.nodes import Map
from tabletop.scenario.shipped import shipped_folder, within


class ScriptInject(NamedTuple):
    """An inject of a script; ``exercises`` are the ids of those that draw on it."""

    id: str
    title: str
    exercises: tuple[str, ...]


class ScriptEntry(NamedTuple):
    """A script as the list shows it."""

    id: str
    title: str
    path: str
    injects: tuple[ScriptInject, ...]

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises that draw on any of it."""
        return tuple(dict.fromkeys(sorted(name for inject in self.injects for name in inject.exercises)))

    def as_json(self) -> dict[str, Any]:
        """The entry as `list --injects --json` prints it."""
        injects = [
            {"id": inject.id, "title": inject.title, "exercises": list(inject.exercises)} for inject in self.injects
        ]
        return {
            "id": self.id,
            "title": self.title,
            "path": self.path,
            "exercises": list(self.exercises),
            "injects": injects,
        }


def script_shelf() -> list[ScriptEntry]:
    """Every script that can be found from here or is drawn on by an exercise of the library, in order of id."""
    drawn = _drawn()
    files = {path.resolve(): path for path in (*(path for path, _ in drawn), *_files())}
    entries = [entry for path in files.values() if (entry := _entry(path, drawn))]
    return sorted(entries, key=lambda entry: (entry.id, entry.path))


def _files() -> Iterator[Path]:
    """The scripts in the folders; of several with one name the first is meant."""
    named = [Path(each) for each in os.environ.get("TABLETOP_INJECTS", "").split(os.pathsep) if each]
    seen: set[str] = set()
    for folder in (Path("injects"), *named, shipped_folder("injects")):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            if path.stem not in seen and "." not in path.stem and within(folder, path.name):
                seen.add(path.stem)
                yield path


def _drawn() -> dict[tuple[Path, str], list[str]]:
    """The exercises that draw on each inject, by the script's file and the inject's id."""
    found: dict[tuple[Path, str], list[str]] = {}
    for exercise in shelf():
        for path, inject in load(Path(exercise.path)).drawn:
            found.setdefault((path.resolve(), inject), []).append(exercise.id)
    return found


def _entry(path: Path, drawn: dict[tuple[Path, str], list[str]]) -> ScriptEntry | None:
    """Read off the nodes, unchecked; None of what is no script."""
    try:
        root, _ = read_yaml(read_file(path), str(path))
    except UsageError:
        return None
    if not isinstance(root, Map) or "injects" not in root:
        return None
    injects = tuple(
        ScriptInject(id, text_of(inject, "title") or "", tuple(sorted(drawn.get((path.resolve(), id), ()))))
        for inject, _ in maps(*under(root, "injects", ()))
        if (id := text_of(inject, "id"))
    )
    shown = os.path.normpath(path)
    return ScriptEntry(path.stem, text_of(root, "title") or path.stem, shown, injects)
