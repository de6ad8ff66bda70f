"""Undo and withdrawal."""

from __future__ import annotations

import pytest
from session_room import Room

from tabletop.errors import Refused
from tabletop.journal import Draft
from tabletop.session.clock import ExerciseClock
from tabletop.session.session import Session


def test_undo_takes_back_the_newest_command_with_its_tracks(playing: Room) -> None:
    released = playing.do("release", inject="notice")
    assert [event.seq for event in playing.session.will_undo()] == [released.seq]
    undone = playing.do("undo")
    assert undone.data == {"undoes": [released.seq], "tracks": {"trust": [5, 6]}}
    assert playing.trust == 6
    assert "notice" not in playing.session.state.play.released
    assert released.seq in playing.session.state.taken_back
    assert undone.seq not in playing.session.state.taken_back


def test_undo_passes_over_the_session_the_clock_and_what_is_undone(playing: Room) -> None:
    first, second = playing.do("note", text="One"), playing.do("note", text="Two")
    playing.do("pause")
    playing.do("join", name="Kim")
    assert playing.do("undo").data["undoes"] == [second.seq]
    assert playing.do("undo").data["undoes"] == [first.seq]
    assert playing.do("undo").data["undoes"] == [2]
    assert "nothing to undo" in playing.refused("undo")


def test_several_commands_in_one_write_are_undone_as_one(playing: Room) -> None:
    playing.session.do_all([{"do": "release", "inject": "notice"}, {"do": "skip", "inject": "leak"}])
    assert [event.more for event in playing.session.events[3:]] == [True, False]
    assert playing.do("undo").data["undoes"] == [3, 4]
    assert not playing.session.state.play.released
    assert not playing.session.state.play.skipped


def test_a_move_that_was_undone_gives_its_clock_back(playing: Room) -> None:
    playing.wait(7)
    playing.do("move", move="dusk")
    playing.do("undo")
    on = playing.session.state.play.move
    assert on is not None
    assert (on.id, on.started) == ("dawn", 0)


def test_what_undo_puts_back_moves_with_a_clock_that_was_set(playing: Room) -> None:
    playing.wait(10)
    playing.do("release", inject="notice")
    playing.do("skip", inject="leak")
    playing.do("clock", to=100)
    playing.do("undo")
    on = playing.session.state.play.move
    assert on is not None
    assert on.started == -500
    assert playing.session.state.play.asked["keep", "rok"].clock == 100


@pytest.mark.parametrize(
    "command",
    [
        {"do": "note", "text": "Hm"},
        {"do": "observe", "text": "Hm"},
        {"do": "fact", "text": "Hm"},
        {"do": "argue", "cell": "rok", "proposal": "Hm"},
        {"do": "act", "cell": "rok", "text": "Hm", "tracks": {"trust": "-2"}},
        {"do": "message", "from": "rok", "to": ["jpn"], "text": "Hm"},
        {"do": "request", "cell": "rok", "text": "Hm"},
        {"do": "rate", "objective": "consult", "rating": "P"},
        {"do": "agree", "action": "Hm"},
        {"do": "feedback", "score": 3},
        {"do": "hot_wash", "text": "Hm"},
        {"do": "rule", "text": "Hm", "tracks": {"trust": 0}},
        {"do": "track", "tracks": {"trust": "+1"}},
        {"do": "mark", "inject": "notice", "number": 1, "met": "yes"},
        {"do": "skip", "inject": "notice"},
        {"do": "hold", "inject": "notice"},
        {"do": "release", "inject": "notice"},
        {"do": "decide", "decision": "keep", "cells": "rok", "option": "yes"},
    ],
    ids=lambda command: str(command["do"]),
)
def test_a_single_entry_is_withdrawn_later(playing: Room, command: dict[str, object]) -> None:
    before = playing.session.state.play
    entry = playing.session.do(command)[-1]
    playing.do("note", text="Later")
    playing.do("withdraw", withdraws=entry.seq, reason="By mistake")
    after = playing.session.state.play
    assert entry.seq in playing.session.state.taken_back
    assert after.tracks == before.tracks
    for part in (
        "released",
        "skipped",
        "held",
        "answers",
        "chosen",
        "asked",
        "requests",
        "actions",
        "ratings",
    ):
        assert getattr(after, part) == getattr(before, part), part
    assert "already" in playing.refused("withdraw", withdraws=entry.seq)


def test_a_withdrawal_takes_back_what_the_entry_did_and_no_more(playing: Room) -> None:
    ruling = playing.do("rule", text="Worse", tracks={"trust": "-4"})
    playing.do("track", tracks={"trust": 9})
    withdrawn = playing.do("withdraw", withdraws=ruling.seq)
    assert withdrawn.data["tracks"] == {"trust": [9, 10]}


def test_a_release_is_withdrawn_once_what_rests_on_it_is(playing: Room) -> None:
    release = playing.do("release", inject="notice")
    first = playing.do("decide", decision="keep", cells="rok", option="yes")
    second = playing.do("revise", replaces=first.seq, option="no")
    reading = playing.do("read", decision="keep")
    why = playing.refused("withdraw", withdraws=release.seq)
    assert f"#{first.seq}" in why
    assert f"#{second.seq}" in why
    assert f"#{second.seq}" in playing.refused("withdraw", withdraws=first.seq)
    assert f"#{reading.seq}" in playing.refused("withdraw", withdraws=second.seq)
    for seq in (reading.seq, second.seq, first.seq, release.seq):
        playing.do("withdraw", withdraws=seq)
    assert playing.trust == 6
    assert playing.do("release", inject="notice").data["tracks"] == {"trust": [6, 5]}


def test_withdrawing_a_revision_brings_the_answer_before_it_back(playing: Room) -> None:
    first = playing.do("decide", decision="keep", cells="rok", option="yes")
    second = playing.do("revise", replaces=first.seq, option="no")
    playing.do("withdraw", withdraws=second.seq)
    assert playing.session.state.play.answers["keep", "rok"].seq == first.seq
    assert playing.session.state.play.chosen["keep", "rok"] == "yes"
    assert playing.trust == 8


def test_withdrawing_an_answer_owes_it_again(playing: Room) -> None:
    playing.do("release", inject="notice")
    answer = playing.do("decide", decision="keep", cells="rok", option="yes")
    playing.do("withdraw", withdraws=answer.seq)
    assert playing.session.state.play.owes(("keep", "rok"))


def test_an_answered_request_is_withdrawn_after_its_answer(playing: Room) -> None:
    raised = playing.do("request", cell="rok", text="How many?")
    answered = playing.do("answer", id="r1", text="Nine.")
    assert f"#{answered.seq}" in playing.refused("withdraw", withdraws=raised.seq)
    playing.do("withdraw", withdraws=answered.seq)
    playing.do("answer", id="r1", text="Ten.")
    assert playing.session.state.play.requests["r1"].answered == "Ten."


def test_the_rating_before_counts_again(playing: Room) -> None:
    playing.do("rate", objective="consult", rating="P")
    second = playing.do("rate", objective="consult", rating="U")
    playing.do("withdraw", withdraws=second.seq)
    assert playing.session.state.play.ratings["consult"].rating == "P"


@pytest.mark.parametrize(
    ("seq", "why"), [(0, "cannot"), (1, "cannot"), (2, "cannot"), (99, "no event"), (-1, "no event")]
)
def test_moves_the_session_and_what_is_not_there_are_not_withdrawn(playing: Room, seq: int, why: str) -> None:
    assert why in playing.refused("withdraw", withdraws=seq)


def test_an_entry_of_another_version_is_not_withdrawn(playing: Room) -> None:
    strange = Draft("track_set", {"tracks": ["trust"]}, "2000-01-01T00:00:00.000Z", 0.0, "facilitator")
    playing.journal.append([strange], expect=len(playing.session.events))
    session = Session.open(playing.journal, ExerciseClock(playing.time))
    with pytest.raises(Refused, match="holds what this version does not know"):
        session.do({"do": "withdraw", "withdraws": session.state.last_seq})


def test_a_withdrawal_can_be_undone(playing: Room) -> None:
    note = playing.do("note", text="Hm")
    playing.do("withdraw", withdraws=note.seq)
    playing.do("undo")
    assert note.seq not in playing.session.state.taken_back
