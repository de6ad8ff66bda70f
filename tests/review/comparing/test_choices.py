"""What was chosen over the sessions: counted once, by what is in effect, each way told apart."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.documents.comparison.as_json import as_value
from tabletop.review.comparing import Comparison, compare
from tabletop.review.comparing.choices import CellChoices


def only(comparison: Comparison) -> CellChoices:
    [asked] = comparison.choices
    return asked


def counts(asked: CellChoices) -> dict[str, int]:
    return {tally.option or tally.how: tally.share.count for tally in asked.tallies}


def test_each_option_has_its_count_share_and_sessions_also_the_one_nobody_took(gate: ModuleType) -> None:
    asked = only(gate.compared(gate.chose("call"), gate.chose("call"), gate.chose("call")))
    call, wait = asked.tallies
    assert (call.option, call.share.count, call.share.of, call.sessions) == ("call", 3, 3, ("S1", "S2", "S3"))
    assert (wait.option, wait.share.count, wait.sessions) == ("wait", 0, ())


def test_own_words_that_count_as_an_option_are_counted_with_it_and_told_apart(gate: ModuleType) -> None:
    words = [*gate.BEGIN, *gate.decide(text="We ring them", counts_as="call"), *gate.END]
    call = only(gate.compared(gate.chose("call"), words)).tallies[0]
    assert call.share.count == 2
    assert call.ways == {"option": 1, "own words": 1}


def test_own_words_that_count_as_none_stand_by_themselves(gate: ModuleType) -> None:
    words = [*gate.BEGIN, *gate.decide(text="We pray"), *gate.END]
    asked = only(gate.compared(gate.chose("call"), words))
    assert counts(asked) == {"call": 1, "wait": 0, "own words": 1}


def test_declined_out_of_time_and_no_answer_are_three_things(gate: ModuleType) -> None:
    declined = [*gate.BEGIN, *gate.decide(outcome="declined"), *gate.END]
    late = [*gate.BEGIN, *gate.decide(outcome="out_of_time"), *gate.END]
    silent = [*gate.BEGIN, *gate.END]
    asked = only(gate.compared(declined, late, silent))
    assert counts(asked) == {"call": 0, "wait": 0, "declined": 1, "out of time": 1, "no answer": 1}


def test_silence_that_counts_as_an_option_is_counted_with_it_and_told_apart(gate: ModuleType) -> None:
    [dawn, dusk] = gate.exercise().moves
    [closed, *others] = dawn.injects
    reply = closed.decisions[0].model_copy(update={"otherwise": "wait"})
    asked = dawn.model_copy(update={"injects": (closed.model_copy(update={"decisions": (reply,)}), *others)})
    silence = gate.exercise().model_copy(update={"moves": (asked, dusk)})
    declined = [*gate.BEGIN, *gate.decide(outcome="declined"), *gate.END]
    late = [*gate.BEGIN, *gate.decide(outcome="out_of_time"), *gate.END]
    wait = only(gate.compared(declined, late, gate.chose("wait"), on=silence)).tallies[1]
    assert wait.share.count == 3
    assert wait.ways == {"declined": 1, "out of time": 1, "option": 1}


def test_of_a_revised_answer_the_newest_counts_and_the_first_is_told(gate: ModuleType) -> None:
    revised = [*gate.BEGIN, *gate.decide(option="wait"), {"do": "revise", "decision": "reply", "option": "call"}]
    asked = only(gate.compared([*revised, *gate.END], gate.chose("wait")))
    assert counts(asked) == {"call": 1, "wait": 1}
    assert asked.revised == ("S1",)
    assert asked.choices[0].first == "wait"


def test_an_answer_that_was_undone_does_not_count(gate: ModuleType) -> None:
    undone = [*gate.BEGIN, *gate.decide(option="wait"), {"do": "undo"}, *gate.decide(option="call"), *gate.END]
    assert counts(only(gate.compared(undone))) == {"call": 1, "wait": 0}


def test_where_it_did_not_come_up_it_is_not_counted(gate: ModuleType) -> None:
    never = [{"do": "start"}, {"do": "move"}, *gate.END]
    asked = only(gate.compared(gate.chose("call"), never))
    assert (asked.asked, asked.not_asked) == (1, ("S2",))


def test_time_to_decide_is_that_of_the_first_answer_and_silence_has_none(gate: ModuleType) -> None:
    late = [*gate.BEGIN, *gate.decide(5, outcome="out_of_time"), *gate.END]
    revised = [*gate.BEGIN, *gate.decide(2, option="wait"), {"do": "wait", "minutes": 9}]
    revised = [*revised, {"do": "revise", "decision": "reply", "option": "call"}, *gate.END]
    times = only(gate.compared(gate.chose("call", 4), revised, gate.chose("call", 1), late)).times
    assert times is not None
    assert times.values == (60, 120, 240)
    assert times.median == 120


def test_dissent_is_kept_with_its_session_once(gate: ModuleType) -> None:
    against = {"dissents": [{"who": "Bo", "view": "We should call"}]}
    answer = gate.decide(option="wait", **against)
    again = {"do": "revise", "decision": "reply", "option": "wait", **against}
    asked = only(gate.compared([*gate.BEGIN, *answer, again, *gate.END]))
    assert [(each.who, each.view) for each in asked.choices[0].dissents] == [("Bo", "We should call")]


def test_a_question_put_on_the_spot_stands_by_itself(gate: ModuleType) -> None:
    put = {"do": "ask", "decision": "spot", "cells": ["south"], "question": "And now?"}
    choices = gate.compared([*gate.BEGIN, put, *gate.END], gate.chose("call")).choices
    assert [(asked.decision, asked.planned) for asked in choices] == [("reply", True), ("spot", False)]


_ANSWERS = st.sampled_from(
    [
        {"option": "call"},
        {"option": "wait"},
        {"text": "Own words"},
        {"text": "Own words", "counts_as": "wait"},
        {"outcome": "declined"},
        {"outcome": "out_of_time"},
        None,
    ]
)


@settings(max_examples=40, deadline=None)
@given(answers=st.lists(_ANSWERS, min_size=1, max_size=7))
def test_shares_sum_to_one(gate: ModuleType, answers: list[dict[str, str] | None]) -> None:
    sessions = [[*gate.BEGIN, *(gate.decide(**answer) if answer else []), *gate.END] for answer in answers]
    asked = only(gate.compared(*sessions))
    assert sum(tally.share.share for tally in asked.tallies) == pytest.approx(1)
    assert sum(sum(tally.ways.values()) for tally in asked.tallies) == len(answers)


@settings(max_examples=25, deadline=None)
@given(
    answers=st.lists(_ANSWERS, min_size=1, max_size=5),
    versions=st.lists(st.booleans(), min_size=5, max_size=5),
    data=st.data(),
)
def test_the_order_of_the_logs_does_not_matter(
    gate: ModuleType, answers: list[dict[str, str] | None], versions: list[bool], data: st.DataObject
) -> None:
    logs = []
    for day, (answer, second) in enumerate(zip(answers, versions, strict=False)):
        commands = [*gate.BEGIN, *(gate.decide(**answer) if answer else []), *gate.END]
        logs += gate.logs(commands, on=gate.SECOND if second else gate.FIRST)
        logs[-1] = type(logs[-1])(f"log-{day}", logs[-1].reading)
    mixed = data.draw(st.permutations(logs))
    assert as_value(compare(mixed)) == as_value(compare(logs))
