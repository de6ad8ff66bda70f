"""Injects: when they are due, and what may be done with them."""

from __future__ import annotations

from session_room import Room

from tabletop.session.schedule import due, next_move, schedule, timing


def test_an_inject_is_due_at_its_moment_and_late_after(playing: Room) -> None:
    playing.do("decide", decision="keep", cells="rok", option="no")
    playing.wait(9)
    assert (playing.slot("leak").status, playing.slot("leak").moment) == ("pending", 600)
    playing.wait(2)
    assert (playing.slot("leak").status, playing.slot("leak").late) == ("due", 60)


def test_a_delay_counts_from_when_the_condition_last_came_to_hold(playing: Room) -> None:
    playing.wait(12)
    playing.do("decide", decision="keep", cells="rok", option="no")
    assert playing.slot("leak").moment == 17 * 60
    playing.do("revise", decision="keep", option="yes")
    assert (playing.slot("leak").moment, playing.slot("leak").waits_for) == (None, "keep: no")
    playing.wait(3)
    playing.do("revise", decision="keep", option="no")
    assert playing.slot("leak").moment == 20 * 60


def test_a_condition_that_turns_false_makes_an_inject_pending_again(playing: Room) -> None:
    playing.do("track", tracks={"trust": 7})
    playing.wait(2)
    assert playing.slot("thaw").status == "due"
    playing.do("track", tracks={"trust": 6})
    assert (playing.slot("thaw").status, playing.slot("thaw").waits_for) == ("pending", "trust >= 7")


def test_what_holds_as_the_move_starts_counts_from_its_start(room: Room) -> None:
    room.do("start")
    room.do("track", tracks={"trust": 8})
    room.wait(5)
    room.do("move")
    assert room.slot("thaw").moment == 60


def test_what_was_not_released_in_its_move_is_lost_and_may_be_released_by_hand(playing: Room) -> None:
    playing.do("move", move="dusk")
    slots = {slot.inject.id: slot.status for slot in schedule(playing.session.state, 0.0)}
    assert slots == {"late": "due", "notice": "lost", "leak": "lost", "thaw": "lost", "echo": "lost"}
    assert playing.do("release", inject="leak").type == "inject_released"


def test_what_was_lost_is_pending_again_when_its_move_is_entered_again(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.wait(5)
    playing.do("move", move="dusk")
    playing.do("move", move="dawn")
    assert (playing.slot("notice").status, playing.slot("thaw").status) == ("released", "pending")
    on = playing.session.state.play.move
    assert on is not None
    assert (on.number, on.started) == (2, 300)


def test_contingencies_stay_in_the_pocket_until_released_by_hand(playing: Room) -> None:
    playing.wait(25)
    assert (playing.slot("spare").status, playing.slot("spare").reason) == ("pocket", "They are calm.")
    assert "spare" not in {slot.inject.id for slot in due(playing.session.state, 1500.0)}
    playing.do("release", inject="spare")
    assert playing.slot("spare").status == "released"


def test_a_held_inject_waits_and_a_skipped_one_may_still_be_released(playing: Room) -> None:
    playing.do("hold", inject="notice", reason="Not yet")
    assert (playing.slot("notice").status, playing.slot("notice").reason) == ("held", "Not yet")
    assert "held" in playing.refused("hold", inject="notice")
    playing.do("skip", inject="notice")
    assert playing.slot("notice").status == "skipped"
    playing.do("release", inject="notice")
    assert playing.slot("notice").status == "released"
    for name in ("release", "skip", "hold"):
        assert "released already" in playing.refused(name, inject="notice")


def test_wording_changes_before_release_only(playing: Room) -> None:
    playing.do("reword", inject="notice", title="The note", private={"rok": "Psst."})
    assert playing.slot("notice").inject.title == "The note"
    playing.do("reword", inject="notice", text="Whole.")
    inject = playing.slot("notice").inject
    assert (inject.title, inject.text, inject.private) == ("The note", "Whole.", {"rok": "Psst."})
    assert "Nothing" in playing.refused("reword", inject="notice")
    assert "usa" in playing.refused("reword", inject="notice", private={"usa": "Psst."})
    playing.do("release", inject="notice")
    assert "released" in playing.refused("reword", inject="notice", title="Too late")


def test_a_reveal_goes_to_cells_that_have_not_got_it(playing: Room) -> None:
    assert "not released" in playing.refused("reveal", inject="notice", cells=["usa"])
    playing.do("release", inject="notice")
    assert "rok" in playing.refused("reveal", inject="notice", cells=["rok"])
    playing.do("reveal", inject="notice", cells=["usa"])
    assert playing.session.state.play.released["notice"].cells == ("rok", "jpn", "usa")


def test_an_inject_written_on_the_spot_stands_in_the_schedule(playing: Room) -> None:
    playing.wait(4)
    decisions = [{"id": "answer-it", "question": "What now?", "options": [{"id": "go", "text": "Go"}]}]
    written = playing.do("write", inject={"id": "rumour", "title": "A rumour", "decisions": decisions}).data["inject"]
    assert written["to"] == ["rok", "jpn", "usa"]
    assert written["decisions"][0]["cells"] == ["rok", "jpn", "usa"]
    assert (playing.slot("rumour").status, playing.slot("rumour").moment) == ("due", 240)
    playing.do("release", inject="rumour")
    assert playing.do("decide", decision="answer-it", cells="usa", option="go").data["seconds"] == 0


def test_a_written_inject_keeps_to_its_own_condition(playing: Room) -> None:
    playing.do("write", inject={"id": "rift", "title": "A rift", "when": {"track": {"trust": "< 5"}}})
    assert playing.slot("rift").status == "pending"
    playing.do("track", tracks={"trust": 3})
    assert playing.slot("rift").status == "due"


def test_a_written_inject_must_fit_the_exercise(playing: Room) -> None:
    def why(**keys: object) -> str:
        return playing.refused("write", inject={"title": "New", **keys})

    assert "titel" in playing.refused("write", inject={"titel": "New"})
    assert "taken" in why(id="notice")
    assert "no cell 'mars'" in why(to=["mars"])
    assert "no track 'mood'" in why(effects={"mood": 1})
    assert "no inject 'nitice'" in why(when={"released": ["nitice"]})
    assert "maybe" in why(when={"chose": {"keep": "maybe"}})
    assert "taken" in why(decisions=[{"id": "keep", "question": "?"}])
    assert "no options" in why(decisions=[{"id": "x", "question": "?", "open": False}])
    assert "usa" in why(to=["rok"], private={"usa": "Psst."})


def test_expectations_are_marked_by_number(playing: Room) -> None:
    playing.do("mark", inject="notice", number=1, cell="rok", met="partly")
    assert "number 2" in playing.refused("mark", inject="notice", number=2, met="yes")


def test_the_next_move_is_the_next_whose_condition_holds(playing: Room) -> None:
    assert playing.do("move").data == {"move": "dusk"}
    assert next_move(playing.session.state) is None
    assert "no further move" in playing.refused("move")
    playing.do("move", move="dawn")
    playing.do("track", tracks={"trust": 2})
    assert playing.do("move").data == {"move": "storm"}
    assert "no move 'drawn'" in playing.refused("move", move="drawn")


def test_timing_counts_the_oldest_inject_that_waits(playing: Room) -> None:
    playing.wait(5)
    now = timing(playing.session.state, playing.session.clock.elapsed)
    assert (now.move_elapsed, now.planned, now.behind) == (300, 0, 300)
    playing.do("release", inject="notice")
    assert timing(playing.session.state, playing.session.clock.elapsed).behind == 0
    playing.wait(5)
    playing.do("move", move="dusk")
    playing.do("release", inject="late")
    now = timing(playing.session.state, playing.session.clock.elapsed)
    assert (now.planned, now.behind) == (1800, 600 - 1800)


def test_nothing_is_late_by_what_was_read_before_the_first_move(room: Room) -> None:
    room.do("start")
    room.wait(7)
    assert timing(room.session.state, room.session.clock.elapsed).behind == 0
    room.do("move")
    assert timing(room.session.state, room.session.clock.elapsed).behind == 0
    room.wait(5)
    assert timing(room.session.state, room.session.clock.elapsed).behind == 300


def test_nothing_is_late_by_what_was_read_between_two_moves(playing: Room) -> None:
    playing.do("release", inject="notice")
    playing.wait(34)
    assert playing.do("move", move="dusk", reading=240).data == {"move": "dusk", "reading": 240}
    assert timing(playing.session.state, playing.session.clock.elapsed).behind == 0
    playing.do("undo")
    playing.do("move", move="dusk")
    assert timing(playing.session.state, playing.session.clock.elapsed).behind == 240


def test_no_briefing_takes_longer_to_read_than_the_move_before_it_was_on(playing: Room) -> None:
    playing.wait(1)
    assert playing.do("move", move="dusk", reading=3600).data["reading"] == 60
    assert "reading" not in playing.do("move", move="dawn").data
