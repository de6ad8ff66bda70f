"""The kinds of values that commands take, and how what was typed becomes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, Strict

from tabletop.session.text import clean

_GREATEST = 2**53  # JSON readers elsewhere keep whole numbers up to here
_DEEPEST = 32  # as authored YAML may be nested


def unsound(value: Any) -> str:
    """Why a JSON value cannot stand in a record that every program reads alike; empty where it can."""
    left = [(value, 0)]
    while left:
        part, depth = left.pop()
        if depth > _DEEPEST:
            return "it is nested too deeply"
        if isinstance(part, int | float) and not abs(part) <= _GREATEST:
            return f"a number in it is too large; they go up to {_GREATEST}"
        if isinstance(part, dict):
            if not all(isinstance(key, str) and clean(key) == key.strip() for key in part):
                return "the name of a field in it holds a character that cannot stand there"
            left += [(each, depth + 1) for each in part.values()]
        elif isinstance(part, list | tuple):
            left += [(each, depth + 1) for each in part]
    return ""


def cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def listed(value: object) -> object:
    """Let a single value stand for a list of one; a JSON list is a tuple here."""
    return (value,) if isinstance(value, str | dict) else tuple(value) if isinstance(value, list) else value


def _change(value: object) -> int | str | tuple[int, int]:
    """A new value, a change, or a pair of the value now and the new one."""
    pair = tuple(value) if isinstance(value, list | tuple) else (value,)
    numbers = [each for each in pair if type(each) is int and abs(each) <= _GREATEST]
    if isinstance(value, str) and clean(value):
        return clean(value)
    if len(numbers) != len(pair) or len(numbers) not in (1, 2):
        raise ValueError("a new value such as 4 or a change such as '+1' is wanted")
    return numbers[0] if len(numbers) == 1 else (numbers[0], numbers[1])


Words = Annotated[str, BeforeValidator(cleaned)]
Text = Annotated[str, BeforeValidator(cleaned), Field(min_length=1)]
Whole = Annotated[int, Strict(), Field(ge=-_GREATEST, le=_GREATEST)]
Minutes = Annotated[int, Strict(), Field(ge=0, le=100_000)]
Truth = Annotated[bool, Strict()]
Reading = Annotated[float, Strict(), Field(ge=0, le=1e9, allow_inf_nan=False)]
Ids = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Changes = dict[Text, Annotated[int | str | tuple[int, int], PlainValidator(_change)]]
Choice = Literal["yes", "partly", "no"]
