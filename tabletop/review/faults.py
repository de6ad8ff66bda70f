"""What `verify` says of a damaged line, in the language that is spoken: its sentences are known by their English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter

from tabletop.review.speech import fixed, key, spoken

_FAULTS = (
    key("it ends in CR LF where LF alone was expected: some program changed the line ends."),
    key("an event was expected, and this is not JSON: {reason}."),
    key("an event was expected, and this is not one JSON object."),
    key('its last key should be "sum", with the value {right}, and is not: the line was changed.'),
    key("its bytes give the sum {right}, and {found} stands there: the line was changed."),
    key('"{name}" was expected, and is missing.'),
    key('"clock" should be a number of seconds, and is out of all bounds.'),
    key('"{name}" should be {kind}, and is {found}.'),
    key("seq {seq} was expected, and {found} found: lines are missing, doubled or out of order."),
    key('its "prev" should be {right} for line {line}, and is {found}: a line was changed.'),
    key('its "prev" should be {right} for the beginning, and is {found}: a line was changed.'),
    key("it is longer than {size} MB, and no event is."),
    key("the exercise in it cannot be proved: {reason}"),
    key('its "exercise_sha256" should be {right}, and is not: the exercise in it is another one.'),
    key("The value has no JSON form: {reason}."),
    key("it holds half of a character (a lone surrogate)"),
    key("it is nested too deeply"),
    key("no UTF-8 at byte {number}"),
    key("{what} at character {number}"),  # what, in the words of Python's own parser
    key("a whole number"),
    key("a number of seconds"),
    key("a text"),
    key("an object"),
    key("a list"),
    key("a huge number"),
    key("true or left out"),
)
"""The sentences, and what stands in them."""


def fault(wrong: str) -> str:
    """The sentence in the language that is spoken; one that is not known stays as it is."""
    if spoken() == "en":
        return wrong
    for told, form in _forms().items():
        if found := form.fullmatch(wrong):
            return fixed(told, **{name: fault(value) for name, value in found.groupdict().items()})
    return wrong


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    return {told: re.compile("".join(_pattern(told)), re.DOTALL) for told in _FAULTS}


def _pattern(told: str) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(told):
        yield re.escape(literal)
        if name is not None:
            yield f"(?P<{name}>.*?)"
