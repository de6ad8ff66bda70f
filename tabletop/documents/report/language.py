"""In which language a report is: the one that was asked for, or else the one in which the session was run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import ValidationError

from tabletop.journal.reading import Reading
from tabletop.review.speech import LANGUAGES
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tabletop.scenario.translating import translated


def run_in(reading: Reading) -> str:
    """The language in which the session was run: the one whose translation the exercise's own texts are. Else English.

    A log does not name it: `run --language` puts the translated texts in place before it writes the exercise down.
    """
    exercise = _exercise(reading)
    if exercise is None:
        return LANGUAGES[0]
    spoken = (code for code in LANGUAGES if exercise.translations.get(code))
    return next((code for code in spoken if translated(exercise, code) == exercise), LANGUAGES[0])


def in_language(reading: Reading, language: str) -> Reading:
    """The same lines with the exercise's texts in a language, as far as the log has them; all else stands."""
    exercise = _exercise(reading)
    if exercise is None or not exercise.translations.get(language):
        return reading
    first, *others = reading.events
    value = exercise_as_json(translated(exercise, language))
    return replace(reading, events=[replace(first, data={**first.data, "exercise": value}), *others])


def _exercise(reading: Reading) -> Exercise | None:
    """The exercise in the first line; None where there is none that can be read, which `review` says in words."""
    value = reading.events[0].data.get("exercise") if reading.events else None
    if not isinstance(value, Mapping):
        return None
    try:
        return exercise_from_json(value)
    except ValidationError:
        return None
