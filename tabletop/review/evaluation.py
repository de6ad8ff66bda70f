"""What evaluators recorded, by objective: observations, expected actions, ratings, agreed actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tabletop.review.course import InjectPlayed
from tabletop.review.record import Entry, Record
from tabletop.scenario.model import Exercise, Objective
from tabletop.session.events import (
    ActionAgreed,
    ActionClosed,
    ExpectationMarked,
    ObjectiveRated,
    ObservationRecorded,
)

Observed = tuple[Entry[ObservationRecorded], ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """An action that the designers expected of players, and what was marked, newest mark a cell last.

    ``number`` counts from 1 within the inject. ``marks`` is empty where nobody marked it.
    """

    inject: str
    title: str
    number: int
    text: str
    marks: tuple[Entry[ExpectationMarked], ...]


@dataclass(frozen=True, slots=True)
class ObjectiveReview:
    """All that bears on one objective; ``objective`` is None for what was tied to none.

    ``rating`` is the newest one, ``earlier_ratings`` those it replaced.
    """

    objective: Objective | None
    rating: Entry[ObjectiveRated] | None
    earlier_ratings: tuple[Entry[ObjectiveRated], ...]
    strengths: Observed
    improvements: Observed
    notes: Observed
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """A corrective action as last agreed, with what closed it, if anything did."""

    entry: Entry[ActionAgreed]
    closed: Entry[ActionClosed] | None


def objective_reviews(
    record: Record, exercise: Exercise, injects: tuple[InjectPlayed, ...]
) -> tuple[ObjectiveReview, ...]:
    """One review for each objective in the exercise's order, then one for what is tied to none of them."""
    expected = expectations(record, injects)
    exercises = {played.inject.id: played.inject.objectives for played in injects}
    known = {objective.id for objective in exercise.objectives}
    reviews = [
        _review(record, objective, [each for each in expected if objective.id in exercises[each.inject]], known)
        for objective in exercise.objectives
    ]
    untied = [each for each in expected if not known.intersection(exercises[each.inject])]
    return (*reviews, _review(record, None, untied, known))


def _review(
    record: Record, objective: Objective | None, expected: Iterable[Expectation], known: set[str]
) -> ObjectiveReview:
    id = objective.id if objective else None
    ratings = [entry for entry in record.of(ObjectiveRated) if entry.data.objective == id]

    def observed(kind: Literal["strength", "improvement", "note"]) -> Observed:
        entries = (entry for entry in record.of(ObservationRecorded) if entry.data.kind == kind)
        return tuple(
            entry for entry in entries if (entry.data.objective if entry.data.objective in known else None) == id
        )

    return ObjectiveReview(
        objective=objective,
        rating=ratings[-1] if ratings else None,
        earlier_ratings=tuple(ratings[:-1]),
        strengths=observed("strength"),
        improvements=observed("improvement"),
        notes=observed("note"),
        expectations=tuple(expected),
    )


def expectations(record: Record, injects: tuple[InjectPlayed, ...]) -> tuple[Expectation, ...]:
    """What was expected of players at each inject that was released or marked, with the marks."""
    marks: dict[tuple[str, int], dict[str | None, Entry[Any]]] = {}
    for entry in record.of(ExpectationMarked):
        marks.setdefault((entry.data.inject, entry.data.number), {})[entry.data.cell] = entry
    found: list[Expectation] = []
    for played in injects:
        for number, text in enumerate(played.inject.expects, start=1):
            marked = tuple(marks.get((played.inject.id, number), {}).values())
            if marked or played.released:
                found.append(Expectation(played.inject.id, played.title, number, text, marked))
    return tuple(found)


def planned_actions(record: Record) -> tuple[PlannedAction, ...]:
    """The improvement plan: each action as last agreed, in the order in which they were first agreed."""
    agreed: dict[str, Entry[ActionAgreed]] = {}
    for entry in record.of(ActionAgreed):
        agreed[entry.data.id] = entry
    closed = {entry.data.id: entry for entry in record.of(ActionClosed) if not entry.data.log}
    return tuple(PlannedAction(entry, closed.get(id)) for id, entry in agreed.items())
