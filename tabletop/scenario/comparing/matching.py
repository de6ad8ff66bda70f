"""Which part of one version is which part of the other: by id, else by what it is called."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tabletop.scenario.model import Model

_CALLED = ("title", "name", "question", "text")
T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Match(Generic[T]):
    """What is in both, as pairs in the new order, and what is in one alone."""

    pairs: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]


def id_of(thing: Model) -> str:
    """A part's id."""
    id: str = getattr(thing, "id")  # noqa: B009 - not every model has one; those that are matched do
    return id


def match(old: Sequence[T], new: Sequence[T]) -> Match[T]:
    """Match by id; what then is left and is called the same in both was given another id."""
    before = {id_of(each): each for each in old}
    after = {id_of(each): each for each in new}
    gone = [each for id, each in before.items() if id not in after]
    come = [each for id, each in after.items() if id not in before]
    was = {id: id for id in before if id in after} | _renamed(gone, come)
    return Match(
        pairs=tuple((before[was[id]], each) for id, each in after.items() if id in was),
        removed=tuple(each for each in gone if id_of(each) not in was.values()),
        added=tuple(each for each in come if id_of(each) not in was),
    )


def _renamed(gone: Sequence[Model], come: Sequence[Model]) -> dict[str, str]:
    """The old id of each that is called as one was, where no other is called so."""
    called = Counter(map(_called, gone)), Counter(map(_called, come))
    old = {_called(each): id_of(each) for each in gone}
    return {
        id_of(each): old[name]
        for each in come
        if (name := _called(each)) in old and called[0][name] == called[1][name] == 1
    }


def _called(thing: Model) -> str:
    return next(str(getattr(thing, key)) for key in _CALLED if hasattr(thing, key))


def out_of_order(positions: Sequence[int]) -> set[int]:
    """The fewest of these different numbers that are to be taken out so that the rest rises."""
    ends: list[int] = []  # the least end of a rising row, by its length
    ends_at: list[int] = []
    before: list[int] = []
    for at, position in enumerate(positions):
        length = bisect_left(ends, position)
        before.append(ends_at[length - 1] if length else -1)
        ends[length : length + 1], ends_at[length : length + 1] = [position], [at]
    kept: set[int] = set()
    at = ends_at[-1] if ends_at else -1
    while at >= 0:
        kept.add(positions[at])
        at = before[at]
    return set(positions) - kept
