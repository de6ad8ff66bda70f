"""What holds for every sequence of commands, those refused included."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import find, given, settings
from hypothesis import strategies as st
from session_room import Room

from tabletop.errors import Refused
from tabletop.session import commands
from tabletop.session.commands import Undo
from tabletop.session.evolve import evolve, fold, opening
from tabletop.session.state import State

INJECTS = st.sampled_from(["notice", "leak", "thaw", "echo", "spare", "late", "written-1", "nowhere"])
CELLS = st.sampled_from(["rok", "jpn", "usa", "control", "mars"])
DECISIONS = st.sampled_from(["keep", "joint", "letter", "spot", "nothing"])
OPTIONS = st.sampled_from(["yes", "no", "wait", "cut", "deny", "admit"])
TRACKS = st.dictionaries(
    st.sampled_from(["trust", "noise"]), st.sampled_from([0, 3, 10, "+2", "-9", "=4", [6, 2]]), max_size=2
)
SPOT = {"question": "And now?", "options": [{"id": "yes", "text": "Yes", "effects": {"trust": 1}}]}


def _does(name: str, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"do": st.just(name), **fields})


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


WRITTEN = {"title": "New", "when": {"track": {"trust": "< 5"}}}
PEOPLE = st.sampled_from(["kim", "lee", "facilitator"])
EACH = (
    _does("release", inject=INJECTS),
    _does("release", inject=INJECTS, cells=st.lists(CELLS, max_size=2)),
    _does("reveal", inject=INJECTS, cells=CELLS),
    _does("decide", decision=DECISIONS, cells=_maybe(CELLS), option=OPTIONS),
    _does("decide", decision=DECISIONS, cells=_maybe(CELLS), text=st.text(), counts_as=_maybe(OPTIONS)),
    _does(
        "decide",
        decision=DECISIONS,
        cells=_maybe(CELLS),
        outcome=st.sampled_from(["declined", "out_of_time"]),
    ),
    _does("revise", decision=DECISIONS, cells=_maybe(CELLS), option=OPTIONS, tracks=TRACKS),
    _does("revise", replaces=st.integers(0, 20), option=OPTIONS),
    _does("ask", decision=DECISIONS),
    _does("ask", decision=st.just("spot"), question=st.just(SPOT["question"]), options=st.just(SPOT["options"])),
    _does("grant", minutes=st.integers(0, 5), decision=_maybe(DECISIONS)),
    _does("read", decision=DECISIONS, option=_maybe(OPTIONS)),
    _does("skip", inject=INJECTS),
    _does("hold", inject=INJECTS, reason=st.text()),
    _does("reword", inject=INJECTS, text=st.text(max_size=5)),
    _does("write", inject=st.sampled_from([WRITTEN, {**WRITTEN, "id": "notice"}, {"id": "bad id"}])),
    _does("move", move=_maybe(st.sampled_from(["dawn", "storm", "dusk", "noon"]))),
    _does("track", tracks=TRACKS),
    _does("act", cell=CELLS, text=st.text(), tracks=TRACKS),
    _does("note", text=st.text(), cell=_maybe(CELLS), happened=_maybe(st.floats(0, 100))),
    _does("request", cell=CELLS, text=st.text()),
    _does("answer", id=st.sampled_from(["r1", "r2"]), text=st.text()),
    _does("rate", objective=st.just("consult"), rating=st.sampled_from("PSMUX")),
    _does("agree", action=st.text()),
    _does("close_action", id=st.sampled_from(["a1", "a2"])),
    _does("withdraw", withdraws=st.integers(0, 25)),
    _does("clock", to=st.floats(0, 3600)),
    _does("join", name=st.text(), id=_maybe(PEOPLE), cell=_maybe(CELLS)),
    _does("shift", id=PEOPLE, cell=_maybe(CELLS)),
    _does("leave", id=PEOPLE),
    _does("deadline", at=st.sampled_from(["2026-11-24T17:30:00+09:00", "soon"])),
    _does("mark", inject=INJECTS, number=st.integers(0, 2), met=st.sampled_from(["yes", "no"])),
    _does("message", **{"from": CELLS, "to": st.lists(CELLS, max_size=2), "text": st.text()}),
    _does("fact", kind=st.sampled_from(["fact", "assumption"]), text=st.text()),
    _does("argue", cell=CELLS, proposal=st.text()),
    _does("observe", text=st.text(), objective=_maybe(st.sampled_from(["consult", "none"]))),
    _does("hot_wash", text=st.text()),
    _does("rule", text=st.text(), roll=_maybe(st.just({"odds": 50})), tracks=TRACKS),
    _does("feedback", well=st.none() | st.integers() | st.text() | st.floats() | st.lists(st.text())),
    *(_does(name) for name in ("undo", "pause", "resume", "close", "reopen", "start")),
    _does("wait", minutes=st.integers(0, 20)),
)
COMMANDS = st.one_of(*EACH, _does("undo"))


def _play(room: Room, command: dict[str, Any]) -> bool:
    if command["do"] == "wait":
        room.wait(command["minutes"])
        return False
    try:
        room.session.do({key: value for key, value in command.items() if value is not None})
    except Refused:
        return False
    return True


def test_every_command_is_among_them() -> None:
    names = {find(each, lambda _: True)["do"] for each in EACH}
    assert names == {*commands.COMMANDS, "wait"}


def _seqs(state: State) -> list[tuple[int, ...]]:
    frames, frame = [], state.undoable
    while frame is not None:
        frames.append(frame.seqs)
        frame = frame.below
    return frames


@settings(max_examples=300, deadline=None)
@given(st.lists(COMMANDS, max_size=40))
def test_the_fold_of_the_record_is_the_live_state(acts: list[dict[str, Any]]) -> None:
    room = Room()
    for command in [{"do": "start"}, {"do": "move"}, *acts]:
        _play(room, command)
    live, again = room.session.state, fold(room.session.events)
    assert again == live
    assert _seqs(again) == _seqs(live)
    one_by_one = opening(room.session.events[0])
    for event in room.session.events[1:]:
        one_by_one = evolve(one_by_one, event)
    assert one_by_one == live


@settings(max_examples=200, deadline=None)
@given(st.lists(COMMANDS, max_size=40))
def test_undo_puts_the_play_back_as_it_was(acts: list[dict[str, Any]]) -> None:
    room = Room()
    room.do("start")
    for command in acts:
        before = room.session.state
        done = _play(room, command)
        state = room.session.state
        frame = state.undoable
        undoable = done and frame is not None and frame.seqs[-1] == state.last_seq and state.phase == "playing"
        if undoable:
            room.session.do(Undo())
            assert room.session.state.play == before.play
            assert state.last_seq in room.session.state.taken_back


@settings(max_examples=200, deadline=None)
@given(st.lists(COMMANDS, max_size=40))
def test_tracks_stay_in_bounds_as_the_record_tells_them_and_it_runs_forward(acts: list[dict[str, Any]]) -> None:
    room = Room()
    for command in [{"do": "start"}, *acts]:
        _play(room, command)
        for track in room.session.exercise.tracks:
            assert track.min <= room.session.state.play.tracks[track.id] <= track.max
    values = {track.id: track.start for track in room.session.exercise.tracks}
    for event in room.session.events:
        for track, (before, after) in event.data.get("tracks", {}).items():
            assert values[track] == before
            values[track] = after
    assert values == dict(room.session.state.play.tracks)
    events = room.session.events
    assert [event.seq for event in events] == list(range(len(events)))
    for before, after in itertools.pairwise(events):
        assert after.at >= before.at
        assert after.clock >= before.clock or after.type == "clock_set"


@settings(max_examples=200, deadline=None)
@given(st.lists(COMMANDS, max_size=40))
def test_injects_counted_step_by_step_hold_as_if_asked_anew(acts: list[dict[str, Any]]) -> None:
    room = Room()
    for command in [{"do": "start"}, {"do": "move"}, *acts]:
        _play(room, command)
        state = room.session.state
        on = state.play.move
        injects = state.index.moves[on.id].injects if on else ()
        for inject in injects:
            if state.index.conditional(inject.id):
                holds = state.holds(state.condition(inject.id))
                assert (inject.id in state.play.holds_since) == holds
