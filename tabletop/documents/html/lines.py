"""The log's lines as they stand on a page: what each says, without what the room was never given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabletop.documents.words import clock, time_of_day
from tabletop.journal.event import Event
from tabletop.review.speech import fixed

_GIVEN = {"id", "title", "text", "from", "via", "to", "at", "scenario_time", "questions", "kind"}
"""The keys of an inject that players see."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log: its number, a heading, and its JSON; ``left_out`` says what of it is not shown."""

    seq: int
    heading: str
    json: str
    left_out: str = ""


def log_lines(events: Sequence[Event]) -> list[LogLine]:
    """The lines, in order."""
    return [_line(event) for event in events]


def _line(event: Event) -> LogLine:
    data, left_out = _shown(event)
    value = {"seq": event.seq, "at": event.at, "clock": event.clock, "by": event.by, "type": event.type, "data": data}
    heading = fixed(
        "{time} UTC, play {clock}: {kind}",
        time=time_of_day(event.at),
        clock=clock(event.clock),
        kind=event.type.replace("_", " "),
    )
    return LogLine(event.seq, heading, json.dumps(value, ensure_ascii=False), left_out)


def _shown(event: Event) -> tuple[Mapping[str, Any], str]:
    """The line's data; the exercise, and what control or one cell alone was to see, stay in the log."""
    data = event.data
    if event.type == "session_opened":
        return {key: value for key, value in data.items() if key != "exercise"}, fixed("the exercise as it was played")
    if event.type == "inject_reworded" and "private" in data:
        return {key: value for key, value in data.items() if key != "private"}, fixed("what one cell alone was given")
    if event.type == "inject_written" and isinstance(inject := data.get("inject"), dict):
        given = {key: value for key, value in inject.items() if key in _GIVEN}
        return {**data, "inject": given}, fixed("what control alone saw of it") if len(given) < len(inject) else ""
    if event.type == "decision_asked" and isinstance(options := data.get("options"), list):
        texts = [{key: each.get(key) for key in ("id", "text")} for each in options if isinstance(each, dict)]
        return {**data, "options": texts}, fixed("what would follow from each option") if texts != options else ""
    return data, ""
