"""What a facilitator under pressure must find, and what each screen must not do to them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import OptionList, TextArea

from tabletop.console.actions import ACTS
from tabletop.console.app import Console
from tabletop.console.people import changes, line_of, read_people
from tabletop.console.safe import cut, hang, wrapped
from tabletop.console.screens.record import RecordScreen
from tabletop.console.widgets.inject import InjectPane
from tabletop.console.widgets.schedule import Schedule
from tabletop.errors import NotWritten
from tabletop.journal import FileJournal
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tabletop.session.choosing import Choices
from tabletop.session.rehearsal import rehearsal_log
from tabletop.session.state import Participant
from tests.console.conftest import recorded, said, shows, text_of, types
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]


async def test_after_a_reading_the_narrow_screen_shows_the_schedule_that_the_arrows_move(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1", "f10", "space")
        assert app.screen.query_one(Schedule).region
        assert app.screen.focused is app.screen.query_one(Schedule)


async def test_page_down_shows_the_text_and_then_pages_through_it(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        pane = app.screen.query_one(InjectPane)
        await press(pilot, "pagedown")
        assert pane.region
        assert "more line" in said(app)
        await press(pilot, "pagedown", "pagedown", "pagedown")
        assert pane.scroll_y > 0
        assert "more line" not in said(app)


async def test_a_card_for_one_cell_and_controls_notes_stand_behind_a_bar(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    made["moves"][0]["injects"][0]["private"] = {"rok": "Only Seoul knows this."}
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        lines = text_of(app).splitlines()
        for words in ("ONLY FOR Seoul", "Only Seoul knows this", "CONTROL ONLY", "Let them argue"):
            assert any("▎" in line.partition(words)[0] for line in lines if words in line), words
        assert not any("▎" in line for line in lines if "This is the harbour master" in line)
        await press(pilot, "enter")
        assert any("▎ Only Seoul knows" in line for line in text_of(app).splitlines())


async def test_what_is_due_is_counted_in_the_header_while_the_text_hides_the_schedule(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space")
        assert not app.screen.query_one(Schedule).region
        assert "1 DUE" in said(app)


async def test_a_cell_that_changes_its_mind_is_recorded_in_place_of_its_answer(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "2", "f10")
        await press(pilot, "d", "f2")
        assert "a new answer" in said(app)
        assert "replace the answer given" in said(app)
        assert "Wait for the other capital" in said(app)
        await press(pilot, "1", "f10")
    events = recorded(logs / "first.jsonl")
    revised = next(event for event in events if event["type"] == "decision_revised")
    assert revised["data"]["option"] == "escort"
    assert events[revised["data"]["replaces"]]["type"] == "decision_recorded"


async def test_people_left_out_at_set_up_are_completed_later(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "P")
        app.screen.query_one("#people", TextArea).load_text("Kim, rok, lead\nSato, jpn")
        await press(pilot, "f10", "P")
        assert app.screen.query_one("#people", TextArea).text == "Kim, rok, lead\nSato, jpn\n"
        await press(pilot, "escape", "space", "d", "f3")
        assert "Kim" in said(app)
    assert types(logs / "first.jsonl").count("participant_joined") == 2


def test_people_who_moved_or_left_are_told_from_those_who_stayed(harbour: Exercise) -> None:
    there = [
        Participant("kim", "Kim", "", "rok", lead=False, kind="player", present=True),
        Participant("sato", "Sato", "Director", "jpn", lead=True, kind="player", present=True),
        Participant("lee", "Lee", "", None, lead=False, kind="evaluator", present=True),
    ]
    typed = "\n".join(line_of(person) for person in there)
    assert changes(read_people(typed, harbour), there) == []
    assert changes(read_people("Kim, jpn, lead\nSato, Director, jpn, lead", harbour), there) == [
        {"do": "shift", "id": "kim", "lead": True, "cell": "jpn"},
        {"do": "leave", "id": "lee"},
    ]


@pytest.mark.parametrize("key", ["x", "h"])
async def test_what_cannot_be_done_here_is_said_at_once_and_not_after_a_form(console: Make, key: str) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "A", "x", "f10", "x", "f10", "home")
        before = app.screen
        await press(pilot, key)
        assert app.screen is before
        assert "put the cursor on an inject" in said(app)


async def test_no_rating_is_recorded_that_nobody_chose(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "E", "space", "2", "enter", "f10")
        assert "No rating is chosen" in said(app)
    assert "objective_rated" not in types(logs / "first.jsonl")


async def test_a_long_form_keeps_its_title_its_fault_and_its_keys_in_sight(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "o", "f10")
        assert "Observation" in said(app)
        assert "F10 or Ctrl+S record" in said(app)
        assert app.screen.query_one("#form-fault").region
        assert text_of(app).splitlines()[-3].startswith("└")


async def test_a_line_of_the_record_is_shown_in_full(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        app.screen.query_one("#text", TextArea).load_text("said " * 30 + "at last")
        await press(pilot, "f10", "l")
        assert isinstance(app.screen, RecordScreen)
        assert "at last" in said(app)


async def test_a_log_that_takes_nothing_more_is_said_even_after_the_form_is_left(
    console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert app.session is not None

        def full(*_: object, **__: object) -> None:
            raise NotWritten("The disk is full.", "Free some space.")

        monkeypatch.setattr(app.session.journal, "append", full)
        monkeypatch.setattr(type(app.session.journal), "writable", property(lambda _: False))
        await press(pilot, "n", "h", "i", "f10", "escape", "escape")
        assert "NOT RECORDED" in said(app)
        monkeypatch.undo()


async def test_a_session_open_elsewhere_is_refused_and_the_library_stays(harbour: Exercise, logs: Path) -> None:
    async with Console(exercise=harbour, logs=logs, name="first").run_test(size=(80, 24)) as pilot:
        await start(pilot)
    held = FileJournal.open(logs / "first.jsonl")
    app = Console(logs=logs)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shelf_read(app)
        await press(pilot, "up", "enter")
        await shows(app, "is being written")
        assert "SESSIONS TO RESUME" in said(app)
    held.close()


async def test_a_log_folder_that_is_none_leaves_the_library_usable(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    app = Console(logs=blocked)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shelf_read(app)
        assert "cannot be listed" in said(app)
        await press(pilot, "enter")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "Kim, rok")
        await press(pilot, "f10")
        assert "cannot be created" in said(app) or "cannot be read" in said(app)
        assert "Kim, rok" in said(app)


async def test_the_first_frame_of_the_library_waits_for_no_exercise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from tabletop.scenario import library

    read, go = library.found_on_shelf, threading.Event()

    def slowly() -> Iterator[library.ShelfEntry]:
        go.wait(10)
        yield from read()

    monkeypatch.setattr(library, "found_on_shelf", slowly)
    app = Console(logs=tmp_path)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "looking..." in said(app)
        go.set()
        await shelf_read(app)
        assert "cells, " in said(app)
        assert app.screen.query_one(OptionList).highlighted == 1


async def test_what_an_exercise_trains_for_whom_and_what_to_read_before_is_read_in_full(tmp_path: Path) -> None:
    app = Console(logs=tmp_path)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await shelf_read(app)
        await press(pilot, "i")
        text = text_of(app)
        assert all(name in text for name in ("Trains: ", "In the room: ", "Read before: "))
        await press(pilot, "escape")
        assert app.screen.query("#shelf")


async def test_the_palette_offers_the_acts_and_none_of_textuals_tools(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {"pause (p)", "Theme", "Quit"} <= titles
        assert not titles & {"Maximize", "Screenshot", "Keys"}


async def shelf_read(app: Console) -> None:
    """Wait for the thread that reads the shelf."""
    for _ in range(200):
        if app.screen.query("#shelf") and "looking..." not in said(app):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the shelf was never read")


def test_lines_are_cut_between_words_and_hang_below_their_first() -> None:
    assert cut("release: The strait is closed", 20) == "release: The…"
    assert cut("unbreakable", 6) == "unbre…"
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("항만봉쇄", 4) == ["항만", "봉쇄"]
    assert hang("1  ", "one two three", 10) == "1  one two\n   three"


def test_the_facilitators_page_names_every_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "facilitators.md").read_text(encoding="utf-8")
    table = page.partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0]
    named = {row.split("|")[1].strip().replace("Space", "space") for row in table.splitlines() if row.startswith("| ")}
    assert [act.name for act in ACTS if act.name not in named] == []


async def test_the_option_that_a_digit_chooses_is_scrolled_into_sight(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    options = made["moves"][0]["injects"][0]["decisions"][0]["options"]
    options += [{"id": f"more-{at}", "text": f"Another way, number {at}, " + "at length " * 12} for at in range(4)]
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(60, 15), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "6")
        assert "(o) 6 Another way, number 3" in said(app)


async def test_the_newest_sessions_stand_above_the_exercises_and_earlier_ones_below(
    harbour: Exercise, logs: Path
) -> None:
    logs.mkdir()
    for number, name in enumerate(["oldest", "older", "newer", "newest"]):
        (logs / f"{name}.jsonl").write_bytes(rehearsal_log(harbour, 0, Choices()))
        os.utime(logs / f"{name}.jsonl", (number, number))
    app = Console(logs=logs)
    async with app.run_test(size=(120, 60)) as pilot:
        await shelf_read(app)
        shown = said(app)
        places = [shown.index(word) for word in ("newest", "newer", "older", "EXERCISES", "EARLIER SESSIONS", "oldest")]
        assert places == sorted(places)
        await press(pilot, "up")
        await shows(app, "Enter goes on where it stood")
