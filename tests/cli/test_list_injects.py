"""`tabletop list --injects`: which scripts there are, and who draws on what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli import main

SCRIPT = """\
format: 1
id: harbour
title: Injects of a harbour
injects:
  - id: crane
    title: A crane stops
  - id: fog
    title: Fog
"""
EXERCISE = """\
format: 1
id: {id}
title: Mine
cells:
  - id: a
    name: A
injects_from: [harbour]
moves:
  - id: m
    title: M
    minutes: 5
    injects:
      - harbour/crane
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a script and two exercises that draw on one inject of it."""
    monkeypatch.chdir(tmp_path)
    for folder in ("injects", "exercises"):
        Path(folder).mkdir()
    Path("injects/harbour.yaml").write_text(SCRIPT)
    for id in ("one", "two"):
        Path(f"exercises/{id}.yaml").write_text(EXERCISE.format(id=id))
    return tmp_path


def scripts(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["list", "--injects", "--json"]) == 0
    value: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["scripts"]
    return value


def test_a_script_names_its_injects_and_who_draws_on_each(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [mine] = [script for script in scripts(capsys) if script["id"] == "harbour"]
    assert mine == {
        "id": "harbour",
        "title": "Injects of a harbour",
        "path": "injects/harbour.yaml",
        "exercises": ["one", "two"],
        "injects": [
            {"id": "crane", "title": "A crane stops", "exercises": ["one", "two"]},
            {"id": "fog", "title": "Fog", "exercises": []},
        ],
    }


def test_shipped_scripts_are_listed_with_the_shipped_exercises(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [media] = [script for script in scripts(capsys) if script["id"] == "media"]
    assert "gsomia-ninety-days" in media["exercises"]


def test_the_list_says_what_nobody_draws_on(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--injects"]) == 0
    out = capsys.readouterr().out
    assert "harbour: Injects of a harbour (injects/harbour.yaml)\n  crane  A crane stops (one, two)\n" in out
    assert "  fog    Fog (drawn on by nobody)\n" in out


def test_a_script_of_ones_own_is_meant_where_a_shipped_one_has_its_name(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("injects/media.yaml").write_text(SCRIPT.replace("id: harbour", "id: media"))
    paths = [script["path"] for script in scripts(capsys) if script["id"] == "media"]
    assert paths[0].endswith("injects/media.yaml")
    assert "injects/media.yaml" in paths


def test_exercises_that_do_not_load_are_no_hindrance(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("exercises/two.yaml").write_text(EXERCISE.format(id="two").replace("minutes: 5", "minutes: soon"))
    Path("exercises/bad.yaml").write_text("a: [")
    [mine] = [script for script in scripts(capsys) if script["id"] == "harbour"]
    assert mine["exercises"] == ["one", "two"]
