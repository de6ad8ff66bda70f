"""Faults in what was typed, in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

_SHOWN = 60
_EMPTY = ("string_too_short", "too_short")

_WANTED = {
    "string_type": "text is wanted",
    "string_unicode": "text is wanted",
    "string_too_short": "it must not be empty",
    "int_type": "a whole number is wanted",
    "int_from_float": "a whole number is wanted",
    "int_parsing": "a whole number is wanted",
    "float_type": "a number is wanted",
    "finite_number": "a number is wanted",
    "bool_type": "true or false is wanted",
    "tuple_type": "a list is wanted",
    "list_type": "a list is wanted",
    "dict_type": "a map is wanted",
    "model_type": "a map is wanted",
    "too_short": "it must not be empty",
    "missing": "it is missing",
}


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A suggestion for an unknown name: the nearest known one, else all of them where they are few."""
    names = [str(each) for each in known]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    if 0 < len(names) <= 12:
        return f"There is {', '.join(names)}."
    return ""


def in_words(error: ValidationError, fields: Iterable[str] = ()) -> str:
    """One fault of a validation as one sentence that names the field."""
    faults = error.errors(include_url=False)
    # A misspelt field is missing under its right name too: tell of the misspelling.
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    place = _place(fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"'{place}' is not known. {did_you_mean(str(fault['loc'][-1]), fields)}".rstrip()
    if fault["type"] == "missing":
        return f"'{place}' is missing."
    given = "" if fault["type"] in _EMPTY else _given(fault.get("input"))
    return f"'{place}': {_complaint(fault)}{given}."


def _place(location: tuple[int | str, ...]) -> str:
    parts = [part for part in location if not (isinstance(part, str) and _is_machinery(part))]
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.lstrip(".")


def _is_machinery(part: str) -> bool:
    # Pydantic names the branch of a union in the place.
    return "[" in part


def _complaint(fault: Any) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _WANTED:
        return _WANTED[kind]
    if kind == "literal_error":
        return f"{context['expected']} is wanted".replace("'", "")
    if kind == "value_error":
        return str(context["error"])
    message = str(fault["msg"])
    return message.replace("Input should be", "it should be").rstrip(".")


def _given(value: object) -> str:
    if value is None or value == "" or isinstance(value, dict | list | tuple):
        return ""
    text = str(value)
    return f", not '{text[:_SHOWN]}'" if text else ""
