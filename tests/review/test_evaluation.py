"""What evaluators recorded, by objective."""

from __future__ import annotations

from types import ModuleType


def test_the_newest_rating_counts_and_the_earlier_one_is_named(sample: ModuleType) -> None:
    consult = sample.reviewed().objectives[0]
    assert (consult.rating.seq, consult.rating.data.rating) == (31, "S")
    assert [entry.seq for entry in consult.earlier_ratings] == [30]


def test_observations_stand_with_their_objective(sample: ModuleType) -> None:
    consult, inform, untied = sample.reviewed().objectives
    assert [entry.seq for entry in consult.strengths] == [15]
    assert [entry.seq for entry in consult.improvements] == [16]
    assert (inform.strengths, inform.rating, untied.objective) == ((), None, None)


def test_an_observation_on_an_unknown_objective_is_not_lost(sample: ModuleType) -> None:
    seen = sample.reviewed([sample.OPENED, (1, "observation_recorded", {"text": "Odd", "objective": "gone"})])
    assert [entry.data.text for entry in seen.objectives[-1].notes] == ["Odd"]


def test_expected_actions_of_released_injects_have_their_marks(sample: ModuleType) -> None:
    [expected] = sample.reviewed().objectives[0].expectations
    assert (expected.text, [mark.data.met for mark in expected.marks]) == ("South calls North.", ["partly"])


def test_an_action_agreed_again_stands_once_as_last_agreed(sample: ModuleType) -> None:
    again = (1900, "action_agreed", {"id": "a1", "action": "Keep two lists"})
    closed = (2000, "action_closed", {"id": "a1", "text": "Done"})
    [action] = sample.reviewed([*sample.PLAYED, again, closed]).actions
    assert (action.entry.data.action, action.closed.data.text) == ("Keep two lists", "Done")


def test_who_left_stays_listed(sample: ModuleType) -> None:
    lines = [
        *sample.PLAYED,
        (1, "participant_moved", {"id": "bo", "cell": "north"}),
        (2, "participant_left", {"id": "bo"}),
    ]
    bo = sample.reviewed(lines).participants[1]
    assert (bo.cell, bo.moved, bo.left, bo.seqs) == ("north", True, 35, (2, 34, 35))


def test_requests_have_their_answers(sample: ModuleType) -> None:
    [request] = sample.reviewed().requests
    assert (request.raised.seq, [entry.seq for entry in request.answers]) == (21, [24])
