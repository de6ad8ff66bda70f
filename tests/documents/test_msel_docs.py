"""What the page on workbooks says of the example and the keys is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tabletop.cli import main
from tabletop.documents.msel.names import KEYS
from tabletop.scenario.loading import load_exercise

PAGE = (Path(__file__).parents[2] / "docs" / "workbooks.md").read_text(encoding="utf-8")


def test_the_example_becomes_what_the_page_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    (tmp_path / "strike.csv").write_text(found[1], encoding="utf-8")
    target = tmp_path / "harbour-strike.yaml"
    assert main(["import", str(tmp_path / "strike.csv"), "-o", str(target), "--map", "Injected by=from"]) == 0
    exercise = load_exercise(target)
    assert (exercise.title, len(exercise.moves)) == ("HARBOUR STRIKE 26 - MSEL", 1)
    assert [(each.at, each.from_) for each in exercise.injects()] == [(0, "J. Park"), (20, "SimCell")]


def test_the_page_lists_the_keys_that_map_takes() -> None:
    listed = PAGE.partition("The keys that `--map` takes:")[2].partition("##")[0]
    assert re.findall(r"`(\w+)`", listed) == list(KEYS)
