"""The appendices: improvement plan, participants, feedback, corrections, how the record was kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabletop.documents.blocks import Block, Bullets, Paragraph, Ref, Said, Section, Strong, Table, Words, refs, say
from tabletop.documents.report.figures import participation_blocks
from tabletop.documents.report.happenings import happening
from tabletop.documents.report.sealed import sealed
from tabletop.documents.report.standing import notices
from tabletop.documents.words import capital, count, date_time, joined_lines, listed, or_none
from tabletop.journal.reading import Reading
from tabletop.review.corrections import Correction
from tabletop.review.evaluation import PlannedAction
from tabletop.review.people import Participant
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.session.events import Answer, FeedbackGiven


def improvement_plan(review: Review) -> Section:
    """HSEEP's improvement plan: each corrective action with its owner and dates."""
    blocks: list[Block] = []
    if review.actions:
        columns = (
            "Capability",
            "Area for improvement",
            "Corrective action",
            "Owner",
            "Start",
            "Completion",
            "Log",
        )
        blocks.append(Table(columns, tuple(_action(action, review) for action in review.actions)))
    else:
        blocks.append(Paragraph(("No corrective action was agreed.",)))
    if review.closed_actions:
        rows = tuple(
            ((entry.data.log,), (entry.data.id,), (Said(entry.data.text),), (Ref(entry.seq),))
            for entry in review.closed_actions
        )
        blocks.append(Paragraph(("Actions of earlier sessions that were reported done:",)))
        blocks.append(Table(("Session", "Action", "What was done", "Log"), rows))
    return Section("Improvement plan", tuple(blocks))


def _action(action: PlannedAction, review: Review) -> tuple[Words, ...]:
    said = action.entry.data
    goal = next((each for each in review.objectives if each.objective and each.objective.id == said.objective), None)
    areas = listed(say(each.data.text.strip(), refs(each.seq)) for each in (goal.improvements if goal else ()))
    capability = (goal.objective.capability or goal.objective.text) if goal and goal.objective else ""
    closed = say("; done", f": {action.closed.data.text}", refs(action.closed.seq)) if action.closed else ()
    return (
        or_none(capability, "Not stated"),
        or_none(areas, "Not stated"),
        say(Said(said.action), closed),
        or_none(said.owner, "Not stated"),
        or_none(said.start, "Not stated"),
        or_none(said.due, "Not stated"),
        (Ref(action.entry.seq),),
    )


def participants(review: Review) -> Section:
    """Everyone who took part, by cell."""
    if not review.participants:
        return Section("Participants", (Paragraph(("No participant was recorded.",)),), _participation(review))
    order = {cell.id: place for place, cell in enumerate(review.exercise.cells)}
    people = sorted(review.participants, key=lambda person: order.get(person.cell or "", len(order)))
    rows = tuple(_person(person, review) for person in people)
    table = Table(("Cell", "Name", "Role", "Takes part as", "Remarks", "Log"), rows)
    return Section("Participants", (table,), _participation(review))


def _participation(review: Review) -> tuple[Section, ...]:
    blocks = tuple(participation_blocks(review))
    return (Section("What each cell put on record", blocks),) if blocks else ()


def _person(person: Participant, review: Review) -> tuple[Words, ...]:
    remarks = [
        word
        for word, holds in (
            ("leads the cell", person.lead),
            ("changed cell or role", person.moved),
            ("left before the end", person.left is not None),
        )
        if holds
    ]
    return (
        (review.names.cell(person.cell) if person.cell else "",),
        (person.name,),
        (person.role if person.role != person.name else "",),
        ({"control": "controller"}.get(person.kind, person.kind),),
        (", ".join(remarks),),
        joined_lines([(Ref(seq),) for seq in person.seqs]),
    )


def feedback(review: Review) -> Section:
    """The participants' feedback forms, as they were entered."""
    if not review.feedback:
        return Section("Participant feedback", (Paragraph(("No participant feedback was recorded.",)),))
    forms = (_form(number, entry, review) for number, entry in enumerate(review.feedback, start=1))
    return Section("Participant feedback", (Paragraph((_forms(len(review.feedback)),)),), tuple(forms))


def _forms(number: int) -> str:
    return f"{capital(count(number, 'form'))} {'was' if number == 1 else 'were'} handed in."


def _form(number: int, entry: Entry[FeedbackGiven], review: Review) -> Section:
    given = {**entry.data.as_data()}
    if isinstance(who := given.get("participant"), str):
        given["participant"] = review.names.person(who)
    rows = tuple(((_label(key),), (Said(_value(value)),)) for key, value in given.items())
    blocks: tuple[Block, ...] = (
        (Table(("Question", "Answer"), rows),) if rows else (Paragraph(("The form is empty.",)),)
    )
    return Section(f"Form {number} (#{entry.seq})", blocks)


def _label(key: str) -> str:
    return capital(key.replace("_", " "))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_value(entry) for entry in value)
    if isinstance(value, dict):
        return "; ".join(f"{_label(str(key))}: {_value(entry)}" for key, entry in value.items())
    return str(value)


def corrections(review: Review) -> Section:
    """What was undone, withdrawn or revised; both sides are in the log."""
    if not review.corrections:
        return Section("Corrections", (Paragraph(("Nothing was undone, withdrawn or revised.",)),))
    rows = tuple(_correction(correction, review) for correction in review.corrections)
    return Section("Corrections", (Table(("Log", "Kind", "What it was", "Reason"), rows),))


def _correction(correction: Correction, review: Review) -> tuple[Words, ...]:
    taken = listed(say(happening(entry, review).rstrip("."), refs(entry.seq)) for entry in correction.of)
    if correction.kind == "revised":
        taken = say(taken, "; then: ", happening(correction.entry, review))
    kind = correction.kind if correction.standing else f"{correction.kind} (later taken back itself)"
    return (Ref(correction.entry.seq),), (kind,), taken, or_none(_reason(correction), "None recorded")


def _reason(correction: Correction) -> Words | str:
    """Why; of a revised answer that is the new answer's rationale."""
    data = correction.entry.data
    if isinstance(data, Answer) and data.rationale:
        return ("The new answer's rationale: ", Said(data.rationale))
    return correction.reason


def record(review: Review, reading: Reading) -> Section:
    """How the record was kept, and how anyone can show that this log is the one reported on."""
    rows = tuple(((label,), words) for label, words in _kept(review, reading))
    faults = tuple(notices(review, reading))
    proof = Paragraph(
        (
            "Every entry was written to disk before it was shown as recorded, and carries the SHA-256 of "
            "the entry before it. The head is the SHA-256 of the last entry reported on: a log with the same "
            "number of entries and the same head is this log, unchanged.",
        )
    )
    unknown: tuple[Block, ...] = ()
    if review.record.unknown:
        columns = ("Log", "Type", "Data")
        unknown_rows = tuple(
            ((Ref(event.seq),), (event.type,), (_value(event.data),)) for event in review.record.unknown
        )
        unknown = (
            Paragraph(("Entries that this version does not know, as they stand:",)),
            Table(columns, unknown_rows),
        )
    return Section("How the record was kept", (*faults, Table(("Item", "Value"), rows), proof, *unknown))


def _kept(review: Review, reading: Reading) -> Iterator[tuple[str, Words]]:
    said = review.session.data
    yield "Session", say(review.name, refs(review.session.seq))
    yield "Opened", (date_time(review.session.at),)
    yield "Entries", (f"{review.events} (#0 to #{review.events - 1})",)
    yield "Head", (Strong(review.head),)
    if seal := sealed(review, reading):
        yield "Seal", (seal.words,)
    yield "Format", (said.format,)
    yield "Written by", (f"tabletop {said.version}",)
    yield "Exercise", (f"{review.exercise.id}, SHA-256 {said.exercise_sha256}",)
    for clock in review.times.clock_sets:
        yield "Clock", say(happening(clock, review), refs(clock.seq))
    for again in review.times.reopened:
        yield "Reopened", say(happening(again, review), refs(again.seq))


def unmarked(review: Review) -> Section:
    """The actions that the designers expected and nobody marked, by inject: what evaluators may still mark."""
    title = "Expected actions that were not marked"
    waiting: dict[str, dict[int, str]] = {}
    for each in (each for goal in review.objectives for each in goal.expectations if not each.marks):
        waiting.setdefault(each.inject, {})[each.number] = each.text
    if not waiting:
        return Section(title, (Paragraph(("There are none.",)),))
    blocks: list[Block] = [Paragraph(("Evaluators may still mark whether players did what was expected of them:",))]
    for inject, texts in waiting.items():
        blocks.append(Paragraph((Strong(review.names.title(inject)),)))
        blocks.append(Bullets(tuple((text,) for _, text in sorted(texts.items()))))
    return Section(title, tuple(blocks))
