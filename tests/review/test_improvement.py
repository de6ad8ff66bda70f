"""What sessions agreed, over all logs: what is open, what a later session closed, what the next exercise inherits."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from tabletop.journal.chain import canonical_sha256
from tabletop.journal.event import Draft
from tabletop.journal.memory import MemoryJournal
from tabletop.journal.reading import Damage, Reading
from tabletop.review.improvement import agreed_actions, open_actions
from tabletop.review.logs import Log
from tabletop.scenario.model import Exercise, exercise_from_json

GATE: dict[str, Any] = {
    "format": 1,
    "id": "gate",
    "title": "The gate",
    "objectives": [
        {"id": "consult", "text": "Consult before acting.", "capability": "Coordination"},
        {"id": "inform", "text": "Inform the public."},
    ],
    "cells": [{"id": "north", "name": "North"}],
    "moves": [{"id": "dawn", "title": "Dawn", "minutes": 30}],
}
TODAY = date(2027, 2, 1)
Line = tuple[str, dict[str, Any]]


def agreed(id: str = "a1", objective: str | None = "consult", due: str = "2027-03-01", **more: str) -> Line:
    data = {"id": id, "action": f"Do {id}", "owner": "North", "due": due, "objective": objective, **more}
    return "action_agreed", {key: value for key, value in data.items() if value is not None}


def log(label: str, *lines: Line, day: int = 1, name: str | None = None, exercise: dict[str, Any] = GATE) -> Log:
    """A log of that label with these entries, opened on that day of January 2027."""
    opened = {
        "format": "tabletop-log/1",
        "version": "0.1.0",
        "name": name or label,
        "exercise": exercise,
        "exercise_sha256": canonical_sha256(exercise),
    }
    journal = MemoryJournal()
    for seq, (kind, data) in enumerate([("session_opened", opened), *lines]):
        at = f"2027-01-{day:02}T10:{seq:02}:00.000Z"
        journal.append([Draft(kind, data, at, 0.0, "facilitator")], expect=seq)
    return Log(label, Reading(journal.events, journal.head, None, None, newer=False))


def statuses(*logs: Log) -> dict[str, str]:
    return {action.id: action.status(TODAY) for action in agreed_actions(logs)}


def other(**change: Any) -> Exercise:
    value = copy.deepcopy(GATE) | {"id": "harbour"} | change
    return exercise_from_json(value)


def test_actions_stand_by_the_day_they_are_due_and_those_without_one_last() -> None:
    first = log("a", agreed("late", due="2027-05-01"), agreed("whenever", due=""))
    second = log("b", agreed("soon", due="1 March"), day=2)
    assert [action.id for action in agreed_actions([second, first])] == ["soon", "late", "whenever"]


def test_the_order_of_the_logs_does_not_matter() -> None:
    logs = [log("a", agreed("one")), log("b", agreed("two"), day=2), log("c", agreed("three"), day=3)]
    assert agreed_actions(logs) == agreed_actions(list(reversed(logs)))


def test_an_open_action_past_its_day_is_overdue_and_on_its_day_it_is_not() -> None:
    found = log("a", agreed("past", due="2027-01-31"), agreed("today", due="2027-02-01"), agreed("words", due="soon"))
    assert statuses(found) == {"past": "overdue", "today": "open", "words": "open"}


@pytest.mark.parametrize("named", ["gate-1", "the-gate"])
def test_a_later_session_closes_an_action_by_the_logs_name_or_the_sessions(named: str) -> None:
    first = log("gate-1", agreed(), name="the-gate")
    later = log("gate-2", ("action_closed", {"log": named, "id": "a1", "text": "List kept"}), day=9)
    [action] = agreed_actions([later, first])
    assert action.closed is not None
    assert (action.closed.log, action.closed.at[:10], action.closed.text) == ("gate-2", "2027-01-09", "List kept")


def test_closing_the_same_id_of_another_log_closes_nothing_here() -> None:
    later = log("c", ("action_closed", {"log": "b", "id": "a1"}), day=9)
    found = agreed_actions([log("a", agreed()), log("b", agreed(), day=2), later])
    assert {action.log: action.closed is not None for action in found} == {"a": False, "b": True}


def test_an_action_closed_in_its_own_session_is_closed() -> None:
    assert statuses(log("a", agreed(), ("action_closed", {"id": "a1"}))) == {"a1": "closed"}


def test_a_closing_that_was_taken_back_closes_nothing() -> None:
    later = log("b", ("action_closed", {"log": "a", "id": "a1"}), ("entry_withdrawn", {"withdraws": 1}), day=9)
    assert statuses(log("a", agreed()), later) == {"a1": "open"}


def test_an_action_that_was_agreed_again_stands_as_last_agreed() -> None:
    [action] = agreed_actions([log("a", agreed(owner="North"), agreed(owner="South", due="2027-04-01"))])
    assert (action.owner, action.due_on) == ("South", date(2027, 4, 1))


def test_of_a_log_and_its_copy_the_longer_one_counts() -> None:
    assert len(agreed_actions([log("a", agreed()), log("a copy", agreed(), agreed("a2"), name="a")])) == 2


def test_a_log_of_which_nothing_can_be_read_is_passed_over() -> None:
    nothing = Log("z", Reading([], "", Damage(1, "it is no JSON."), None, newer=False))
    assert statuses(nothing, log("a", agreed())) == {"a1": "open"}


def test_the_next_session_of_an_exercise_inherits_what_is_open_also_without_an_objective() -> None:
    first = log("a", agreed("one"), agreed("two"), agreed("general", objective=None), ("action_closed", {"id": "two"}))
    found = open_actions([first], exercise_from_json(GATE))
    assert [(each.action.id, each.objective and each.objective.id) for each in found] == [
        ("one", "consult"),
        ("general", None),
    ]


def test_another_exercise_inherits_what_bears_on_the_same_words_or_capability() -> None:
    first = log("a", agreed("one"), agreed("two", objective="inform"), agreed("general", objective=None))
    objectives = [
        {"id": "talk", "text": "Talk early.", "capability": "coordination"},
        {"id": "press", "text": "Inform  the public."},
    ]
    found = open_actions([first], other(objectives=objectives))
    assert [(each.action.id, each.objective and each.objective.id) for each in found] == [
        ("one", "talk"),
        ("two", "press"),
    ]


def test_the_same_id_in_another_exercise_is_another_objective() -> None:
    objectives = [{"id": "consult", "text": "Consult a lawyer."}]
    assert open_actions([log("a", agreed())], other(objectives=objectives)) == ()
