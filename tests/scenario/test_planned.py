"""Planned play, rule by rule, worked by hand; then against a second, plain telling of the same rules."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from exercise_making import decision, exercise, exercises, inject, move
from hypothesis import given, settings
from naive_play import Naive

from tabletop.scenario.desks import Idle
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Exercise
from tabletop.scenario.planned import (
    Decided,
    Discussed,
    Happening,
    MoveOver,
    MoveStarted,
    PlannedPlay,
    Released,
    play,
)

Told = list[tuple[int, str]]


def answering(**answers: str) -> Callable[[Decision, tuple[str, ...]], str]:
    """Chooses what is given for a decision (`d`), or for one cell of it (`d_a`); else `yes`."""

    def choose(asked: Decision, cells: tuple[str, ...]) -> str:
        return answers.get(f"{asked.id}_{cells[0]}", answers.get(asked.id, "yes"))

    return choose


def words(happening: Happening) -> str:
    match happening:
        case MoveStarted(move=move):
            return f"move {move.id}"
        case Released(inject=inject):
            return f"inject {inject.id}"
        case Discussed(inject=inject, cell=cell):
            return f"discussed {inject.id} {cell}"
        case Decided(decision=decision, cells=cells, option=option):
            return f"decided {decision.id} {'+'.join(cells)} {option}"
        case MoveOver():
            return "over"


def told(exercise: Exercise, **answers: str) -> Told:
    return [(each.minute, words(each)) for each in play(exercise, answering(**answers))]


def kept(story: Told, *firsts: str) -> Told:
    return [(minute, said) for minute, said in story if said.split()[0] in firsts]


# --- moves -------------------------------------------------------------------------------------------


def test_each_move_starts_at_0_and_is_over_at_its_minutes() -> None:
    drill = exercise(move(inject("one", 5), id="m", minutes=20), move(id="n", minutes=10))
    assert told(drill) == [(0, "move m"), (5, "inject one"), (20, "over"), (0, "move n"), (10, "over")]


def test_the_total_goes_on_over_all_moves() -> None:
    drill = exercise(move(id="m", minutes=20), move(inject("one", 5), id="n", minutes=10))
    assert [each.total for each in play(drill, answering())] == [0, 20, 20, 25, 30]


def test_a_move_whose_condition_fails_at_its_turn_is_left_out() -> None:
    drill = exercise(
        move(inject("one", 0, decision("d")), id="m"),
        move(id="war", when={"chose": {"d": ["no"]}}),
        move(id="peace", when={"chose": {"d": ["yes"]}}),
    )
    assert kept(told(drill, d="no"), "move") == [(0, "move m"), (0, "move war")]
    assert kept(told(drill, d="yes"), "move") == [(0, "move m"), (0, "move peace")]


def test_a_move_is_over_when_the_last_thing_in_it_is_done() -> None:
    late = move(inject("one", 15, decision("d", 12)), minutes=20)
    assert told(exercise(late))[-2:] == [(27, "decided d a yes"), (27, "over")]
    talk = move(inject("one", 15, minutes=9), minutes=20)
    assert told(exercise(talk))[-2:] == [(24, "discussed one a"), (24, "over")]


def test_an_inject_after_the_minutes_of_its_move_goes_out_all_the_same() -> None:
    assert told(exercise(move(inject("one", 30), minutes=20)))[1:] == [(30, "inject one"), (30, "over")]


def test_what_is_not_released_in_its_move_is_not_released_at_all() -> None:
    drill = exercise(
        move(inject("lost", when={"released": ["late"]}), id="m"),
        move(inject("late"), inject("seen", when={"not": {"released": ["lost"]}}), id="n"),
    )
    assert kept(told(drill), "inject") == [(0, "inject late"), (0, "inject seen")]


def test_contingency_injects_never_go_out() -> None:
    drill = exercise(move(inject("spare", kind="contingency"), inject("after", when={"released": ["spare"]})))
    assert kept(told(drill), "inject") == []


# --- moments -----------------------------------------------------------------------------------------


def test_without_a_condition_the_later_of_at_and_delay_counts() -> None:
    drill = exercise(move(inject("one", 5, delay=8), inject("two", 9, delay=8)))
    assert kept(told(drill), "inject") == [(8, "inject one"), (9, "inject two")]


def test_delay_counts_from_the_minute_at_which_the_condition_came_to_hold() -> None:
    reply = inject("reply", 10, delay=7, when={"chose": {"d": "yes"}})
    drill = exercise(move(inject("one", 3, decision("d", 12)), reply))
    assert kept(told(drill), "decided", "inject")[1:] == [(15, "decided d a yes"), (22, "inject reply")]


def test_at_counts_where_it_is_later_than_the_delay() -> None:
    reply = inject("reply", 40, delay=7, when={"chose": {"d": "yes"}})
    drill = exercise(move(inject("one", 3, decision("d", 12)), reply))
    assert (40, "inject reply") in told(drill)


def test_a_condition_that_came_to_hold_after_at_releases_at_once() -> None:
    drill = exercise(move(inject("one", 3, decision("d", 12)), inject("reply", 5, when={"chose": {"d": "yes"}})))
    assert (15, "inject reply") in told(drill)


def test_a_condition_met_in_an_earlier_move_came_to_hold_at_0() -> None:
    drill = exercise(
        move(inject("one", 30), id="m"), move(inject("two", 0, delay=4, when={"released": ["one"]}), id="n")
    )
    assert kept(told(drill), "inject") == [(30, "inject one"), (4, "inject two")]


def test_a_condition_that_failed_and_holds_again_counts_anew() -> None:
    drill = exercise(
        move(
            inject("down", 5, effects={"t": -2}),
            inject("up", 9, effects={"t": 2}),
            inject("calm", 0, delay=8, when={"track": {"t": ">= 5"}}),
        )
    )
    assert kept(told(drill), "inject")[-1] == (17, "inject calm")


def test_an_inject_waits_while_its_condition_fails_at_its_moment() -> None:
    drill = exercise(
        move(
            inject("down", 5, effects={"t": -2}),
            inject("calm", 7, when={"track": {"t": ">= 5"}}),
            inject("up", 9, effects={"t": 2}),
        )
    )
    assert kept(told(drill), "inject")[1:] == [(9, "inject up"), (9, "inject calm")]


def test_a_condition_that_fails_and_holds_within_one_minute_counts_anew_from_it() -> None:
    drill = exercise(
        move(
            inject("down", 5, effects={"t": -2}),
            inject("up", 5, effects={"t": 2}),
            inject("calm", 0, delay=6, when={"track": {"t": ">= 5"}}),
        )
    )
    assert (11, "inject calm") in told(drill)


def test_an_inject_may_close_the_way_of_another_at_the_same_minute() -> None:
    first = inject("first", 5, when={"not": {"released": ["second"]}})
    second = inject("second", 5, when={"not": {"released": ["first"]}})
    assert kept(told(exercise(move(first, second))), "inject") == [(5, "inject first")]


# --- order at one minute -----------------------------------------------------------------------------


def test_injects_of_one_minute_go_by_at_as_written_then_by_file_order() -> None:
    drill = exercise(
        move(inject("c", 8), inject("b", 5, delay=8), inject("d", 8), inject("a", 3, delay=8)),
    )
    assert [said for _, said in kept(told(drill), "inject")] == [
        "inject a",
        "inject b",
        "inject c",
        "inject d",
    ]


def test_what_is_done_comes_before_injects_of_the_same_minute() -> None:
    drill = exercise(move(inject("one", 0, decision("d", 10)), inject("two", 10)))
    assert told(drill)[2:4] == [(10, "decided d a yes"), (10, "inject two")]


def test_an_inject_of_the_minute_may_still_be_stopped_by_an_answer() -> None:
    two = inject("two", 10, when={"not": {"chose": {"d": "yes"}}})
    drill = exercise(move(inject("one", 0, decision("d", 10)), two))
    assert kept(told(drill, d="yes"), "inject") == [(0, "inject one")]
    assert kept(told(drill, d="no"), "inject") == [(0, "inject one"), (10, "inject two")]


def test_what_is_done_at_one_minute_goes_in_the_order_asked() -> None:
    long = inject("long", 0, decision("first", 10, cells="b"), to="a b")
    drill = exercise(move(long, inject("short", 4, decision("second", 6), to="a")))
    assert kept(told(drill), "decided") == [(10, "decided first b yes"), (10, "decided second a yes")]


def test_something_taken_up_and_done_within_the_minute_keeps_the_place_in_which_it_was_asked() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("long", 10), decision("at-once", 0), to="a"),
            inject("two", 4, decision("other", 6), to="b"),
        )
    )
    said = [said for _, said in kept(told(drill), "decided")]
    assert said == ["decided long a yes", "decided at-once a yes", "decided other b yes"]


# --- what an inject asks -----------------------------------------------------------------------------


def test_effects_apply_before_anything_is_asked() -> None:
    happened = list(play(exercise(move(inject("one", 0, decision("d"), effects={"t": 2}))), answering()))
    assert [each.tracks for each in happened if isinstance(each, Released | Decided)] == [
        {"t": (5, 7)},
        {"t": (7, 8)},
    ]


def test_discussion_comes_first_for_each_cell_then_each_decision_in_order() -> None:
    one = inject("one", 0, decision("d", 5), decision("e", 2, cells="b"), to="a b", minutes=10)
    assert told(exercise(move(one)))[2:-1] == [
        (10, "discussed one a"),
        (10, "discussed one b"),
        (15, "decided d a yes"),
        (15, "decided d b yes"),
        (17, "decided e b yes"),
    ]


def test_a_decision_may_ask_a_cell_that_the_inject_does_not_go_to() -> None:
    assert (6, "decided d c yes") in told(exercise(move(inject("one", 1, decision("d", 5, cells="c")))))


def test_an_inject_without_addressees_goes_to_every_player_cell() -> None:
    one = {"id": "one", "title": "One", "decisions": [decision("d")]}
    assert [said for _, said in kept(told(exercise(move(one))), "decided")] == [
        "decided d a yes",
        "decided d b yes",
        "decided d c yes",
    ]


def test_control_deals_with_things_like_any_cell() -> None:
    drill = exercise(move(inject("one", 0, decision("d", 5), decision("e", 5), to="control")))
    assert kept(told(drill), "decided") == [(5, "decided d control yes"), (10, "decided e control yes")]


def test_a_decision_without_minutes_is_done_at_once() -> None:
    drill = exercise(move(inject("one", 4, decision("d")), inject("two", 4)))
    assert told(drill)[1:4] == [(4, "inject one"), (4, "decided d a yes"), (4, "inject two")]


def test_a_decision_without_minutes_waits_for_its_turn() -> None:
    drill = exercise(move(inject("one", 0, decision("d", 9)), inject("two", 4, decision("e"))))
    assert kept(told(drill), "decided") == [(9, "decided d a yes"), (9, "decided e a yes")]


def test_a_decision_without_options_takes_time_and_changes_nothing() -> None:
    text = {"id": "text", "question": "Write.", "minutes": 6, "options": []}
    drill = exercise(move(inject("one", 0, text, decision("d", 1))))
    happened = [each for each in play(drill, answering()) if isinstance(each, Decided)]
    assert [(each.minute, each.option, each.tracks) for each in happened] == [
        (6, None, {}),
        (7, "yes", {"t": (5, 6)}),
    ]


# --- cells side by side ------------------------------------------------------------------------------


def test_three_cells_work_side_by_side_each_on_one_thing_at_a_time() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("d", 10), to="a b c"),
            inject("two", 5, decision("e", 10), to="a b"),
            inject("three", 12, decision("f", 3), to="b c"),
        )
    )
    assert kept(told(drill), "decided") == [
        (10, "decided d a yes"),
        (10, "decided d b yes"),
        (10, "decided d c yes"),
        (15, "decided f c yes"),
        (20, "decided e a yes"),
        (20, "decided e b yes"),
        (23, "decided f b yes"),
    ]


def test_asked_and_taken_up_are_told() -> None:
    drill = exercise(move(inject("one", 0, decision("d", 10)), inject("two", 5, decision("e", 2))))
    second = [each for each in play(drill, answering()) if isinstance(each, Decided)][1]
    assert (second.asked, second.taken_up, second.minute) == (5, 10, 12)


def test_a_joint_decision_waits_until_all_its_cells_are_free() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("d", 10), to="a"),
            inject("two", 2, decision("joint", 5, together=True), to="a b"),
        )
    )
    assert kept(told(drill), "decided") == [(10, "decided d a yes"), (15, "decided joint a+b yes")]


def test_a_cell_that_waits_for_a_joint_decision_takes_up_nothing_asked_later() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("d", 10), to="a"),
            inject("two", 2, decision("joint", 5, together=True), to="a b"),
            inject("three", 3, decision("e", 1), to="b"),
        )
    )
    assert kept(told(drill), "decided")[1:] == [(15, "decided joint a+b yes"), (16, "decided e b yes")]


def test_joint_decisions_that_share_cells_wait_for_each_other_in_turn() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("ab", 4, together=True), to="a b"),
            inject("two", 0, decision("bc", 4, together=True), to="b c"),
            inject("three", 0, decision("ca", 4, together=True), to="c a"),
        )
    )
    assert [minute for minute, _ in kept(told(drill), "decided")] == [4, 8, 12]


def test_an_effect_applies_once_a_cell_and_once_for_a_joint_answer() -> None:
    apart = exercise(move(inject("one", 0, decision("d"), to="a b c")))
    joint = exercise(move(inject("one", 0, decision("d", together=True), to="a b c")))
    for drill, changes in ((apart, [(5, 6), (6, 7), (7, 8)]), (joint, [(5, 6)])):
        happened = play(drill, answering())
        assert [each.tracks["t"] for each in happened if isinstance(each, Decided)] == changes


def test_a_joint_answer_counts_for_each_of_its_cells() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("d", together=True), to="a b"),
            inject("two", 1, when={"chose": {"d/b": "yes"}}),
            inject("three", 1, when={"chose": {"d/c": "yes"}}),
        )
    )
    assert kept(told(drill), "inject") == [(0, "inject one"), (1, "inject two")]


def test_without_a_cell_any_cells_answer_counts() -> None:
    drill = exercise(
        move(
            inject("one", 0, decision("d", 5), to="a b"),
            inject("any", 1, when={"chose": {"d": "no"}}),
            inject("one-cell", 1, when={"chose": {"d/a": "no"}}),
        )
    )
    assert kept(told(drill, d_b="no"), "inject")[1:] == [(5, "inject any")]


# --- tracks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effects", "after"),
    [([4, 4], [9, 10]), ([-7, 1], [0, 1]), (["=3", 1], [3, 4]), (["=99", -1], [10, 9]), (["=-4", 0], [0, 0])],
)
def test_tracks_stay_within_their_bounds(effects: list[Any], after: list[int]) -> None:
    injects = [inject(f"i{place}", place, effects={"t": effect}) for place, effect in enumerate(effects)]
    happened = play(exercise(move(*injects)), answering())
    assert [each.tracks["t"][1] for each in happened if isinstance(each, Released)] == after


# --- idle cells, and looking ahead -------------------------------------------------------------------


def test_a_move_tells_when_cells_had_nothing_to_do() -> None:
    drill = exercise(
        move(
            inject("one", 10, decision("d", 5), to="a"),
            inject("two", 12, decision("joint", 5, together=True), to="a b"),
            minutes=30,
        ),
        cells="a b",
    )
    over = next(each for each in play(drill, answering()) if isinstance(each, MoveOver))
    assert [each for each in over.idle if each.cell != "control"] == [
        Idle("a", 0, 10),
        Idle("b", 0, 12),
        Idle("a", 20, 30),
        Idle("b", 20, 30),
    ]


def test_the_next_choice_is_known_before_it_is_made_and_a_fork_goes_its_own_way() -> None:
    drill = exercise(move(inject("one", 0, decision("d", 5)), inject("two", 9, when={"chose": {"d": "no"}})))
    planned = PlannedPlay(Index(drill))
    while planned.next_choice() is None:
        planned.step(answering())
    other = planned.fork()
    story: dict[str, Told] = {}
    for play_on, option in ((planned, "yes"), (other, "no")):
        steps = iter(lambda: play_on.step(answering(d=option)), None)  # noqa: B023
        story[option] = [(each.minute, words(each)) for each in steps]
    assert story["yes"] == [(5, "decided d a yes"), (60, "over")]
    assert story["no"] == [(5, "decided d a no"), (9, "inject two"), (60, "over")]


def test_ten_thousand_conditional_injects_play_quickly() -> None:
    chain = [inject("i0", 0)] + [
        inject(f"i{n}", 0, decision(f"d{n}"), delay=1, when={"released": [f"i{n - 1}"], "track": {"t": ">= 0"}})
        for n in range(1, 10_000)
    ]
    happened = list(play(exercise(move(*chain)), lambda asked, cells: "no"))
    assert happened[-1].minute == 9_999


# --- against a second telling ------------------------------------------------------------------------


def by_chance(seed: str) -> Callable[[str, str], str]:
    return lambda asked, cells: ["yes", "no"][sha256(f"{seed} {asked} {cells}".encode()).digest()[0] % 2]


@given(exercises())
@settings(max_examples=400, deadline=None)
def test_planned_play_ends_and_is_what_a_plain_telling_of_the_rules_makes_it(drill: Exercise) -> None:
    choose = by_chance("x")
    happened = list(play(drill, lambda asked, cells: choose(asked.id, "+".join(cells))))
    naive = Naive(drill, choose)
    assert [(each.minute, words(each)) for each in happened] == naive.story
    if happened:
        assert happened[-1].total == naive.total


@given(exercises())
@settings(max_examples=100, deadline=None)
def test_forking_before_every_step_changes_nothing(drill: Exercise) -> None:
    planned, story = PlannedPlay(Index(drill)), []
    while True:
        before = planned
        planned = before.fork()
        happening = planned.step(answering())
        if happening is None:
            break
        before.step(answering())  # must leave the fork alone
        story.append((happening.minute, words(happening)))
    assert story == told(drill)
