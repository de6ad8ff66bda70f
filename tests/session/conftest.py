"""Loads the module that these tests share. Tests are no package, so it is loaded by its path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

if "session_room" not in sys.modules:
    _spec = importlib.util.spec_from_file_location("session_room", Path(__file__).parent / "room.py")
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["session_room"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["session_room"])

from session_room import Room


@pytest.fixture
def room() -> Room:
    """A session that has not started."""
    return Room()


@pytest.fixture
def playing() -> Room:
    """A session in its first move."""
    room = Room()
    room.do("start")
    room.do("move")
    return room
