"""When the plan runs late: what may be left out, and what may not."""

from __future__ import annotations

from typing import Any

from tabletop.journal import MemoryJournal
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.cutting import propose, saved
from tabletop.session.session import Session


def inject(id: str, at: int, minutes: int, **keys: Any) -> dict[str, Any]:
    return {"id": id, "title": id.title(), "at": at, "minutes": minutes, "to": ["north"], **keys}


def gate(id: str, at: int, effect: int) -> dict[str, Any]:
    options = [{"id": "yes", "text": "Yes", "effects": {"trust": effect}}, {"id": "no", "text": "No"}]
    decision = {"id": f"{id}-answer", "question": "Well?", "minutes": 10, "options": options}
    return inject(id, at, 5, decisions=[decision])


def session(*injects: dict[str, Any], later: tuple[dict[str, Any], ...] = ()) -> Session:
    moves = [
        {"id": "dawn", "title": "Dawn", "minutes": 90, "injects": list(injects)},
        {"id": "dusk", "title": "Dusk", "minutes": 60, "injects": list(later)},
    ]
    exercise = {
        "format": 1,
        "id": "drill",
        "title": "The drill",
        "cells": [{"id": "north", "name": "North"}],
        "objectives": [{"id": "consult", "text": "Consult."}, {"id": "inform", "text": "Inform."}],
        "tracks": [{"id": "trust", "name": "Trust", "start": 5}],
        "moves": moves,
    }
    made = Session.create(exercise_from_json(exercise), MemoryJournal("d"), ExerciseClock(SimulatedTime()), name="d")
    made.do({"do": "start"})
    made.do({"do": "move"})
    return made


def cut(session: Session, minutes: int) -> list[tuple[str, int]]:
    return [(each.inject.id, each.minutes) for each in propose(session.state, minutes)]


def test_as_much_is_proposed_as_saves_the_minutes_in_the_order_of_the_plan() -> None:
    room = session(inject("a", 0, 5), inject("b", 10, 15), inject("c", 30, 10), later=(inject("d", 0, 20),))
    assert cut(room, 20) == [("d", 20)]
    assert cut(room, 30) == [("b", 15), ("d", 20)]
    assert cut(room, 500) == [("a", 5), ("b", 15), ("c", 10), ("d", 20)]
    assert cut(room, 0) == []


def test_an_objective_is_never_left_without_an_inject() -> None:
    only = inject("only", 0, 20, objectives=["consult"])
    both = inject("both", 30, 15, objectives=["inform"])
    room = session(only, both, inject("again", 60, 5, objectives=["inform"]))
    assert cut(room, 100) == [("both", 15)]
    room.do({"do": "release", "inject": "only"})
    room.do({"do": "release", "inject": "again"})
    assert cut(room, 100) == [("both", 15)]


def test_what_a_condition_asks_about_stays() -> None:
    branch = inject("branch", 50, 5, when={"chose": {"gate-answer": ["yes"]}})
    echo = inject("echo", 60, 5, when={"released": ["told"]})
    assert cut(session(gate("gate", 0, 1), inject("told", 20, 30), branch, echo), 100) == []


def test_what_alone_can_bring_a_track_to_a_branch_stays() -> None:
    branch = inject("branch", 80, 5, when={"track": {"trust": ">= 8"}})
    assert cut(session(gate("big", 0, 3), gate("small", 30, 1), branch), 100) == [("small", 15)]
    assert cut(session(gate("big", 0, 3), gate("other", 30, 3), branch), 15) == [("big", 15)]


def test_what_is_out_or_skipped_saves_nothing_any_more() -> None:
    room = session(inject("a", 0, 5), inject("b", 10, 15), inject("c", 30, 10))
    room.do({"do": "release", "inject": "b"})
    room.do({"do": "skip", "inject": "c", "reason": "late"})
    assert cut(room, 100) == [("a", 5)]
    assert saved(room.state) == 10
