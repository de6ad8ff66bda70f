"""A log as tables: events, decisions, observations, for spreadsheets, data frames and SQL.

The columns are part of what is promised: none is renamed or taken away, more may come.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tabletop.journal.event import Event
from tabletop.review.decisions import AnswerGiven, DecisionTaken
from tabletop.review.reviewing import Review
from tabletop.review.wording import describe
from tabletop.session.events import ObservationRecorded

Kind = Literal["text", "whole", "number", "truth"]
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what its cells are, and a phrase on what they mean."""

    name: str
    kind: Kind
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a cell for each column, None where there is nothing."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_SESSION = (
    Column("session", "text", "the session's name"),
    Column("exercise", "text", "the exercise's id"),
    Column("exercise_sha256", "text", "which version of it was played"),
)
_LINE = (
    Column("seq", "whole", "the line in the log"),
    Column("at", "text", "wall time of the entry, UTC (RFC 3339)"),
    Column("clock", "number", "seconds on the exercise clock at which it was entered"),
    Column("move", "text", "the move that was on"),
    Column("by", "text", "who was at the keys"),
)

EVENTS = (
    *_SESSION,
    *_LINE,
    Column("type", "text", "the event's name"),
    Column("happened", "number", "seconds on the exercise clock at which it happened, where it was entered later"),
    Column("cells", "text", "the cells that it is about, by id"),
    Column("inject", "text", "the inject that it is about"),
    Column("decision", "text", "the decision that it is about"),
    Column("in_effect", "truth", "false where it was undone or withdrawn"),
    Column("taken_back_by", "whole", "the line that took it back"),
    Column("words", "text", "what happened, in one sentence"),
    Column("data", "text", "the event's own fields, as JSON"),
)
DECISIONS = (
    *_SESSION,
    *_LINE,
    Column("decision", "text", "the decision's id"),
    Column("question", "text", "what was asked"),
    Column("inject", "text", "the inject that asked it"),
    Column("cells", "text", "who answered, by id"),
    Column("asked_clock", "number", "seconds on the exercise clock at which it was last put before the answer"),
    Column("outcome", "text", "answered, declined, out_of_time"),
    Column("option", "text", "the option chosen; empty for own words and silence"),
    Column("counts_as", "text", "the option that own words or silence count as"),
    Column("counted", "text", "option, or else counts_as: what branches see"),
    Column("option_text", "text", "the text of the option counted"),
    Column("text", "text", "the answer in own words"),
    Column("rationale", "text", "why"),
    Column("decided_by", "text", "who decided, by name"),
    Column("confidence", "text", "how sure they were"),
    Column("dissents", "whole", "how many views were held against it"),
    Column("dissent_views", "text", "who disagreed, with what view"),
    Column("assumptions", "text", "what it rests on"),
    Column("would_change", "text", "what would have changed it"),
    Column("seconds", "number", "seconds of play from the question to the answer"),
    Column("early", "truth", "whether it came before the question"),
    Column("revises", "whole", "the line of the answer that it replaces"),
    Column("revised_by", "whole", "the line of the answer that replaces it"),
    Column("newest", "truth", "whether it is the answer that counts"),
)
OBSERVATIONS = (
    *_SESSION,
    *_LINE,
    Column("happened", "number", "seconds on the exercise clock at which it was seen, where it was entered later"),
    Column("kind", "text", "strength, improvement or note"),
    Column("text", "text", "what was seen"),
    Column("analysis", "text", "why it was so"),
    Column("objective", "text", "the objective's id"),
    Column("objective_text", "text", "the objective"),
    Column("rating", "text", "the newest rating of that objective: P, S, M or U"),
    Column("cell", "text", "the cell it is about"),
    Column("inject", "text", "the inject it is about"),
)


def listed(parts: Iterable[str]) -> str:
    """Several ids in one cell."""
    return ", ".join(parts)


def _session(review: Review) -> tuple[Cell, ...]:
    return review.name, review.exercise.id, review.session.data.exercise_sha256


def _line(event: Event, review: Review) -> tuple[Cell, ...]:
    move = review.move_at(event.seq)
    return event.seq, event.at, event.clock, move.move if move else None, event.by


def _events(review: Review, events: Sequence[Event]) -> Iterable[tuple[Cell, ...]]:
    record = review.record
    for event in events:
        data = event.data
        yield (
            *_session(review),
            *_line(event, review),
            event.type,
            _number(data.get("happened")),
            _cells(data),
            _id(data.get("inject")),
            _id(data.get("decision")),
            record.in_effect(event.seq),
            record.undone.get(event.seq, record.withdrawn.get(event.seq)),
            describe(event, review.index, review.spot),
            _json(event),
        )


def _json(event: Event) -> str:
    """The event's fields; the whole exercise in the first line is left to the log."""
    data = event.data
    if event.type == "session_opened":
        data = {key: value for key, value in data.items() if key != "exercise"}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _cells(data: dict[str, Any]) -> str | None:
    """The cells that an event is about, under whatever name it has them."""
    cells = data.get("cells")
    if isinstance(cells, list):
        return listed(str(cell) for cell in cells)
    cell = data.get("cell")
    return cell if isinstance(cell, str) else None


def _id(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _decisions(review: Review, events: Sequence[Event]) -> Iterable[tuple[Cell, ...]]:
    rows = [
        (answer.entry.seq, taken, answer, answer is given.newest)
        for taken in review.decisions
        for given in taken.by_cells
        for answer in given.answers
    ]
    for seq, taken, answer, newest in sorted(rows, key=lambda row: row[0]):
        yield (*_session(review), *_line(events[seq], review), *_decision(taken, answer, review), newest)


def _decision(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> tuple[Cell, ...]:
    said = answer.entry.data
    put = [each.clock for each in taken.asked if each.seq < answer.entry.seq and set(each.cells) & set(said.cells)]
    person = review.names.person
    return (
        taken.id,
        taken.question,
        taken.inject,
        listed(said.cells),
        put[-1] if put else None,
        said.outcome,
        said.option,
        said.counts_as,
        said.option or said.counts_as,
        answer.chosen or answer.counted or None,
        said.text,
        said.rationale or None,
        person(said.decided_by) if said.decided_by else None,
        said.confidence or None,
        len(said.dissents),
        "; ".join(f"{person(each.who) if each.who else 'somebody'}: {each.view}" for each in said.dissents) or None,
        "; ".join(said.assumptions) or None,
        said.would_change or None,
        said.seconds,
        bool(said.early),
        answer.revises,
        answer.revised_by,
    )


def _observations(review: Review, events: Sequence[Event]) -> Iterable[tuple[Cell, ...]]:
    ratings = {each.objective.id: each.rating for each in review.objectives if each.objective}
    for entry in review.record.of(ObservationRecorded):
        said = entry.data
        objective = review.index.objectives.get(said.objective or "")
        rating = ratings.get(said.objective or "")
        yield (
            *_session(review),
            *_line(events[entry.seq], review),
            said.happened,
            said.kind,
            said.text,
            said.analysis or None,
            said.objective,
            objective.text if objective else None,
            rating.data.rating if rating else None,
            said.cell,
            said.inject,
        )


_Rows = Callable[[Review, Sequence[Event]], Iterable[tuple[Cell, ...]]]
TABLES: dict[str, tuple[tuple[Column, ...], _Rows]] = {
    "events": (EVENTS, _events),
    "decisions": (DECISIONS, _decisions),
    "observations": (OBSERVATIONS, _observations),
}
"""The tables of a log by name: their columns, and what makes the rows."""


def table(name: str, review: Review, events: Sequence[Event]) -> Table:
    """One of a log's tables: ``events``, ``decisions`` or ``observations``."""
    columns, rows = TABLES[name]
    return Table(name, columns, tuple(rows(review, events)))
