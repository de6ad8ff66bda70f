"""Versions of the exercise: what both have is counted together, what only one has is never merged."""

from __future__ import annotations

from types import ModuleType

from tabletop.review.comparing import Comparison, compare
from tabletop.review.logs import Log


def two(gate: ModuleType, first: str, second: str) -> Comparison:
    return compare(
        [
            Log("a", gate.played(gate.chose(first), gate.FIRST, "a", 1)),
            Log("b", gate.played(gate.chose(second), gate.SECOND, "b", 2)),
        ]
    )


def test_versions_have_letters_in_the_order_of_play(gate: ModuleType) -> None:
    found = two(gate, "call", "write").versions
    assert [(version.letter, version.sessions) for version in found] == [("A", ("S1",)), ("B", ("S2",))]


def test_a_decision_with_other_options_is_counted_by_itself(gate: ModuleType) -> None:
    first, second = two(gate, "call", "call").choices
    assert (first.versions, first.asked, len(first.options)) == (("A",), 1, 2)
    assert (second.versions, second.asked, len(second.options)) == (("B",), 1, 3)


def test_what_only_one_version_has_is_told(gate: ModuleType) -> None:
    found = {(each.kind, each.id): (each.versions, each.without) for each in two(gate, "call", "call").differences}
    assert found == {("option", "reply=write"): (("B",), ("A",)), ("inject", "rain"): (("B",), ("A",))}


def test_a_branch_of_one_version_has_no_fate_in_sessions_of_the_other(gate: ModuleType) -> None:
    found = two(gate, "call", "call")
    [rain] = [turn for turn in found.paths.turns if turn.id == "rain"]
    assert rain.fates == {"S2": "not taken"}
    assert rain.versions == ("B",)


def test_the_same_decision_in_two_versions_is_counted_together(gate: ModuleType) -> None:
    renamed = gate.exercise().model_copy(update={"title": "The gate, again"})
    [asked] = compare(
        [
            Log("a", gate.played(gate.chose("call"), gate.FIRST, "a", 1)),
            Log("b", gate.played(gate.chose("call"), renamed, "b", 2)),
        ]
    ).choices
    assert (asked.versions, asked.asked) == (("A", "B"), 2)


def test_a_track_with_other_bounds_stands_by_itself(gate: ModuleType) -> None:
    wide = gate.exercise({"tracks": [{"id": "trust", "name": "Trust", "start": 5, "max": 20}]})
    found = compare(
        [
            Log("a", gate.played(gate.chose("call"), gate.FIRST, "a", 1)),
            Log("b", gate.played(gate.chose("call"), wide, "b", 2)),
        ]
    )
    assert [(each.versions, each.track.max) for each in found.tracks] == [(("A",), 10), (("B",), 20)]
    assert any(each.kind == "track" and each.changed == "start or bounds" for each in found.differences)
