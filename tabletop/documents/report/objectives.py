"""The objectives: their ratings, then what was observed on each."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.blocks import (
    Block,
    Bullets,
    Paragraph,
    Said,
    Section,
    Strong,
    Table,
    Words,
    refs,
    sentences,
    woven,
)
from tabletop.documents.report.figures import ratings_figure
from tabletop.documents.words import MEANINGS, RATINGS, bare, listed, or_none, quoted, rating_within, sentence
from tabletop.review.evaluation import Expectation, ObjectiveReview, Observed
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.session.events import ExpectationMarked, ObjectiveRated, ObservationRecorded

_MET = {"yes": key("yes"), "partly": key("in part"), "no": key("no")}


def ratings(review: Review) -> Section:
    """The table of objectives with P/S/M/U, and what the letters mean."""
    title = fixed("Objectives and ratings")
    goals = [each for each in review.objectives if each.objective]
    if not goals:
        return Section(title, (Paragraph((fixed("The exercise states no objective."),)),))
    columns = (fixed("Objective"), fixed("Capability"), fixed("Rating"), fixed("Reason"))
    table = Table(columns, tuple(_rated(each) for each in goals))
    meaning = Table(
        (fixed("Rating"), fixed("Name"), fixed("Meaning")),
        tuple(((grade,), (fixed(name),), (fixed(MEANINGS[grade]),)) for grade, name in RATINGS.items()),
    )
    source = fixed(
        "The ratings are those of the Homeland Security Exercise and Evaluation Program (HSEEP, FEMA, January 2020):"
    )
    return Section(title, (table, *ratings_figure(review), Paragraph((source,)), meaning))


def _rated(goal: ObjectiveReview) -> tuple[Words, ...]:
    assert goal.objective
    capability = or_none(goal.objective.capability or "", key("None stated"))
    if goal.rating is None:
        return ((goal.objective.text,), capability, (fixed("Not rated"),), ())
    said = goal.rating.data
    earlier = listed(_earlier(entry) for entry in goal.earlier_ratings)
    history = woven("Earlier: {ratings}.", ratings=earlier) if earlier else ()
    name = rating_within(said.rating)
    rating = woven("{rating} {name}{seqs}", rating=Strong(said.rating), name=name, seqs=refs(goal.rating.seq))
    return (
        (goal.objective.text,),
        capability,
        rating,
        sentences(sentence(said.text) or fixed("No reason was recorded."), history),
    )


def _earlier(entry: Entry[ObjectiveRated]) -> Words:
    return woven("{rating}{seqs}", rating=entry.data.rating, seqs=refs(entry.seq))


def observations(review: Review) -> Section:
    """For each objective its strengths, its areas for improvement, and the expected actions."""
    goals = [each for each in review.objectives if each.objective or _anything(each)]
    if not goals:
        return Section(fixed("Observations by objective"), (Paragraph((fixed("No observation was recorded."),)),))
    numbered = enumerate(goals, start=1)
    return Section(fixed("Observations by objective"), (), tuple(_goal(n, each, review) for n, each in numbered))


def _anything(goal: ObjectiveReview) -> bool:
    return bool(goal.strengths or goal.improvements or goal.notes or goal.expectations)


def _goal(number: int, goal: ObjectiveReview, review: Review) -> Section:
    if goal.objective is None:
        return Section(fixed("Observations tied to no objective"), tuple(_found(goal, review)))
    objective = goal.objective
    blocks: list[Block] = []
    if objective.capability:
        blocks.append(Paragraph((fixed("Capability: {capability}", capability=objective.capability),)))
    if objective.tasks:
        blocks += [Paragraph((fixed("Critical tasks:"),)), Bullets(tuple((task,) for task in objective.tasks))]
    title = fixed("Objective {number}: {text}", number=number, text=objective.text.strip())
    return Section(title, (*blocks, *_observed(goal, review)))


def _observed(goal: ObjectiveReview, review: Review) -> Iterator[Block]:
    if not goal.strengths and not goal.improvements:
        yield Paragraph((fixed("No strength and no area for improvement was recorded."),))
    elif not goal.strengths:
        yield Paragraph((fixed("No strength was recorded."),))
    elif not goal.improvements:
        yield Paragraph((fixed("No area for improvement was recorded."),))
    yield from _found(goal, review)


def _found(goal: ObjectiveReview, review: Review) -> Iterator[Block]:
    yield from _kind(key("Strength {number}."), goal.strengths, review)
    yield from _kind(key("Area for improvement {number}."), goal.improvements, review)
    yield from _kind(key("Note {number}."), goal.notes, review)
    marked = [each for each in goal.expectations if each.marks]
    if marked:
        yield Paragraph((fixed("Expected actions:"),))
        rows = tuple(_expected(each, review) for each in marked)
        yield Table((fixed("Inject"), fixed("Expected of players"), fixed("Met")), rows)
    if unmarked := len(goal.expectations) - len(marked):
        told = (
            key(
                "Whether players took {actions:other expected action|other expected actions} was not marked; "
                "Appendix F lists what they were."
            )
            if marked
            else key(
                "Whether players took {actions:expected action|expected actions} was not marked; "
                "Appendix F lists what they were."
            )
        )
        yield Paragraph((fixed(told, actions=unmarked),))


def _kind(label: str, entries: Observed, review: Review) -> Iterator[Block]:
    for number, entry in enumerate(entries, start=1):
        yield Paragraph(_observation(fixed(label, number=number), entry, review))


def _observation(label: str, entry: Entry[ObservationRecorded], review: Review) -> Words:
    said = entry.data
    names = review.names
    places = [
        names.cell(said.cell) if said.cell else "",
        quoted(names.inject(said.inject)) if said.inject else "",
    ]
    where = fixed(", ").join(place for place in places if place)
    none = "" if said.kind == "note" else fixed("None was recorded.")
    analysis = Said(sentence(said.analysis)) if said.analysis else none
    return sentences(
        Strong(label),
        woven("{text}{seqs}.", text=Said(bare(said.text)), seqs=refs(entry.seq)),
        fixed("Observed at: {where}.", where=where) if where else "",
        woven("Analysis: {analysis}", analysis=analysis) if analysis else "",
    )


def _met(mark: Entry[ExpectationMarked]) -> str:
    return fixed(_MET[mark.data.met])


def _expected(expected: Expectation, review: Review) -> tuple[Words, ...]:
    marks = listed(
        woven("{cell}: {met}{seqs}", cell=review.names.cell(mark.data.cell), met=_met(mark), seqs=refs(mark.seq))
        if mark.data.cell
        else woven("{met}{seqs}", met=_met(mark), seqs=refs(mark.seq))
        for mark in expected.marks
    )
    return (expected.title,), (expected.text,), marks
