"""The few calls by which a log reaches the disk, in one place so that tests can make each of them fail."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tabletop.journal.bounds import read_bounded

_BINARY: int = getattr(os, "O_BINARY", 0)


def create(path: Path) -> int:
    """A new file, readable and writable by its owner alone; raises FileExistsError if anything is there."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)


def open_to_append(path: Path) -> int:
    """An existing file, to read it and to add at its end."""
    return os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)


def read_all(fd: int) -> bytes:
    """Everything in the file, up to a line that no log has."""
    with os.fdopen(os.dup(fd), "rb") as file:
        file.seek(0)
        return read_bounded(file, os.fstat(fd).st_size)


def write(fd: int, raw: bytes) -> int:
    """One write; returns how many bytes were taken, which on a full disk may be fewer without an error."""
    return os.write(fd, raw)


def sync(fd: int) -> None:
    """Returns when the file's bytes are on the medium, so far as the system can tell."""
    if sys.platform == "darwin":
        _sync_fully(fd)
    else:
        os.fsync(fd)


def _sync_fully(fd: int) -> None:
    """On macOS fsync stops at the drive's own cache; F_FULLFSYNC does not, where the file system knows it."""
    import errno
    import fcntl

    full: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    try:
        if full is not None:
            fcntl.fcntl(fd, full)
            return
    except OSError as cause:
        if cause.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
            raise
    os.fsync(fd)


def cut(fd: int, size: int) -> None:
    """Shortens the file to ``size`` bytes."""
    os.ftruncate(fd, size)


def rename(old: Path, new: Path) -> None:
    """Gives a file another name in one step, in place of what has that name."""
    old.replace(new)


def sync_folder(folder: Path) -> None:
    """Returns when the folder's list of names is on the medium; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path) -> None:
    """The folder with all above it, for the owner alone where new, each lasting before the next is made."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(0o700, exist_ok=True)
        sync_folder(place.parent)
    if not folder.is_dir():
        raise NotADirectoryError(20, "Not a directory", str(folder))


def write_new(path: Path, raw: bytes) -> None:
    """A whole new file, lasting when this returns; raises OSError, FileExistsError among them."""
    fd = create(path)
    try:
        taken = write(fd, raw)
        if taken < len(raw):
            raise OSError(28, f"only {taken} of {len(raw)} bytes were taken")
        sync(fd)
    finally:
        os.close(fd)
    sync_folder(path.parent)
