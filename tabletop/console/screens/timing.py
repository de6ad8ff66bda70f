"""The forms about time: the clock corrected, the end asked for, a question put or put again."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tabletop.console import words
from tabletop.console.glance import Glance, cell_choices, forecast
from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.console.screens.shifting import ShiftingForm
from tabletop.console.screens.writing import new_id
from tabletop.errors import Refused
from tabletop.session.clock import stamp

_LONGEST = timedelta(hours=18)
"""A time of day further off than this is one that has passed, not one of tomorrow."""
_BY = re.compile(r"([+-])\s*(\d{1,4})", re.ASCII)
_AT = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)


def reading(text: str, clock: float) -> float:
    """A clock reading for ``+5`` or ``-5`` (minutes) or ``1:05`` (room time); Refused where it is neither."""
    if by := _BY.fullmatch(text):
        return max(0.0, round(clock + int(f"{by[1]}{by[2]}") * 60, 3))
    if at := _AT.fullmatch(text):
        return float(int(at[1]) * 3600 + int(at[2]) * 60 + int(at[3] or 0))
    raise Refused("No room time is given.", "Write 1:05, or +5 or -5 for minutes more or less.")


def clock_form(glance: Glance) -> FormScreen:
    """The exercise clock, corrected."""
    session = glance.session

    def submit(values: Values) -> None:
        to = reading(values["to"], session.clock.elapsed)
        session.do(given(do="clock", to=to, reason=values["reason"]))

    fields = [
        Field("to", "Set it to (1:05 or 1:05:30 room time; +5 or -5: minutes more or less)"),
        Field("reason", "Why"),
    ]
    about = f"It shows {words.hours(glance.now.clock)}. The move's own minutes and the countdowns stay as they are."
    return FormScreen("Correct the clock", fields, submit, about=about, record="set")


def finish_form(glance: Glance) -> FormScreen:
    """When the room has to end: for the first time, or another time than was asked before."""
    session = glance.session

    def submit(values: Values) -> None:
        session.do({"do": "deadline", "at": stamp(_finish(values["at"], words.parse(session.clock.now().at)))})

    about = f"At this pace it {forecast(glance)}. Where that is late, 'finish on time' proposes what to leave out."
    return FormScreen("Finish by", [Field("at", "Time of day (16:30)")], submit, about=about)


def _finish(text: str, now: datetime) -> datetime:
    finish = words.finish_by(text, now)
    if finish is None:
        raise Refused(f"'{text}' is no time of day." if text else "No time is given.", "Write it as 16:30.")
    if finish - now > _LONGEST:
        raise Refused(f"{text} is past for today.", "Write a time still to come.")
    return finish


def ask_form(glance: Glance) -> FormScreen:
    """Ask cells again what they were asked, or put a question of one's own to them."""
    session, state = glance.session, glance.state
    asked = _asked(glance)

    def submit(values: Values) -> None:
        if values["minutes"] and not (values["minutes"].isascii() and values["minutes"].isdigit()):
            raise Refused(f"'{values['minutes']}' is no number of minutes.", "Write 10, or nothing for no limit.")
        minutes = int(values["minutes"]) if values["minutes"] else None
        common = given(do="ask", cells=values["cells"].split(), minutes=minutes)
        if values["what"]:
            session.do({**common, "decision": values["what"]})
            return
        if not values["question"]:
            raise Refused("No question is written.", "Write it, or choose one above to ask again.")
        id = new_id(values["question"], state.decision_ids())
        session.do({**common, "decision": id, **given(question=values["question"], options=_options(values))})

    choices = [("", "a new question"), *((id, _label(id, glance)) for id in asked)]
    fields = [
        Field("what", "What", "pick", choices, asked[0] if asked else ""),
        Field("question", "Question", "text"),
        Field("options", "Options, one a line (none: an answer in own words)", "text"),
        Field("cells", "Of whom (Space ticks; none: all whom it is for)", "picks", cell_choices(glance)),
        Field("minutes", "Minutes to answer (empty: as planned)"),
    ]
    only = {"question": ("what", [""]), "options": ("what", [""])}
    about = "An answer given before counts until the new one, which is recorded as any other."
    return ShiftingForm("Ask", fields, submit, only=only, about=about, record="ask")


def _asked(glance: Glance) -> list[str]:
    """The decisions that were asked or answered, the newest first."""
    play = glance.state.play
    seqs: dict[str, int] = {}
    for (id, _), asked in play.asked.items():
        seqs[id] = max(seqs.get(id, 0), asked.seq)
    for (id, _), answer in play.answers.items():
        seqs[id] = max(seqs.get(id, 0), answer.seq)
    return sorted(seqs, key=lambda id: -seqs[id])


def _label(id: str, glance: Glance) -> str:
    decision = glance.state.decision(id)
    who = words.joint_names(glance.state.decision_cells(id), glance.state.index)
    return f"again: {who}: {one_line(decision.question) if decision else id}"


def _options(values: Values) -> list[dict[str, str]]:
    options: list[dict[str, str]] = []
    for text in filter(None, map(str.strip, values["options"].splitlines())):
        options.append({"id": new_id(text, [each["id"] for each in options]), "text": text})
    return options
