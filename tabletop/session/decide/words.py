"""Rules on what is said, seen and done besides injects and decisions, on rulings and on what comes after."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tabletop.errors import Refused
from tabletop.session import commands, events
from tabletop.session.decide.common import (
    Situation,
    happened,
    known,
    known_cell,
    known_cells,
    known_inject,
    numbered_id,
)
from tabletop.session.decide.tracks import by_hand
from tabletop.session.text import clean_all


def _checked(situation: Situation, command: commands.Command) -> dict[str, Any]:
    """A command's fields for its event, once the cell, inject, objective and time in them are known."""
    given = command.model_dump(exclude={"do"}, by_alias=True)
    known_cell(situation, given.get("cell"))
    if given.get("inject") is not None:
        known_inject(situation, given["inject"])
    if given.get("objective") is not None:
        known("objective", given["objective"], situation.state.index.objectives)
    happened(situation, given.get("happened"))
    return given


def note(situation: Situation, command: commands.Note) -> Iterator[events.Payload]:
    """Anything said may be noted."""
    yield events.DiscussionNoted(**_checked(situation, command))


def fact(situation: Situation, command: commands.Fact) -> Iterator[events.Payload]:
    """Anything taken as established, or assumed."""
    yield events.FactRecorded(**_checked(situation, command))


def observe(situation: Situation, command: commands.Observe) -> Iterator[events.Payload]:
    """Anything seen."""
    yield events.ObservationRecorded(**_checked(situation, command))


def hot_wash(situation: Situation, command: commands.HotWash) -> Iterator[events.Payload]:
    """Anything said in the closing discussion."""
    yield events.HotWashNoted(**_checked(situation, command))


def argue(situation: Situation, command: commands.Argue) -> Iterator[events.Payload]:
    """A proposal with its reasons, under a number of its own."""
    given = _checked(situation, command)
    given["id"] = numbered_id(situation, "p", "arguments", command.id, situation.play.arguments)
    yield events.ArgumentMade(**given)


def act(situation: Situation, command: commands.Act) -> Iterator[events.Payload]:
    """What a cell does unasked may move tracks."""
    given = _checked(situation, command)
    given["towards"] = known_cells(situation, command.towards) if command.towards else ()
    given["tracks"] = by_hand(situation, command.tracks)
    yield events.ActRecorded(**given)


def message(situation: Situation, command: commands.Message) -> Iterator[events.Payload]:
    """A note goes from one cell to others."""
    given = _checked(situation, command)
    known_cell(situation, command.from_)
    given["to"] = known_cells(situation, command.to)
    yield events.MessageSent(**given)


def request(situation: Situation, command: commands.Request) -> Iterator[events.Payload]:
    """A cell asks control for information, under a number of its own."""
    given = _checked(situation, command)
    given["id"] = numbered_id(situation, "r", "requests", command.id, situation.play.requests)
    yield events.RequestRaised(**given)


def answer(situation: Situation, command: commands.Answer) -> Iterator[events.Payload]:
    """A request is answered once."""
    known("request", command.id, situation.play.requests)
    asked = situation.play.requests[command.id]
    if asked.answered is not None:
        raise Refused(
            f"The request '{command.id}' is answered already (#{asked.answer_seq}).",
            "Withdraw that answer first.",
        )
    yield events.RequestAnswered(id=command.id, text=command.text)


def feedback(situation: Situation, command: commands.Feedback) -> Iterator[events.Payload]:
    """A feedback form with any fields, at least one."""
    given = {clean_all(key): clean_all(value) for key, value in (command.model_extra or {}).items()}
    if not any(value not in (None, "", [], {}) for value in given.values()):
        raise Refused("The feedback is empty.")
    yield events.FeedbackGiven(**given)


# --- rulings -----------------------------------------------------------------------------------------


def rule(situation: Situation, command: commands.Rule) -> Iterator[events.Payload]:
    """Control rules by judgement, by a vote of the room, or by a roll."""
    method = command.method or ("vote" if command.vote else "roll" if command.roll else "judgement")
    for name, value in (("vote", command.vote), ("roll", command.roll)):
        if (value is not None) != (method == name):
            raise Refused(f"A ruling by {name} has a `{name}`, and no other has.", f"Give `method` and `{name}`.")
    vote = events.Vote(**command.vote.model_dump(by_alias=True)) if command.vote else None
    yield events.RulingMade(
        text=command.text,
        about=command.about,
        method=method,
        vote=vote,
        roll=_rolled(situation, command.roll) if command.roll else None,
        tracks=by_hand(situation, command.tracks),
    )


def _rolled(situation: Situation, roll: commands.Roll) -> events.Roll:
    seed = situation.state.last_seq + 1 if roll.seed is None else roll.seed
    result = random.Random(seed).randint(1, 100) if roll.result is None else roll.result
    return events.Roll(odds=roll.odds, seed=seed, result=result)


def track(situation: Situation, command: commands.Track) -> Iterator[events.Payload]:
    """A track may be set by hand, within its bounds."""
    yield events.TrackSet(tracks=by_hand(situation, command.tracks), reason=command.reason)


# --- afterwards --------------------------------------------------------------------------------------


def rate(situation: Situation, command: commands.Rate) -> Iterator[events.Payload]:
    """An objective is rated; the newest rating counts."""
    yield events.ObjectiveRated(**_checked(situation, command))


def agree(situation: Situation, command: commands.Agree) -> Iterator[events.Payload]:
    """A corrective action is agreed, under a number of its own."""
    given = _checked(situation, command)
    given["id"] = numbered_id(situation, "a", "actions", command.id, situation.play.actions)
    yield events.ActionAgreed(**given)


def close_action(situation: Situation, command: commands.CloseAction) -> Iterator[events.Payload]:
    """An action is done once; one of another session is taken on trust."""
    if not command.log:
        known("action", command.id, situation.play.actions)
        if situation.play.actions[command.id].closed:
            raise Refused(f"The action '{command.id}' is closed already.")
    yield events.ActionClosed(log=command.log, id=command.id, text=command.text)
