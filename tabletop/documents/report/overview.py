"""The exercise overview: what was exercised, when, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Paragraph, Prose, Section, Table, Words, refs, sentences, woven
from tabletop.documents.words import and_listed, date, date_time, lasting, listed, or_none, times
from tabletop.review.people import Participant
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key

_KINDS = {
    "player": key("{number:player|players}"),
    "facilitator": key("{number:facilitator|facilitators}"),
    "control": key("{number:controller|controllers}"),
    "evaluator": key("{number:evaluator|evaluators}"),
    "observer": key("{number:observer|observers}"),
}


def overview(review: Review) -> Section:
    """The section with HSEEP's list of what an exercise was."""
    rows = tuple(((fixed(label),), words) for label, words in _rows(review))
    table = Table((fixed("Item"), fixed("What the record says")), rows)
    return Section(fixed("Exercise overview"), (table,), _scenario(review))


def _rows(review: Review) -> Iterator[tuple[str, Words]]:
    exercise = review.exercise
    yield key("Exercise name"), (exercise.title,)
    yield key("Session"), woven("{name}{seqs}", name=review.name, seqs=refs(0))
    yield key("Date"), _dates(review)
    yield key("Scope"), (_scope(review),)
    yield key("Objectives"), or_none(_objectives(review))
    yield (
        key("Capabilities"),
        or_none(fixed(", ").join(dict.fromkeys(goal.capability for goal in exercise.objectives if goal.capability))),
    )
    below = fixed("The situation at the start stands below.") if exercise.background else ""
    yield key("Threat or hazard, and scenario"), or_none(sentences(" ".join(exercise.summary.split()), below))
    yield key("Sponsor"), or_none("")
    yield key("Participating organisations"), (fixed(", ").join(cell.name for cell in exercise.cells),)
    yield key("Number of participants"), _numbers(review)
    yield key("Point of contact"), or_none(_contacts(review))
    if exercise.authors:
        yield key("Exercise written by"), (fixed(", ").join(exercise.authors),)


def _dates(review: Review) -> Words:
    started, ended = review.times.started, review.times.ended
    if started is None:
        return woven("Opened on {date}{seqs}; play did not start.", date=date(review.session.at), seqs=refs(0))
    start, seqs = date_time(started.at), refs(started.seq)
    if ended is None:
        last = date_time(review.times.last_at)
        return woven("Started {start}{seqs}; not closed; last entry {last}.", start=start, seqs=seqs, last=last)
    closed = woven(
        "Started {start}{seqs}, closed {end}{end_seqs}.",
        start=start,
        seqs=seqs,
        end=date_time(ended.at),
        end_seqs=refs(ended.seq),
    )
    return sentences(closed, _paused(review))


def _paused(review: Review) -> str:
    pauses = [pause.seconds for pause in review.times.pauses if pause.seconds is not None]
    if not pauses:
        return fixed("The clock was not paused.")
    return fixed(
        "The clock was paused {times}, for {time} in all.", times=times(len(pauses)), time=lasting(sum(pauses))
    )


def _scope(review: Review) -> str:
    exercise = review.exercise
    return fixed(
        "Discussion-based (tabletop) exercise: {cells:cell|cells}, {moves:move|moves}, {injects:inject|injects}, "
        "{planned}.",
        cells=len(exercise.cells),
        moves=len(exercise.moves),
        injects=len(list(exercise.injects())),
        planned=lasting(exercise.minutes * 60),
    )


def _objectives(review: Review) -> str:
    goals = enumerate(review.exercise.objectives, start=1)
    return " ".join(f"({number}) {goal.text.strip()}" for number, goal in goals)


def _numbers(review: Review) -> Words:
    people = Counter(person.kind for person in review.participants)
    if not people:
        return (fixed("No participant was recorded."),)
    parts = and_listed(fixed(_KINDS[kind], number=number) for kind, number in people.items())
    if len(people) == 1:
        return (fixed("{parts}.", parts=parts),)
    return (fixed("{total}: {parts}.", total=sum(people.values()), parts=parts),)


def _contacts(review: Review) -> Words:
    people = [person for person in review.participants if person.kind == "facilitator"]
    return listed(
        woven("{name}, {role}{seqs}", name=person.name, role=_role(person), seqs=refs(person.seqs[0]))
        for person in people
    )


def _role(person: Participant) -> str:
    role = person.role if person.role != person.name else ""
    return role or fixed("facilitator")


def _scenario(review: Review) -> tuple[Section, ...]:
    """The situation as it was read out, where the exercise has one."""
    exercise = review.exercise
    if not exercise.background:
        return ()
    starts = f"{exercise.scenario_starts} {exercise.zone or ''}".strip() if exercise.scenario_starts else ""
    opening = (Paragraph((fixed("The story begins at {time}.", time=starts),)),) if starts else ()
    return (Section(fixed("Situation at the start"), (*opening, Prose(exercise.background))),)
