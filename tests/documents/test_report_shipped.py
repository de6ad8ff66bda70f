"""The reports on the shipped exercises, rehearsed: nothing in them is an id, and each tells a whole road."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.building import after_action_report
from tabletop.documents.report.injects import shut_out
from tabletop.journal.reading import parse
from tabletop.review.reviewing import Review, review
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.rehearsal import rehearsal_log

SHIPPED = ["first-ten-minutes", "gsomia-ninety-days", "northern-arc", "opcon-conditions"]


@pytest.fixture(scope="module", params=[(id, seed) for id in SHIPPED for seed in (1, 4)], ids=str)
def told(request: pytest.FixtureRequest) -> tuple[Review, str]:
    """A rehearsed session with its report."""
    id, seed = request.param
    read = parse(rehearsal_log(load_exercise(find_exercise(id)), seed, Choices()), Path(f"{id}.jsonl"))
    seen = review(read.events, read.head)
    return seen, as_markdown(after_action_report(seen, read))


def test_no_id_stands_where_a_name_belongs(told: tuple[Review, str]) -> None:
    seen, text = told
    index = seen.index
    ids = {*index.injects, *index.decisions, *index.moves, *index.objectives, *index.tracks}
    ids |= {option.id for decision in index.decisions.values() for option in decision.options}
    written = seen.exercise.model_dump_json()  # what authors wrote with a hyphen of its own is no id
    joined = {id for id in ids if "-" in id and not re.search(rf"[^\"]\b{re.escape(id)}\b[^\"]", written)}
    assert [id for id in sorted(joined) if re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", text)] == []


def test_every_branch_that_came_stands_in_the_road_and_every_other_says_why(told: tuple[Review, str]) -> None:
    seen, text = told
    road = text.partition("### The road through the branches")[2].partition("### Injects")[0]
    for branch in seen.branches.values():
        if branch.seq is not None:
            assert f"(#{branch.seq}) |" in road
    fates = [each.fate for each in seen.injects]
    assert text.count("branch not taken: ") == fates.count("not taken")
    assert "its condition did not hold" not in text


def test_what_was_left_aside_stands_beside_what_came_nearest_to_its_moment(told: tuple[Review, str]) -> None:
    seen, _ = told
    at = {id: inject.at for id, inject in seen.index.injects.items()}
    came = [branch for branch in seen.branches.values() if branch.seq is not None]
    beside = [(id, abs(at[id] - at[branch.id])) for branch in came for id in shut_out(branch, seen)]
    assert len(set(beside)) == len({id for id, _ in beside})
    assert beside or seen.exercise.id == "first-ten-minutes"  # whose branches turn on a thing each


def test_no_sentence_is_left_open_or_doubled(told: tuple[Review, str]) -> None:
    _, text = told
    assert re.findall(r"“”|\(\)|, ,|;\.|,\.|:\.|[^.]\.\.[^.]", text) == []
