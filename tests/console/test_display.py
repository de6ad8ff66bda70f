"""The players' screen follows the log, and shows only what may be seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabletop.console.display import Display, in_language
from tabletop.console.widgets.painted import Painted
from tabletop.errors import UsageError
from tabletop.journal import FileJournal, Follower
from tabletop.scenario.model import exercise_from_json
from tabletop.session.clock import ExerciseClock, SystemTime
from tabletop.session.evolve import fold
from tabletop.session.session import Session
from tests.console.conftest import SIZES, said, shows

EXERCISE: dict[str, Any] = {
    "format": 1,
    "id": "drill",
    "title": "The drill",
    "marking": "FOR EXERCISE USE ONLY",
    "background": "Nobody has said why. [/] [@click=app.quit]quit[/]",
    "cells": [{"id": "north", "name": "North", "brief": "North's brief."}, {"id": "south", "name": "South"}],
    "moves": [
        {
            "id": "dawn",
            "title": "Dawn",
            "minutes": 30,
            "notes": "SECRET of the move.",
            "injects": [
                {
                    "id": "letter",
                    "title": "항만 봉쇄: a letter",
                    "to": ["north"],
                    "text": "The letter's text. \x1b[31m",
                    "notes": "SECRET of the letter.",
                    "expects": ["SECRET, expected."],
                    "decisions": [
                        {
                            "id": "reply",
                            "question": "How do you reply?",
                            "minutes": 10,
                            "options": [
                                {"id": "yes", "text": "We say yes.", "consequence": "SECRET, not yet read."},
                                {"id": "no", "text": "We say no."},
                            ],
                        }
                    ],
                },
                {"id": "news", "title": "The news", "text": "Everyone reads this."},
            ],
        }
    ],
}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    journal = FileJournal.create(tmp_path / "drill.jsonl")
    return Session.create(exercise_from_json(EXERCISE), journal, ExerciseClock(SystemTime()), name="drill")


def display(session: Session, cell: str | None) -> Display:
    assert isinstance(session.journal, FileJournal)
    follower = Follower(session.journal.path)
    return Display(follower, fold(follower.poll()), cell, session.journal.path)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_released_shows_within_a_moment(session: Session, size: tuple[int, int]) -> None:
    app = display(session, "north")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "North's brief." in said(app)
        session.do({"do": "start"})
        session.do({"do": "move"})
        session.do({"do": "release", "inject": "letter"})
        await shows(app, "항만 봉쇄: a letter")
        for part in ("항만 봉쇄: a letter", "The letter's text.", "1. We say yes.", "10 minutes", "How do you reply?"):
            assert part in said(app)
        assert "left" in said(app)
        assert "SECRET" not in said(app)


async def test_another_cell_does_not_see_it(session: Session) -> None:
    session.do({"do": "start"})
    session.do({"do": "move"})
    session.do({"do": "release", "inject": "letter"})
    session.do({"do": "decide", "decision": "reply", "cells": ["north"], "option": "yes"})
    for cell in ("south", None):
        app = display(session, cell)
        async with app.run_test(size=(100, 30)) as pilot:
            for _ in range(6):
                await pilot.pause()
                assert "SECRET" not in said(app)
                assert "letter" not in said(app)
                assert "say yes" not in said(app)
                await pilot.press("left")


async def test_earlier_cards_are_turned_back_to_and_the_next_release_brings_the_newest(session: Session) -> None:
    session.do({"do": "start"})
    session.do({"do": "move"})
    session.do({"do": "release", "inject": "news"})
    app = display(session, None)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Everyone reads this." in said(app)
        await pilot.press("left")
        assert "Nobody has said why. [/] [@click=app.quit]quit[/]" in said(app)
        session.do({"do": "release", "inject": "letter", "cells": ["north", "south"]})
        await shows(app, "The letter's text.")


async def test_a_display_on_which_nothing_changes_paints_nothing(session: Session) -> None:
    session.do({"do": "start"})
    session.do({"do": "pause"})
    app = display(session, None)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        before = [pane._said for pane in app.screen.query(Painted)]
        assert len(before) == 2
        app._look()
        assert all(old is new for old, new in zip(before, (p._said for p in app.screen.query(Painted)), strict=True))


async def test_a_log_that_is_replaced_is_told_and_what_was_seen_stays(session: Session) -> None:
    session.do({"do": "start"})
    app = display(session, None)
    assert isinstance(session.journal, FileJournal)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        session.journal.path.unlink()
        await shows(app, "There is no log")
        assert "Nobody has said why." in said(app)


async def test_each_display_may_have_a_language_of_its_own(session: Session, tmp_path: Path) -> None:
    texts = {"injects.letter.title": "편지", "decisions.reply.question": "어떻게 답하겠습니까?"}
    exercise = exercise_from_json({**EXERCISE, "translations": {"ko": texts}})
    log = tmp_path / "ko.jsonl"
    played = Session.create(exercise, FileJournal.create(log), ExerciseClock(SystemTime()), name="ko")
    follower = Follower(log)
    app = Display(follower, in_language(fold(follower.poll()), "ko"), "north", log)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        played.do_all([{"do": "start"}, {"do": "move"}, {"do": "release", "inject": "letter"}])
        assert "어떻게 답하겠습니까?" in await shows(app, "편지")
        assert "The letter's text." in said(app)
    with pytest.raises(UsageError, match="not translated into 'ja'"):
        in_language(fold(Follower(log).poll()), "ja")
