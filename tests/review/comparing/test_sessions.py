"""Which logs count, once each; what they lack is said; of one exercise only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.errors import LogDamaged, UsageError
from tabletop.journal.reading import Damage, Reading, Torn
from tabletop.review.comparing import compare
from tabletop.review.comparing.sessions import DifferentExercises
from tabletop.review.logs import Log


def test_logs_of_different_exercises_are_refused_in_one_sentence(gate: ModuleType) -> None:
    other = Log("z", gate.played(gate.chose("call"), gate.exercise(id="harbour")))
    with pytest.raises(DifferentExercises, match=r"of 2 exercises.*gate \(a\); harbour \(z\)"):
        compare([*gate.logs(gate.chose("call")), other])


def test_a_copy_and_the_beginning_of_a_log_do_not_count_again(gate: ModuleType) -> None:
    whole = gate.played(gate.chose("call"))
    beginning = gate.played(gate.chose("call")[:4])
    found = compare([Log("a", whole), Log("b", whole), Log("c", beginning)])
    assert [session.label for session in found.sessions] == ["a"]
    assert len(found.notices) == 2


def test_a_file_given_twice_counts_once(gate: ModuleType) -> None:
    rehearsed = replace(gate.played(gate.chose("call"), by="auto"), path=Path("a.jsonl"))
    found = compare([Log("a", rehearsed), Log("a", rehearsed)])
    assert len(found.sessions) == 1
    assert found.notices == ("a was given twice, and counts once.",)


def test_a_session_that_went_on_elsewhere_counts_on_both_sides_and_that_is_said(gate: ModuleType) -> None:
    one, other = (gate.played([*gate.BEGIN, *gate.decide(option=option), *gate.END]) for option in ("call", "wait"))
    found = compare([Log("a", one), Log("b", other)])
    assert len(found.sessions) == 2
    assert "begin as one session and then part" in found.notices[0]


def test_rehearsals_that_went_the_same_way_both_count(gate: ModuleType) -> None:
    same = gate.played(gate.chose("call"), by="auto")
    found = compare([Log("a", same), Log("b", same)])
    assert len(found.sessions) == 2
    assert "both count" in found.notices[0]


def test_rehearsals_have_no_time_to_decide(gate: ModuleType) -> None:
    [asked] = compare([Log("a", gate.played(gate.chose("call", 3), by="auto"))]).choices
    assert asked.times is None


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"damage": Damage(6, "its sum is wrong.")}, "damaged at line 6"),
        ({"torn": Torn(6, 10, 100)}, "torn at line 6"),
        ({"newer": True}, "newer version"),
    ],
)
def test_what_a_log_lacks_is_said_and_the_rest_is_used(gate: ModuleType, fault: dict[str, object], said: str) -> None:
    reading = gate.played([*gate.BEGIN, *gate.decide(option="call")])
    [session] = compare([Log("a", replace(reading, **fault))]).sessions
    assert any(said in each for each in session.faults)
    assert any("not closed" in each for each in session.faults)
    assert not session.whole


def test_a_log_without_a_first_line_is_left_out_and_named(gate: ModuleType) -> None:
    nothing = Log("b", Reading([], "", Damage(1, "it is no JSON."), None, newer=False))
    found = compare([*gate.logs(gate.chose("call")), nothing])
    assert len(found.sessions) == 1
    assert found.notices == ("b is damaged in its first line and left out: it is no JSON.",)


def test_where_nothing_can_be_read_there_is_nothing_to_compare() -> None:
    with pytest.raises(LogDamaged, match="nothing to compare"):
        compare([Log("b", Reading([], "", Damage(1, "it is no JSON."), None, newer=False))])


def test_one_session_alone_has_no_rest(gate: ModuleType) -> None:
    [one] = gate.logs(gate.chose("call"))
    with pytest.raises(UsageError, match="no other session"):
        compare([one], against=one)
