"""NAME.drafts beside a log: what is typed and not yet recorded, so that a crash does not take it.

It is no part of the record: no line of the log rests on it, and it goes as soon as its text is recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tabletop.journal import disk
from tabletop.journal.folder import beside

_LONGEST = 1 << 20  # bytes; a file beyond it was not written here
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in a form's fields, by their ids, at wall time ``at`` (UTC)."""

    at: str
    values: Values


def write_drafts(log_path: Path, opened: str, drafts: Mapping[str, Typed]) -> bool:
    """Replaces NAME.drafts in one step, for the owner alone; says whether it is on the disk.

    ``opened`` tells the session from another one of that name; ``drafts`` has forms by their names. Without
    any the file goes.
    """
    try:
        path = beside(log_path, "drafts")
        if not drafts:
            path.unlink(missing_ok=True)
            return True
        told = {form: {"at": typed.at, "values": dict(typed.values)} for form, typed in drafts.items()}
        raw = json.dumps({"opened": opened, "drafts": told}, ensure_ascii=False).encode(errors="replace") + b"\n"
        return len(raw) <= _LONGEST and _replace(path, raw)
    except (OSError, ValueError):
        return False


def _replace(path: Path, raw: bytes) -> bool:
    disk.make_folder(path.parent)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # left by a crash; only a log's one writer comes here
    try:
        disk.write_new(new, raw)
        disk.rename(new, path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        return False
    disk.sync_folder(path.parent)
    return True


def read_drafts(log_path: Path, opened: str) -> dict[str, Typed]:
    """The drafts of that session, by their forms' names; none where NAME.drafts holds anything else."""
    try:
        path = beside(log_path, "drafts")
        if not path.is_file():  # a pipe would be waited on for ever
            return {}
        with path.open("rb") as file:
            found = json.loads(file.read(_LONGEST + 1).decode())
        return _sound(found, opened)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _sound(found: Any, opened: str) -> dict[str, Typed]:
    if found["opened"] != opened:
        return {}
    drafts = {form: Typed(each["at"], each["values"]) for form, each in found["drafts"].items()}
    for typed in drafts.values():
        datetime.fromisoformat(typed.at)
    texts = [text for typed in drafts.values() for text in (typed.at, *typed.values.keys(), *typed.values.values())]
    return drafts if all(type(text) is str for text in texts) else {}
