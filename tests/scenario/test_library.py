"""The library: what is found by name, in which order, and what stands on the shelf."""

from __future__ import annotations

from pathlib import Path

import pytest
from exercise_writing import SMALL, written

from tabletop.errors import UsageError
from tabletop.scenario.library import find_exercise, shelf
from tabletop.scenario.loading import load
from tabletop.scenario.starting import starting_exercise


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and another named in TABLETOP_EXERCISES."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TABLETOP_EXERCISES", str(tmp_path / "named"))
    return tmp_path


def test_an_id_is_looked_for_here_then_in_named_folders_then_among_those_shipped(here: Path) -> None:
    assert find_exercise("gsomia-ninety-days").is_file()
    shipped = find_exercise("gsomia-ninety-days")
    named = written(here, SMALL, "named/gsomia-ninety-days.yaml")
    assert find_exercise("gsomia-ninety-days") == named
    written(here, SMALL, "exercises/gsomia-ninety-days.yaml")
    assert find_exercise("gsomia-ninety-days") == Path("exercises/gsomia-ninety-days.yaml")
    assert shipped not in (named, find_exercise("gsomia-ninety-days"))


def test_a_path_is_taken_as_it_is(here: Path) -> None:
    written(here, SMALL, "mine/drill.yaml")
    assert find_exercise("mine/drill.yaml") == Path("mine/drill.yaml")
    written(here, SMALL, "drill.yml")
    assert find_exercise("drill.yml") == Path("drill.yml")


@pytest.mark.parametrize(
    ("name", "words", "remedy"),
    [
        ("gsomia-ninty-days", "There is no exercise 'gsomia-ninty-days'", "Did you mean `gsomia-ninety-days`?"),
        ("zzz", "There is no exercise 'zzz'", "tabletop list"),
        ("named/dril.yaml", "There is no file named/dril.yaml", "Did you mean `drill.yaml`?"),
        ("gone/x.yaml", "There is no file gone/x.yaml", "tabletop list"),
        ("named/", "is a folder", ".yaml"),
        ("../../etc/passwd", "There is no file", "tabletop list"),
        ("a\0b", "There is no exercise", "tabletop list"),
        ("a\0b.yaml", "There is no file", "tabletop list"),
    ],
)
def test_what_is_not_there_is_said_with_what_is_near(here: Path, name: str, words: str, remedy: str) -> None:
    written(here, SMALL, "named/drill.yaml")
    with pytest.raises(UsageError, match=words) as raised:
        find_exercise(name)
    assert remedy in raised.value.remedy


def test_a_link_that_leads_out_of_a_folder_is_not_found_by_name(here: Path) -> None:
    outside = written(here, SMALL, "outside/secret.yaml")
    (here / "exercises").mkdir()
    (here / "exercises/secret.yaml").symlink_to(outside)
    with pytest.raises(UsageError, match="There is no exercise 'secret'"):
        find_exercise("secret")
    assert "secret" not in {entry.id for entry in shelf()}


def test_the_shelf_shows_exercises_and_nothing_else(here: Path) -> None:
    written(here, SMALL)
    written(here, "format: 1\ninjects: []\n", "exercises/script.yaml")
    written(here, "translates: drill\n", "exercises/drill.ko.yaml")
    written(here, "a: [", "exercises/broken.yaml")
    written(here, "", "exercises/empty.yaml")
    (here / "exercises/folder.yaml").mkdir()
    mine = [entry for entry in shelf() if entry.path.startswith("exercises")]
    [entry] = mine
    assert entry.as_json() == {
        "id": "drill",
        "title": "The drill",
        "path": "exercises/drill.yaml",
        "minutes": 20,
        "cells": 2,
        "moves": 1,
        "injects": 2,
        "topics": [],
        "summary": "",
        "trains": [],
        "audience": [],
        "read_before": [],
    }


def test_the_shelf_shows_an_exercise_that_does_not_play_yet(here: Path) -> None:
    written(here, SMALL.replace("minutes: 20", "minutes: soon").replace("title: The drill", "title: [a]"))
    [entry] = [entry for entry in shelf() if entry.id == "drill"]
    assert (entry.title, entry.minutes) == ("drill", 0)


def test_the_starting_exercise_has_neither_fault_nor_doubt(tmp_path: Path) -> None:
    from tabletop.scenario.checks import doubts

    loaded = load(written(tmp_path, starting_exercise("harbour-strike"), "harbour-strike.yaml"))
    assert loaded.faults == []
    assert doubts(loaded) == []
    assert loaded.exercise is not None
    assert loaded.exercise.title == "Harbour strike"
