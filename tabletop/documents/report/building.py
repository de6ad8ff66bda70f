"""The after-action report and improvement plan: its sections in HSEEP's order."""

from __future__ import annotations

from dataclasses import replace

from tabletop.documents.blocks import Block, Paper, Paragraph, Section, Strong, refs, sentences, woven
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
from tabletop.review.speech import fixed, spoken


def after_action_report(review: Review, reading: Reading) -> Paper:
    """The report on a session; ``reading`` is what the review was made from, with the log's faults."""
    return Paper(
        marking=review.exercise.marking,
        title=fixed("{title}: after-action report and improvement plan", title=review.exercise.title),
        blocks=_cover(review, reading),
        sections=(*_body(review), *_appendices(review, reading)),
        language=spoken(),
    )


def _cover(review: Review, reading: Reading) -> tuple[Block, ...]:
    started = review.times.started
    seqs = refs(started.seq) if started else ()
    if started is None:
        held = woven("Play did not start.")
    elif rehearsed(review):
        held = woven("Rehearsed by the program{seqs}.", seqs=seqs)
    else:
        held = woven("Held on {date}{seqs}.", date=date(started.at), seqs=seqs)
    session = sentences(Strong(fixed("Session:")), woven("{name}.", name=review.name), held)
    references = fixed("Numbers such as #41 are lines of the session's log, on which each statement rests.")
    return (*notices(review, reading), Paragraph(session), Paragraph((references,)))


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
    return tuple(replace(section, label=f"{number}.") for number, section in enumerate(sections, start=1))


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
    return tuple(
        replace(section, label=fixed("Appendix {letter}:", letter=letter))
        for letter, section in zip("ABCDEFG", sections, strict=True)
    )
