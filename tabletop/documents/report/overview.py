"""The exercise overview: what was exercised, when, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Paragraph, Prose, Section, Table, Words, refs, say
from tabletop.documents.words import and_listed, count, date, date_time, lasting, listed, or_none, times
from tabletop.review.people import Participant
from tabletop.review.reviewing import Review

_KINDS = {"player": "player", "facilitator": "facilitator", "control": "controller", "evaluator": "evaluator"}


def overview(review: Review) -> Section:
    """The section with HSEEP's list of what an exercise was."""
    rows = tuple(((label,), words) for label, words in _rows(review))
    return Section("Exercise overview", (Table(("Item", "What the record says"), rows),), _scenario(review))


def _rows(review: Review) -> Iterator[tuple[str, Words]]:
    exercise = review.exercise
    yield "Exercise name", (exercise.title,)
    yield "Session", say(review.name, refs(0))
    yield "Date", _dates(review)
    yield "Scope", (_scope(review),)
    yield "Objectives", or_none(_objectives(review))
    yield (
        "Capabilities",
        or_none(", ".join(dict.fromkeys(goal.capability for goal in exercise.objectives if goal.capability))),
    )
    below = " The situation at the start stands below." if exercise.background else ""
    yield "Threat or hazard, and scenario", or_none(f"{' '.join(exercise.summary.split())}{below}".strip())
    yield "Sponsor", ("None was recorded.",)
    yield "Participating organisations", (", ".join(cell.name for cell in exercise.cells),)
    yield "Number of participants", _numbers(review)
    yield "Point of contact", or_none(_contacts(review))
    if exercise.authors:
        yield "Exercise written by", (", ".join(exercise.authors),)


def _dates(review: Review) -> Words:
    started, ended = review.times.started, review.times.ended
    if started is None:
        return say(f"Opened on {date(review.session.at)}", refs(0), "; play did not start.")
    start = say(f"Started {date_time(started.at)}", refs(started.seq))
    if ended is None:
        return say(start, f"; not closed; last entry {date_time(review.times.last_at)}.")
    return say(start, f", closed {date_time(ended.at)}", refs(ended.seq), f".{_paused(review)}")


def _paused(review: Review) -> str:
    pauses = [pause.seconds for pause in review.times.pauses if pause.seconds is not None]
    if not pauses:
        return " The clock was not paused."
    return f" The clock was paused {times(len(pauses))}, for {lasting(sum(pauses))} in all."


def _scope(review: Review) -> str:
    exercise = review.exercise
    planned = lasting(exercise.minutes * 60)
    injects = count(len(list(exercise.injects())), "inject")
    cells = count(len(exercise.cells), "cell")
    moves = count(len(exercise.moves), "move")
    return f"Discussion-based (tabletop) exercise: {cells}, {moves}, {injects}, {planned}."


def _objectives(review: Review) -> str:
    goals = enumerate(review.exercise.objectives, start=1)
    return " ".join(f"({number}) {goal.text.strip()}" for number, goal in goals)


def _numbers(review: Review) -> Words:
    people = Counter(person.kind for person in review.participants)
    if not people:
        return ("No participant was recorded.",)
    parts = [count(number, _KINDS.get(kind, kind)) for kind, number in people.items()]
    total = f"{sum(people.values())}: " if len(parts) > 1 else ""
    return (f"{total}{and_listed(parts)}.",)


def _contacts(review: Review) -> Words:
    people = [person for person in review.participants if person.kind == "facilitator"]
    return listed(say(person.name, _role(person), refs(person.seqs[0])) for person in people)


def _role(person: Participant) -> str:
    role = person.role if person.role != person.name else ""
    return f", {role or 'facilitator'}"


def _scenario(review: Review) -> tuple[Section, ...]:
    """The situation as it was read out, where the exercise has one."""
    exercise = review.exercise
    if not exercise.background:
        return ()
    starts = f"{exercise.scenario_starts} {exercise.zone or ''}".strip() if exercise.scenario_starts else ""
    opening = (Paragraph((f"The story begins at {starts}.",)),) if starts else ()
    return (Section("Situation at the start", (*opening, Prose(exercise.background))),)
