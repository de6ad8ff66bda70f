"""Which files an exercise is made of, and whether they are others than before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tabletop.scenario.loading.scripts import script_folders
from tabletop.scenario.loading.translations import translation_files
from tabletop.scenario.shipped import within

Stamp = tuple[int, int, int, int, int]
"""When a file was written and changed (its rights too), its size, and which file it is: saving by renaming brings
another."""
_GONE: Stamp = (-1, -1, -1, -1, -1)


def files_of(path: Path, names: Iterable[str], folders: Sequence[Path] = ()) -> list[Path]:
    """The exercise's file, the scripts of these names that it finds, and the translations beside each of them."""
    places = script_folders(path, folders)
    scripts = [next(filter(None, (within(place, f"{name}.yaml") for place in places)), None) for name in names]
    files = [path, *(script for script in scripts if script is not None)]
    return [*files, *(each for file in files for each in translation_files(file))]


def stamp(path: Path) -> Stamp:
    """The file's stamp, that of what a link leads to; one of its own for a file that is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return _GONE
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev


class Watch:
    """Tells of each change once, as soon as nothing was written between two looks."""

    def __init__(self, path: Path, folders: Sequence[Path] = ()) -> None:
        self._path, self._folders = path, folders
        self._names: tuple[str, ...] = ()
        self._told = self._before = self._now()

    def _now(self) -> dict[Path, Stamp]:
        return {file: stamp(file) for file in files_of(self._path, self._names, self._folders)}

    def follow(self, names: Iterable[str]) -> None:
        """Watch the scripts of these names, and no others; what is new among them was read just now."""
        self._names = tuple(names)
        now = self._now()
        self._told = {file: self._told.get(file, each) for file, each in now.items()}

    def changed(self) -> bool:
        """Whether there is something new to read."""
        now = self._now()
        settled, self._before = now == self._before, now
        if settled and now != self._told:
            self._told = now
            return True
        return False
