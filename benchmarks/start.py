"""How long `tabletop check` takes, against a process that imports pydantic and yaml and builds one model.

    python benchmarks/start.py [--runs 15]

Both are whole processes, run in turn, so that the machine's drift falls on both; what is printed is the
median of each and the median of the ratios pair by pair. Goal: at most 1.35.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOOR = """
import yaml
from pydantic import BaseModel, ConfigDict, Field
class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field(description="its name")
    minutes: int = Field(0, description="how long")
    texts: tuple[str, ...] = ()
Model.model_validate({"id": "a", "minutes": 3, "texts": ["b"]})
"""


def seconds(command: list[str]) -> float:
    """The wall time of one run of a command, which must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - begun


def main() -> None:
    """Measure both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    floor = [sys.executable, "-c", FLOOR]
    check = [sys.executable, "-m", "tabletop", "check", "exercises/gsomia-ninety-days.yaml"]
    pairs = [(seconds(check), seconds(floor)) for _ in range(runs + 1)][1:]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"check {ours * 1000:.0f} ms, floor {theirs * 1000:.0f} ms, ratio {ratio:.2f} (goal: at most 1.35)")


if __name__ == "__main__":
    main()
