"""The report as JSON: the same sections in the same order, as data; entries look as they do in the log."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from tabletop.documents.blocks import Bullets, Notice, Paragraph, Ref, Section, Strong, Words
from tabletop.documents.report.happenings import happening
from tabletop.documents.report.sealed import sealed
from tabletop.documents.report.standing import notices
from tabletop.documents.report.summary import summary
from tabletop.documents.words import RATINGS
from tabletop.journal.event import Event
from tabletop.journal.reading import Reading
from tabletop.review.decisions import DecisionTaken
from tabletop.review.evaluation import ObjectiveReview
from tabletop.review.reviewing import Review
from tabletop.review.tracks import TrackCourse
from tabletop.scenario.model import Inject
from tabletop.session.events import Payload
from tabletop.session.text import clean

FORMAT = "tabletop-report/1"


def report_json(review: Review, reading: Reading) -> str:
    """The report as one JSON value; times in seconds of play, wall times as in the log."""
    return json.dumps(_plain(_report(review, reading)), ensure_ascii=False, indent=2) + "\n"


def _report(review: Review, reading: Reading) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "marking": review.exercise.marking,
        "title": review.exercise.title,
        "session": review.name,
        "notices": [_text(notice.words) for notice in notices(review, reading)],
        "summary": _summary(summary(review)),
        "overview": _overview(review),
        "ratings": RATINGS,
        "objectives": [_objective(goal) for goal in review.objectives],
        "decisions": [_decision(decision) for decision in review.decisions],
        "moves": review.moves,
        "injects": review.injects,
        "timeline": [{**_plain(entry), "text": happening(entry, review)} for entry in review.record.standing()[1:]],
        "tracks": [_track(course) for course in review.tracks],
        "facts": review.facts,
        "arguments": review.arguments,
        "requests": review.requests,
        "hot_wash": review.hot_wash,
        "improvement_plan": {"actions": review.actions, "closed": review.closed_actions},
        "participants": review.participants,
        "feedback": review.feedback,
        "corrections": review.corrections,
        "record": _record(review, reading),
    }


def _overview(review: Review) -> dict[str, Any]:
    exercise = review.exercise
    return {
        "exercise": exercise.id,
        "title": exercise.title,
        "summary": exercise.summary,
        "authors": exercise.authors,
        "topics": exercise.topics,
        "cells": [{"id": cell.id, "name": cell.name} for cell in exercise.cells],
        "times": review.times,
    }


def _objective(goal: ObjectiveReview) -> dict[str, Any]:
    return {
        "objective": goal.objective,
        "rating": goal.rating,
        "earlier_ratings": goal.earlier_ratings,
        "strengths": goal.strengths,
        "improvements": goal.improvements,
        "notes": goal.notes,
        "expectations": goal.expectations,
    }


def _decision(decision: DecisionTaken) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "question": decision.question,
        "inject": decision.inject,
        "options": [{"id": option.id, "text": option.text} for option in decision.options],
        "steers": decision.steers,
        "asked": decision.asked,
        "answers": [_plain(cell) for cell in decision.by_cells],
        "unanswered": decision.unanswered,
        "consequences_read": decision.read,
    }


def _track(course: TrackCourse) -> dict[str, Any]:
    changes = [
        {"seq": each.entry.seq, "clock": each.entry.clock, "before": each.before, "after": each.after}
        for each in course.changes
    ]
    track = course.track
    return {"id": track.id, "name": track.name, "start": track.start, "end": course.end, "changes": changes}


def _record(review: Review, reading: Reading) -> dict[str, Any]:
    said = review.session.data
    return {
        "events": review.events,
        "head": review.head,
        "seal": sealed(review, reading),
        "log_format": said.format,
        "version": said.version,
        "exercise_sha256": said.exercise_sha256,
        "opened": review.session.at,
        "finished": review.finished,
        "damage": reading.damage,
        "torn": reading.torn,
        "newer": reading.newer,
        "unknown": review.record.unknown,
    }


def _summary(section: Section) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in section.blocks:
        match block:
            case Paragraph(words) | Notice(words):
                found.append(_cited(words))
            case Bullets(items):
                found += [_cited(words) for words in items]
            case _:
                pass
    return found


def _cited(words: Words) -> dict[str, Any]:
    return {"text": _text(words), "refs": [word.seq for word in words if isinstance(word, Ref)]}


def _text(words: Words) -> str:
    return "".join(_word(word) for word in words)


def _word(word: str | Ref | Strong) -> str:
    match word:
        case Ref(seq):
            return f"#{seq}"
        case Strong(text):
            return text
        case str():
            return word


def _plain(value: Any) -> Any:
    """A value as JSON has it, with every text in it free of control characters."""
    match value:
        case str():
            return clean(value)
        case Payload():
            return _plain(value.as_data())
        case Inject():
            return {"id": clean(value.id), "title": clean(value.title)}
        case BaseModel():
            return _plain(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        case Event():
            return _plain({"seq": value.seq, "at": value.at, "type": value.type, "data": value.data})
        case Mapping():
            return {clean(str(key)): _plain(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
