"""What the conditions of an exercise name: options, and questions inside a `not`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.scenario.model import Condition


def named_options(whens: Iterable[Condition]) -> set[tuple[str, str]]:
    """Every option that one of the conditions names, after its decision; to them, the others are all one."""
    return {named for when in whens for named in _named(when)}


def _named(when: Condition) -> Iterator[tuple[str, str]]:
    for place, options in when.chose.items():
        for option in options:
            yield place.partition("/")[0], option
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
