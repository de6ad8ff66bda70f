"""The hand-written session, for the tests of this folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The module `sample.py` of tests/review: tests are no package, so it is loaded by its path."""
    path = Path(__file__).parent.parent / "review" / "sample.py"
    spec = importlib.util.spec_from_file_location("session_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
