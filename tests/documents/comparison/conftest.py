"""The small exercise and its sessions, for the tests of this folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def gate() -> ModuleType:
    """The module `gate.py` of tests/review/comparing: tests are no package, so it is loaded by its path."""
    path = Path(__file__).parent.parent.parent / "review" / "comparing" / "gate.py"
    spec = importlib.util.spec_from_file_location("compared_gate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
