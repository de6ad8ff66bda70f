"""A disk under the journal that fails, lies and stops when a test says so.

It takes the place of the calls in ``tabletop.journal.disk``. What the program reads and writes goes to real
files, as through a page cache; what would be left of them if the power failed is kept account of here.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from tabletop.journal import disk

SECTOR = 512
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EDQUOT": errno.EDQUOT}
FAULTS = (*ERRORS, "short", "broken off", "lost")
"""What may happen at a call: an error; a write of half the bytes, without or with an error; nothing at all."""

CRASHES = ("nothing", "all", "sizes", *(f"sectors {seed}" for seed in range(9)))
"""What a crash leaves of what was not synced: none of it; all; the length filled with zeros; some sectors."""


@dataclass(eq=False)
class File:
    """What is safe in a file, and what was done to it since."""

    safe: bytes
    waiting: list[tuple[int, bytes]] = field(default_factory=list)
    """Writes as (offset, bytes); a cut is (size, b"")."""

    def left(self, crash: str) -> bytes:
        """What a crash leaves."""
        chance = Random(crash)
        raw = bytearray(self.safe)
        for offset, new in self.waiting if crash != "nothing" else ():
            if not new:
                if crash == "all" or chance.random() < 0.5:
                    del raw[offset:]
                continue
            raw.extend(bytes(max(0, offset + len(new) - len(raw))))
            for place in range(0, len(new), SECTOR) if crash != "sizes" else ():
                if crash == "all" or chance.random() < 0.5:
                    part = new[place : place + SECTOR]
                    raw[offset + place : offset + place + len(part)] = part
        return bytes(raw)

    def sync(self) -> None:
        """Everything that waits is safe."""
        self.safe = self.left("all")
        self.waiting.clear()

    def fail(self) -> None:
        """A sync failed: the system takes the lost pages for written, and no later sync brings them back."""
        self.waiting = [(offset, bytes(len(new))) for offset, new in self.waiting]


@dataclass
class Names:
    """What is safe in the folders' lists of names, and what was done to them since."""

    safe: dict[Path, File] = field(default_factory=dict)
    waiting: list[tuple[Path | None, Path, File]] = field(default_factory=list)
    """Names given as (the old one, the new one, the file)."""

    def left(self, crash: str) -> dict[Path, File]:
        """What a crash leaves."""
        names, chance = dict(self.safe), Random(f"names {crash}")
        for old, new, file in self.waiting if crash != "nothing" else ():
            if not crash.startswith("sectors") or chance.random() < 0.5:
                _name(names, old, new, file)
        return names

    def sync(self, folder: Path) -> None:
        """The names in a folder are safe."""
        for old, new, file in self.waiting:
            if new.parent == folder:
                _name(self.safe, old, new, file)
        self.waiting = [each for each in self.waiting if each[1].parent != folder]


def _name(names: dict[Path, File], old: Path | None, new: Path, file: File) -> None:
    if old is not None:
        names.pop(old, None)
    names[new] = file


class Medium:
    """The disk: ``at`` is the call, counted from 1, at which ``fault`` happens, and at all later ones if ``lasting``.

    ``calls`` are the names of the calls so far; ``struck`` is the call that the fault hit.
    """

    def __init__(self, fault: str = "", at: int = 0, lasting: bool = False) -> None:
        self.fault, self.at, self.lasting = fault, at, lasting
        self.calls: list[str] = []
        self.struck = ""
        self._names = Names()
        self._seen: dict[Path, File] = {}
        self._open: dict[int, File] = {}

    def put_under(self, patch: pytest.MonkeyPatch) -> None:
        """Takes the place of the calls to the disk."""
        for call in (self.create, self.open_to_append, self.read_all, self.write, self.sync, self.cut, self.rename):
            patch.setattr(disk, call.__name__, call)
        patch.setattr(disk, "sync_folder", self.sync_folder)

    def crash(self, crash: str, folder: Path) -> Path:
        """Lays out in a new folder what the machine has when it is started again."""
        folder.mkdir()
        for path, file in self._names.left(crash).items():
            (folder / path.name).write_bytes(file.left(crash))
        return folder

    def _strikes(self, call: str) -> bool:
        """Counts a call; whether it does nothing, or only part. Raises where it fails."""
        self.calls.append(call)
        number = len(self.calls)
        if not self.fault or number < self.at or (number > self.at and not self.lasting):
            return False
        if self.fault in ("short", "broken off") and call != "write":
            return False
        self.struck = self.struck or call
        if code := ERRORS.get(self.fault):
            raise OSError(code, os.strerror(code))
        return True

    def create(self, path: Path, *, real: Callable[[Path], int] = disk.create) -> int:
        """A new file, whose name waits for its folder's sync."""
        self._strikes("create")
        fd = real(path)
        self._seen[path] = self._open[fd] = file = File(b"")
        self._names.waiting.append((None, path, file))
        return fd

    def open_to_append(self, path: Path, *, real: Callable[[Path], int] = disk.open_to_append) -> int:
        """A file that is there: what it holds may wait still, if this medium knows it."""
        place = path.resolve()
        if place not in self._seen:
            self._seen[place] = self._names.safe[place] = File(path.read_bytes())
        self._strikes("open")
        fd = real(path)
        self._open[fd] = self._seen[place]
        return fd

    def read_all(self, fd: int, *, real: Callable[[int], bytes] = disk.read_all) -> bytes:
        """What the program sees."""
        self._strikes("read")
        return real(fd)

    def write(self, fd: int, raw: bytes, *, real: Callable[[int, bytes], int] = disk.write) -> int:
        """Bytes at the end; struck, half of them, or none that are said to be all."""
        struck = self._strikes("write")
        if struck and self.fault == "lost":
            return len(raw)
        taken = raw[: len(raw) // 2] if struck else raw
        self._open[fd].waiting.append((os.fstat(fd).st_size, taken))
        real(fd, taken)
        if struck and self.fault == "broken off":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return len(taken)

    def sync(self, fd: int) -> None:
        """What waits is safe; struck, it is not, and perhaps will never be."""
        file = self._open[fd]
        try:
            struck = self._strikes("sync")
        except OSError:
            file.fail()
            raise
        if not struck:
            file.sync()

    def cut(self, fd: int, size: int, *, real: Callable[[int, int], None] = disk.cut) -> None:
        """Shortens; struck, only what the program sees."""
        if not self._strikes("cut"):
            self._open[fd].waiting.append((size, b""))
        real(fd, size)

    def rename(self, old: Path, new: Path, *, real: Callable[[Path, Path], None] = disk.rename) -> None:
        """Another name, which waits for the folder's sync; struck, only the program sees it."""
        if not self._strikes("rename"):
            self._names.waiting.append((old, new, self._seen[old]))
        self._seen[new] = self._seen.pop(old)
        real(old, new)

    def sync_folder(self, folder: Path) -> None:
        """The names in a folder are safe."""
        if not self._strikes("sync_folder"):
            self._names.sync(folder)
