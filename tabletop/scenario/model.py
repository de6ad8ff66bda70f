"""The exercise format, version 1: what an author may write, and what play reads.

These models are the format's one definition. They hold shapes and types only; what ids refer to, and
which values make sense together, is checked in ``loading`` and ``checks``, so that an exercise inside an
old log can always be read. Durations are whole minutes. Keys that are Python words carry a trailing
underscore here (``from_``, ``not_``) and none in YAML or JSON.
"""

# Annotations are not postponed here: Pydantic would read each of them anew from its text, at every start.

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tabletop.scenario import scalars

CONTROL = "control"

GROUND_RULES = (
    "Nothing said here is attributed outside this room.",
    "Play the part you were given; argue from its interests, not your own.",
    "The scenario is plausible enough: do not fight it, decide within it.",
    "There are no wrong answers; a choice without a reason is the only waste.",
)
HOT_WASH = (
    "What surprised you?",
    "Which decision would you take differently, and what would you have needed to know?",
    "What should be arranged before this happens?",
    "What worked that must not be lost?",
)


def _one_or_many(value: object) -> object:
    """Let a single value stand for a list of one."""
    return (value,) if isinstance(value, str) else value


def _one_or_many_maps(value: object) -> object:
    return (value,) if isinstance(value, dict) else value


def _comparison(value: object) -> object:
    """Check a comparison such as ``">= 2, <= 4"`` and put it into its full form."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        # Pydantic turns a ValueError into a fault of the field, and a TypeError into a crash.
        raise ValueError("a comparison is wanted, such as '<= 4'")  # noqa: TRY004
    return ", ".join(f"{operator} {number}" for operator, number in scalars.comparison(value))


Whole = Annotated[int, BeforeValidator(scalars.whole)]
Truth = Annotated[bool, BeforeValidator(scalars.truth)]
Minutes = Annotated[int, BeforeValidator(scalars.duration)]
Effect = Annotated[int | str, BeforeValidator(scalars.effect)]
Comparison = Annotated[str, BeforeValidator(_comparison)]
Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Effects = dict[str, Effect]
Silenced = dict[str, str]

_REFERS_TO = "injects and decisions that it speaks of: its readers must have been told of them, on every path"
_IGNORE = "rules that are silenced here, each with the reason why"


class Model(BaseModel):
    """What all parts of the format share: values never change, unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Condition(Model):
    """When something is played: all of its keys must hold."""

    chose: dict[str, Names] = Field({}, description="decision or decision/cell: the answer is one of these options")
    track: dict[str, Comparison] = Field({}, description="track: a comparison such as '<= 4' or '>= 2, <= 4'")
    released: Names = Field((), description="every one of these injects has been released")
    any_: Annotated[tuple["Condition", ...] | None, BeforeValidator(_one_or_many_maps)] = Field(
        None, alias="any", description="at least one of these holds"
    )
    not_: "Condition | None" = Field(None, alias="not", description="this does not hold")


class Option(Model):
    """One answer that a decision offers."""

    id: str = Field(description="its name, unique within the decision")
    text: str = Field(description="what players read")
    effects: Effects = Field({}, description="what it does to tracks: +1, -2, or '=3' to set")
    weight: Whole = Field(1, description="how likely in rehearsals, against the other options")
    consequence: str | None = Field(None, description="read out by the facilitator once it is chosen")
    reveal_to: Names | None = Field(None, description="cells that hear the consequence; default: those that decided")
    notes: str | None = Field(None, description="for the facilitator only")


class Decision(Model):
    """A question that cells answer."""

    id: str = Field(description="its name, unique in the exercise")
    cells: Names = Field((), description="each answers for itself; default: the cells the inject goes to")
    together: Truth = Field(False, description="true: the cells give one answer between them")
    question: str = Field(description="what they are asked")
    minutes: Minutes = Field(0, description="time to decide, a countdown; left out: none")
    open_: Truth = Field(True, alias="open", description="whether an answer in own words is accepted")
    otherwise: str | None = Field(None, description="the option that silence counts as")
    words: Whole | None = Field(None, description="how long an answer in own words should be")
    start: str | None = Field(None, description="a text to begin from")
    options: tuple[Option, ...] = Field((), description="may be left out where open: a text to be written")
    ignore: Silenced = Field({}, description=_IGNORE)

    def option(self, id: str) -> Option | None:
        """The option of that id, or None."""
        return next((option for option in self.options if option.id == id), None)


class Inject(Model):
    """Something that players are told during play."""

    id: str = Field(description="its name, unique in the exercise")
    title: str = Field(description="its headline, seen by those it goes to")
    kind: Literal["standard", "contingency"] = Field("standard", description="contingency: never released by plan")
    use_if: str | None = Field(None, description="contingency only: when to reach for it")
    at: Minutes = Field(0, description="minutes after the move's clock started")
    delay: Minutes = Field(0, description="not sooner than this after its `when` came to hold")
    minutes: Minutes = Field(0, description="time to discuss it, besides its decisions")
    scenario_time: str | None = Field(None, description="story time, shown as written")
    from_: str | None = Field(None, alias="from", description="who sends it, in the story")
    to: Names = Field((), description="cells it goes to; default every player cell; control is a cue")
    via: str | None = Field(None, description="the channel: news, cable, call, intelligence, ...")
    text: str = Field("", description="what is read out or handed over")
    private: dict[str, str] = Field({}, description="besides the text, what only that cell is given")
    notes: str | None = Field(None, description="for the facilitator only")
    expects: tuple[str, ...] = Field((), description="what the designers expect players to do")
    questions: tuple[str, ...] = Field((), description="discussion questions")
    objectives: Names = Field((), description="objectives that it exercises")
    sources: Names = Field((), description="sources that its real-world statements rest on")
    refers_to: Names = Field((), description=_REFERS_TO)
    effects: Effects = Field({}, description="what its release does to tracks")
    when: Condition | None = Field(None, description="released only if all of it holds")
    decisions: tuple[Decision, ...] = Field((), description="what it asks")
    drawn_from: str | None = Field(None, description="script/inject it was drawn from; written by the tool")
    ignore: Silenced = Field({}, description=_IGNORE)

    @property
    def contingency(self) -> bool:
        """Whether it is kept in the facilitator's pocket."""
        return self.kind == "contingency"


class AgendaItem(Model):
    """A stretch of a move's time; a timer on the screen that decides nothing."""

    name: str = Field(description="what the room does")
    minutes: Minutes = Field(description="for how long")


class Move(Model):
    """A phase of play."""

    id: str = Field(description="its name")
    title: str = Field(description="its headline")
    minutes: Minutes = Field(description="how long it is meant to take")
    scenario_time: str | None = Field(None, description="story time as it opens")
    when: Condition | None = Field(None, description="the move is played only if this holds")
    agenda: tuple[AgendaItem, ...] = Field((), description="how the minutes are spent")
    briefing: str | None = Field(None, description="read to everyone before the move's clock starts")
    private: dict[str, str] = Field({}, description="what only that cell is told besides")
    refers_to: Names = Field((), description=_REFERS_TO)
    notes: str | None = Field(None, description="for the facilitator only")
    injects: tuple[Inject, ...] = Field((), description="what is released in it")
    questions: tuple[str, ...] = Field((), description="discussion questions for the whole move")
    ignore: Silenced = Field({}, description=_IGNORE)


class Source(Model):
    """What real-world statements rest on."""

    id: str = Field(description="its name")
    title: str = Field(description="its title")
    publisher: str | None = Field(None, description="who published it")
    date: str | None = Field(None, description="when, as written")
    url: str | None = Field(None, description="where")


class Objective(Model):
    """What the exercise is meant to train."""

    id: str = Field(description="its name")
    text: str = Field(description="the objective")
    capability: str | None = Field(None, description="the capability it belongs to")
    tasks: tuple[str, ...] = Field((), description="critical tasks: what an evaluator watches for")


class Cell(Model):
    """A team that plays one actor."""

    id: str = Field(description="its name; control, facilitator and auto are reserved")
    name: str = Field(description="as players know it")
    roles: tuple[str, ...] = Field((), description="role titles of its players")
    brief: str | None = Field(None, description="only this cell and control see it")
    aims: tuple[str, ...] = Field((), description="only this cell and control see them")


class Track(Model):
    """A bounded whole number that injects and decisions move."""

    id: str = Field(description="its name")
    name: str = Field(description="as the console shows it")
    start: Whole = Field(description="its value as play begins")
    min: Whole = Field(0, description="its least value")
    max: Whole = Field(10, description="its greatest value")
    good: Literal["high", "low", "neither"] = Field("high", description="which end is wished for")
    marks: dict[Whole, str] = Field({}, description="what values mean, in words")
    shown_to: Names = Field((), description="cells whose display shows it; default control alone")

    def clamp(self, value: int) -> int:
        """The value, kept within the bounds."""
        return max(self.min, min(self.max, value))


class Exercise(Model):
    """A whole exercise, with everything resolved."""

    format: Whole = Field(description="1")
    id: str = Field(description="the file's name without .yaml")
    title: str = Field(description="its title")
    summary: str = Field("", description="one paragraph for the library screen and the cover")
    marking: str = Field("FOR EXERCISE USE ONLY", description="banner on every screen and page")
    authors: tuple[str, ...] = Field((), description="who wrote it")
    topics: tuple[str, ...] = Field((), description="what it is about, for the library")
    trains: tuple[str, ...] = Field((), description="what it trains, for whoever looks for an exercise")
    audience: tuple[str, ...] = Field((), description="who should be in the room")
    read_before: tuple[str, ...] = Field((), description="what players should have read before the day")
    scenario_starts: str | None = Field(None, description="story time when play begins")
    zone: str | None = Field(None, description="the story clock's name")
    d_day: str | None = Field(None, description="the date that D is, where dates and D-days are mixed")
    h_hour: str | None = Field(None, description="the time that H is; default D+0 00:00")
    idle_after: Minutes = Field(30, description="minutes without anything to do before a cell counts as idle")
    background: str | None = Field(None, description="the situation, read aloud at the start")
    ground_rules: tuple[str, ...] = Field(GROUND_RULES, description="read out before play")
    sources: tuple[Source, ...] = Field((), description="what real-world statements rest on")
    objectives: tuple[Objective, ...] = Field((), description="what it is meant to train")
    cells: tuple[Cell, ...] = Field(description="who plays; control always exists")
    tracks: tuple[Track, ...] = Field((), description="whole numbers that injects and decisions move")
    injects_from: tuple[str, ...] = Field((), exclude=True, description="inject scripts that are drawn on")
    moves: tuple[Move, ...] = Field(description="phases of play, in order")
    hot_wash: tuple[str, ...] = Field(HOT_WASH, description="closing discussion prompts")
    translations: dict[str, dict[str, str]] = Field({}, description="language: place: text; written by the tool")
    ignore: Silenced = Field({}, description=_IGNORE)

    @property
    def minutes(self) -> int:
        """The minutes of all its moves."""
        return sum(move.minutes for move in self.moves)

    def injects(self) -> Iterator[Inject]:
        """Every inject, in file order."""
        for move in self.moves:
            yield from move.injects


class Script(Model):
    """Injects that exercises share."""

    format: Whole = Field(description="1")
    id: str = Field(description="the file's name without .yaml")
    title: str = Field("", description="its title")
    sources: tuple[Source, ...] = Field((), description="what real-world statements rest on")
    injects: tuple[Inject, ...] = Field((), description="drawn on by script/inject")
    ignore: Silenced = Field({}, description=_IGNORE)


def exercise_from_json(value: Mapping[str, Any]) -> Exercise:
    """Read an exercise from its JSON form, as in a log: unknown keys are passed over, nothing is checked."""
    return Exercise.model_validate(value, extra="ignore")


def exercise_as_json(exercise: Exercise) -> dict[str, Any]:
    """The one JSON form of an exercise: full forms, defaults filled in, absent optional keys left out."""
    value: dict[str, Any] = _as_json(exercise)
    return value


def _as_json(value: Any) -> Any:
    if isinstance(value, Model):
        return {
            field.alias or name: _as_json(entry)
            for name, field in type(value).model_fields.items()
            if not field.exclude and not _absent(entry := getattr(value, name), field.default)
        }
    if isinstance(value, dict):
        return {str(key): _as_json(entry) for key, entry in value.items()}
    return [_as_json(entry) for entry in value] if isinstance(value, tuple) else value


def _absent(value: Any, default: Any) -> bool:
    # An empty list that stands for "none of the defaults" says something, as does an empty condition.
    return value is None or (value in ("", (), {}) and value == default)
