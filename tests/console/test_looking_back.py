"""Looking back without leaving play: the record sifted, what a cell was told, what the last move brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.console.app import Console
from tabletop.console.prose import prose
from tabletop.console.screens.record import RecordScreen
from tabletop.console.screens.run import RunScreen
from tabletop.console.widgets.listing import Listing
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tests.console.conftest import SIZES, recorded, said, shows, types
from tests.console.test_acts import in_play
from tests.console.test_play import press, type_text

Make = Callable[..., Console]


def lines(app: Console) -> int:
    """How many lines of the record are shown."""
    return app.screen.query_one(Listing).virtual_size.height


@pytest.mark.parametrize("size", SIZES)
async def test_the_record_is_searched_as_it_is_typed_and_shown_whole_again(
    console: Make, size: tuple[int, int]
) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "n")
        await type_text(pilot, "about the pilots")
        await press(pilot, "f10", "l")
        whole = lines(app)
        await press(pilot, "slash")
        await type_text(pilot, "pilots")
        assert lines(app) == 1
        assert f'1 of {whole}, "pilots"' in said(app)
        await press(pilot, "enter", "escape")
        assert lines(app) == whole
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_record_is_filtered_by_kind_and_cell(console: Make, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "d", "2", "f10", "d", "2", "f10", "l", "f", "d", "f10")
        await shows(app, "2 of 6, decisions")
        await press(pilot, "f", "tab", "right", "f10")
        await shows(app, "1 of 6, decisions, Seoul")
        await press(pilot, "x")
        assert lines(app) == 6


async def test_a_search_that_finds_nothing_says_what_to_do(console: Make) -> None:
    app = console()
    async with in_play(app, (80, 24)) as pilot:
        await press(pilot, "l", "slash")
        await type_text(pilot, "zebra")
        assert "Nothing answers to this. x shows all." in said(app)
        await press(pilot, "enter", "enter", "i", "x")
        assert isinstance(app.screen, RecordScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_decision_leads_to_its_inject(console: Make, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "d", "2", "f10", "l", "f", "d", "f10", "i")
        await shows(app, "No tanker has passed since four")
        await press(pilot, "escape")
        await shows(app, '"The strait is closed" released to everyone')
        row = app.screen.query_one(Listing).row
        assert row is not None
        assert row.seq == 3


async def test_the_decision_form_shows_the_inject_that_asks(console: Make) -> None:
    app = console()
    async with in_play(app, (80, 24)) as pilot:
        await press(pilot, "d", "2", "f5")
        assert "No tanker has passed since four" in said(app)
        await press(pilot, "escape")
        assert "(o) 2" in said(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_each_cell_has_been_told_has_a_page_of_its_own(console: Make, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "space", "escape", "c", "tab", "right", "space", "tab")
        await type_text(pilot, "call us")
        await press(pilot, "f10", "K")
        await shows(app, "What 東京 has been told (2 of 2 cells")
        assert "PRIVATE" in said(app)
        assert "call us" in said(app)
        assert "A newspaper prints the plan." in said(app)
        await press(pilot, "right")
        await shows(app, "What Seoul has been told")
        assert "call us" not in said(app)
        assert "A newspaper prints the plan." not in said(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_last_move_is_offered_on_one_page_as_the_next_one_opens(console: Make, size: tuple[int, int]) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "d", "1", "f10", "space", "m", "enter")
        await shows(app, "L the last move")
        await press(pilot, "L")
        await shows(app, "CONTROL ONLY")
        for words in ("40 min planned", "Send an escort", "Trust: 6 to 4", "Owed now"):
            assert words in said(app), words
        await press(pilot, "end")
        await shows(app, "Leaked paper (not released)")
        await press(pilot, "escape", "space")
        await shows(app, "Move 2 of 2")
        await press(pilot, "L")
        await shows(app, "Send an escort")


async def test_before_the_second_move_there_is_no_last_one_to_look_back_on(console: Make) -> None:
    app = console()
    async with in_play(app, (80, 24)) as pilot:
        await press(pilot, "B")
        assert "the last move" not in said(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_answer_points_at_what_would_not_have_been(
    console: Make, logs: Path, size: tuple[int, int]
) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "d", "1", "f10", "space", "space", "escape", "down", "space", "space")
        assert [each["data"].get("inject") for each in recorded(logs / "first.jsonl")].count("protest") == 1
        await press(pilot, "escape", "d", "f2", "2", "f10")
        await shows(app, "stay so: A protest note")
    assert "decision_revised" in types(logs / "first.jsonl")


async def test_what_was_put_on_the_spot_is_named_by_its_words(console: Make) -> None:
    app = console()
    async with in_play(app, (120, 40)) as pilot:
        await press(pilot, "w")
        await type_text(pilot, "Fire at sea")
        await press(pilot, "f10")
        await shows(app, '"Fire at sea" released to everyone')
        await press(pilot, "u")
        await shows(app, 'Inject written on the spot: "Fire at sea"')


async def test_a_report_that_fails_is_a_sentence_and_the_session_stands(
    console: Make, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tabletop.console.screens import report

    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(report, "write_report", broken)
    app = console()
    async with in_play(app, (80, 24)) as pilot:
        await press(pilot, "E", "space", "4")
        screen = said(app)
        assert "NOT WRITTEN: the report could not be made (ZeroDivisionError)." in screen
        assert "tabletop report" in screen
        await press(pilot, "escape", "q")
    assert types(logs / "first.jsonl")[-1] == "session_closed"


def test_what_follows_a_list_stands_at_the_margin() -> None:
    assert prose("- one\n\ntwo").plain == "- one\n\ntwo"
    assert prose("- one\n  - two\n- three").plain == "- one\n  - two\n- three"


@pytest.mark.parametrize("size", SIZES)
async def test_the_curtain_stands_at_the_start_and_says_so(console: Make, size: tuple[int, int]) -> None:
    app = console()
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "f10")
        await shows(app, "ON THE WALL")
        await press(pilot, "space", "space")
        await shows(app, "stay ON THE WALL as play begins")
        await press(pilot, "b")
        await shows(app, "ON THE WALL, in play too")
        await press(pilot, "space")
        await shows(app, "private again")
        assert "Leaked paper" not in said(app)
        await press(pilot, "b")
        await shows(app, "PRIVATE")
        assert "Leaked paper" in said(app)


async def test_play_begins_private_where_the_curtain_was_not_kept(console: Make) -> None:
    app = console()
    async with in_play(app, (120, 40)):
        assert "PRIVATE" in said(app)
        assert "MASKED" not in said(app)


def with_cards(harbour: Exercise) -> Exercise:
    """The exercise with a card for one cell in the first move's briefing."""
    made = exercise_as_json(harbour)
    made["moves"][0]["private"] = {"rok": "Your minister is abroad."}
    return exercise_from_json(made)


async def test_a_card_in_the_first_briefing_is_masked_until_asked_for(harbour: Exercise, console: Make) -> None:
    app = console(exercise=with_cards(harbour))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "f10", "space", "space")
        await shows(app, "MASKED: only for Seoul")
        assert "Your minister" not in said(app)
        await press(pilot, "z")
        await shows(app, "Your minister is abroad.")


@pytest.mark.parametrize("size", SIZES)
async def test_once_the_curtain_was_drawn_a_card_for_one_cell_is_masked_until_asked_for(
    console: Make, size: tuple[int, int]
) -> None:
    app = console()
    async with in_play(app, size) as pilot:
        await press(pilot, "b", "b", "down", "pagedown")
        await shows(app, "MASKED: only for 東京")
        assert "A newspaper prints the plan." not in said(app)
        await press(pilot, "z")
        await shows(app, "A newspaper prints the plan.")
        await press(pilot, "b", "b")
        await shows(app, "MASKED: only for 東京")
        await press(pilot, "enter")
        assert "A newspaper prints the plan." not in said(app)
        await press(pilot, "z")
        await shows(app, "A newspaper prints the plan.")


async def test_a_consequence_for_one_cell_is_masked_too(console: Make, logs: Path) -> None:
    app = console()
    async with in_play(app, (120, 40)) as pilot:
        await press(pilot, "b", "b", "d", "1", "f10")
        await shows(app, "MASKED: only for 東京")
        assert "The escort sails" not in said(app)
        await press(pilot, "z")
        await shows(app, "The escort sails within the hour")
        await press(pilot, "space")
    assert types(logs / "first.jsonl")[-2:] == ["consequence_read", "clock_paused"]


async def test_nothing_is_masked_for_whoever_never_drew_the_curtain(console: Make) -> None:
    app = console()
    async with in_play(app, (120, 40)) as pilot:
        await press(pilot, "down", "z")
        await shows(app, "Nothing is masked here")
