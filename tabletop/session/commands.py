"""The acts of a session: one model a command, told apart by ``do``.

Fields are those of the events that the commands make (``session/events.py``); what the tool works out
(``seconds``, ``early``, the tracks' values) is not asked for. Clock readings are seconds of play.

``tracks`` (in rule, track, act and revise) says for each track what it becomes: a whole number or
``"=4"`` is the new value, ``"+1"`` and ``"-2"`` are changes, ``[6, 4]`` is the value now and the new one,
as events write it. Changes are kept within the track's bounds; a new value out of them is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError

from tabletop.errors import Refused
from tabletop.scenario.model import Option
from tabletop.session.events import Grade, Kind, Outcome
from tabletop.session.faults import did_you_mean, in_words
from tabletop.session.fields import (
    Changes,
    Choice,
    Ids,
    Minutes,
    Reading,
    Text,
    Texts,
    Truth,
    Whole,
    Words,
    cleaned,
    listed,
    number_as_text,
    unsound,
)
from tabletop.session.text import clean_all


class Command(BaseModel):
    """What all commands share."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


# --- the session and its clock -----------------------------------------------------------------------


class Start(Command):
    """Begin play: the exercise clock runs."""

    do: Literal["start"] = "start"


class Join(Command):
    """Somebody takes part; without `id` one is made from the name."""

    do: Literal["join"] = "join"
    id: Text | None = None
    name: Text
    role: Words = ""
    cell: Text | None = None
    lead: Truth | None = None
    kind: Kind = "player"


class Shift(Command):
    """Somebody changes cell, role or lead."""

    do: Literal["shift"] = "shift"
    id: Text
    cell: Text | None = None
    role: Text | None = None
    lead: Truth | None = None


class Leave(Command):
    """Somebody leaves."""

    do: Literal["leave"] = "leave"
    id: Text


class Deadline(Command):
    """The wall time to finish by, RFC 3339."""

    do: Literal["deadline"] = "deadline"
    at: Text


class Pause(Command):
    """Stop the clock."""

    do: Literal["pause"] = "pause"


class Resume(Command):
    """Let the clock run on."""

    do: Literal["resume"] = "resume"


class SetClock(Command):
    """Correct the clock, to so many seconds of play."""

    do: Literal["clock"] = "clock"
    to: Reading
    reason: Words = ""


class Close(Command):
    """End the session; the clock stands."""

    do: Literal["close"] = "close"


class Reopen(Command):
    """Go on after all; the clock stands until it is resumed."""

    do: Literal["reopen"] = "reopen"
    reason: Words = ""


# --- moves and injects -------------------------------------------------------------------------------


class Move(Command):
    """Enter a move; without an id the next whose `when` holds.

    `reading`: for how many seconds of play its briefing has been read out.
    """

    do: Literal["move"] = "move"
    move: Text | None = None
    reading: float = Field(default=0.0, ge=0, allow_inf_nan=False)


class Release(Command):
    """Give an inject out; without `cells` to all it goes to."""

    do: Literal["release"] = "release"
    inject: Text
    cells: Ids | None = None


class Reveal(Command):
    """Give a released inject to more cells."""

    do: Literal["reveal"] = "reveal"
    inject: Text
    cells: Ids


class Skip(Command):
    """Leave an inject out."""

    do: Literal["skip"] = "skip"
    inject: Text
    reason: Words = ""


class Hold(Command):
    """Keep an inject back until it is released or skipped."""

    do: Literal["hold"] = "hold"
    inject: Text
    reason: Words = ""


class Reword(Command):
    """Change an inject's wording before its release."""

    do: Literal["reword"] = "reword"
    inject: Text
    title: Text | None = None
    text: Text | None = None
    private: dict[Text, Text] = {}


class Write(Command):
    """Write an inject on the spot, in the format's keys; `at` is now unless given."""

    do: Literal["write"] = "write"
    inject: Annotated[dict[str, Any], BeforeValidator(clean_all)]


class Mark(Command):
    """Say whether players did what was expected; `number` counts from 1."""

    do: Literal["mark"] = "mark"
    inject: Text
    number: Annotated[int, Strict()]
    cell: Text | None = None
    met: Choice


# --- decisions ---------------------------------------------------------------------------------------


class Ask(Command):
    """Start a decision's countdown, ask it again, or put a new one (with `question`) on the spot."""

    do: Literal["ask"] = "ask"
    decision: Text
    cells: Ids | None = None
    minutes: Minutes | None = None
    question: Text | None = None
    options: Annotated[tuple[Option, ...], BeforeValidator(clean_all), BeforeValidator(listed)] = ()


class Grant(Command):
    """Give more minutes, for a decision or for a move; without either for the move that is on."""

    do: Literal["grant"] = "grant"
    decision: Text | None = None
    move: Text | None = None
    minutes: Annotated[int, Strict(), Field(ge=1, le=100_000)]


class Dissent(Command):
    """Who disagreed, and with what view."""

    who: Words = ""
    view: Text


class _Answer(Command):
    cells: Ids | None = None
    option: Text | None = None
    text: Text | None = None
    counts_as: Text | None = None
    outcome: Outcome = "answered"
    rationale: Words = ""
    decided_by: Words = ""
    confidence: Annotated[str, BeforeValidator(cleaned), BeforeValidator(number_as_text)] = ""
    dissents: Annotated[tuple[Dissent, ...], BeforeValidator(listed)] = ()
    assumptions: Texts = ()
    would_change: Words = ""
    happened: Reading | None = None


class Decide(_Answer):
    """Record an answer: an option, own words, or that none came (`outcome`)."""

    do: Literal["decide"] = "decide"
    decision: Text


class Revise(_Answer):
    """Put a whole new answer in place of one; found by decision and cells unless `replaces` is given."""

    do: Literal["revise"] = "revise"
    replaces: Annotated[int, Strict()] | None = None
    decision: Text | None = None
    tracks: Changes = {}


class Read(Command):
    """Say that a consequence was read out; by default of what was chosen, to those who are to hear it."""

    do: Literal["read"] = "read"
    decision: Text
    option: Text | None = None
    cells: Ids | None = None


# --- what cells do, what is said and seen ------------------------------------------------------------


class Act(Command):
    """Record what a cell did unasked."""

    do: Literal["act"] = "act"
    cell: Text
    text: Text
    towards: Ids = ()
    happened: Reading | None = None
    tracks: Changes = {}


class Message(Command):
    """Pass on a note between cells."""

    do: Literal["message"] = "message"
    from_: Text = Field(alias="from")
    to: Ids
    via: Words = ""
    text: Text
    happened: Reading | None = None


class Request(Command):
    """Record a cell's request for information."""

    do: Literal["request"] = "request"
    id: Text | None = None
    cell: Text
    text: Text


class Answer(Command):
    """Answer a request for information."""

    do: Literal["answer"] = "answer"
    id: Text
    text: Text


class Note(Command):
    """Note what was said; `quote` when word for word."""

    do: Literal["note"] = "note"
    text: Text
    cell: Text | None = None
    inject: Text | None = None
    quote: Truth | None = None
    happened: Reading | None = None


class Fact(Command):
    """Record what a cell takes as established, or assumes."""

    do: Literal["fact"] = "fact"
    kind: Literal["fact", "assumption"] = "fact"
    cell: Text | None = None
    text: Text
    happened: Reading | None = None


class Argue(Command):
    """Record a proposal, with reasons for and against it."""

    do: Literal["argue"] = "argue"
    id: Text | None = None
    cell: Text
    proposal: Text
    for_: Texts = Field((), alias="for")
    against: Texts = ()


class Observe(Command):
    """Record an evaluator's observation."""

    do: Literal["observe"] = "observe"
    kind: Literal["strength", "improvement", "note"] = "note"
    text: Text
    analysis: Words = ""
    objective: Text | None = None
    cell: Text | None = None
    inject: Text | None = None
    happened: Reading | None = None


class HotWash(Command):
    """Note what is said in the closing discussion."""

    do: Literal["hot_wash"] = "hot_wash"
    text: Text
    cell: Text | None = None


# --- rulings -----------------------------------------------------------------------------------------


class Vote(Command):
    """How the room voted."""

    for_: Annotated[int, Strict(), Field(alias="for", ge=0)]
    against: Annotated[int, Strict(), Field(ge=0)] = 0
    abstained: Annotated[int, Strict(), Field(ge=0)] = 0


class Roll(Command):
    """A roll of 1 to 100 against the odds (per cent); the tool rolls it unless `result` is given."""

    odds: Annotated[int, Strict(), Field(ge=0, le=100)]
    seed: Whole | None = None
    result: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None


class Rule(Command):
    """Record control's ruling."""

    do: Literal["rule"] = "rule"
    text: Text
    about: Words = ""
    method: Literal["judgement", "vote", "roll"] | None = None
    vote: Vote | None = None
    roll: Roll | None = None
    tracks: Changes = {}


class Track(Command):
    """Set tracks by hand."""

    do: Literal["track"] = "track"
    tracks: Annotated[Changes, Field(min_length=1)]
    reason: Words = ""


# --- afterwards, and corrections ---------------------------------------------------------------------


class Rate(Command):
    """Rate an objective: P, S, M or U."""

    do: Literal["rate"] = "rate"
    objective: Text
    rating: Grade
    text: Words = ""


class Agree(Command):
    """Record a corrective action of the improvement plan."""

    do: Literal["agree"] = "agree"
    id: Text | None = None
    action: Text
    objective: Text | None = None
    owner: Words = ""
    start: Words = ""
    due: Words = ""


class CloseAction(Command):
    """Record that an action is done: one of the session `log`, or of this one."""

    do: Literal["close_action"] = "close_action"
    log: Words = ""
    id: Text
    text: Words = ""


class Feedback(Command):
    """Record a participant's feedback form: any fields."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    do: Literal["feedback"] = "feedback"


class Undo(Command):
    """Take back the newest command in effect."""

    do: Literal["undo"] = "undo"


class Withdraw(Command):
    """Take back one older entry, by its seq."""

    do: Literal["withdraw"] = "withdraw"
    withdraws: Annotated[int, Strict()]
    reason: Words = ""


_NOT_COMMANDS = (_Answer, Dissent, Vote, Roll)


def _commands(model: type[Command]) -> list[type[Command]]:
    return [kind for sub in model.__subclasses__() for kind in (sub, *_commands(sub))]


COMMANDS: dict[str, type[Command]] = {
    kind.model_fields["do"].default: kind for kind in _commands(Command) if kind not in _NOT_COMMANDS
}
"""Every command by the name that `do` takes."""


def parse_command(value: Mapping[str, Any]) -> Command:
    """Read a command from its JSON form; Refused with one plain sentence where it is not one."""
    name = value.get("do")
    if not isinstance(name, str):
        raise Refused("A command says what to do.", 'Begin it with "do", such as {"do": "start"}.')
    if name not in COMMANDS:
        raise Refused(f"There is no command '{name}'.", did_you_mean(name, COMMANDS))
    if wrong := unsound(value):
        raise Refused(f"{name}: {wrong}.")
    model = COMMANDS[name]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        fields = [field.alias or key for key, field in model.model_fields.items() if key != "do"]
        raise Refused(f"{name}: {in_words(error, fields)}") from None
