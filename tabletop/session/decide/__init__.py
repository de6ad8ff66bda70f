"""The rules of play: what a command makes happen, or why it is refused. Pure functions, by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tabletop.errors import Refused
from tabletop.journal.event import Event
from tabletop.session import commands, events
from tabletop.session.clock import Moment
from tabletop.session.decide import answers, corrections, flow, injects, words
from tabletop.session.decide.common import Situation
from tabletop.session.state import State

Rule = Callable[[Situation, Any], Iterator[events.Payload]]

RULES: dict[type[commands.Command], Rule] = {
    commands.Start: flow.start,
    commands.Close: flow.close,
    commands.Reopen: flow.reopen,
    commands.Join: flow.join,
    commands.Shift: flow.shift,
    commands.Leave: flow.leave,
    commands.Deadline: flow.deadline,
    commands.Pause: flow.pause,
    commands.Resume: flow.resume,
    commands.SetClock: flow.set_clock,
    commands.Move: flow.move,
    commands.Release: injects.release,
    commands.Reveal: injects.reveal,
    commands.Skip: injects.skip,
    commands.Hold: injects.hold,
    commands.Reword: injects.reword,
    commands.Write: injects.write,
    commands.Mark: injects.mark,
    commands.Ask: answers.ask,
    commands.Grant: answers.grant,
    commands.Decide: answers.decide,
    commands.Revise: answers.revise,
    commands.Read: answers.read,
    commands.Note: words.note,
    commands.Fact: words.fact,
    commands.Argue: words.argue,
    commands.Observe: words.observe,
    commands.HotWash: words.hot_wash,
    commands.Act: words.act,
    commands.Message: words.message,
    commands.Request: words.request,
    commands.Answer: words.answer,
    commands.Rule: words.rule,
    commands.Track: words.track,
    commands.Rate: words.rate,
    commands.Agree: words.agree,
    commands.CloseAction: words.close_action,
    commands.Feedback: words.feedback,
    commands.Undo: corrections.undo,
    commands.Withdraw: corrections.withdraw,
}

_BEFORE = (
    commands.Start,
    commands.Join,
    commands.Shift,
    commands.Leave,
    commands.Deadline,
    commands.Note,
    commands.Observe,
    commands.Fact,
    commands.CloseAction,
    commands.Undo,
    commands.Withdraw,
)
_AFTER = (
    commands.Rate,
    commands.Agree,
    commands.CloseAction,
    commands.Observe,
    commands.Feedback,
    commands.Withdraw,
    commands.Reopen,
)
_NAMES = {payload: name for name, payload in events.PAYLOADS.items()}


def decide(
    state: State, command: commands.Command, now: Moment, record: Sequence[Event]
) -> list[tuple[str, dict[str, Any]]]:
    """The events that a command makes, as (type, data); Refused with a sentence where the rules forbid it.

    `record` is looked into for what a withdrawal takes back.
    """
    _in_its_time(state, command)
    payloads = RULES[type(command)](Situation(state, now, record), command)
    return [(_NAMES[type(payload)], payload.as_data()) for payload in payloads]


def _in_its_time(state: State, command: commands.Command) -> None:
    if state.phase == "opened" and not isinstance(command, _BEFORE):
        raise Refused("The exercise has not started.", "Start it first.")
    if state.phase == "closed" and not isinstance(command, _AFTER):
        raise Refused(
            "The session is closed.",
            "Ratings, actions, observations, feedback and withdrawals are still taken; `reopen` goes on.",
        )
