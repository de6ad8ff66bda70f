"""The session, its people and its clock; what is said; what comes after."""

from __future__ import annotations

from typing import Any

import pytest
from session_room import EXERCISE, Room

from tabletop.errors import NotWritten, Refused
from tabletop.journal import Event
from tabletop.journal.chain import decode
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.commands import COMMANDS, parse_command
from tabletop.session.evolve import evolve, fold
from tabletop.session.session import Session


def test_line_0_holds_the_whole_exercise(room: Room) -> None:
    data = room.session.events[0].data
    assert (data["format"], data["name"]) == ("tabletop-log/1", "first")
    assert exercise_from_json(data["exercise"]) == exercise_from_json(EXERCISE)


@pytest.mark.parametrize("name", ["release", "move", "pause", "close", "reopen", "resume", "clock", "track", "rate"])
def test_no_play_before_the_start(room: Room, name: str) -> None:
    fields: dict[str, dict[str, Any]] = {
        "release": {"inject": "notice"},
        "clock": {"to": 5},
        "track": {"tracks": {"trust": 1}},
        "rate": {"objective": "consult", "rating": "P"},
    }
    assert "not started" in room.refused(name, **fields.get(name, {}))


def test_people_and_notes_come_before_the_start(room: Room) -> None:
    room.do("join", id="kim", name="Kim", cell="rok", kind="player")
    room.do("shift", id="kim", cell="jpn")
    room.do("note", text="Room is cold.")
    room.do("deadline", at="2026-11-24T17:00:00+09:00")
    room.do("start")
    assert "already" in room.refused("start")
    assert room.session.state.participants["kim"].cell == "jpn"


def test_after_the_close_only_the_evaluation_goes_on(playing: Room) -> None:
    note = playing.do("note", text="Hm")
    playing.do("close")
    assert not playing.session.clock.running
    for name, fields in {"note": {"text": "x"}, "undo": {}, "close": {}, "move": {}, "resume": {}}.items():
        assert "closed" in playing.refused(name, **fields)
    playing.do("rate", objective="consult", rating="S")
    playing.do("agree", action="Call first.")
    playing.do("close_action", id="a1")
    playing.do("observe", text="Calm.", kind="strength")
    playing.do("feedback", score=4, words="Fine")
    playing.do("withdraw", withdraws=note.seq)
    playing.do("reopen", reason="Not over")
    playing.do("resume")
    playing.do("note", text="On we go")


def test_the_clock_counts_play_and_leaves_pauses_out(room: Room) -> None:
    room.wait(3)
    room.do("start")
    room.wait(2)
    room.do("pause")
    assert "stands" in room.refused("pause")
    room.wait(10)
    room.do("resume")
    assert "runs" in room.refused("resume")
    room.wait(1)
    note = room.do("note", text="Hm")
    assert (note.clock, note.at) == (180, "2000-01-01T00:16:00.000Z")


def test_a_clock_that_was_set_bears_the_new_value_and_countdowns_shift(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.wait(4)
    event = playing.do("clock", to=60, reason="Lunch")
    assert (event.clock, event.data) == (60, {"from": 240, "to": 60, "reason": "Lunch"})
    assert playing.session.clock.elapsed == 60
    assert playing.do("decide", decision="keep", cells="rok", option="yes").data["seconds"] == 240


def test_a_log_opens_with_its_clock_standing(playing: Room) -> None:
    playing.wait(2)
    playing.do("note", text="Hm")
    playing.wait(9)
    again = Session.open(playing.journal, ExerciseClock(SimulatedTime()))
    assert again.state == playing.session.state
    assert (again.clock.elapsed, again.clock.running) == (120, False)
    assert again.do({"do": "resume"})[-1].clock == 120


def test_a_journal_that_does_not_take_it_leaves_everything_as_it_was(playing: Room) -> None:
    told: list[Event] = []
    playing.session.listen(told.extend)
    state = playing.session.state
    playing.journal.close()
    with pytest.raises(NotWritten):
        playing.session.do({"do": "pause"})
    assert playing.session.state is state
    assert playing.session.clock.running
    assert told == []


def test_several_commands_are_all_done_or_none(playing: Room) -> None:
    with pytest.raises(Refused):
        playing.session.do_all([{"do": "release", "inject": "notice"}, {"do": "release", "inject": "notice"}])
    assert len(playing.session.events) == 3
    both = [{"do": "pause"}, {"do": "clock", "to": 30}, {"do": "resume"}]
    assert [event.clock for event in playing.session.do_all(both)] == [0, 30, 30]


def test_requests_arguments_and_actions_are_numbered(playing: Room) -> None:
    assert playing.do("request", cell="rok", text="How many?").data["id"] == "r1"
    assert playing.do("request", cell="rok", text="Where?", id="r3").data["id"] == "r3"
    assert playing.do("request", cell="rok", text="When?").data["id"] == "r4"
    assert "taken" in playing.refused("request", cell="rok", text="Who?", id="r3")
    assert playing.do("argue", cell="jpn", proposal="Wait").data["id"] == "p1"
    withdrawn = playing.do("agree", action="Call").seq
    playing.do("withdraw", withdraws=withdrawn)
    assert playing.do("agree", action="Write").data["id"] == "a2"


def test_tracks_by_hand_are_values_or_changes(playing: Room) -> None:
    assert playing.do("track", tracks={"trust": 4}).data["tracks"] == {"trust": [6, 4]}
    assert playing.do("track", tracks={"trust": "+9"}).data["tracks"] == {"trust": [4, 10]}
    assert playing.do("track", tracks={"trust": "=3"}).data["tracks"] == {"trust": [10, 3]}
    assert playing.do("track", tracks={"trust": [3, 5]}).data["tracks"] == {"trust": [3, 5]}
    assert "from 0 to 10" in playing.refused("track", tracks={"trust": 11})
    assert "stands at 5" in playing.refused("track", tracks={"trust": [3, 5]})
    assert "no track 'mood'" in playing.refused("track", tracks={"mood": 1})
    assert "no value" in playing.refused("track", tracks={"trust": "much"})


def test_a_roll_comes_out_the_same_from_the_same_seed(playing: Room) -> None:
    first = playing.do("rule", text="Does it hold?", roll={"odds": 40, "seed": 7}).data["roll"]
    again = playing.do("rule", text="Does it hold?", roll={"odds": 40, "seed": 7}).data
    assert (again["roll"], again["method"]) == (first, "roll")
    assert "vote" in playing.refused("rule", text="Hm", method="vote")
    assert playing.do("rule", text="Hm", vote={"for": 3, "against": 1}).data["method"] == "vote"


def test_what_is_typed_is_cleaned(playing: Room) -> None:
    note = playing.do("note", text="  e\u0301 \x1b[31m\u202eabc\ud800\r\nend\x00 ")
    assert note.data["text"] == "\u00e9 [31mabc\nend"
    assert "empty" in playing.refused("note", text="\u202e\x07")


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ({}, '"do"'),
        ({"do": 3}, '"do"'),
        ({"do": "relase"}, "Did you mean 'release'?"),
        ({"do": "release", "injekt": "x"}, "injekt"),
        ({"do": "release"}, "'inject' is missing"),
        ({"do": "release", "inject": 3}, "text is wanted"),
        ({"do": "release", "inject": "x", "cells": 3}, "a list is wanted"),
        ({"do": "grant", "minutes": 1.5}, "a whole number is wanted"),
        ({"do": "grant", "minutes": 0}, "minutes"),
        ({"do": "clock", "to": float("nan")}, "number"),
        ({"do": "note", "text": "x", "quote": "yes"}, "true or false"),
        ({"do": "rate", "objective": "x", "rating": "A"}, "P, S, M or U"),
        ({"do": "note", "text": "x", "happened": -1}, "happened"),
    ],
)
def test_a_command_that_is_none_is_refused_in_a_sentence(command: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_command(command)
    assert why in str(caught.value)


def test_every_command_has_a_rule() -> None:
    from tabletop.session.decide import RULES

    assert set(COMMANDS.values()) == set(RULES)


def test_unknown_events_and_data_that_no_version_writes_are_passed_over(playing: Room) -> None:
    strange = [
        ("inject_teleported", {"inject": "notice"}),
        ("inject_released", {}),
        ("decision_recorded", {"decision": 3, "cells": None}),
        ("track_set", {"tracks": {"trust": "high"}}),
        ("track_set", {"tracks": {"trust": [5, "high"]}}),
        ("act_recorded", {"tracks": {"trust": [5, {"to": 6}]}}),
        ("decision_recorded", {"decision": "keep", "cells": ["rok"], "option": {"id": "yes"}}),
        ("decision_recorded", {"decision": "keep", "cells": ["rok"], "text": "So.", "counts_as": ["yes"]}),
        ("decision_asked", {"decision": "keep", "cells": ["rok"], "minutes": "ten"}),
        ("clock_set", {"to": "noon"}),
        ("event_undone", {}),
        ("inject_written", {"inject": {"title": ["No", "text"]}}),
        ("decision_asked", {"decision": "odd", "cells": ["rok"], "question": "?", "options": [{"id": 5}]}),
    ]
    state = playing.session.state
    for number, (kind, data) in enumerate(strange, state.last_seq + 1):
        after = evolve(state, Event(number, "", 0.0, "x", kind, data))
        assert after.play == state.play
        assert after.last_seq == number


def test_a_log_read_from_its_bytes_folds_to_the_live_state(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.do("decide", decision="keep", cells="rok", option="yes")
    stretch = decode(playing.journal.lines().splitlines())
    assert not stretch.wrong
    assert fold(stretch.events) == playing.session.state
