"""A log as tables: what stands in each column, and that the page for reviewers tells of every one."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tabletop.review.tables import TABLES, table

PAGE = Path(__file__).parent.parent.parent / "docs" / "comparing.md"


def rows(sample: ModuleType, name: str) -> list[dict[str, Any]]:
    """The rows of a table of the hand-written session, by column."""
    found = table(name, sample.reviewed(), sample.reading(sample.PLAYED).events)
    names = [column.name for column in found.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows]


def test_every_event_is_a_row_with_what_it_is_about(sample: ModuleType) -> None:
    found = rows(sample, "events")
    assert [row["seq"] for row in found] == list(range(len(sample.PLAYED)))
    release = found[6]
    assert (release["type"], release["inject"], release["cells"], release["move"]) == (
        "inject_released",
        "closed",
        "north, south",
        "dawn",
    )
    assert json.loads(release["data"])["tracks"] == {"trust": [6, 5]}


def test_what_was_taken_back_is_marked_with_the_line_that_did_it(sample: ModuleType) -> None:
    found = rows(sample, "events")
    assert {row["seq"]: row["taken_back_by"] for row in found if not row["in_effect"]} == {11: 12, 17: 18}


def test_the_exercise_itself_is_left_to_the_log(sample: ModuleType) -> None:
    assert "exercise" not in json.loads(rows(sample, "events")[0]["data"])


def test_an_entry_made_later_has_the_moment_of_which_it_tells(sample: ModuleType) -> None:
    quote = rows(sample, "events")[14]
    assert (quote["clock"], quote["happened"]) == (620, 610)


def test_every_answer_is_a_row_and_the_newest_is_marked(sample: ModuleType) -> None:
    found = rows(sample, "decisions")
    assert [(row["seq"], row["cells"], row["counted"], row["newest"]) for row in found] == [
        (7, "north", "wait", False),
        (9, "south", "wait", True),
        (10, "north", "call", True),
    ]
    first, silent, revised = found
    assert (first["decided_by"], first["dissent_views"], first["revised_by"]) == ("Ann", "Bo: We should call", 10)
    assert (silent["outcome"], silent["option"], silent["counts_as"]) == ("out_of_time", None, "wait")
    assert (revised["revises"], revised["seconds"], revised["asked_clock"]) == (7, 360, 60)


def test_observations_have_their_objective_and_its_rating(sample: ModuleType) -> None:
    found = rows(sample, "observations")
    assert [(row["seq"], row["kind"], row["objective"], row["rating"]) for row in found] == [
        (15, "strength", "consult", "S"),
        (16, "improvement", "consult", "S"),
    ]
    assert found[0]["objective_text"] == "Consult before acting."


@pytest.mark.parametrize("name", list(TABLES))
def test_every_row_names_the_session_and_the_version_of_the_exercise(sample: ModuleType, name: str) -> None:
    for row in rows(sample, name):
        assert (row["session"], row["exercise"], len(row["exercise_sha256"])) == ("gate-1", "gate", 64)


@pytest.mark.parametrize("name", list(TABLES))
def test_the_page_tells_what_is_in_each_column(name: str) -> None:
    columns, _ = TABLES[name]
    page = PAGE.read_text(encoding="utf-8")
    for column in columns:
        assert f"| `{column.name}` | {column.kind} | {column.about} |" in page
