"""Sets of track values, as the bits of one whole number: what a search holds instead of one value a track.

Every combination of the tracks' values is one bit. An effect moves all combinations at once by a few shifts,
a comparison sifts them by one mask, and the way back of both is as cheap; all of it is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from itertools import repeat

from tabletop.scenario import scalars
from tabletop.scenario.conditions import COMPARE
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Effect, Track
from tabletop.scenario.paths.carried import Asked, Carried

Values = int
"""A set of combinations of track values; 0 is the empty set."""

Sift = Callable[[Values, Container[str], Mapping[tuple[str, str], str | None]], Values]
"""A compiled condition: (combinations, released injects, choices) -> the combinations for which it holds."""


class Space:
    """All combinations of the values of some tracks, facts that are carried among them; ``size`` counts them."""

    def __init__(self, tracks: Iterable[Track], carried: Carried) -> None:
        self.carried = carried
        self._tracks: dict[str, Track] = {}
        self._stride: dict[str, int] = {}
        self.size = 1
        for track in (*tracks, *carried.tracks):
            self._tracks[track.id], self._stride[track.id] = track, self.size
            self.size *= track.max - track.min + 1
        self.applied = cache(self._applied)
        self.masked = cache(lambda track, value: self._mask(track, [value]))

    def start(self) -> Values:
        """The one combination with which play begins."""
        place = sum((track.clamp(track.start) - track.min) * self._stride[id] for id, track in self._tracks.items())
        return 1 << place

    def has(self, values: Values, track: str) -> tuple[int, int]:
        """The least and the greatest value of a track in some combinations; there must be one."""
        known = self._tracks[track]
        found = [at for at in range(known.min, known.max + 1) if values & self.masked(track, at)]
        return found[0], found[-1]

    def where(self, track: str, holds: Callable[[int], bool]) -> Values:
        """The combinations in which a track's value passes a test."""
        known = self._tracks[track]
        return self._mask(track, [value for value in range(known.min, known.max + 1) if holds(value)])

    def _mask(self, track: str, values: Iterable[int]) -> Values:
        """The combinations in which a track has one of some values: runs of ones, again and again."""
        known, stride = self._tracks[track], self._stride[track]
        run = (1 << stride) - 1
        mask = sum(run << ((value - known.min) * stride) for value in values)
        # Doubling: the pattern of n periods is that of n/2, twice.
        filled = stride * (known.max - known.min + 1)
        while filled < self.size:
            mask |= mask << filled
            filled *= 2
        return mask & ((1 << self.size) - 1)

    def _applied(self, track: str, effect: Effect) -> tuple[tuple[Values, int], ...]:
        """An effect as (combinations, how far they shift): together they are all combinations."""
        known, stride = self._tracks[track], self._stride[track]
        shifts: dict[int, list[int]] = {}
        for value in range(known.min, known.max + 1):
            to = known.clamp(int(effect[1:]) if isinstance(effect, str) else value + effect)
            shifts.setdefault((to - value) * stride, []).append(value)
        return tuple((self._mask(track, values), by) for by, values in shifts.items())

    def apply(self, values: Values, track: str, effect: Effect) -> Values:
        """Where the combinations go when an effect moves a track, kept within its bounds."""
        moved = 0
        for mask, by in self.applied(track, effect):
            if part := values & mask:
                if by:  # each operation copies the whole set, so none is done in vain
                    part = part << by if by > 0 else part >> -by
                moved = moved | part if moved else part
        return moved

    def before(self, values: Values, track: str, effect: Effect) -> Values:
        """All combinations from which an effect leads into these."""
        came = 0
        for mask, by in self.applied(track, effect):
            came |= (values >> by if by >= 0 else values << -by) & mask
        return came

    def knows(self, track: str) -> bool:
        """Whether the track is one of this space's."""
        return track in self._tracks

    # --- conditions ---------------------------------------------------------------------------------

    def compile(self, when: Condition | None, index: Index, asked: Asked) -> Sift:
        """A condition that is asked in a move as a sift; without one, everything passes."""
        parts: list[Sift] = []
        if when is not None:
            parts += [self._chose(place, frozenset(options), index, asked) for place, options in when.chose.items()]
            parts += [self._track(track, comparison) for track, comparison in when.track.items()]
            parts += [self._released(inject, asked) for inject in when.released]
            if when.any_ is not None:
                parts.append(_any([self.compile(part, index, asked) for part in when.any_]))
            if when.not_ is not None:
                parts.append(_not(self.compile(when.not_, index, asked)))
        return parts[0] if len(parts) == 1 else _all(parts)

    def _track(self, track: str, comparison: str) -> Sift:
        if track not in self._tracks:
            return lambda values, released, chosen: 0
        bounds = [(COMPARE[sign], number) for sign, number in scalars.comparison(comparison)]
        mask = self.where(track, lambda value: all(compare(value, number) for compare, number in bounds))
        return lambda values, released, chosen: values & mask

    def _chose(self, place: str, options: frozenset[str], index: Index, asked: Asked) -> Sift:
        decision, _, cell = place.partition("/")
        cells = (cell,) if cell else index.decision_cells(decision) if decision in index.decisions else ()
        if self.carried.carries("chose", decision, asked.move):
            places = {at for option, at in self.carried.choices[decision].items() if option in options}
            to_come = self.carried.is_to_come("chose", decision, asked)
            mask = 0
            for track in () if to_come else map(self.carried.chosen_by, repeat(decision), cells):
                mask |= self.where(track, places.__contains__) if track is not None else 0
            return lambda values, released, chosen: values & mask
        keys = [(decision, each) for each in cells]
        return lambda values, released, chosen: values if any(chosen.get(key) in options for key in keys) else 0

    def _released(self, inject: str, asked: Asked) -> Sift:
        if self.carried.carries("released", inject, asked.move):
            track = self.carried.release_of(inject)
            mask = 0 if self.carried.is_to_come("released", inject, asked) else self.where(track, bool)
            return lambda values, released, chosen: values & mask
        return lambda values, released, chosen: values if inject in released else 0


def _all(parts: list[Sift]) -> Sift:
    def sift(values: Values, released: Container[str], chosen: Mapping[tuple[str, str], str | None]) -> Values:
        for part in parts:
            values = part(values, released, chosen)
        return values

    return sift


def _any(parts: list[Sift]) -> Sift:
    def sift(values: Values, released: Container[str], chosen: Mapping[tuple[str, str], str | None]) -> Values:
        passed = 0
        for part in parts:
            passed |= part(values, released, chosen)
        return passed

    return sift


def _not(part: Sift) -> Sift:
    return lambda values, released, chosen: values ^ part(values, released, chosen)
