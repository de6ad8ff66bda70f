"""Where logs live and what they and the files beside them are called."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tabletop.errors import UsageError

SUFFIX = ".jsonl"
_LONGEST = 150  # bytes; leaves room below the 255 of most file systems for what is added
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def logs_folder(option: Path | None = None) -> Path:
    """The folder of the logs: ``--logs``, else ``TABLETOP_LOGS``, else in the user's data folder."""
    if option is not None:
        return option
    if named := os.environ.get("TABLETOP_LOGS"):
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("tabletop", appauthor=False) / "logs"


def log_path(name_or_path: str | Path, folder: Path) -> Path:
    """The file meant by LOG: a path, or the name of a session in the logs' folder.

    A path is what leads to a file, holds a separator or ends in ``.jsonl``. What is returned need not exist.
    """
    path, name = Path(name_or_path), str(name_or_path)
    if _leads_elsewhere(name) or name.endswith(SUFFIX) or _is(path, Path.is_file):
        return path
    named = [folder / f"{name}{SUFFIX}", folder / f"{safe_name(name)}{SUFFIX}"]
    found = [candidate for candidate in named if _is(candidate, Path.is_file)]
    if found:
        return found[0]
    return path if _is(path, Path.exists) else named[1]


def _leads_elsewhere(name: str) -> bool:
    return any(mark in name for mark in (os.sep, os.altsep) if mark)


def new_log_path(name: str, folder: Path) -> Path:
    """The file of a new session of that name, always in the logs' folder; UsageError for a path."""
    if _leads_elsewhere(name):
        raise UsageError(f"'{name}' is a path, and a session's name was expected.", "--logs says in which folder.")
    if not name.strip():
        raise UsageError("A session's name is wanted, and nothing was given.", "Leave --name out to have one made.")
    return folder / f"{safe_name(name)}{SUFFIX}"


def next_free(path: Path) -> Path:
    """The path itself if nothing is there, else NAME-2, NAME-3, … beside it."""
    if not os.path.lexists(path):
        return path
    name = name_of(path)
    free = (path.with_name(f"{name}-{number}{path.name[len(name) :]}") for number in count(2))
    return next(candidate for candidate in free if not os.path.lexists(candidate))


def places_to_go_on(path: Path) -> list[Path]:
    """Where a session may go on whose log takes no more: free names in other folders, on other disks first."""
    import tempfile

    folders = [logs_folder(), Path.home(), Path(tempfile.gettempdir())]
    there = _disk(path)
    others = [folder for folder in dict.fromkeys(folders) if folder.absolute() != path.absolute().parent]
    return [next_free(folder / path.name) for folder in sorted(others, key=lambda folder: _disk(folder) == there)]


def _disk(path: Path) -> int:
    """The number of the disk that a path is or would be on."""
    return next((each.stat().st_dev for each in (path, *path.absolute().parents) if _is(each, Path.exists)), 0)


def list_logs(folder: Path) -> list[Path]:
    """The logs in a folder by name; none if the folder is not there.

    Raises UsageError if it is no folder or cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX) and path.is_file())
    except FileNotFoundError:
        return []
    except OSError as cause:
        raise UsageError(f"The folder {folder} cannot be read: {reason(cause)}.") from cause


def safe_name(title: str) -> str:
    """A file name without suffix made from any text: it never leaves its folder and is never empty.

    Letters and digits of any script stay, as do ``-``, ``_`` and dots inside; all else becomes ``-``.
    """
    text = unicodedata.normalize("NFC", title).strip().removesuffix(SUFFIX)
    kept = "".join(mark if unicodedata.category(mark)[0] in "LMN" or mark in "-_." else "-" for mark in text)
    name = _shortened(re.sub(r"\.{2,}|-{2,}", "-", kept).strip("-."))
    if not name:
        return "session"
    return f"session-{name}" if _WINDOWS_DEVICES.fullmatch(name) else name


def _shortened(name: str) -> str:
    return name.encode()[:_LONGEST].decode(errors="ignore").rstrip("-.")


def name_of(path: Path) -> str:
    """The session's name in a log's path: the file's name without ``.jsonl``."""
    return path.name.removesuffix(SUFFIX)


def beside(path: Path, suffix: str) -> Path:
    """A file that goes with a log, such as NAME.alive; links are followed, so that all find the same one."""
    real = path.resolve()
    return real.with_name(f"{name_of(real)}.{suffix}")


def reason(cause: OSError) -> str:
    """What the system says went wrong, as words within a sentence."""
    return cause.strerror or type(cause).__name__


def _is(path: Path, test: Callable[[Path], bool]) -> bool:
    """Whether a path passes a test of Path's; a name that no file can have passes none."""
    try:
        return test(path)
    except (OSError, ValueError):
        return False
