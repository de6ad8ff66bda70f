"""Conditions: what a `when` asks of the play so far, and whether it holds.

A condition is compiled once into a plain function, because planned play and the console ask it after
every event. It reads three things: the tracks' values, which injects were released, and what each cell
chose; a fact that a condition may read is named by a pair such as ``("track", "trust")``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from tabletop.scenario import scalars
from tabletop.scenario.model import Condition

if TYPE_CHECKING:
    from tabletop.scenario.index import Index

Fact = tuple[Literal["chose", "track", "released"], str]
"""What a condition may read: the choice in a decision, a track's value, an inject's release."""

Tracks = Mapping[str, int]
Chosen = Mapping[tuple[str, str], str | None]
Holds = Callable[[Tracks, Container[str], Chosen], bool]
"""A compiled condition: (tracks, released injects, option chosen by (decision, cell)) -> whether it holds."""

COMPARE: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def always(tracks: Tracks, released: Container[str], chosen: Chosen) -> bool:
    """The condition that always holds: no `when`, or an empty one."""
    return True


def compile_condition(when: Condition | None, index: Index) -> Holds:
    """Turn a condition into a function of the play so far; every part of it must hold."""
    parts = list(_parts(when, index)) if when is not None else []
    if not parts:
        return always
    return _all(parts)


def _all(parts: list[Holds]) -> Holds:
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:  # most are; a loop would take twice the time
        one, other = parts
        return lambda tracks, released, chosen: one(tracks, released, chosen) and other(tracks, released, chosen)
    return lambda tracks, released, chosen: all(part(tracks, released, chosen) for part in parts)


def _parts(when: Condition, index: Index) -> Iterator[Holds]:
    for place, options in when.chose.items():
        yield _chose(place, frozenset(options), index)
    for track, comparison in when.track.items():
        yield _track(track, comparison)
    for inject in when.released:
        yield _released(inject)
    if when.any_ is not None:
        yield _any([compile_condition(one, index) for one in when.any_])
    if when.not_ is not None:
        yield _not(compile_condition(when.not_, index))


def _chose(place: str, options: frozenset[str], index: Index) -> Holds:
    decision, _, cell = place.partition("/")
    if cell:
        key = (decision, cell)
        return lambda tracks, released, chosen: chosen.get(key) in options
    if decision not in index.decisions:
        # Put on the spot, so the exercise does not know which cells answer it.
        return lambda tracks, released, chosen: any(
            asked == decision and option in options for (asked, _), option in chosen.items()
        )
    keys = [(decision, each) for each in index.decision_cells(decision)]
    return lambda tracks, released, chosen: any(chosen.get(key) in options for key in keys)


def _track(track: str, comparison: str) -> Holds:
    bounds = [(COMPARE[sign], number) for sign, number in scalars.comparison(comparison)]
    return _all([_compared(track, compare, number) for compare, number in bounds])


def _compared(track: str, compare: Callable[[int, int], bool], number: int) -> Holds:
    def holds(tracks: Tracks, released: Container[str], chosen: Chosen) -> bool:
        value = tracks.get(track)
        return value is not None and compare(value, number)

    return holds


def _released(inject: str) -> Holds:
    return lambda tracks, released, chosen: inject in released


def _any(parts: list[Holds]) -> Holds:
    return lambda tracks, released, chosen: any(part(tracks, released, chosen) for part in parts)


def _not(part: Holds) -> Holds:
    return lambda tracks, released, chosen: not part(tracks, released, chosen)


def reads(when: Condition | None) -> frozenset[Fact]:
    """The facts that a condition asks about, however deep they stand in it."""
    return frozenset(_reads(when)) if when is not None else frozenset()


def _reads(when: Condition) -> Iterator[Fact]:
    for place in when.chose:
        yield ("chose", place.partition("/")[0])
    for track in when.track:
        yield ("track", track)
    for inject in when.released:
        yield ("released", inject)
    for part in (*(when.any_ or ()), *((when.not_,) if when.not_ is not None else ())):
        yield from _reads(part)
