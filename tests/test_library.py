"""The shipped exercises: played through with many seeds, and the page that tells of them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.scenario.index import Index
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.tallying import tally

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path.stem for path in (ROOT / "exercises").glob("*.yaml") if "." not in path.stem)
PAGE = (ROOT / "exercises" / "README.md").read_text(encoding="utf-8")


def rehearsals() -> ModuleType:
    """docs/rehearsals.py, which makes the table."""
    spec = importlib.util.spec_from_file_location("rehearsals", ROOT / "docs" / "rehearsals.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["rehearsals"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plays(exercise: str, runs: int) -> None:
    """No play is stuck, each move that is played keeps its minutes, and each cell has something to do."""
    index = Index(load_exercise(ROOT / "exercises" / f"{exercise}.yaml"))
    counted, _ = tally(index, 1, runs, Choices())
    assert len(counted.minutes) == runs
    assert max(counted.minutes) <= index.exercise.minutes
    if index.exercise.minutes >= 60:  # the tour's ten minutes leave a cell with nothing to do
        assert all(min(counted.busy[cell]) > 0 for cell in index.players)


@pytest.mark.parametrize("exercise", SHIPPED)
def test_a_few_plays_of_each_exercise_come_to_their_end(exercise: str) -> None:
    plays(exercise, 20)


@pytest.mark.nightly
@pytest.mark.parametrize("exercise", SHIPPED)
def test_a_thousand_plays_of_each_exercise_come_to_their_end(exercise: str) -> None:
    plays(exercise, 1000)


@pytest.mark.parametrize("exercise", SHIPPED)
def test_the_page_of_the_exercises_tells_of_each(exercise: str) -> None:
    assert f"[`{exercise}`]({exercise}.yaml)" in PAGE
    assert f"\n| {exercise} | " in PAGE


@pytest.mark.parametrize("exercise", SHIPPED)
def test_the_page_says_what_each_trains_for_whom_and_what_to_read_before_as_the_exercise_does(exercise: str) -> None:
    played = load_exercise(ROOT / "exercises" / f"{exercise}.yaml")
    assert played.trains
    assert played.audience
    told = " ".join(PAGE.replace("*", "").split())
    for texts in (played.trains, played.audience, played.read_before):
        assert all(" ".join(text.split()) in told for text in texts)


@pytest.mark.nightly
def test_the_table_of_rehearsals_is_that_of_a_thousand_plays() -> None:
    assert rehearsals().table() in PAGE
