"""A small log to cut, bend and follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.journal import Draft, MemoryJournal, canonical_sha256

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
