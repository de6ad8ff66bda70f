"""A small log to cut, bend and follow."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from tabletop.journal import Draft, MemoryJournal, canonical_sha256

# Tests are no package: what several of them share is loaded by its path.
for _name in ("playing", "medium"):
    if f"journal_{_name}" not in sys.modules:
        _spec = importlib.util.spec_from_file_location(f"journal_{_name}", Path(__file__).parent / f"{_name}.py")
        assert _spec is not None
        assert _spec.loader is not None
        sys.modules[f"journal_{_name}"] = importlib.util.module_from_spec(_spec)
        _spec.loader.exec_module(sys.modules[f"journal_{_name}"])

AT = "2026-11-24T01:23:45.678Z"


def draft(type_: str, clock: float = 0.0, **data: object) -> Draft:
    """An event to be written by the facilitator."""
    return Draft(type_, data, AT, clock, "facilitator")


def opening(**changed: object) -> Draft:
    """What every log begins with."""
    exercise = {"id": "e", "title": "Überprüfung 演習"}
    data: dict[str, object] = {
        "format": "tabletop-log/1",
        "version": "0",
        "name": "demo",
        "exercise": exercise,
        "exercise_sha256": canonical_sha256(exercise),
    }
    return Draft("session_opened", data | changed, AT, 0.0, "facilitator")


COMMANDS = [
    [opening()],
    [draft("exercise_started")],
    [draft("move_started", 1.5, move="one"), draft("inject_released", 1.5, inject="note", cells=["a"])],
    [draft("discussion_noted", 70.1239, text="zwei\nZeilen 日本")],
]


@pytest.fixture
def commands() -> list[list[Draft]]:
    """Four commands, five events; the third command has two."""
    return COMMANDS


@pytest.fixture
def raw() -> bytes:
    """The bytes of the log that the commands make."""
    journal = MemoryJournal("demo")
    for command in COMMANDS:
        journal.append(command, expect=len(journal.events))
    return journal.lines()


@pytest.fixture
def log(tmp_path: Path, raw: bytes) -> Path:
    """That log as a file."""
    path = tmp_path / "demo.jsonl"
    path.write_bytes(raw)
    return path
