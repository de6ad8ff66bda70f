"""The after-action report and improvement plan: its sections in HSEEP's order."""

from __future__ import annotations

from tabletop.documents.blocks import Block, Paper, Paragraph, Section, Strong, refs, say
from tabletop.documents.report import appendices, course
from tabletop.documents.report.decisions import decisions
from tabletop.documents.report.given import given_out
from tabletop.documents.report.objectives import observations, ratings
from tabletop.documents.report.overview import overview
from tabletop.documents.report.standing import notices, rehearsed
from tabletop.documents.report.summary import summary
from tabletop.documents.words import date
from tabletop.journal.reading import Reading
from tabletop.review.reviewing import Review


def after_action_report(review: Review, reading: Reading) -> Paper:
    """The report on a session; ``reading`` is what the review was made from, with the log's faults."""
    return Paper(
        marking=review.exercise.marking,
        title=f"{review.exercise.title}: after-action report and improvement plan",
        blocks=_cover(review, reading),
        sections=(*_body(review), *_appendices(review, reading)),
    )


def _cover(review: Review, reading: Reading) -> tuple[Block, ...]:
    started = review.times.started
    held = say(_held(review, date(started.at)), refs(started.seq)) if started else ("Play did not start",)
    session = Paragraph(say(Strong("Session:"), f" {review.name}. ", held, "."))
    references = Paragraph(("Numbers such as #41 are lines of the session's log, on which each statement rests.",))
    return (*notices(review, reading), session, references)


def _held(review: Review, day: str) -> str:
    return "Rehearsed by the program" if rehearsed(review) else f"Held on {day}"


def _body(review: Review) -> tuple[Section, ...]:
    sections = (
        summary(review),
        overview(review),
        ratings(review),
        observations(review),
        decisions(review),
        course.timeline(review),
        course.tracks(review),
        course.positions(review),
        course.hot_wash(review),
    )
    return tuple(_titled(f"{number}.", section) for number, section in enumerate(sections, start=1))


def _appendices(review: Review, reading: Reading) -> tuple[Section, ...]:
    sections = (
        appendices.improvement_plan(review),
        appendices.participants(review),
        appendices.feedback(review),
        appendices.corrections(review),
        appendices.record(review, reading),
        appendices.unmarked(review),
        given_out(review),
    )
    return tuple(_titled(f"Appendix {letter}:", section) for letter, section in zip("ABCDEFG", sections, strict=True))


def _titled(label: str, section: Section) -> Section:
    return Section(f"{label} {section.title}", section.blocks, section.sections)
