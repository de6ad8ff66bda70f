"""Facts that a search carries along with the tracks, for conditions of later moves.

An answer, or a release, that later moves ask about changes nothing until then. It is one more track of the
search's space: plays that differ in it go on together until a condition parts them. Within the move that makes
it, a fact is looked up in the play itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

from tabletop.scenario.conditions import reads
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Decision, Track
from tabletop.scenario.paths.naming import named_options, negated

LARGEST = 2**20
"""Combinations up to which facts are carried; beyond it, sets grow slower to handle than plays."""

Named = tuple[str, str]
"""A fact that is no track: ``("chose", decision)`` or ``("released", inject)``."""


class Carried:
    """The facts that are carried, and the tracks that stand for them.

    ``tracks`` have value 0 for "none of those that are named"; ``choices`` gives the place of each named option
    by decision; ``released`` the injects whose release is carried.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._made_in = {("chose", asked): index.move_of[inject.id].id for asked, inject in index.inject_of.items()}
        self._made_in |= {("released", inject): move.id for inject, move in index.move_of.items()}
        self.tracks: list[Track] = []
        self.choices: dict[str, dict[str, int]] = {}
        self.released: set[str] = set()
        size = prod(track.max - track.min + 1 for track in index.tracks.values())
        for kind, id in self._read_later():
            size = self._carry_choice(id, size) if kind == "chose" else self._carry_release(id, size)

    def carries(self, kind: str, id: str, move: str) -> bool:
        """Whether a condition that is asked in a move finds this fact among the tracks."""
        known = self.choices if kind == "chose" else self.released
        return id in known and self.is_made_elsewhere(kind, id, move)

    def is_made_elsewhere(self, kind: str, id: str, move: str) -> bool:
        """Whether nothing that happens in a move can change this fact; a track may change anywhere."""
        return kind != "track" and self._made_in.get((kind, id), move) != move

    def _read_later(self) -> Iterator[Named]:
        """The facts that another move than their own asks about, those of early moves first."""
        later: set[Named] = set()
        asked: set[Named] = set()
        for move, when in whens(self._index):
            later |= {(kind, id) for kind, id in reads(when) if self._made_in.get((kind, id), move) != move}
            # Whether a question was asked is looked up in the play itself.
            askers = (self._index.inject_of.get(decision) for decision in negated(when))
            asked |= {("released", inject.id) for inject in askers if inject is not None}
        yield from (fact for fact in self._made_in if fact in later and fact not in asked)

    def _carry_choice(self, decision: str, size: int) -> int:
        named = sorted(option for asked, option in named_options(whens(self._index)) if asked == decision)
        cells = self._index.decision_cells(decision)
        larger: int = size * (len(named) + 1) ** len(cells)
        if larger > LARGEST:
            return size
        self.choices[decision] = {option: place for place, option in enumerate(named, 1)}
        self.tracks += [_track(chosen_by(decision, cell), len(named)) for cell in cells]
        return larger

    def _carry_release(self, inject: str, size: int) -> int:
        if size * 2 > LARGEST:
            return size
        self.released.add(inject)
        self.tracks.append(_track(release_of(inject), 1))
        return size * 2

    def chosen(self, decision: Decision, cells: tuple[str, ...], option: str) -> Mapping[str, str]:
        """What a choice sets, as effects on the tracks that stand for it."""
        places = self.choices.get(decision.id)
        if places is None:
            return {}
        return {chosen_by(decision.id, cell): f"={places.get(option, 0)}" for cell in cells}


def chosen_by(decision: str, cell: str) -> str:
    """The track that stands for a cell's choice; no track of an exercise is called so."""
    return f"chose {decision}/{cell}"


def release_of(inject: str) -> str:
    """The track that stands for an inject's release."""
    return f"released {inject}"


def _track(id: str, greatest: int) -> Track:
    return Track(id=id, name=id, start=0, min=0, max=greatest)


def whens(index: Index) -> Iterator[tuple[str, Condition]]:
    """Every condition, with the move in which it is asked; a move's own is asked before it."""
    for move in index.exercise.moves:
        if move.when is not None:
            yield "", move.when
        for inject in move.injects:
            if inject.when is not None:
                yield move.id, inject.when
