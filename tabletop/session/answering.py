"""What events of decisions change in the play: what is asked, who answered, who heard what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tabletop.journal.event import Event
from tabletop.scenario.conditions import Fact
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision
from tabletop.session.altering import altered
from tabletop.session.state import Answer, Asked, Entry, Play, Put, Reading


def decision_asked(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """The countdown starts, or starts again; a question put on the spot becomes known."""
    data = event.data
    id, cells = data["decision"], tuple(data["cells"])
    if "question" in data:
        play = altered(play, put=play.put.insert(id, Put(_put(data), cells)))
    known = play.put[id].decision if id in play.put else play.decision(id, index)
    if known is None:
        return play, ()
    if id in play.put:
        more = tuple(cell for cell in cells if cell not in play.put[id].cells)
        play = altered(play, put=play.put.insert(id, Put(known, (*play.put[id].cells, *more))))
    given, asked = data.get("minutes"), play.asked
    minutes = known.minutes if given is None else int(given)
    for cell in cells:
        asked = asked.insert((id, cell), Asked(event.seq, event.clock, minutes, 0, again=True))
    return altered(play, asked=asked), ()


def _put(data: dict[str, Any]) -> Decision:
    keys = {
        "id": data["decision"],
        "question": data["question"],
        "cells": data["cells"],
        "minutes": data.get("minutes", 0),
        "options": data.get("options", ()),
    }
    return Decision.model_validate(keys, extra="ignore")


def time_granted(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """More minutes for those who owe an answer, or for the move that is on."""
    minutes = event.data["minutes"]
    if "decision" not in event.data:
        if play.move is None or play.move.id != event.data.get("move"):
            return play, ()
        return altered(play, move=altered(play.move, granted=play.move.granted + minutes)), ()
    asked, id = play.asked, event.data["decision"]
    for cell in play.decision_cells(id, index):
        if play.owes((id, cell)):
            ask = asked[id, cell]
            asked = asked.insert((id, cell), altered(ask, granted=ask.granted + minutes))
    return altered(play, asked=asked), ()


def decision_recorded(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """The answer counts from now on; its cells owe it no more."""
    return _answered(play, event, None)


def decision_revised(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """The new answer counts in place of the one it replaces."""
    places = [(event.data["decision"], cell) for cell in event.data["cells"]]
    replaced = next((play.answers[place] for place in places if place in play.answers), None)
    return _answered(play, event, replaced)


def _answered(play: Play, event: Event, replaced: Answer | None) -> tuple[Play, Iterable[Fact]]:
    data = event.data
    id, cells = data["decision"], tuple(data["cells"])
    moved = dict(replaced.moved) if replaced else {}
    for track, (before, after) in data.get("tracks", {}).items():
        moved[track] = moved.get(track, 0) + after - before
    answers, chosen = play.answers, play.chosen
    for cell in cells:
        place = (id, cell)
        answer = Answer(
            seq=event.seq,
            first=replaced.first if replaced else event.seq,
            clock=event.clock,
            decision=id,
            cells=cells,
            option=data.get("option"),
            text=data.get("text"),
            counts_as=data.get("counts_as"),
            outcome=data.get("outcome", "answered"),
            moved=moved,
            previous=answers.get(place),
        )
        if not isinstance(answer.counted, str | None):  # it would break the next condition that reads it
            raise TypeError("an option is a text")
        answers, chosen = answers.insert(place, answer), chosen.insert(place, answer.counted)
    entries = play.entries.insert(event.seq, Entry(event.type, id, cells))
    play = altered(play, answers=answers, chosen=chosen, entries=entries)
    return play, [("chose", id)]


def consequence_read(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """Who heard which consequence."""
    id = event.data["decision"]
    reading = Reading(event.seq, event.data["option"], tuple(event.data["cells"]))
    readings = play.readings.insert(id, (*play.readings.get(id, ()), reading))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, readings=readings, entries=entries), ()
