"""What the conditions of an exercise name: options, and questions inside a `not`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.scenario.model import Condition

Classes = dict[str | None, int]
"""The class of each option of a decision that a condition names; what is not in here is of class 0."""


def classes_of(whens: Iterable[Condition]) -> dict[str, Classes]:
    """The options that conditions name, by decision, each with the number of its class, from 1.

    Options of one class are one and the same to every condition; so are all those that none names.
    """
    named: dict[str, dict[frozenset[str], None]] = {}
    for when in whens:
        for decision, options in _named(when):
            named.setdefault(decision, {})[frozenset(options)] = None
    return {decision: _classes(list(sets)) for decision, sets in named.items()}


def _classes(sets: list[frozenset[str]]) -> Classes:
    numbers: dict[tuple[bool, ...], int] = {}
    options = sorted(frozenset().union(*sets))
    return {option: numbers.setdefault(tuple(option in each for each in sets), len(numbers) + 1) for option in options}


def _named(when: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    for place, options in when.chose.items():
        yield place.partition("/")[0], options
    for part in (*(when.any_ or ()), *((when.not_,) if when.not_ is not None else ())):
        yield from _named(part)


def negated(when: Condition | None, within: bool = False) -> Iterator[str]:
    """The decisions that a condition asks about inside a `not`."""
    if when is None:
        return
    if within:
        yield from (place.partition("/")[0] for place in when.chose)
    for part in when.any_ or ():
        yield from negated(part, within)
    yield from negated(when.not_, True)
