"""The schedule and the key bar: when something went out, what waits for what, what Space takes."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.console.app import Console
from tabletop.console.screens.run import RunScreen
from tabletop.console.waiting import waits_for
from tabletop.console.widgets.schedule import Schedule
from tabletop.journal import MemoryJournal
from tabletop.scenario.model import Condition, Exercise, exercise_as_json, exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session
from tests.console.conftest import asked, said, shows
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]


def rows(app: Console) -> list[str]:
    """The schedule's rows, each in one line."""
    schedule = app.screen.query_one(Schedule)
    prompts = (schedule.get_option_at_index(at).prompt for at in range(schedule.option_count))
    return [" ".join(str(prompt).split()) for prompt in prompts]


def test_a_condition_reads_without_the_file_beside_it(harbour: Exercise) -> None:
    state = Session.create(harbour, MemoryJournal(), ExerciseClock(SimulatedTime()), name="w").state
    when = Condition.model_validate(
        {
            "track": {"trust": "<= 3"},
            "chose": {"answer/jpn": ["escort", "wait"]},
            "not": {"any": [{"released": ["leak"]}, {"chose": {"answer": ["wait"]}, "track": {"fuel": ">= 2, <= 4"}}]},
        }
    )
    assert waits_for(when, state) == (
        "東京: Send an escort or Wait for the other capital, Trust 3 or less, unless after Leaked paper or "
        "(a cell: Wait for the other capital and Fuel 2 or more and 4 or less)"
    )


async def test_a_row_says_when_it_went_out_and_what_was_planned_where_that_is_another_minute(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        assert app.session is not None
        app.session.do({"do": "clock", "to": app.session.clock.elapsed})
        await press(pilot, "space")
        assert "done 0:00" in said(app)
        assert "planned for" not in said(app)
        assert app.session.state.play.move is not None
        app.session.clock.set(app.session.clock.elapsed + 780)  # thirteen minutes of play
        await press(pilot, "space", "end", "space", "space")
        assert rows(app)[1] == "done 0:13 Leaked paper planned for 0:00"
        assert rows(app)[3] == "done 0:13 Calm seas"


async def test_a_branch_not_taken_is_called_so_and_what_was_left_is_lost(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "2", "f10", "d", "2", "f10", "m", "enter", "space")
        assert "not taken A protest note" in said(app)
        assert "lost Leaked paper" in said(app)


async def test_the_cursor_stands_on_what_space_releases_as_a_move_begins(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "end", "up", "m", "enter", "space")
        assert "space release: The strait opens" in said(app)
        assert "The first tanker passes." in said(app)


async def test_what_is_owed_comes_before_the_next_move(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "A")
        await press(pilot, "home")
        assert "space nothing is due; d records what is owed; then m opens The evening" in said(app)


async def test_ending_play_names_what_is_due_and_counts_what_is_owed(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "E")
        assert "Due and not released: Leaked paper. Answers still owed: 2." in asked(app)


async def test_a_cells_second_question_waits_for_its_turn(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    made["moves"][0]["injects"][0]["decisions"].append({"id": "press", "question": "What do you say?", "minutes": 8})
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space")
        assert said(app).count("then 8 min") == 2
        await press(pilot, "d", "2", "f10")
        assert said(app).count("then 8 min") == 1
        assert "7:5" in said(app)


async def test_behind_the_text_the_rows_keep_the_room_that_they_come_back_to(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "w")
        await type_text(pilot, "The harbour master asks about a ferry")
        await press(pilot, "f10", "escape")
        await shows(app, "The harbour master asks about a ferry")
        await pilot.pause()
        before = rows(app)
        assert any("The harbour master asks about a ferry" in row for row in before)
        await press(pilot, "tab")
        assert not app.screen.query_one(Schedule).content_size
        play = app.screen
        assert isinstance(play, RunScreen)
        play.refresh_all()
        assert rows(app) == before
