"""The events of a session: what each one's ``data`` holds (the log's contract).

An event's payload is a frozen model; fields that are empty are left out of the log. Clock readings
(``happened``, ``seconds``, ``from``, ``to``) are seconds of play. ``tracks`` is always
``{track: (before, after)}`` as it was at that moment. Unknown fields of a newer version are kept in the
raw event and passed over here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Moved = dict[str, tuple[int, int]]
Seconds = Annotated[float, Field(allow_inf_nan=False)]
Grade = Literal["P", "S", "M", "U"]
Outcome = Literal["answered", "declined", "out_of_time"]
Kind = Literal["player", "facilitator", "control", "evaluator", "observer"]


class Payload(BaseModel):
    """What all payloads share."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    def as_data(self) -> dict[str, Any]:
        """As it stands in the log: JSON values, empty fields left out."""
        return _filled(self.model_dump(mode="json", by_alias=True))


def _filled(dumped: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in dumped.items() if value not in (None, "", [], {})}


# --- the session -------------------------------------------------------------------------------------


class SessionOpened(Payload):
    """Line 0: the whole exercise as played; a log needs no other file."""

    format: str = "tabletop-log/1"
    version: str
    name: str
    exercise: dict[str, Any]
    exercise_sha256: str


class ParticipantJoined(Payload):
    """Somebody takes part."""

    id: str
    name: str
    role: str = ""
    cell: str | None = None
    lead: bool | None = None
    kind: Kind = "player"


class ParticipantMoved(Payload):
    """Somebody changes cell or role."""

    id: str
    cell: str | None = None
    role: str | None = None
    lead: bool | None = None


class ParticipantLeft(Payload):
    """Somebody leaves."""

    id: str


class ExerciseStarted(Payload):
    """The exercise clock runs from here."""


class DeadlineSet(Payload):
    """The wall time to finish by (RFC 3339)."""

    at: str


class SessionClosed(Payload):
    """The end: afterwards only ratings, actions, observations and corrections."""


class SessionReopened(Payload):
    """Play goes on after all."""

    reason: str = ""


# --- the clock ---------------------------------------------------------------------------------------


class ClockPaused(Payload):
    """The clock stands."""


class ClockResumed(Payload):
    """The clock runs again."""


class ClockSet(Payload):
    """The clock was wrong; the line bears the new value."""

    from_: Seconds = Field(alias="from")
    to: Seconds
    reason: str = ""


# --- moves and injects -------------------------------------------------------------------------------


class MoveStarted(Payload):
    """A move's clock starts, anew if it is entered again.

    ``reading``: the seconds of play for which its briefing was read out just before; they are no part of the move
    before it.
    """

    move: str
    reading: float | None = None


class InjectReleased(Payload):
    """These cells were given the inject; its decisions are asked."""

    inject: str
    cells: tuple[str, ...]
    tracks: Moved = {}


class InjectRevealed(Payload):
    """More cells were given it."""

    inject: str
    cells: tuple[str, ...]


class InjectSkipped(Payload):
    """It will not be released."""

    inject: str
    reason: str = ""


class InjectHeld(Payload):
    """It waits until it is released or skipped."""

    inject: str
    reason: str = ""


class InjectReworded(Payload):
    """Its wording was changed before release."""

    inject: str
    title: str | None = None
    text: str | None = None
    private: dict[str, str] = {}


class InjectWritten(Payload):
    """A whole inject, in the format's keys, written on the spot."""

    inject: dict[str, Any]


class ExpectationMarked(Payload):
    """Whether players did what the designers expected; number from 1."""

    inject: str
    number: int
    cell: str | None = None
    met: Literal["yes", "partly", "no"]


# --- decisions ---------------------------------------------------------------------------------------


class DecisionAsked(Payload):
    """The countdown starts, or starts again; with question and options when put on the spot."""

    decision: str
    cells: tuple[str, ...]
    minutes: int | None = None
    question: str | None = None
    options: tuple[dict[str, Any], ...] = ()


class TimeGranted(Payload):
    """More minutes for a decision or for the move."""

    decision: str | None = None
    move: str | None = None
    minutes: int


class Dissent(Payload):
    """Who disagreed, and with what view."""

    who: str = ""
    view: str


class Answer(Payload):
    """What an answer holds, first or revised."""

    decision: str
    cells: tuple[str, ...]
    option: str | None = None
    text: str | None = None
    counts_as: str | None = None
    outcome: Outcome = "answered"
    rationale: str = ""
    decided_by: str = ""
    confidence: str = ""
    dissents: tuple[Dissent, ...] = ()
    assumptions: tuple[str, ...] = ()
    would_change: str = ""
    seconds: Seconds | None = None
    early: bool | None = None
    happened: Seconds | None = None
    tracks: Moved = {}

    def as_data(self) -> dict[str, Any]:
        """As it stands in the log: JSON values, empty fields left out, in the dissents too."""
        data = super().as_data()
        if self.dissents:
            data["dissents"] = [_filled(dissent) for dissent in data["dissents"]]
        return data


class DecisionRecorded(Answer):
    """Cells gave their answer; without their question having been asked it is early."""


class DecisionRevised(Answer):
    """The whole new answer, instead of the one recorded at seq `replaces`."""

    replaces: int


class ConsequenceRead(Payload):
    """The consequence was read out; from then on these cells' displays show it."""

    decision: str
    option: str
    cells: tuple[str, ...]


# --- what cells do, what is said and seen ------------------------------------------------------------


class ActRecorded(Payload):
    """What a cell did unasked."""

    cell: str
    text: str
    towards: tuple[str, ...] = ()
    happened: Seconds | None = None
    tracks: Moved = {}


class MessageSent(Payload):
    """A note between cells, passed on by control."""

    from_: str = Field(alias="from")
    to: tuple[str, ...]
    via: str = ""
    text: str
    happened: Seconds | None = None


class RequestRaised(Payload):
    """A request for information to control."""

    id: str
    cell: str
    text: str


class RequestAnswered(Payload):
    """Control's answer to it."""

    id: str
    text: str


class DiscussionNoted(Payload):
    """What was said; a quote when word for word."""

    text: str
    cell: str | None = None
    inject: str | None = None
    quote: bool | None = None
    happened: Seconds | None = None


class FactRecorded(Payload):
    """What a cell takes as established, or assumes."""

    kind: Literal["fact", "assumption"] = "fact"
    cell: str | None = None
    text: str
    happened: Seconds | None = None


class ArgumentMade(Payload):
    """A proposal with reasons for and against it."""

    id: str
    cell: str
    proposal: str
    for_: tuple[str, ...] = Field((), alias="for")
    against: tuple[str, ...] = ()


class ObservationRecorded(Payload):
    """What an evaluator saw: a strength, an area for improvement, or a note."""

    kind: Literal["strength", "improvement", "note"] = "note"
    text: str
    analysis: str = ""
    objective: str | None = None
    cell: str | None = None
    inject: str | None = None
    happened: Seconds | None = None


class HotWashNoted(Payload):
    """What was said in the closing discussion."""

    text: str
    cell: str | None = None


# --- rulings -----------------------------------------------------------------------------------------


class Vote(Payload):
    """How the room voted."""

    for_: int = Field(alias="for")
    against: int = 0
    abstained: int = 0


class Roll(Payload):
    """A seeded roll: the odds (per cent), the seed, and what came out."""

    odds: int
    seed: int
    result: int


class RulingMade(Payload):
    """Control ruled."""

    text: str
    about: str = ""
    method: Literal["judgement", "vote", "roll"] = "judgement"
    vote: Vote | None = None
    roll: Roll | None = None
    tracks: Moved = {}


class TrackSet(Payload):
    """A track was set by hand."""

    tracks: Moved
    reason: str = ""


# --- afterwards --------------------------------------------------------------------------------------


class ObjectiveRated(Payload):
    """P, S, M or U, as in HSEEP (FEMA 2020)."""

    objective: str
    rating: Grade
    text: str = ""


class ActionAgreed(Payload):
    """A corrective action of the improvement plan."""

    id: str
    action: str
    objective: str | None = None
    owner: str = ""
    start: str = ""
    due: str = ""


class ActionClosed(Payload):
    """An action of an earlier session is done."""

    log: str = ""
    id: str
    text: str = ""


class FeedbackGiven(Payload):
    """A participant's feedback form."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class Redacted(Payload):
    """An entry that was withheld when the log was made ready for sharing; `type` is what it was."""

    type: str = ""


# --- corrections -------------------------------------------------------------------------------------


class EventUndone(Payload):
    """The newest command in effect is taken back, with what it did to tracks."""

    undoes: tuple[int, ...]
    tracks: Moved = {}


class EntryWithdrawn(Payload):
    """A single older entry, on which nothing rests, is taken back."""

    withdraws: int
    reason: str = ""
    tracks: Moved = {}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _kinds(model: type[Payload]) -> list[type[Payload]]:
    return [kind for sub in model.__subclasses__() for kind in (sub, *_kinds(sub))]


_PARTS = (Dissent, Answer, Vote, Roll)

PAYLOADS: dict[str, type[Payload]] = {_snake(kind.__name__): kind for kind in _kinds(Payload) if kind not in _PARTS}
"""Every event type by its name in the log, with the model of its data."""


_tracks = TypeAdapter(Moved)


def well_formed(type: str, data: dict[str, Any]) -> bool:
    """Whether the data are such as this version writes for an event of that type, its tracks in any case."""
    model = PAYLOADS.get(type)
    try:
        _tracks.validate_python(data.get("tracks", {}))
        return model is not None and bool(model.model_validate(data))
    except ValidationError:
        return False
