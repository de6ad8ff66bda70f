"""A shipped exercise of three hours, played to its end with the keys alone, on a simulated clock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.console.app import Console
from tabletop.console.screens.run import RunScreen
from tabletop.journal import FileJournal, verify
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session
from tests.console.conftest import SIZES, recorded, said, text_of, types
from tests.console.test_play import press


def screen_of(app: Console) -> RunScreen:
    """The screen of play, which must be the one shown."""
    assert isinstance(app.screen, RunScreen), said(app)
    return app.screen


async def answer_all(app: Console, pilot: Pilot[Any]) -> None:
    """Record the first option for what is owed, by the keys once; what else is owed needs no screen."""
    if not screen_of(app).glance.owed:
        return
    options = screen_of(app).glance.owed[0].decision.options
    await pilot.press("d", *(["1"] if options else ["o", "k"]), "f10")
    if screen_of(app).consequence is not None:
        assert "Read out now" in said(app)
        await pilot.press("space")
    session = screen_of(app).session
    for each in screen_of(app).glance.owed:
        answer = {"option": each.decision.options[0].id} if each.decision.options else {"text": "ok"}
        session.do({"do": "decide", "decision": each.decision.id, "cells": list(each.cells), **answer})
    screen_of(app).refresh_all()


@pytest.mark.parametrize("size", SIZES)
async def test_a_shipped_exercise_is_played_to_its_report(tmp_path: Path, size: tuple[int, int]) -> None:
    exercise = load_exercise(find_exercise("gsomia-ninety-days"))
    passing = SimulatedTime()
    log = tmp_path / "whole.jsonl"
    session = Session.create(exercise, FileJournal.create(log), ExerciseClock(passing), name="whole")
    app = Console(session=session, logs=tmp_path)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "space", "space", "space")
        for at, move in enumerate(exercise.moves, 1):
            assert f"Move {at} of {len(exercise.moves)}" in said(app)
            for _ in range(2):
                passing.advance(move.minutes * 30)
                screen_of(app).refresh_all()
                while screen_of(app).glance.due:
                    assert "DUE" in said(app)
                    await press(pilot, "A" if len(screen_of(app).glance.due) > 1 else "space")
                await answer_all(app, pilot)
            if at < len(exercise.moves):
                await press(pilot, "m", "enter", "space")
        await press(pilot, "E", "space", "1", "w", "f10", "escape", "2", "p", "s", "m", "u", "escape", "3", "space")
        await press(pilot, "a", "f10", "escape", "4")
        assert "The report is written" in said(app)
    written = types(log)
    assert written.count("move_started") == len(exercise.moves)
    assert written.count("decision_recorded") > 20
    assert written.count("objective_rated") == 4
    assert written[-1] == "action_agreed"
    assert verify(log).ok
    assert "## 1. Executive summary" in (tmp_path / "whole.md").read_text(encoding="utf-8")


async def test_the_reading_of_a_briefing_is_told_as_such_and_makes_nothing_late(tmp_path: Path) -> None:
    exercise = load_exercise(find_exercise("gsomia-ninety-days"))
    passing = SimulatedTime()
    log = tmp_path / "read.jsonl"
    session = Session.create(exercise, FileJournal.create(log), ExerciseClock(passing), name="read")
    app = Console(session=session, logs=tmp_path)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "space", "space", "space")
        passing.advance(exercise.moves[0].minutes * 60)
        await press(pilot, "m", "enter")
        passing.advance(250)
        await press(pilot, "space")
        assert "its briefing took 0:04:10 to read" in said(app)
        assert "on time" in said(app)
    assert [event["data"].get("reading") for event in recorded(log) if event["type"] == "move_started"] == [None, 250]


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 60)])
async def test_no_key_is_cut_and_the_key_to_all_others_is_always_there(tmp_path: Path, size: tuple[int, int]) -> None:
    exercise = load_exercise(find_exercise("gsomia-ninety-days"))
    session = Session.create(
        exercise, FileJournal.create(tmp_path / "bar.jsonl"), ExerciseClock(SimulatedTime()), name="bar"
    )
    for command in ({"do": "start"}, {"do": "move"}):
        session.do(command)
    app = Console(session=session, logs=tmp_path)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "space")
        bar = text_of(app).splitlines()[-2:]
        assert bar[-1].rstrip().endswith("F1 all keys")
        assert all(line.startswith(" ") and line.endswith(" ") for line in bar)
        assert not any(word.endswith("…") and word[:-1] not in exercise_words(exercise) for word in bar[0].split())
    assert recorded(tmp_path / "bar.jsonl")[3]["type"] == "inject_released"


def exercise_words(exercise: Any) -> set[str]:
    """Every word of the injects' titles."""
    return {word for move in exercise.moves for inject in move.injects for word in inject.title.split()}
