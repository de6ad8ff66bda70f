"""The report as JSON: the same sections in the same order, as data; entries look as they do in the log."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from tabletop.documents.blocks import Bullets, Notice, Paragraph, Ref, Said, Section, Strong, Word, Words
from tabletop.documents.report.happenings import happening
from tabletop.documents.report.injects import became, led_to, planned
from tabletop.documents.report.sealed import sealed
from tabletop.documents.report.standing import notices
from tabletop.documents.report.summary import summary
from tabletop.documents.words import RATINGS
from tabletop.journal.event import Event
from tabletop.journal.reading import Reading
from tabletop.review.branches import Branch
from tabletop.review.charts.participation import participation
from tabletop.review.course import InjectPlayed, MovePlayed
from tabletop.review.decisions import DecisionTaken
from tabletop.review.evaluation import ObjectiveReview
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, spoken
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
        "language": spoken(),
        "marking": review.exercise.marking,
        "title": review.exercise.title,
        "session": review.name,
        "notices": [_text(notice.words) for notice in notices(review, reading)],
        "summary": _summary(summary(review)),
        "overview": _overview(review),
        "ratings": {grade: fixed(name) for grade, name in RATINGS.items()},
        "objectives": [_objective(goal) for goal in review.objectives],
        "decisions": [_decision(decision, review) for decision in review.decisions],
        "moves": [{**_plain(played), "briefing": _briefing(played, review)} for played in review.moves],
        "road": [_branch(branch, review) for branch in review.branches.values()],
        "injects": [_inject(played, review) for played in review.injects],
        "timeline": [{**_plain(entry), "text": happening(entry, review)} for entry in review.record.standing()[1:]],
        "tracks": [_track(course) for course in review.tracks],
        "facts": review.facts,
        "arguments": review.arguments,
        "requests": review.requests,
        "hot_wash": review.hot_wash,
        "improvement_plan": {"actions": review.actions, "closed": review.closed_actions},
        "participants": review.participants,
        "participation": participation(review).cells,
        "feedback": review.feedback,
        "corrections": [{**_plain(each), "text": happening(each.entry, review)} for each in review.corrections],
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


def _decision(decision: DecisionTaken, review: Review) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "question": decision.question,
        "inject": decision.inject,
        "options": [{"id": option.id, "text": option.text} for option in decision.options],
        "steers": decision.steers,
        "asked": decision.asked,
        "answers": [_plain(cell) for cell in decision.by_cells],
        "unanswered": decision.unanswered,
        "led_to": [{"id": id, "seq": seq} for id, seq in led_to(decision.id, review)],
        "consequences_read": decision.read,
    }


def _briefing(played: MovePlayed, review: Review) -> str:
    move = review.index.moves.get(played.move)
    return _plain(move.briefing or "") if move else ""


def _branch(branch: Branch, review: Review) -> dict[str, Any]:
    """A thing with a condition; ``came`` is the entry, null where it did not come."""
    met = review.explained.met(branch.when, branch.play) if branch.held and branch.seq is not None else ()
    return {
        branch.kind: branch.id,
        "condition": review.explained.asked(branch.when),
        "held": branch.held,
        "came": branch.seq,
        "because": [{"text": clause.words, "refs": clause.seqs} for clause in met],
        "needed": "" if branch.held else review.explained.needed(branch.when, branch.play),
        "shut_out_by": () if branch.held else review.explained.instead(branch.when, branch.play),
    }


def _inject(played: InjectPlayed, review: Review) -> dict[str, Any]:
    """What became of it; the texts as they were given out, where they were."""
    found = {**_plain(played), "planned": planned(played, review), "became": _text(became(played, review))}
    if not played.released:
        return found
    inject, briefs = played.inject, [id for id in played.inject.private if id in played.released[0].data.cells]
    given = {"title": played.title, "from": inject.from_, "via": inject.via, "scenario_time": inject.scenario_time}
    return {**found, "given_out": {**given, "text": played.text, "questions": inject.questions, "more_to": briefs}}


def _track(course: TrackCourse) -> dict[str, Any]:
    changes = [
        {"seq": each.entry.seq, "clock": each.entry.clock, "before": each.before, "after": each.after}
        for each in course.changes
    ]
    track = course.track
    lost = [each.entry.seq for each in course.lost]
    ends = {"start": track.start, "end": course.end, "meaning": course.meaning}
    return {"id": track.id, "name": track.name, **ends, "changes": changes, "lost": lost}


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


def _word(word: Word) -> str:
    match word:
        case Ref(seq):
            return f"#{seq}"
        case Strong(text) | Said(text):
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
