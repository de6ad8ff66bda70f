"""When the room will be done, and by how much that is late, are one and the same time."""

from __future__ import annotations

from datetime import datetime, timedelta

from tabletop.console.glance import forecast, look, minutes_over
from tabletop.console.words import parse
from tabletop.journal import MemoryJournal
from tabletop.scenario.model import Exercise
from tabletop.session.clock import ExerciseClock, SimulatedTime, stamp
from tabletop.session.session import Session


def test_an_end_that_is_called_a_minute_late_is_shown_a_minute_after_what_was_asked(harbour: Exercise) -> None:
    time = SimulatedTime()
    session = Session.create(harbour, MemoryJournal(), ExerciseClock(time), name="w")
    asked = parse(stamp(time.wall())) + timedelta(minutes=sum(move.minutes for move in harbour.moves))
    session.do({"do": "deadline", "at": stamp(asked)})
    assert (minutes_over(look(session)), forecast(look(session))) == (0, _said(asked, asked))
    time.advance(30)
    assert (minutes_over(look(session)), forecast(look(session))) == (1, _said(asked + timedelta(minutes=1), asked))


def _said(ends: datetime, asked: datetime) -> str:
    return f"ends {ends.astimezone():%H:%M}, asked {asked.astimezone():%H:%M}"
