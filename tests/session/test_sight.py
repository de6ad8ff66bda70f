"""Players see what was given out to them, and nothing else: a secret in every private field is looked for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from tabletop.journal import MemoryJournal
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session
from tabletop.session.sight import Sight, sight

SECRET = "SECRET"


def secret(what: str) -> str:
    return f"{SECRET}-{what}"


def exercise() -> dict[str, Any]:
    """North and South; every field that no player, or only one cell, may see bears a secret of its own."""
    inject = {
        "id": "letter",
        "title": "A letter",
        "from": "The embassy",
        "via": "cable",
        "scenario_time": "D+0 09:00",
        "to": ["north"],
        "text": "The letter's text.",
        "private": {"north": "North's own piece."},
        "notes": secret("inject-notes"),
        "expects": [secret("expects")],
        "questions": ["What does it mean?"],
        "objectives": ["aim"],
        "sources": ["paper"],
        "effects": {"trust": 1},
        "decisions": [
            {
                "id": "reply",
                "question": "How do you reply?",
                "minutes": 10,
                "options": [
                    {
                        "id": "yes",
                        "text": "We say yes.",
                        "effects": {"trust": 2},
                        "weight": 77,
                        "notes": secret("option-notes"),
                        "consequence": "The consequence of yes.",
                        "reveal_to": ["south"],
                    },
                    {"id": "no", "text": "We say no.", "consequence": secret("consequence-not-chosen")},
                ],
            }
        ],
    }
    shared = {"id": "news", "title": "The news", "text": "Everyone reads this.", "at": 5}
    contingency = {
        "id": "storm",
        "title": secret("pocket-title"),
        "kind": "contingency",
        "use_if": secret("use-if"),
        "text": secret("pocket"),
    }
    later = {"id": "later", "title": secret("later-title"), "at": 40, "text": secret("later")}
    cells = [
        {"id": "north", "name": "North", "brief": "North's brief.", "aims": ["North's aim."]},
        {"id": "south", "name": "South", "brief": secret("south-brief"), "aims": [secret("south-aims")]},
    ]
    move = {
        "id": "dawn",
        "title": "Dawn",
        "minutes": 60,
        "briefing": "The briefing.",
        "private": {"south": secret("south-move"), "north": "North's move piece."},
        "notes": secret("move-notes"),
        "injects": [inject, shared, contingency, later],
    }
    return {
        "format": 1,
        "id": "drill",
        "title": "The drill",
        "marking": "EXERCISE",
        "background": "The background.",
        "ground_rules": ["A ground rule."],
        "sources": [{"id": "paper", "title": secret("source")}],
        "objectives": [{"id": "aim", "text": secret("objective"), "tasks": [secret("task")]}],
        "cells": cells,
        "tracks": [
            {"id": "trust", "name": "Trust", "start": 5, "shown_to": ["north"], "marks": {"5": "business-like"}},
            {"id": "fuel", "name": secret("track"), "start": 5},
        ],
        "moves": [move],
        "hot_wash": [secret("hot-wash")],
    }


@pytest.fixture
def session() -> Session:
    """The first move is on, and nothing is released."""
    made = Session.create(
        exercise_from_json(exercise()), MemoryJournal("drill"), ExerciseClock(SimulatedTime()), name="d"
    )
    made.do({"do": "start"})
    made.do({"do": "move"})
    return made


def seen(session: Session, cell: str | None) -> Sight:
    return sight(session.state, cell, session.clock.elapsed)


def words(session: Session, cell: str | None) -> str:
    return str(asdict(seen(session, cell)))


def played(session: Session) -> None:
    session.do({"do": "release", "inject": "letter"})
    session.do({"do": "release", "inject": "news"})
    session.do(
        {"do": "decide", "decision": "reply", "cells": ["north"], "option": "yes", "rationale": secret("rationale")}
    )
    session.do({"do": "note", "text": secret("note")})
    session.do({"do": "observe", "kind": "strength", "text": secret("observation")})
    session.do({"do": "message", "from": "south", "to": ["north"], "text": secret("message")})
    session.do({"do": "rule", "text": secret("ruling")})


def test_a_cell_sees_what_was_released_to_it(session: Session) -> None:
    played(session)
    for part in ("The letter's text.", "North's own piece.", "We say no.", "How do you reply?", "What does it mean?"):
        assert part in words(session, "north")
        assert part not in words(session, "south")
        assert part not in words(session, None)
    assert all("Everyone reads this." in words(session, cell) for cell in ("north", "south", None))


def test_briefs_and_pieces_of_a_move_are_for_their_cell_alone(session: Session) -> None:
    for part in ("North's brief.", "North's aim.", "North's move piece."):
        assert part in words(session, "north")
        assert part not in words(session, "south")
        assert part not in words(session, None)


@pytest.mark.parametrize("cell", ["north", None])
def test_nothing_private_is_ever_seen(session: Session, cell: str | None) -> None:
    for act in (lambda: None, lambda: played(session), lambda: session.do({"do": "close"})):
        act()
        assert SECRET not in words(session, cell)


def test_south_sees_its_own_secrets_only(session: Session) -> None:
    played(session)
    told = words(session, "south")
    assert {"SECRET-south-brief", "SECRET-south-aims", "SECRET-south-move"} == {
        part.strip("\"',.)-]") for part in told.replace("\\n", " ").split() if SECRET in part
    }


def test_a_consequence_is_seen_once_it_was_read_and_by_whom_it_was_read_to(session: Session) -> None:
    played(session)
    assert all("The consequence of yes." not in words(session, cell) for cell in ("north", "south", None))
    session.do({"do": "read", "decision": "reply", "option": "yes"})
    assert "The consequence of yes." in words(session, "south")
    assert "We say yes." not in words(session, "south")
    assert all("The consequence of yes." not in words(session, cell) for cell in ("north", None))


def test_effects_and_weights_are_no_part_of_it(session: Session) -> None:
    played(session)
    assert "77" not in words(session, "north")
    assert "trust" not in words(session, "north")


def test_a_track_is_seen_by_those_whom_it_is_shown_to(session: Session) -> None:
    assert [(gauge.name, gauge.value, gauge.mark) for gauge in seen(session, "north").gauges] == [
        ("Trust", 5, "business-like")
    ]
    assert not seen(session, "south").gauges
    assert not seen(session, None).gauges


def test_what_is_undone_is_gone_from_the_screen(session: Session) -> None:
    session.do({"do": "release", "inject": "news"})
    session.do({"do": "undo"})
    assert "Everyone reads this." not in words(session, None)


def test_what_is_revealed_to_all_is_seen_by_all(session: Session) -> None:
    session.do({"do": "release", "inject": "letter"})
    session.do({"do": "reveal", "inject": "letter", "cells": ["south"]})
    for cell in ("south", None):
        assert "The letter's text." in words(session, cell)
        assert "North's own piece." not in words(session, cell)


def test_a_countdown_runs_where_the_answer_is_owed(session: Session) -> None:
    session.do({"do": "release", "inject": "letter"})
    assert [each.left for each in seen(session, "north").countdowns] == [600]
    assert not seen(session, "south").countdowns
    assert not seen(session, None).countdowns


def test_the_same_choice_of_two_cells_is_read_to_each_and_never_to_the_wall() -> None:
    made = exercise()
    decision = made["moves"][0]["injects"][0]["decisions"][0]
    decision["cells"] = ["north", "south"]
    del decision["options"][0]["reveal_to"]
    session = Session.create(exercise_from_json(made), MemoryJournal("d"), ExerciseClock(SimulatedTime()), name="d")
    for act in ({"do": "start"}, {"do": "move"}, {"do": "release", "inject": "letter"}):
        session.do(act)
    for cell, other in (("north", "south"), ("south", "north")):
        before = words(session, other)
        session.do({"do": "decide", "decision": "reply", "cells": [cell], "option": "yes"})
        session.do({"do": "read", "decision": "reply", "option": "yes"})
        assert "The consequence of yes." in words(session, cell)
        assert words(session, other).count("The consequence of yes.") == before.count("The consequence of yes.")
        assert "The consequence of yes." not in words(session, None)
