"""Makes docs/console.svg: the console in the second move of a session, as it really looks.

    python docs/picture.py

The session is played on a simulated clock, so that the picture is the same each time.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from tabletop.console.app import Console
from tabletop.console.screens.run import RunScreen
from tabletop.console.widgets.schedule import Schedule
from tabletop.journal import MemoryJournal
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.clock import ExerciseClock, SimulatedTime, stamp
from tabletop.session.schedule import due, owed
from tabletop.session.session import Session

BEGINS = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
FINISH = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
CHOICES = (1, 2, 0, 1, 1, 0, 2, 1)
"""Which option is chosen, decision by decision, over and over."""


def play() -> Session:
    """A session that has come to the twenty-seventh minute of its second move."""
    passing = SimulatedTime(BEGINS)
    exercise = load_exercise(find_exercise("gsomia-ninety-days"))
    session = Session.create(exercise, MemoryJournal("autumn-trial"), ExerciseClock(passing), name="autumn-trial")
    session.do({"do": "deadline", "at": stamp(FINISH)})
    session.do({"do": "join", "name": "Kim Minji", "cell": "rok", "lead": True})
    session.do({"do": "start"})
    for move, minutes in ((exercise.moves[0], 68), (exercise.moves[1], 22)):
        session.do({"do": "move", "move": move.id})
        for minute in range(minutes):
            _minute(session, answers=move is exercise.moves[0] or minute < 15)
            passing.advance(60)
    each = owed(session.state, session.clock.elapsed)[0]
    option = each.decision.options[0].id
    session.do({"do": "decide", "decision": each.decision.id, "cells": list(each.cells), "option": option})
    passing.advance(5 * 60 + 20)
    return session


def _minute(session: Session, *, answers: bool) -> None:
    """Release what is due; record what has been owed for four minutes."""
    now = session.clock.elapsed
    for slot in due(session.state, now):
        session.do({"do": "release", "inject": slot.inject.id})
    for each in owed(session.state, now) if answers else ():
        if now - each.asked < 240:
            continue
        given: dict[str, object] = {"text": "Agreed in the room."}
        if options := each.decision.options:
            given = {"option": options[CHOICES[session.state.last_seq % len(CHOICES)] % len(options)].id}
        session.do({"do": "decide", "decision": each.decision.id, "cells": list(each.cells), **given})


async def picture(session: Session) -> str:
    """The console on the session, 120 by 40, as SVG."""
    app = Console(session=session)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, RunScreen)
        screen.query_one(Schedule).choose(screen.glance.due[0].inject.id)
        await pilot.pause()
        await pilot.pause()
        return app.export_screenshot(title="tabletop resume autumn-trial")


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    svg = asyncio.run(picture(play()))
    Path(__file__).with_name("console.svg").write_text(svg, encoding="utf-8")
