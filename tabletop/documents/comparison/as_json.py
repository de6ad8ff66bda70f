"""A comparison as one JSON value."""

from __future__ import annotations

import json
import re
from typing import Any

from tabletop.review.comparing import Comparison
from tabletop.review.comparing.against import Contrast
from tabletop.review.comparing.choices import CellChoices, Choice
from tabletop.review.comparing.numbers import Share, Spread
from tabletop.review.comparing.sessions import Session
from tabletop.review.comparing.tracks import TrackSpread

# What a terminal might obey: control characters beyond those that JSON escapes itself, and bidi overrides.
_UNSAFE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def comparison_json(comparison: Comparison) -> str:
    """The text of it; ``notices`` and the sessions' ``faults`` say what is missing."""
    text = json.dumps(as_value(comparison), ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def as_value(comparison: Comparison) -> dict[str, Any]:
    """The value."""
    value: dict[str, Any] = {
        "exercise": {"id": comparison.exercise.id, "title": comparison.exercise.title},
        "notices": list(comparison.notices),
        "sessions": [_session(each) for each in comparison.sessions],
        "versions": [
            {
                "version": each.letter,
                "exercise_sha256": each.sha256,
                "title": each.title,
                "sessions": list(each.sessions),
            }
            for each in comparison.versions
        ],
        "differences": [
            {
                "kind": each.kind,
                "id": each.id,
                "text": each.text,
                "versions": list(each.versions),
                "without": list(each.without),
                "changed": each.changed,
            }
            for each in comparison.differences
        ],
        "decisions": [_asked(each) for each in comparison.choices],
        "paths": _paths(comparison),
        "tracks": [_track(each) for each in comparison.tracks],
        "ratings": [
            {
                "objective": each.id,
                "text": each.text,
                "versions": list(each.versions),
                "sessions": {
                    mark: {
                        "rating": rated.grade,
                        "text": rated.text,
                        "strengths": rated.strengths,
                        "improvements": rated.improvements,
                    }
                    for mark, rated in each.by_session.items()
                },
            }
            for each in comparison.ratings
        ],
    }
    if comparison.against is not None:
        value["against"] = _against(comparison.against)
    return value


def _session(session: Session) -> dict[str, Any]:
    review = session.review
    return {
        "session": session.mark,
        "log": session.label,
        "name": review.name,
        "version": session.version,
        "opened_at": session.opened_at,
        "minutes": round(review.times.play / 60, 3),
        "closed": review.finished,
        "rehearsed": session.rehearsed,
        "events": review.events,
        "head": review.head,
        "faults": list(session.faults),
    }


def _asked(asked: CellChoices) -> dict[str, Any]:
    return {
        "decision": asked.decision,
        "question": asked.question,
        "cells": list(asked.cells),
        "versions": list(asked.versions),
        "planned": asked.planned,
        "steers": asked.steers,
        "asked": asked.asked,
        "not_asked": list(asked.not_asked),
        "answers": [
            {
                "option": tally.option,
                "how": tally.how,
                "text": tally.text,
                **_share(tally.share),
                "ways": tally.ways,
                "sessions": list(tally.sessions),
            }
            for tally in asked.tallies
        ],
        "seconds": _spread(asked.times),
        "choices": [_choice(each) for each in asked.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "session": choice.session.mark,
        "how": choice.how,
        "counted": choice.counted,
        "seq": choice.seq,
        "text": choice.text,
        "rationale": choice.rationale,
        "confidence": choice.confidence,
        "seconds": choice.seconds,
        "early": choice.early,
        "revised": choice.revised,
        "first": choice.first,
        "dissents": [{"who": each.who, "view": each.view} for each in choice.dissents],
    }


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"count": share.count, "of": share.of, "share": share.share, "low": low, "high": high}


def _spread(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    return {
        "least": spread.least,
        "median": spread.median,
        "greatest": spread.greatest,
        "count": len(spread.values),
    }


def _paths(comparison: Comparison) -> dict[str, Any]:
    return {
        "turns": [
            {
                "kind": turn.kind,
                "id": turn.id,
                "title": turn.title,
                "move": turn.move,
                "versions": list(turn.versions),
                "fates": dict(turn.fates),
                "minutes": dict(turn.minutes),
            }
            for turn in comparison.paths.turns
        ],
        "ways": [
            {
                "session": way.mark,
                "broken_off": way.broken_off,
                "moves": [
                    {"move": stage.move, "played": stage.played, "injects": list(stage.injects)} for stage in way.stages
                ],
            }
            for way in comparison.paths.ways
        ],
        "same_way": [list(group) for group in comparison.paths.groups],
    }


def _track(spread: TrackSpread) -> dict[str, Any]:
    return {
        "track": spread.track.id,
        "name": spread.track.name,
        "start": spread.track.start,
        "min": spread.track.min,
        "max": spread.track.max,
        "versions": list(spread.versions),
        "at": [
            {"move": point.move, "values": dict(point.values), "spread": _spread(point.spread)}
            for point in spread.points
        ],
    }


def _against(contrast: Contrast) -> dict[str, Any]:
    return {
        "session": contrast.session.mark,
        "rest": [each.mark for each in contrast.rest],
        "choices": [
            {
                "decision": each.asked.decision,
                "cells": list(each.asked.cells),
                "counted": each.choice.counted,
                "how": each.choice.how,
                "alike": _share(each.alike),
                "seconds": each.choice.seconds,
                "rest_seconds": _spread(each.times),
            }
            for each in contrast.choices
        ],
        "turns": [
            {"kind": each.turn.kind, "id": each.turn.id, "came": each.came, "alike": _share(each.alike)}
            for each in contrast.turns
        ],
        "tracks": [
            {"track": each.track.track.id, "value": each.value, "rest": _spread(each.rest), "where": each.where}
            for each in contrast.tracks
        ],
        "ratings": [
            {"objective": each.objective.id, "rating": each.rated.grade, "alike": _share(each.alike)}
            for each in contrast.ratings
        ],
    }
