"""What changed between two versions of an exercise: nothing where nothing did, and everything that did."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from exercise_making import decision, exercise, exercises, inject, move
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tabletop.scenario.comparing import Change, compare
from tabletop.scenario.library import exercise_folders
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json

SHIPPED = sorted(path for path in exercise_folders()[-1].glob("*.yaml") if "." not in path.stem)


def told(old: Exercise, new: Exercise) -> list[tuple[Any, ...]]:
    """Each change, without what it says nothing of."""
    return [tuple(each for each in change[:5] if each) for change in compare(old, new)]


def two_moves(*first: dict[str, Any], **keys: Any) -> Exercise:
    return exercise(move(*first, id="one"), move(inject("last"), id="two"), **keys)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_exercise_does_not_differ_from_itself(path: Any) -> None:
    assert compare(load_exercise(path), load_exercise(path)) == []


def test_an_inject_that_comes_or_goes_is_told_with_its_move_and_not_piece_by_piece() -> None:
    fuller, barer = two_moves(inject("i", 5, decision("d"))), two_moves()
    assert told(barer, fuller) == [("added", "inject", "i", "one")]
    assert told(fuller, barer) == [("removed", "inject", "i", "one")]


def test_an_inject_that_moves_is_told_as_moved() -> None:
    old, new = (
        exercise(move(inject("i"), id="one"), move(id="two")),
        exercise(move(id="one"), move(inject("i"), id="two")),
    )
    assert compare(old, new) == [Change("moved", "inject", "i", "two", old="one", new="two")]


def test_an_inject_at_another_time_is_told_by_both_times() -> None:
    [change] = compare(two_moves(inject("i", 5)), two_moves(inject("i", 20)))
    assert change == Change("changed", "inject", "i", "one", "at", 5, 20)


def test_the_fewest_are_told_of_that_explain_a_new_order() -> None:
    a, b, c = inject("a"), inject("b"), inject("c")
    assert compare(two_moves(a, b, c), two_moves(c, a, b)) == [Change("reordered", "inject", "c", "one", "", 3, 1)]


def test_a_part_that_is_called_the_same_under_another_id_was_renamed() -> None:
    old, new = inject("i", 0, title="The call"), inject("j", 5, title="The call")
    assert told(two_moves(old), two_moves(new)) == [
        ("renamed", "inject", "j", "one", "id"),
        ("changed", "inject", "j", "one", "at"),
    ]


def test_injects_of_a_renamed_move_have_not_moved() -> None:
    old, new = exercise(move(inject("i"), id="a", title="T")), exercise(move(inject("i"), id="b", title="T"))
    assert told(old, new) == [("renamed", "move", "b", "id")]


def test_each_entry_of_a_map_is_told_by_itself() -> None:
    old, new = inject("i", effects={"t": 1, "u": 2}), inject("i", effects={"t": 2, "u": 2, "v": 1})
    assert told(two_moves(old), two_moves(new)) == [
        ("changed", "inject", "i", "one", "effects.t"),
        ("changed", "inject", "i", "one", "effects.v"),
    ]


def test_options_are_told_within_their_decision() -> None:
    more = {"options": [{"id": "yes", "text": "Yes, now"}, {"id": "wait", "text": "Wait"}]}
    old, new = two_moves(inject("i", 0, decision("d"))), two_moves(inject("i", 0, decision("d", **more)))
    assert told(old, new) == [
        ("removed", "option", "no", "d"),
        ("changed", "option", "yes", "d", "text"),
        ("changed", "option", "yes", "d", "effects.t"),
        ("added", "option", "wait", "d"),
    ]


# --- random ------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(exercises())
def test_no_exercise_differs_from_itself(one: Exercise) -> None:
    assert compare(one, exercise_from_json(exercise_as_json(one))) == []


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every single value of a JSON value."""
    if isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*way, step))
    else:
        yield way


def owner(value: Any, way: tuple[Any, ...]) -> str:
    """The id of the innermost thing that a value stands in."""
    found = ""
    for step in way:
        found = value.get("id", found) if isinstance(value, dict) else found
        value = value[step]
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_value_that_changes_is_told_of_what_it_belongs_to(data: st.DataObject) -> None:
    value = exercise_as_json(data.draw(exercises()))
    way = data.draw(st.sampled_from(list(places(value))))
    changed = copy.deepcopy(value)
    into = changed
    for step in way[:-1]:
        into = into[step]
    was = into[way[-1]]
    into[way[-1]] = not was if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was}9"
    if isinstance(way[-1], str) and way[-1] in ("kind", "good"):
        into[way[-1]] = {"standard": "contingency", "contingency": "standard", "high": "low"}[was]
    old = exercise_from_json(value)
    new = exercise_from_json(changed)
    assume(old != new)
    found = compare(old, new)
    assert found
    assert owner(changed, way) in {change.id for change in found}
    assert compare(new, old)
