"""The after-action screen: a recorded session is walked, searched, added to and reported on."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tabletop.console.drafts import Drafts
from tabletop.console.review.app import ReviewApp, open_review
from tabletop.console.review.plot import draw
from tabletop.console.review.screen import ReviewScreen
from tabletop.console.review.walk import Walk
from tabletop.console.widgets.listing import Listing
from tabletop.errors import LogDamaged, NotALog
from tabletop.journal import Draft, FileJournal, verify
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime, SystemTime
from tabletop.session.session import Session
from tests.console.conftest import SIZES, recorded, said, shows, text_of, types
from tests.console.test_hostile import HOSTILE, check, poisoned
from tests.console.test_play import press, type_text
from tests.console.test_terminal import Terminal

ANSWER = {"do": "decide", "decision": "answer"}
WHY = "The captains will not wait"
VIEW = "東京に先に電話すべきだ"
RELEASE, ESCORT, SLIP, UNDO, REVISION = 6, 7, 11, 12, 13
"""Lines of the log that is played below."""
Act = dict[str, Any] | int
"""A command, or minutes that pass."""

PLAY: Sequence[Act] = (
    {"do": "join", "id": "kim", "name": "Kim", "cell": "rok", "lead": True},
    {"do": "join", "id": "pak", "name": "박지훈", "cell": "rok"},
    {"do": "join", "id": "eva", "name": "Eva", "kind": "evaluator"},
    {"do": "start"},
    {"do": "move"},
    1,
    {"do": "release", "inject": "closure"},
    4,
    {
        **ANSWER,
        "cells": ["rok"],
        "option": "escort",
        "rationale": WHY,
        "decided_by": "kim",
        "dissents": [{"who": "pak", "view": VIEW}],
    },
    {**ANSWER, "cells": ["jpn"], "text": "We call Seoul", "counts_as": "wait"},
    {"do": "release", "inject": "leak"},
    {"do": "note", "text": "Nobody knows the number", "cell": "jpn", "quote": True},
    {"do": "note", "text": "a slip"},
    {"do": "undo"},
    {**ANSWER, "do": "revise", "replaces": ESCORT, "cells": ["rok"], "option": "wait"},
    {"do": "observe", "kind": "strength", "text": "A call in time", "objective": "consult", "inject": "closure"},
    {"do": "rule", "text": "The insurers quote again", "tracks": {"fuel": "-2"}},
    10,
)


@pytest.fixture
def played(harbour: Exercise, tmp_path: Path) -> Callable[..., Path]:
    """Plays commands on an exercise; the log's path."""

    def play(*more: Act, exercise: Exercise = harbour, acts: Sequence[Act] = PLAY) -> Path:
        passing = SimulatedTime()
        journal = FileJournal.create(tmp_path / "past.jsonl")
        session = Session.create(exercise, journal, ExerciseClock(passing), name="past")
        for act in (*acts, *more):
            if isinstance(act, int):
                passing.advance(act * 60)
            else:
                session.do(act)
        session.close()
        return journal.path

    return play


CLOSE = {"do": "close"}


def app_on(log: Path) -> ReviewApp:
    """The app on a log."""
    return ReviewApp(Walk.read(log))


def listing(app: App[Any]) -> Listing:
    """The list on the screen."""
    return app.screen.query_one(Listing)


async def go(pilot: Pilot[Any], seq: int) -> None:
    """Put the cursor on a line of the log."""
    assert listing(pilot.app).go(seq)
    await pilot.pause()


# --- the four views ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_timeline_has_a_lane_for_each_cell(played: Callable[..., Path], size: tuple[int, int]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        lines = text_of(app).splitlines()
        heads = next(line for line in lines if "control, room" in line)
        seoul, tokyo = heads.index("|Seoul"), heads.index("|東京")
        escort = next(line for line in lines if "* Send a" in line and "[1 dissent]" in line)
        call = next(line for line in lines if "* We call Seoul" in line)
        assert escort.index("* Send a") == seoul + 1
        assert call.index("* We call") == tokyo + 1
        assert "M1 0:05:00" in escort
        assert "Move 1: The morning" in said(app)
        assert "> The strait is closed ---" in said(app)
        assert "UNCLASSIFIED // FOR EXERCISE USE ONLY" in said(app)


@pytest.mark.parametrize("size", SIZES)
async def test_who_decided_what_when_why_and_who_dissented_is_one_key_away(
    played: Callable[..., Path], size: tuple[int, int]
) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await press(pilot, "2", "down")
        shown = " ".join(said(app).replace("|", " ").split())
        assert "1. How do you answer the harbour master?" in shown
        assert "Wait for the other capital" in shown
        assert "took 4:00" in shown
        assert "Earlier 0:05:00 Send an escort" in shown
        assert WHY in shown
        assert f"박지훈: {VIEW}" in shown


async def test_a_track_is_drawn_with_a_letter_for_each_step(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "3")
        shown = text_of(app)
        assert "Trust: 6 at the start, 8 at the end" in shown
        assert "a  0:05:00  6 to 4 (-2)" in shown
        await press(pilot, "end")
        assert "b  0:05:00  7 to 5 (-2)      Ruling: The insurers quote again" in text_of(app)


def test_a_plot_is_plain_signs_and_keeps_to_its_width(played: Callable[..., Path]) -> None:
    found = Walk.read(played(CLOSE)).review
    for width in (30, 78, 118):
        for course in found.tracks:
            lines = draw(course, found, width)
            assert all(line.isascii() and len(line) <= width for line in lines)
            assert sum(line.count("-") > 0 for line in lines) >= 2


async def test_the_record_keeps_what_was_taken_back(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "4")
        assert "(taken back) Note: a slip" in said(app)
        await press(pilot, "end", "home", "j", "j", "k")
        assert listing(app).row is not None
        assert listing(app).row.seq == 1


async def test_tab_goes_through_the_views_and_each_keeps_its_cursor(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "down", "down")
        before = listing(app).row
        await press(pilot, "tab")
        assert "[2 Decisions" in said(app)
        await press(pilot, "shift+tab", "shift+tab")
        assert "[4 Record" in said(app)
        await press(pilot, "1")
        assert (listing(app).row and listing(app).row.key) == (before and before.key)


async def test_a_click_on_a_view_shows_it(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(app, "[1 Timeline]")
        line, text = next((at, row) for at, row in enumerate(text_of(app).splitlines()) if "4 Record" in row)
        await pilot.click(offset=(text.index("4 Record") + 3, line))
        await shows(app, "[4 Record")


async def test_lanes_out_of_sight_are_reached_with_the_arrows(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(48, 15), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "|東京" not in text_of(app)
        assert "<more>" in text_of(app)
        await press(pilot, "right", "right", "right")
        assert "|東京" in text_of(app)


# --- details, jumps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_decision_leads_to_its_inject_and_back(played: Callable[..., Path], size: tuple[int, int]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await press(pilot, "2")
        await go(pilot, REVISION)
        await press(pilot, "i")
        assert "[1 Timeline]" in said(app)
        assert "This is the harbour master" in said(app)
        await press(pilot, "backspace")
        assert "[2 Decisions" in said(app)
        assert (listing(app).row and listing(app).row.seq) == REVISION


async def test_a_correction_leads_to_what_it_took_back(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "4")
        await go(pilot, UNDO)
        await press(pilot, "i")
        assert (listing(app).row and listing(app).row.seq) == SLIP


@pytest.mark.parametrize("size", [*SIZES, (60, 15)])
async def test_enter_shows_all_that_a_line_says(played: Callable[..., Path], size: tuple[int, int]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await press(pilot, "4")
        await go(pilot, ESCORT)
        await press(pilot, "enter")
        assert WHY in said(app)
        await press(pilot, "i")
        assert isinstance(app.screen, ReviewScreen)
        assert (listing(app).row and listing(app).row.seq) == RELEASE


# --- search and filter -------------------------------------------------------------------------------


async def test_a_search_narrows_as_it_is_typed_and_escape_drops_it(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "4", "slash")
        await type_text(pilot, "captains")
        assert 'Only with "captains": 1 rows' in said(app)
        await press(pilot, "enter")
        assert (listing(app).row and listing(app).row.seq) == ESCORT
        await press(pilot, "escape")
        assert "Only with" not in said(app)
        await press(pilot, "slash")
        await type_text(pilot, "zzz")
        assert "Nothing answers to this search" in said(app)
        await press(pilot, "escape")
        assert not app.screen.query_one("#search", Input).display
        assert app.is_running


async def test_a_filter_holds_in_every_view_but_the_tracks(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "f", "right", "right", "f10")
        assert "Only cell 東京" in said(app)
        assert "Send an escort" not in said(app)
        await press(pilot, "2")
        assert "We call Seoul" in said(app)
        assert "took 4:00, no dissent, revised" not in said(app)
        await press(pilot, "3")
        assert "6 to 4 (-2)" in said(app)
        await press(pilot, "4", "x")
        assert "Only cell" not in said(app)


# --- adding afterwards -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_an_observation_is_added_after_the_end_and_marked_so(
    played: Callable[..., Path], size: tuple[int, int]
) -> None:
    log = played(CLOSE)
    app = app_on(log)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await go(pilot, ESCORT)
        await press(pilot, "o", "tab")
        await type_text(pilot, "Seoul was quick")
        await press(pilot, "f10")
        event = recorded(log)[-1]
        assert event["type"] == "observation_recorded"
        assert event["data"] == {"kind": "strength", "text": "Seoul was quick", "cell": "rok", "inject": "closure"}
        assert "afterwards" in said(app)
        await press(pilot, "enter")
        assert "#17, added after the end" in said(app)
    assert verify(log).ok


async def test_ratings_actions_and_withdrawals_are_added(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    app = app_on(log)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "r", "tab", "m", "tab")
        await type_text(pilot, "late")
        await press(pilot, "f10", "a")
        await type_text(pilot, "Keep the list at hand")
        await press(pilot, "f10")
        rated, agreed = recorded(log)[-2:]
        assert rated["data"] == {"objective": "consult", "rating": "M", "text": "late"}
        assert agreed["data"]["action"] == "Keep the list at hand"
        await press(pilot, "w", "f10")
        assert types(log)[-1] == "entry_withdrawn"


async def test_an_action_that_is_done_is_closed(played: Callable[..., Path]) -> None:
    log = played({"do": "agree", "action": "Write a list", "objective": "consult"}, CLOSE)
    app = app_on(log)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "d", "tab")
        await type_text(pilot, "It hangs in the room")
        await press(pilot, "f10", "d")
        assert "No action is open" in said(app)
    closed = recorded(log)[-1]
    assert (closed["type"], closed["data"]) == ("action_closed", {"id": "a1", "text": "It hangs in the room"})


async def test_what_is_typed_is_kept_beside_its_own_log_and_fetched_again(
    played: Callable[..., Path], tmp_path: Path
) -> None:
    log = played(CLOSE)
    app, another = app_on(log), Drafts(tmp_path / "another.jsonl", "", SystemTime().wall)
    app.drafts = another
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "a")
        await type_text(pilot, "Mend it")
        await press(pilot, "ctrl+q")
        assert "It is kept as a draft" in said(app)
        await press(pilot, "y")
    assert "Mend it" in log.with_suffix(".drafts").read_text(encoding="utf-8")
    assert another.listed() == ""
    again = app_on(log)
    async with again.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shows(again, "Typed, and not recorded: Action")
        await press(pilot, "a")
        assert "A draft, typed" in said(again)
        await press(pilot, "f10")
    assert recorded(log)[-1]["data"]["action"] == "Mend it"
    assert not log.with_suffix(".drafts").exists()


async def test_who_is_at_the_keys_can_be_named(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    app = app_on(log)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "a")
        await type_text(pilot, "Mend it")
        await press(pilot, "shift+tab", "right", "f10")
        assert recorded(log)[-1]["by"] == "eva"


async def test_a_session_left_open_is_closed_with_what_is_added_and_not_before(played: Callable[..., Path]) -> None:
    log = played()
    app = app_on(log)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "a")
        assert "Recording this closes it first" in said(app)
        await press(pilot, "escape")
        assert "session_closed" not in types(log)
        await press(pilot, "a")
        await type_text(pilot, "Mend it")
        await press(pilot, "f10")
        assert types(log)[-2:] == ["session_closed", "action_agreed"]
        assert "afterwards" in said(app)


async def test_a_log_that_is_written_elsewhere_is_read_on_and_the_reason_said(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    app = app_on(log)
    with FileJournal.open(log):
        async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
            await press(pilot, "o")
            assert "is being written by" in said(app)
            assert isinstance(app.screen, ReviewScreen)
            await press(pilot, "2")
            assert "[2 Decisions" in said(app)


async def test_a_log_is_held_only_while_a_form_stands(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    app = app_on(log)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "o", "escape")
        FileJournal.open(log).close()
        await press(pilot, "o")
    FileJournal.open(log).close()


async def test_a_session_that_never_started_takes_nothing(played: Callable[..., Path]) -> None:
    log = played(acts=())
    app = app_on(log)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "o")
        assert "never started" in said(app)
        assert len(recorded(log)) == 1


# --- what is not whole -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_damaged_log_opens_up_to_the_fault_and_takes_nothing(
    played: Callable[..., Path], size: tuple[int, int]
) -> None:
    log = played(CLOSE)
    raw = log.read_bytes().replace(b"Nobody knows", b"Nobody knew!")
    log.write_bytes(raw)
    app = app_on(log)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "DAMAGED at line 11" in said(app)
        assert "Nothing can be added" in said(app)
        await press(pilot, "2")
        assert "Send an escort" in said(app)
        for key in "oraw":
            await press(pilot, key)
            assert isinstance(app.screen, ReviewScreen)
        assert log.read_bytes() == raw


async def test_a_torn_log_is_left_as_it_is(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    raw = log.read_bytes() + b'{"seq":18,"at"'
    log.write_bytes(raw)
    app = app_on(log)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "o")
        assert "TORN at line" in said(app)
        assert "sets the unfinished" in said(app)
    assert log.read_bytes() == raw
    assert not list(log.parent.glob("*.torn*"))


async def test_what_a_newer_version_wrote_is_shown_as_unknown(played: Callable[..., Path]) -> None:
    log = played()
    with FileJournal.open(log) as journal:
        at = len(journal.events)
        journal.append(
            [Draft("mood_sensed", {"mood": "[/] tense"}, "2000-01-01T01:00:00.000Z", 900.0, "auto")], expect=at
        )
    app = app_on(log)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "4", "end")
        assert "this version does not know it" in said(app)
        assert "[/] tense" in said(app)


def test_what_is_no_log_is_refused_before_any_screen(tmp_path: Path, played: Callable[..., Path]) -> None:
    (tmp_path / "no.jsonl").write_text("hello\n")
    with pytest.raises(NotALog):
        Walk.read(tmp_path / "no.jsonl")
    log = played()
    log.write_bytes(log.read_bytes().replace(b'"name":"past"', b'"name":"post"', 1))
    with pytest.raises(LogDamaged):
        Walk.read(log)


# --- the report --------------------------------------------------------------------------------------


async def test_the_report_goes_to_a_new_file_and_over_none(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    app = app_on(log)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "e", "f10")
        report = log.with_suffix(".md")
        assert "Send an escort" in report.read_text(encoding="utf-8")
        before = report.read_bytes()
        await press(pilot, "e")
        app.screen.query_one("#path", Input).value = str(report)
        await press(pilot, "f10")
        assert "exists already and is not overwritten" in said(app)
        assert report.read_bytes() == before


# --- keys, sizes, hostile texts ----------------------------------------------------------------------


async def test_every_act_is_in_the_help_and_in_the_palette(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(120, 50), notifications=True, tooltips=True) as pilot:
        await press(pilot, "f1")
        assert "Take the entry under the cursor back" in said(app)
        assert "Signs of the timeline" in said(app)
        await press(pilot, "escape", "ctrl+p")
        await type_text(pilot, "improvement plan")
        await pilot.pause(0.5)
        assert "action (a)" in said(app)


async def test_leaving_asks_only_where_something_typed_would_be_lost(played: Callable[..., Path]) -> None:
    app = app_on(played(CLOSE))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "a")
        await type_text(pilot, "Mend")
        await press(pilot, "ctrl+q")
        assert "What you typed is not recorded" in said(app)
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "q")
    assert app.return_code == 0


async def test_another_app_shows_the_screen_and_has_the_word_again(played: Callable[..., Path]) -> None:
    log, left = played(CLOSE), []

    class Other(App[None]):
        def on_mount(self) -> None:
            open_review(self, log, lambda: left.append(True))

    app = Other()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "[1 Timeline]" in said(app)
        await press(pilot, "escape")
        assert left == [True]
        assert app.is_running


@pytest.mark.parametrize(
    ("kind", "size"), [*((kind, (80, 24)) for kind in HOSTILE), ("markup", (120, 40)), ("wide", (60, 15))]
)
async def test_hostile_text_stays_text_in_every_view(
    harbour: Exercise, played: Callable[..., Path], kind: str, size: tuple[int, int]
) -> None:
    text = HOSTILE[kind]
    exercise = exercise_from_json(poisoned(exercise_as_json(harbour), text))
    reason = {"do": "rule", "text": text, "about": text}
    answer = {**ANSWER, "cells": ["jpn"], "text": text, "rationale": text, "dissents": [{"who": text, "view": text}]}
    acts = [*PLAY[:8], answer, {"do": "note", "text": text, "cell": "jpn"}, reason, CLOSE]
    app = app_on(played(exercise=exercise, acts=acts))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        for key in "1234":
            await press(pilot, key)
            for move in ("down", "down", "pagedown", "end", "enter"):
                await press(pilot, move)
                check(app)
                assert all(cell_len(line) <= size[0] for line in text_of(app).splitlines())
            await press(pilot, "escape", "f", "escape")
        for key in ("o", "r", "a", "w", "e", "f1"):
            await press(pilot, key)
            check(app)
            await pilot.press("escape", "escape")
        await press(pilot, "slash")
        app.screen.query_one("#search", Input).value = text
        await pilot.pause()
        check(app)
        await press(pilot, "escape", "a")
        app.screen.query_one("#action", TextArea).load_text(text)
        await press(pilot, "f10")
        check(app)


async def test_a_log_of_twenty_thousand_events_scrolls_without_drawing_them_all(
    harbour: Exercise, tmp_path: Path
) -> None:
    passing = SimulatedTime()
    journal = FileJournal.create(tmp_path / "long.jsonl")
    session = Session.create(harbour, journal, ExerciseClock(passing), name="long")
    session.do({"do": "start"})
    note = {"do": "note", "text": "what was said", "cell": "jpn"}
    for _ in range(100):
        session.do_all([note] * 200)
    session.close()
    app = app_on(journal.path)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "4", "end", "pageup", "home", "pagedown")
        assert len(listing(app)._drawn) < 300
        assert listing(app).virtual_size.height == 20_002


# --- a real terminal ---------------------------------------------------------------------------------

terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@terminal
def test_in_a_real_terminal_it_is_walked_added_to_and_left(played: Callable[..., Path]) -> None:
    log = played(CLOSE)
    screen = Terminal("review", str(log))
    screen.wait("[1 Timeline]")
    screen.press("2", "[2 Decisions")
    screen.press("/captains", "Only with")
    screen.press("\r", "1. How do you answer")
    screen.press("\x1b", "Enter details")
    time.sleep(0.3)
    screen.press("a", "What will be done")
    screen.press("Mend it\x1b[21~", "Recorded as")
    screen.child.send("q")
    assert screen.end() == 0
    assert b"\x1b[?1049l" in screen.raw
    assert json.loads(log.read_text(encoding="utf-8").splitlines()[-1])["data"]["action"] == "Mend it"


@terminal
def test_a_signal_leaves_the_terminal_mended(played: Callable[..., Path]) -> None:
    screen = Terminal("review", str(played(CLOSE)))
    screen.wait("[1 Timeline]")
    os.kill(screen.child.pid, signal.SIGTERM)
    assert screen.end() == 143
    assert b"\x1b[?1049l" in screen.raw


@terminal
def test_without_colour_the_cursor_and_the_view_still_show(
    played: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Terminal("review", str(played(CLOSE)))
    screen.wait("[1 Timeline]")
    screen.wait("|   0:00:00")
    screen.child.send("q")
    assert screen.end() == 0


async def test_the_key_bar_names_the_users_own_keys_and_is_clicked(
    played: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "mine.toml"
    settings.write_text("[keys]\n'review.filter' = 'f7'\n", encoding="utf-8")
    monkeypatch.setenv("TABLETOP_CONFIG", str(settings))
    app = app_on(played())
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await shows(app, "F7 filter")
        line, text = next((at, row) for at, row in enumerate(text_of(app).splitlines()) if "o observe" in row)
        await pilot.click(offset=(text.index("o observe") + 3, line))
        await shows(app, "What was seen")
        await press(pilot, "escape", "f7")
        await shows(app, "Show only")
