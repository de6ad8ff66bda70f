"""The diagram of the branches: everything has its place, and its text forms are valid."""

from __future__ import annotations

import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.documents.exercise.branches import Branches
from tabletop.documents.exercise.diagram import svg
from tabletop.documents.exercise.graphs import dot, mermaid
from tabletop.documents.exercise.placing import COLUMN, placed, wrapped
from tabletop.scenario.index import Index
from tabletop.scenario.library import exercise_folders
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise

SHIPPED = sorted(path for path in exercise_folders()[-1].glob("*.yaml") if "." not in path.stem)


def _making() -> ModuleType:
    name = "exercise_making"
    if name not in sys.modules:
        path = Path(__file__).parent.parent / "scenario" / "making.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


making = _making()


def branches_of(*injects: dict[str, object], **keys: object) -> Branches:
    return Branches(Index(making.exercise(making.move(*injects), **keys)))


def words(when: dict[str, object]) -> list[str]:
    """What the links of a condition say, where decision `d` is there to be read."""
    asking = making.inject("asking", 0, making.decision("d"))
    return [link.phrase for link in branches_of(asking, making.inject("i", 5, when=when)).links]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"chose": {"d": ["yes", "no"]}}, ["yes or no"]),
        ({"chose": {"d/a": "yes"}, "track": {"t": "<= 4"}}, ["A: yes", "t <= 4"]),
        ({"not": {"released": "asking"}}, ["not went out"]),
        ({"any": [{"track": {"t": "<= 4"}}, {"released": "asking"}]}, ["either t <= 4", "either went out"]),
        ({"not": {"any": [{"track": {"t": 1}}, {"track": {"t": 2}}]}}, ["not t == 1", "not t == 2"]),
        ({"not": {"chose": {"d": "yes"}, "track": {"t": 1}}}, ["either not yes", "either not t == 1"]),
        ({"not": {"not": {"track": {"t": 1}}}}, ["t == 1"]),
    ],
)
def test_a_link_says_what_is_asked(when: dict[str, object], said: list[str]) -> None:
    assert words(when) == said


def test_only_what_takes_part_in_a_branch_is_drawn() -> None:
    asking, alone = making.inject("asking", 0, making.decision("d")), making.inject("alone", 1, making.decision("e"))
    found = branches_of(asking, alone, making.inject("i", 5, when={"chose": {"d": "yes"}}))
    move = found.index.exercise.moves[0]
    assert [inject.id for inject in found.injects(move)] == ["asking", "i"]
    assert list(found.decisions) == ["d"]
    assert "1 more inject on no condition" in svg(found)


def test_what_hangs_on_an_answer_stands_below_the_question_though_it_is_written_for_the_start() -> None:
    asking = making.inject("asking", 9, making.decision("d", 5))
    after = making.inject("after", 0, when={"chose": {"d": "yes"}})
    later = making.inject("later", 12, when={"released": "asking"})
    other = making.inject("other", 3, when={"track": {"t": ">= 1"}})
    found = branches_of(after, later, asking, other)
    assert [inject.id for inject in found.injects(found.index.exercise.moves[0])] == [
        "other",
        "asking",
        "later",
        "after",
    ]


def drawn(exercise: Exercise) -> ET.Element:
    return ET.fromstring(svg(Branches(Index(exercise))))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_picture_of_a_shipped_exercise_names_every_conditional_inject_and_says_what_it_is(path: Path) -> None:
    exercise = load_exercise(path)
    picture = drawn(exercise)
    said = " ".join("".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    for inject in exercise.injects():
        if inject.when is not None:
            assert inject.id in said
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "diagram-title diagram-desc"


def in_order(text: str) -> None:
    """Every line of a Mermaid flowchart is one that the language knows."""
    node = r'n\d+(\[|\(\(|\(\[|\{\{)"[^"]*"(\]|\)\)|\]\)|\}\})'
    edge = r'n\d+ (---|==>|-->|-\.->)(\|"[^"]+"\|)? n\d+'
    known = re.compile(rf'flowchart LR| +({node}|{edge}|subgraph m\d+\["[^"]*"\]|end)')
    assert [line for line in text.splitlines() if not known.fullmatch(line)] == []


def quoted_well(text: str) -> None:
    """Every line of a DOT file is one that the language knows."""
    name = r'"(?:[^"\\\n]|\\.)*"'
    node = rf"{name} \[label={name}, [a-z=, ]+\];"
    edge = rf"{name} -> {name} \[label={name}, [a-z0-9=]+\];"
    start = rf"digraph {name} \{{|  label={name}; rankdir=LR;|  node .*|  subgraph {name} \{{| +label={name};"
    known = re.compile(rf"{start}| +{node}|  {edge}|  \}}|\}}")
    assert [line for line in text.splitlines() if not known.fullmatch(line)] == []


TEXTS = st.text(st.sampled_from('a"\\]})>|#;<&`%\n 한é-'), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(making.exercises(), TEXTS)
def test_of_any_exercise_boxes_do_not_overlap_and_all_forms_are_valid(one: Exercise, text: str) -> None:
    moves = tuple(
        move.model_copy(
            update={"title": text, "injects": tuple(each.model_copy(update={"title": text}) for each in move.injects)}
        )
        for move in one.moves
    )
    found = Branches(Index(one.model_copy(update={"title": text, "moves": moves})))
    boxes = sorted(placed(found).boxes.values(), key=lambda box: (box.x, box.y))
    for before, after in pairwise(boxes):
        assert after.y > before.bottom or after.x >= before.x + COLUMN
    for box in boxes:
        assert all(box.y < y < box.bottom for y in (*box.inward.values(), *box.outward.values()))
    ET.fromstring(svg(found))
    in_order(mermaid(found))
    quoted_well(dot(found))


@given(st.text(st.sampled_from("ab 한글-"), max_size=80), st.integers(4, 30))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(sum(2 if char in "한글" else 1 for char in line) <= width for line in lines)
