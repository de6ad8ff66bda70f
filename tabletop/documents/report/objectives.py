"""The objectives: their ratings, then what was observed on each."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Ref, Said, Section, Strong, Table, Words, refs, say
from tabletop.documents.report.figures import ratings_figure
from tabletop.documents.words import MEANINGS, RATINGS, bare, count, listed, or_none, quoted, sentence
from tabletop.review.evaluation import Expectation, ObjectiveReview, Observed
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.session.events import ObjectiveRated, ObservationRecorded

_MET = {"yes": "yes", "partly": "in part", "no": "no"}


def ratings(review: Review) -> Section:
    """The table of objectives with P/S/M/U, and what the letters mean."""
    goals = [each for each in review.objectives if each.objective]
    if not goals:
        return Section("Objectives and ratings", (Paragraph(("The exercise states no objective.",)),))
    table = Table(("Objective", "Capability", "Rating", "Reason"), tuple(_rated(each) for each in goals))
    meaning = Table(
        ("Rating", "Name", "Meaning"),
        tuple(((grade,), (name,), (MEANINGS[grade],)) for grade, name in RATINGS.items()),
    )
    source = Paragraph(
        ("The ratings are those of the Homeland Security Exercise and Evaluation Program (HSEEP, FEMA, January 2020):",)
    )
    return Section("Objectives and ratings", (table, *ratings_figure(review), source, meaning))


def _rated(goal: ObjectiveReview) -> tuple[Words, ...]:
    assert goal.objective
    capability = or_none(goal.objective.capability or "", "None stated")
    if goal.rating is None:
        return ((goal.objective.text,), capability, ("Not rated",), ())
    said = goal.rating.data
    earlier = listed(_earlier(entry) for entry in goal.earlier_ratings)
    history = say(" Earlier: ", earlier, ".") if earlier else ()
    rating = say(Strong(said.rating), f" {RATINGS[said.rating].lower()}", refs(goal.rating.seq))
    return (
        (goal.objective.text,),
        capability,
        rating,
        say(sentence(said.text) or "No reason was recorded.", history),
    )


def _earlier(entry: Entry[ObjectiveRated]) -> Words:
    return say(entry.data.rating, refs(entry.seq))


def observations(review: Review) -> Section:
    """For each objective its strengths, its areas for improvement, and the expected actions."""
    goals = [each for each in review.objectives if each.objective or _anything(each)]
    if not goals:
        return Section("Observations by objective", (Paragraph(("No observation was recorded.",)),))
    numbered = enumerate(goals, start=1)
    return Section("Observations by objective", (), tuple(_goal(n, each, review) for n, each in numbered))


def _anything(goal: ObjectiveReview) -> bool:
    return bool(goal.strengths or goal.improvements or goal.notes or goal.expectations)


def _goal(number: int, goal: ObjectiveReview, review: Review) -> Section:
    if goal.objective is None:
        return Section("Observations tied to no objective", tuple(_found(goal, review)))
    objective = goal.objective
    blocks: list[Block] = []
    if objective.capability:
        blocks.append(Paragraph(("Capability: ", objective.capability)))
    if objective.tasks:
        blocks += [Paragraph(("Critical tasks:",)), Bullets(tuple((task,) for task in objective.tasks))]
    return Section(f"Objective {number}: {objective.text.strip()}", (*blocks, *_observed(goal, review)))


def _observed(goal: ObjectiveReview, review: Review) -> Iterator[Block]:
    missing = [
        name for name, there in (("strength", goal.strengths), ("area for improvement", goal.improvements)) if not there
    ]
    if missing:
        yield Paragraph((f"No {' and no '.join(missing)} was recorded.",))
    yield from _found(goal, review)


def _found(goal: ObjectiveReview, review: Review) -> Iterator[Block]:
    yield from _kind("Strength", goal.strengths, review)
    yield from _kind("Area for improvement", goal.improvements, review)
    yield from _kind("Note", goal.notes, review)
    marked = [each for each in goal.expectations if each.marks]
    if marked:
        yield Paragraph(("Expected actions:",))
        rows = tuple(_expected(each, review) for each in marked)
        yield Table(("Inject", "Expected of players", "Met"), rows)
    if unmarked := len(goal.expectations) - len(marked):
        other = "other " if marked else ""
        expected = count(unmarked, f"{other}expected action")
        yield Paragraph((f"Whether players took {expected} was not marked; Appendix F lists what they were.",))


def _kind(name: str, entries: Observed, review: Review) -> Iterator[Block]:
    for number, entry in enumerate(entries, start=1):
        yield Paragraph(_observation(f"{name} {number}.", entry, review))


def _observation(label: str, entry: Entry[ObservationRecorded], review: Review) -> Words:
    said = entry.data
    names = review.names
    places = [
        names.cell(said.cell) if said.cell else "",
        quoted(names.inject(said.inject)) if said.inject else "",
    ]
    where = ", ".join(place for place in places if place)
    analysis = "" if said.kind == "note" and not said.analysis else said.analysis or "None was recorded."
    return say(
        Strong(label),
        " ",
        Said(bare(said.text)),
        refs(entry.seq),
        ".",
        f" Observed at: {where}." if where else "",
        " Analysis: " if analysis else "",
        Said(sentence(analysis)),
    )


def _expected(expected: Expectation, review: Review) -> tuple[Words, ...]:
    marks = listed(
        say(
            f"{review.names.cell(mark.data.cell)}: " if mark.data.cell else "",
            _MET[mark.data.met],
            " (",
            Ref(mark.seq),
            ")",
        )
        for mark in expected.marks
    )
    return (expected.title,), (expected.text,), marks
