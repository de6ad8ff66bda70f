"""The maker of hostile files, which the benchmark of a million inputs has too."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

# Benchmarks are no package: what is shared with them is loaded by its path.
if "fuzz" not in sys.modules:
    _spec = importlib.util.spec_from_file_location(
        "fuzz", Path(__file__).parent.parent.parent / "benchmarks" / "fuzz.py"
    )
    assert _spec is not None
    assert _spec.loader is not None
    sys.modules["fuzz"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["fuzz"])
