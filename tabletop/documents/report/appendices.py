"""The appendices: improvement plan, participants, feedback, corrections, how the record was kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabletop.documents.blocks import (
    Block,
    Bullets,
    Paragraph,
    Ref,
    Said,
    Section,
    Strong,
    Table,
    Words,
    refs,
    woven,
)
from tabletop.documents.report.figures import participation_blocks
from tabletop.documents.report.happenings import happening
from tabletop.documents.report.sealed import sealed
from tabletop.documents.report.standing import notices
from tabletop.documents.words import bare, capital, date_time, joined_lines, listed, or_none
from tabletop.journal.reading import Reading
from tabletop.review.corrections import Correction
from tabletop.review.evaluation import PlannedAction
from tabletop.review.people import Participant
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.session.events import Answer, FeedbackGiven

_NOT_STATED = key("Not stated")
_KINDS = {
    "player": key("player"),
    "facilitator": key("facilitator"),
    "control": key("controller"),
    "evaluator": key("evaluator"),
    "observer": key("observer"),
}
_CORRECTED = {"undone": key("undone"), "withdrawn": key("withdrawn"), "revised": key("revised")}
_QUESTIONS = {
    "participant": key("Participant"),
    "strengths": key("Strengths"),
    "improvements": key("Improvements"),
    "actions": key("Actions"),
    "comments": key("Comments"),
    "well_structured": key("Well structured"),
    "plausible_scenario": key("Plausible scenario"),
}
"""What the fields of a feedback form are called; others are called by their keys."""


def improvement_plan(review: Review) -> Section:
    """HSEEP's improvement plan: each corrective action with its owner and dates."""
    blocks: list[Block] = []
    if review.actions:
        columns: tuple[str, ...] = (
            fixed("Capability"),
            fixed("Area for improvement"),
            fixed("Corrective action"),
            fixed("Owner"),
            fixed("Start"),
            fixed("Completion"),
            fixed("Log"),
        )
        blocks.append(Table(columns, tuple(_action(action, review) for action in review.actions)))
    else:
        blocks.append(Paragraph((fixed("No corrective action was agreed."),)))
    if review.closed_actions:
        rows = tuple(
            ((entry.data.log,), (entry.data.id,), (Said(entry.data.text),), (Ref(entry.seq),))
            for entry in review.closed_actions
        )
        blocks.append(Paragraph((fixed("Actions of earlier sessions that were reported done:"),)))
        columns = (fixed("Session"), fixed("Action"), fixed("What was done"), fixed("Log"))
        blocks.append(Table(columns, rows))
    return Section(fixed("Improvement plan"), tuple(blocks))


def _action(action: PlannedAction, review: Review) -> tuple[Words, ...]:
    said = action.entry.data
    goal = next((each for each in review.objectives if each.objective and each.objective.id == said.objective), None)
    areas = listed(
        woven("{text}{seqs}", text=each.data.text.strip(), seqs=refs(each.seq))
        for each in (goal.improvements if goal else ())
    )
    capability = (goal.objective.capability or goal.objective.text) if goal and goal.objective else ""
    agreed: Words = (Said(said.action),)
    if closed := action.closed:
        agreed = woven("{action}; done: {text}{seqs}", action=agreed, text=closed.data.text, seqs=refs(closed.seq))
    return (
        or_none(capability, _NOT_STATED),
        or_none(areas, _NOT_STATED),
        agreed,
        or_none(said.owner, _NOT_STATED),
        or_none(said.start, _NOT_STATED),
        or_none(said.due, _NOT_STATED),
        (Ref(action.entry.seq),),
    )


def participants(review: Review) -> Section:
    """Everyone who took part, by cell."""
    if not review.participants:
        none = Paragraph((fixed("No participant was recorded."),))
        return Section(fixed("Participants"), (none,), _participation(review))
    order = {cell.id: place for place, cell in enumerate(review.exercise.cells)}
    people = sorted(review.participants, key=lambda person: order.get(person.cell or "", len(order)))
    rows = tuple(_person(person, review) for person in people)
    columns = (fixed("Cell"), fixed("Name"), fixed("Role"), fixed("Takes part as"), fixed("Remarks"), fixed("Log"))
    return Section(fixed("Participants"), (Table(columns, rows),), _participation(review))


def _participation(review: Review) -> tuple[Section, ...]:
    blocks = tuple(participation_blocks(review))
    return (Section(fixed("What each cell put on record"), blocks),) if blocks else ()


def _person(person: Participant, review: Review) -> tuple[Words, ...]:
    remarks = [
        word
        for word, holds in (
            (fixed("leads the cell"), person.lead),
            (fixed("changed cell or role"), person.moved),
            (fixed("left before the end"), person.left is not None),
        )
        if holds
    ]
    return (
        (review.names.cell(person.cell) if person.cell else "",),
        (person.name,),
        (person.role if person.role != person.name else "",),
        (fixed(_KINDS[person.kind]),),
        (fixed(", ").join(remarks),),
        joined_lines([(Ref(seq),) for seq in person.seqs]),
    )


def feedback(review: Review) -> Section:
    """The participants' feedback forms, as they were entered."""
    title = fixed("Participant feedback")
    if not review.feedback:
        return Section(title, (Paragraph((fixed("No participant feedback was recorded."),)),))
    forms = (_form(number, entry, review) for number, entry in enumerate(review.feedback, start=1))
    opening = fixed("{forms:form|forms} {forms:~was|were} handed in.", forms=len(review.feedback))
    return Section(title, (Paragraph((opening,)),), tuple(forms))


def _form(number: int, entry: Entry[FeedbackGiven], review: Review) -> Section:
    given = {**entry.data.as_data()}
    if isinstance(who := given.get("participant"), str):
        given["participant"] = review.names.person(who)
    rows = tuple(((_label(field),), (Said(_value(value)),)) for field, value in given.items())
    blocks: tuple[Block, ...] = (
        (Table((fixed("Question"), fixed("Answer")), rows),) if rows else (Paragraph((fixed("The form is empty."),)),)
    )
    return Section(fixed("Form {number} (#{line})", number=number, line=entry.seq), blocks)


def _label(field: str) -> str:
    return fixed(_QUESTIONS.get(field, capital(field.replace("_", " "))))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return fixed("; ").join(_value(entry) for entry in value)
    if isinstance(value, dict):
        return fixed("; ").join(
            fixed("{words}: {reason}", words=_label(str(field)), reason=_value(entry)) for field, entry in value.items()
        )
    return str(value)


def corrections(review: Review) -> Section:
    """What was undone, withdrawn or revised; both sides are in the log."""
    if not review.corrections:
        none = Paragraph((fixed("Nothing was undone, withdrawn or revised."),))
        return Section(fixed("Corrections"), (none,))
    rows = tuple(_correction(correction, review) for correction in review.corrections)
    table = Table((fixed("Log"), fixed("Kind"), fixed("What it was"), fixed("Reason")), rows)
    return Section(fixed("Corrections"), (table,))


def _correction(correction: Correction, review: Review) -> tuple[Words, ...]:
    taken = listed(
        woven("{text}{seqs}", text=bare(happening(entry, review)), seqs=refs(entry.seq)) for entry in correction.of
    )
    if correction.kind == "revised":
        taken = woven("{before}; then: {after}", before=taken, after=happening(correction.entry, review))
    kind = fixed(_CORRECTED[correction.kind])
    if not correction.standing:
        kind = fixed("{kind} (later taken back itself)", kind=kind)
    return (Ref(correction.entry.seq),), (kind,), taken, or_none(_reason(correction), key("None recorded"))


def _reason(correction: Correction) -> Words | str:
    """Why; of a revised answer that is the new answer's rationale."""
    data = correction.entry.data
    if isinstance(data, Answer) and data.rationale:
        return woven("The new answer's rationale: {rationale}", rationale=Said(data.rationale))
    return correction.reason


def record(review: Review, reading: Reading) -> Section:
    """How the record was kept, and how anyone can show that this log is the one reported on."""
    rows = tuple(((fixed(label),), words) for label, words in _kept(review, reading))
    faults = tuple(notices(review, reading))
    proof = Paragraph(
        (
            fixed(
                "Every entry was written to disk before it was shown as recorded, and carries the SHA-256 of "
                "the entry before it. The head is the SHA-256 of the last entry reported on: a log with the same "
                "number of entries and the same head is this log, unchanged."
            ),
        )
    )
    unknown: tuple[Block, ...] = ()
    if review.record.unknown:
        columns = (fixed("Log"), fixed("Type"), fixed("Data"))
        unknown_rows = tuple(
            ((Ref(event.seq),), (event.type,), (_value(event.data),)) for event in review.record.unknown
        )
        unknown = (
            Paragraph((fixed("Entries that this version does not know, as they stand:"),)),
            Table(columns, unknown_rows),
        )
    table = Table((fixed("Item"), fixed("Value")), rows)
    return Section(fixed("How the record was kept"), (*faults, table, proof, *unknown))


def _kept(review: Review, reading: Reading) -> Iterator[tuple[str, Words]]:
    said = review.session.data
    yield key("Session"), woven("{name}{seqs}", name=review.name, seqs=refs(review.session.seq))
    yield key("Opened"), (date_time(review.session.at),)
    yield key("Entries"), (fixed("{number} (#0 to #{last})", number=review.events, last=review.events - 1),)
    yield key("Head"), (Strong(review.head),)
    if seal := sealed(review, reading):
        yield key("Seal"), (seal.words,)
    yield key("Format"), (said.format,)
    yield key("Written by"), (f"tabletop {said.version}",)
    yield key("Exercise"), (f"{review.exercise.id}, SHA-256 {said.exercise_sha256}",)
    for clock in review.times.clock_sets:
        yield key("Clock"), (happening(clock, review), *refs(clock.seq))
    for again in review.times.reopened:
        yield key("Reopened"), (happening(again, review), *refs(again.seq))


def unmarked(review: Review) -> Section:
    """The actions that the designers expected and nobody marked, by inject, in the order in which these came."""
    title = fixed("Expected actions that were not marked")
    waiting: dict[str, dict[int, str]] = {}
    for each in (each for goal in review.objectives for each in goal.expectations if not each.marks):
        waiting.setdefault(each.inject, {})[each.number] = each.text
    if not waiting:
        return Section(title, (Paragraph((fixed("There are none."),)),))
    opening = fixed("Evaluators may still mark whether players did what was expected of them:")
    blocks: list[Block] = [Paragraph((opening,))]
    given = {each.inject.id: each.released[0].seq for each in review.injects if each.released}
    for inject, texts in sorted(waiting.items(), key=lambda each: given[each[0]]):
        blocks.append(Paragraph((Strong(review.names.title(inject)),)))
        blocks.append(Bullets(tuple((text,) for _, text in sorted(texts.items()))))
    return Section(title, tuple(blocks))
