"""Modules that these tests share. Tests are no package, so they are loaded by their paths."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def _load(name: str, file: str) -> None:
    if name in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / file)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


_load("exercise_making", "making.py")
_load("naive_play", "naive.py")
_load("exercise_writing", "writing.py")
