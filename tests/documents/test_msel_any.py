"""What should hold for any sheet and any exercise: no text lost, no formula made, the way out and in the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.cli import main
from tabletop.documents.msel.as_yaml import exercise_yaml
from tabletop.documents.msel.bringing import bring_in
from tabletop.documents.msel.csv_text import msel_csv
from tabletop.documents.msel.grid import clean, text_of
from tabletop.documents.msel.guarding import guarded, unguarded
from tabletop.documents.msel.xlsx import msel_workbook
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json

ONCE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SAFE = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
HEADINGS = [
    "No.",
    "Time",
    "Phase",
    "Subject",
    "Description",
    "From",
    "To",
    "Mode",
    "Expected action",
    "Objective",
    "Who?",
    "",
]
TEXTS = st.one_of(
    st.sampled_from(
        ["09:00", "H+1", "", "", "", "All", "MOVE 2: more", "Seoul; Tokyo", "-", "N/A", "1", "=1+1", "- a\n- b"]
    ),
    st.text(SAFE, max_size=30),
    st.integers(-5, 3000),
    st.times().map(lambda moment: time(moment.hour, moment.minute)),
)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    return [text for each in value for text in strings(each)] if isinstance(value, list) else [str(value)]


def even(text: str) -> str:
    return " ".join(clean(text).split())


@ONCE
@given(rows=st.lists(st.lists(TEXTS, min_size=12, max_size=12), min_size=1, max_size=8))
def test_no_cell_of_any_sheet_is_lost_and_what_comes_of_it_loads(tmp_path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [HEADINGS, ["1", "08:00", None, "There is one", "At least."], *rows]:
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    path = tmp_path / "any.xlsx"
    book.save(path)
    brought = bring_in(path)
    text = exercise_yaml(brought.exercise)
    target = tmp_path / "any.yaml"
    target.write_text(text, encoding="utf-8", newline="\n")
    load_exercise(target)
    held = "\n".join(strings(yaml.load(text, Loader=yaml.BaseLoader))) + "\n".join(brought.account.lines())
    there = even(held)
    written = [even(text_of(value)) for row in rows for value in row if value is not None and text_of(value)]
    assert [each for each in written if each not in there] == []


@ONCE
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")) | st.sampled_from("=+-@'\t＝_x"),
        max_size=60,
    )
)
def test_any_text_goes_out_and_comes_in_and_is_never_a_formula(tmp_path: Path, text: str) -> None:
    value = {
        "format": 1,
        "id": "any",
        "title": "Any",
        "cells": [{"id": "rok", "name": "Seoul"}],
        "moves": [
            {
                "id": "one",
                "title": "One",
                "minutes": 30,
                "injects": [
                    {"id": "call", "title": text, "text": f"{text}\n_x0041_", "expects": [text], "notes": text}
                ],
            }
        ],
    }
    exercise = exercise_from_json(json.loads(json.dumps(value)))
    path = tmp_path / "any.xlsx"
    path.write_bytes(msel_workbook(exercise))
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(RISKY)
    for line in csv.reader(io.StringIO(msel_csv(exercise), newline="")):
        assert not any(cell.startswith(RISKY) for cell in line)
    assert bring_in(path).account.edited == []
    assert exercise_as_json(bring_in(path).exercise) == exercise_as_json(exercise)


@given(text=st.text())
def test_a_guarded_text_is_given_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(RISKY)


def large(injects: int) -> Exercise:
    """An exercise of this many injects."""
    return exercise_from_json(
        {
            "format": 1,
            "id": "large",
            "title": "Large",
            "cells": [{"id": "rok", "name": "Seoul"}],
            "moves": [
                {
                    "id": "one",
                    "title": "One",
                    "minutes": 300,
                    "injects": [
                        {"id": f"i{number}", "title": f"Inject {number}", "at": number % 300, "text": "It rings. " * 20}
                        for number in range(injects)
                    ],
                }
            ],
        }
    )


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_two_thousand_injects_go_out_and_come_in(form: str, tmp_path: Path) -> None:
    exercise = large(2_000)
    path = tmp_path / f"large.{form}"
    path.write_bytes(msel_workbook(exercise) if form == "xlsx" else msel_csv(exercise).encode())
    target = tmp_path / "large-again.yaml"
    assert main(["import", str(path), "-o", str(target)]) == 0
    again = load_exercise(target)
    assert [(each.id, each.at) for each in again.injects()] == [(each.id, each.at) for each in exercise.injects()]
