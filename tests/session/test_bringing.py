"""What an answer opens and closes: by choice, by the tracks that it moves, through any and not."""

from __future__ import annotations

from session_room import Room

from tabletop.session.bringing import Brought, has_brought, would_bring


def _brings(room: Room, option: str, *, revise: bool = False) -> Brought:
    state = room.session.state
    decision = state.decision("keep")
    assert decision is not None
    answer = state.play.answers[("keep", "rok")] if revise else None
    return would_bring(state, decision, ("rok",), option, answer)


def test_a_choice_opens_what_reads_it_and_what_reads_the_tracks_it_moves(playing: Room) -> None:
    assert _brings(playing, "yes").opens == ("A thaw",)
    assert _brings(playing, "no").opens == ("A leak",)
    assert _brings(playing, "cut").opens == ("Storm",)
    assert _brings(playing, "wait") == Brought()


def test_through_any_and_not_it_opens_and_closes(playing: Room) -> None:
    when = {"any": [{"chose": {"keep": ["wait"]}}, {"track": {"trust": "<= 3"}}], "not": {"chose": {"keep": ["cut"]}}}
    playing.do("write", inject={"id": "either", "title": "Either", "when": when})
    assert "Either" in _brings(playing, "wait").opens
    assert "Either" in _brings(playing, "no").opens
    assert "Either" not in _brings(playing, "cut").opens
    playing.do("decide", decision="keep", cells="rok", option="wait")
    assert _brings(playing, "yes", revise=True).closes == ("Either",)


def test_what_is_out_or_left_out_is_not_brought(playing: Room) -> None:
    playing.do("skip", inject="leak")
    assert _brings(playing, "no") == Brought()
    playing.do("release", inject="thaw")
    assert _brings(playing, "yes") == Brought()


def test_an_answer_in_effect_has_brought_what_it_would_have(playing: Room) -> None:
    wanted = _brings(playing, "yes")
    playing.do("decide", decision="keep", cells="rok", option="yes")
    assert has_brought(playing.session.state, playing.session.state.play.answers[("keep", "rok")]) == wanted
