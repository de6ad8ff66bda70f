"""Paths, tracks, ratings over the sessions, and one of them against the rest."""

from __future__ import annotations

from types import ModuleType

from tabletop.review.comparing import compare
from tabletop.review.comparing.paths import told
from tabletop.review.logs import Log


def test_a_path_is_what_went_out_and_same_paths_are_told_together(gate: ModuleType) -> None:
    found = gate.compared(gate.chose("call"), gate.chose("wait"), gate.chose("call")).paths
    assert found.groups == (("S1", "S3"), ("S2",))
    fates = {turn.id: dict(turn.fates) for turn in found.turns}
    assert fates["thanks"] == {"S1": "released", "S2": "not taken", "S3": "released"}


def test_the_tree_parts_where_the_sessions_do(gate: ModuleType) -> None:
    found = gate.compared(gate.chose("call"), gate.chose("wait"), gate.chose("call")).paths
    outline = [(depth, sessions) for depth, _, sessions, _ in told(found.tree, {})]
    assert outline == [(0, ("S1", "S3")), (1, ("S1", "S3")), (0, ("S2",)), (1, ("S2",))]


def test_what_came_in_every_session_parts_nobody(gate: ModuleType) -> None:
    found = gate.compared(gate.chose("call"), gate.chose("call")).paths
    assert [turn.id for turn in found.shared] == ["thanks"]
    assert len(found.groups) == 1


def test_a_path_ends_where_the_record_breaks_off(gate: ModuleType) -> None:
    found = gate.compared(gate.chose("call"), gate.chose("call")[:-3]).paths
    way = found.ways[1]
    assert way.broken_off
    assert [stage.move for stage in way.stages] == ["dawn"]


def test_a_track_is_told_at_the_end_of_each_move_and_of_the_session(gate: ModuleType) -> None:
    [trust] = gate.compared(gate.chose("call"), gate.chose("wait"), gate.chose("wait")).tracks
    dawn, _, end = trust.points
    assert dict(dawn.values) == {"S1": 7, "S2": 4, "S3": 4}
    assert end.spread is not None
    assert (end.spread.least, end.spread.median, end.spread.greatest) == (4, 4, 7)


def test_an_unfinished_session_has_no_end(gate: ModuleType) -> None:
    [trust] = gate.compared(gate.chose("call"), gate.chose("wait")[:-3]).tracks
    assert [dict(point.values) for point in trust.points] == [{"S1": 7}, {"S1": 7}, {"S1": 7}]


def test_ratings_are_counted_by_letter_and_the_newest_counts(gate: ModuleType) -> None:
    rated = [{"do": "rate", "objective": "consult", "rating": letter} for letter in ("U", "S")]
    consult, inform = gate.compared([*gate.chose("call"), *rated], gate.chose("call")).ratings
    assert (consult.sessions("S"), consult.sessions("U"), consult.sessions(None)) == (("S1",), (), ("S2",))
    assert inform.sessions(None) == ("S1", "S2")


def test_one_session_stands_against_the_rest_without_itself(gate: ModuleType) -> None:
    logs = gate.logs(gate.chose("wait", 9), gate.chose("call", 1), gate.chose("call", 2), gate.chose("wait", 3))
    found = compare(logs, against=logs[0]).against
    assert found is not None
    [choice] = found.choices
    assert (choice.alike.count, choice.alike.of) == (1, 3)
    assert choice.times is not None
    assert choice.times.values == (60, 120, 180)
    [track] = found.tracks
    assert (track.value, track.where) == (4, "within the others' range")
    assert {turn.turn.id: (turn.came, turn.alike.count) for turn in found.turns} == {
        "thanks": (False, 1),
        "rumour": (True, 1),
    }


def test_the_session_against_the_rest_may_be_one_more_log(gate: ModuleType) -> None:
    one, other = gate.logs(gate.chose("wait"), gate.chose("call"))
    found = compare([other], against=one)
    assert found.against is not None
    assert found.against.session.label == "a"
    assert len(found.sessions) == 2


def test_a_session_counts_once_when_it_is_named_again_to_stand_against_the_rest(gate: ModuleType) -> None:
    logs = gate.logs(gate.chose("wait"), gate.chose("call"))
    again = Log("a", logs[0].reading)
    assert not compare(logs, against=again).notices
