"""Asking, answering, revising."""

from __future__ import annotations

import pytest
from session_room import Room

from tabletop.session.schedule import owed


def _owed(room: Room) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.decision.id, each.cells) for each in owed(room.session.state, room.session.clock.elapsed)]


def test_a_release_asks_its_decisions_of_their_cells(playing: Room) -> None:
    playing.do("release", inject="notice")
    assert sorted(_owed(playing)) == [
        ("joint", ("rok", "jpn")),
        ("keep", ("jpn",)),
        ("keep", ("rok",)),
        ("letter", ("usa",)),
    ]


def test_a_cell_that_has_not_got_the_inject_is_asked_when_it_is_revealed_to_it(playing: Room) -> None:
    playing.do("release", inject="notice", cells=["rok"])
    assert ("keep", ("jpn",)) not in _owed(playing)
    playing.wait(2)
    playing.do("reveal", inject="notice", cells=["jpn"])
    assert ("keep", ("jpn",)) in _owed(playing)
    assert playing.session.state.play.asked["keep", "jpn"].clock == 120
    assert playing.session.state.play.asked["keep", "rok"].clock == 0


def test_effects_are_recorded_as_they_came_out(playing: Room) -> None:
    assert playing.do("release", inject="notice").data["tracks"] == {"trust": [6, 5]}
    playing.do("track", tracks={"trust": 10})
    assert playing.do("decide", decision="keep", cells="rok", option="yes").data["tracks"] == {"trust": [10, 10]}


def test_seconds_count_from_the_latest_asking_to_when_it_was_said(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.wait(3)
    playing.do("ask", decision="keep", cells=["rok"])
    playing.wait(2)
    assert playing.do("decide", decision="keep", cells="rok", option="yes").data["seconds"] == 120
    said = playing.do("decide", decision="keep", cells="jpn", option="yes", happened=290)
    assert (said.data["seconds"], said.data["happened"]) == (290, 290)


def test_an_early_answer_is_not_owed_when_its_inject_goes_out(playing: Room) -> None:
    early = playing.do("decide", decision="keep", cells=["rok"], option="yes")
    assert early.data["early"] is True
    assert "seconds" not in early.data
    playing.do("release", inject="notice")
    assert ("keep", ("rok",)) not in _owed(playing)
    assert "already" in playing.refused("decide", decision="keep", cells=["rok"], option="no")


def test_a_second_first_answer_needs_asking_again(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.do("decide", decision="keep", cells="rok", option="yes")
    assert "#4" in playing.refused("decide", decision="keep", cells="rok", option="no")
    playing.do("ask", decision="keep", cells="rok")
    assert playing.session.state.play.chosen["keep", "rok"] == "yes"
    playing.do("decide", decision="keep", cells="rok", option="no")
    assert playing.session.state.play.chosen["keep", "rok"] == "no"
    assert playing.trust == 6 - 1 + 2 - 3


def test_a_joint_answer_is_one_event_of_all_its_cells(playing: Room) -> None:
    playing.do("release", inject="notice")
    assert "rok and jpn" in playing.refused("decide", decision="joint", cells="rok", option="deny")
    assert playing.do("decide", decision="joint", option="deny").data["cells"] == ["rok", "jpn"]
    assert playing.session.state.play.chosen["joint", "jpn"] == "deny"


def test_one_cell_answers_at_a_time_unless_together(playing: Room) -> None:
    playing.do("release", inject="notice")
    assert "rok and jpn" in playing.refused("decide", decision="keep", option="yes")
    assert "one cell" in playing.refused("decide", decision="keep", cells=["rok", "jpn"], option="yes")
    playing.do("decide", decision="keep", cells=["jpn"], option="yes")
    assert playing.do("decide", decision="keep", option="yes").data["cells"] == ["rok"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"decision": "kep", "option": "yes"}, "'keep'"),
        ({"decision": "keep", "cells": "rok", "option": "maybe"}, "does not offer"),
        ({"decision": "keep", "cells": "usa", "option": "yes"}, "not asked of usa"),
        ({"decision": "keep", "cells": "mars", "option": "yes"}, "no cell 'mars'"),
        ({"decision": "keep", "cells": "rok"}, "`option`"),
        ({"decision": "keep", "cells": "rok", "option": "yes", "text": "Yes!"}, "either"),
        ({"decision": "keep", "cells": "rok", "text": "Yes!", "counts_as": "maybe"}, "does not offer"),
        ({"decision": "keep", "cells": "rok", "outcome": "declined", "option": "yes"}, "no answer"),
        ({"decision": "joint", "text": "Nothing."}, "own words"),
        ({"decision": "letter", "text": " \x07 "}, "empty"),
        ({"decision": "keep", "cells": "rok", "option": "yes", "happened": 5}, "clock"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(playing: Room, fields: dict[str, object], why: str) -> None:
    playing.do("release", inject="notice")
    assert why in playing.refused("decide", **fields)


def test_own_words_count_as_an_option_with_its_effects(playing: Room) -> None:
    said = playing.do("decide", decision="keep", cells="rok", text="Never", counts_as="no")
    assert (said.data["counts_as"], said.data["tracks"]) == ("no", {"trust": [6, 3]})
    assert playing.session.state.play.chosen["keep", "rok"] == "no"


def test_own_words_that_count_as_nothing_fulfil_no_condition(playing: Room) -> None:
    assert "counts_as" not in playing.do("decide", decision="keep", cells="rok", text="Hm").data
    assert playing.session.state.play.chosen["keep", "rok"] is None


def test_silence_counts_as_the_decisions_otherwise(playing: Room) -> None:
    silent = playing.do("decide", decision="keep", cells="rok", outcome="out_of_time")
    assert silent.data["counts_as"] == "wait"
    assert "counts_as" not in playing.do("decide", decision="joint", outcome="declined").data


def test_a_decision_without_options_takes_words_only(playing: Room) -> None:
    assert playing.do("decide", decision="letter", text="Dear both,").data["text"] == "Dear both,"
    playing.do("ask", decision="letter")
    assert "does not offer" in playing.refused("decide", decision="letter", option="yes")


# --- revision ----------------------------------------------------------------------------------------


def test_a_revision_ends_where_the_single_answer_would_have(playing: Room) -> None:
    first = playing.do("decide", decision="keep", cells="rok", option="yes")
    playing.do("track", tracks={"trust": "+1"})
    revised = playing.do("revise", replaces=first.seq, option="no")
    assert revised.data["tracks"] == {"trust": [9, 4]}
    playing.do("revise", decision="keep", cells="rok", option="yes")
    assert playing.trust == 9


def test_a_chain_of_revisions_over_a_bound_ends_where_one_would_have(playing: Room) -> None:
    playing.do("track", tracks={"trust": 9})
    playing.do("decide", decision="keep", cells="rok", option="yes")
    assert playing.trust == 10
    playing.do("revise", decision="keep", option="cut")
    assert playing.trust == 1
    playing.do("revise", decision="keep", option="wait")
    assert playing.trust == 9


def test_a_revision_holds_the_whole_new_answer(playing: Room) -> None:
    playing.do("decide", decision="keep", cells="rok", option="yes", rationale="Calm.", confidence="high")
    revised = playing.do("revise", decision="keep", option="no")
    assert revised.data["cells"] == ["rok"]
    assert revised.data["replaces"] == 3
    assert "rationale" not in revised.data
    assert playing.session.state.play.chosen["keep", "rok"] == "no"


def test_only_the_newest_answer_is_revised(playing: Room) -> None:
    first = playing.do("decide", decision="keep", cells="rok", option="yes")
    second = playing.do("revise", replaces=first.seq, option="no")
    assert f"#{second.seq}" in playing.refused("revise", replaces=first.seq, option="wait")
    assert "no answer" in playing.refused("revise", decision="letter", text="Dear")
    assert "say which" in playing.refused("revise", option="no")


def test_a_revision_may_set_other_tracks(playing: Room) -> None:
    playing.do("decide", decision="keep", cells="rok", option="yes")
    revised = playing.do("revise", decision="keep", option="no", tracks={"noise": 2, "trust": 5})
    assert revised.data["tracks"] == {"trust": [8, 5], "noise": [0, 2]}


def test_conditions_see_the_revised_choice(playing: Room) -> None:
    playing.do("decide", decision="keep", cells="rok", option="no")
    assert playing.slot("leak").moment is not None
    playing.do("revise", decision="keep", option="yes")
    assert playing.slot("leak").moment is None


# --- asking ------------------------------------------------------------------------------------------


def test_a_new_decision_is_put_on_the_spot(playing: Room) -> None:
    options = [{"id": "go", "text": "Go", "effects": {"trust": 1}}]
    playing.do("ask", decision="spot", question="Now?", options=options, cells=["usa"], minutes=2)
    playing.wait(1)
    (only,) = owed(playing.session.state, playing.session.clock.elapsed)
    assert (only.decision.question, only.left) == ("Now?", 60)
    assert playing.do("decide", decision="spot", option="go").data["tracks"] == {"trust": [6, 7]}


def test_a_new_decision_needs_a_question_and_a_free_id(playing: Room) -> None:
    assert "Did you mean 'keep'" in playing.refused("ask", decision="kepe")
    assert "taken" in playing.refused("ask", decision="keep", question="Again?")
    assert "lower-case" in playing.refused("ask", decision="A b", question="Again?")
    assert "no track" in playing.refused(
        "ask", decision="x", question="?", options=[{"id": "a", "text": "A", "effects": {"mood": 1}}]
    )


def test_granted_minutes_lengthen_the_countdown(playing: Room) -> None:
    assert "Nobody owes" in playing.refused("grant", decision="keep", minutes=5)
    playing.do("release", inject="notice")
    playing.do("grant", decision="keep", minutes=5)
    times = {each.cells: each.left for each in owed(playing.session.state, 60.0) if each.decision.id == "keep"}
    assert times == {("rok",): 14 * 60, ("jpn",): 14 * 60}
    assert playing.do("grant", minutes=5).data == {"move": "dawn", "minutes": 5}


def test_a_consequence_is_read_to_those_who_are_to_hear_it(playing: Room) -> None:
    assert "no choice" in playing.refused("read", decision="keep")
    playing.do("decide", decision="keep", cells="rok", option="yes")
    assert playing.do("read", decision="keep").data == {"decision": "keep", "option": "yes", "cells": ["usa"]}
    playing.do("decide", decision="keep", cells="jpn", option="no")
    assert "several" in playing.refused("read", decision="keep")
    assert playing.do("read", decision="keep", option="no").data["cells"] == ["jpn"]
    assert "Nobody" in playing.refused("read", decision="keep", option="wait")


def test_a_second_equal_choice_is_read_to_its_own_cell_alone(playing: Room) -> None:
    for cell in ("rok", "jpn"):
        playing.do("decide", decision="keep", cells=cell, option="no")
        assert playing.do("read", decision="keep", option="no").data["cells"] == [cell]


def test_a_reading_to_another_cell_does_not_rest_on_this_ones_answer(playing: Room) -> None:
    first = playing.do("decide", decision="keep", cells="rok", option="no")
    playing.do("decide", decision="keep", cells="jpn", option="no")
    playing.do("read", decision="keep", option="no", cells="jpn")
    assert playing.do("withdraw", withdraws=first.seq).type == "entry_withdrawn"


def test_what_rests_on_an_entry_is_named_newest_first_down_to_the_last(playing: Room) -> None:
    released = playing.do("release", inject="notice")
    answer = playing.do("decide", decision="keep", cells="rok", option="no")
    reading = playing.do("read", decision="keep", option="no")
    resting = [event.seq for event in playing.session.resting_on(released.seq)]
    assert resting == [reading.seq, answer.seq]
    playing.session.do_all({"do": "withdraw", "withdraws": seq} for seq in [*resting, released.seq])
    assert "notice" not in playing.session.state.play.released


# --- whose turn it is --------------------------------------------------------------------------------


def _left(room: Room, cell: str) -> dict[str, tuple[float | None, bool]]:
    found = owed(room.session.state, room.session.clock.elapsed)
    return {each.decision.id: (each.left, each.waits) for each in found if cell in each.cells}


def test_a_cells_second_question_counts_from_its_turn(playing: Room) -> None:
    for id in ("first", "second"):
        playing.do("ask", decision=id, question="?", cells=["usa"], minutes=5)
    playing.wait(3)
    assert _left(playing, "usa") == {"first": (120, False), "second": (300, True)}
    playing.do("decide", decision="first", text="yes")
    playing.wait(1)
    assert _left(playing, "usa") == {"second": (240, False)}


def test_a_question_that_waits_is_over_only_once_the_minutes_of_both_are(playing: Room) -> None:
    for id in ("first", "second"):
        playing.do("ask", decision=id, question="?", cells=["usa"], minutes=5)
    playing.wait(9)
    assert _left(playing, "usa") == {"first": (-240, False), "second": (60, False)}
    playing.wait(2)
    assert _left(playing, "usa") == {"first": (-360, False), "second": (-60, False)}


def test_a_joint_question_waits_for_each_of_its_cells(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.do("grant", decision="joint", minutes=4)
    playing.do("decide", decision="keep", cells="rok", option="wait")
    assert _left(playing, "rok") == {"joint": (240, True)}
    playing.do("decide", decision="keep", cells="jpn", option="wait")
    assert _left(playing, "rok") == {"joint": (240, False)}


def test_seconds_count_from_the_asking_whatever_came_first(playing: Room) -> None:
    for id in ("first", "second"):
        playing.do("ask", decision=id, question="?", cells=["usa"], minutes=5)
    playing.wait(3)
    playing.do("decide", decision="first", text="yes")
    playing.wait(1)
    assert playing.do("decide", decision="second", text="yes").data["seconds"] == 240
