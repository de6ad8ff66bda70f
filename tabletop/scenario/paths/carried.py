"""Facts that a search carries along with the tracks: answers, and releases that later moves ask about.

A fact changes nothing until a condition asks for it. So it is one more value in the search's space: plays that
differ in it go on together until a condition parts them. From its last reader on it is forgotten, and another
fact takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple

from tabletop.scenario.conditions import reads
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Decision, Track
from tabletop.scenario.paths.naming import Classes, classes_of, negated
from tabletop.scenario.paths.told import Needed, needed

LARGEST = 2**20
"""Combinations up to which facts are carried; beyond it, sets grow slower to handle than plays."""

Named = tuple[str, str]
"""A fact that is no track: ``("chose", decision)`` or ``("released", inject)``."""


class Asked(NamedTuple):
    """Where a condition is asked: the move's place in file order; its id, or nothing where it is the move's own."""

    place: int
    move: str = ""


class Carried:
    """The facts that are carried, and the tracks that stand for them, each for one fact after the other.

    ``tracks`` have value 0 for "none of those that are named"; ``choices`` gives the class of each named option by
    decision; ``released`` are the injects whose release is carried; ``forgotten`` are the tracks that are set to 0
    before each move. ``asked`` are all conditions that the play may be asked, ``needed`` those of being told among
    them, and ``classes`` tells which options are one and the same to all of them.
    """

    def __init__(self, index: Index, tracks: Sequence[Track]) -> None:
        self._index = index
        self._made_in = {("chose", asked): index.move_of[inject.id].id for asked, inject in index.inject_of.items()}
        self._made_in |= {("released", inject): move.id for inject, move in index.move_of.items()}
        self.needed = needed(index)
        self.asked = list(_asked(index, self.needed))
        self.classes = classes_of(when for _, when in self.asked)
        self.choices: dict[str, Classes] = {}
        self.released: set[str] = set()
        self._track_of: dict[tuple[str, str], str] = {}  # of a decision and a cell, or of "" and an inject
        self._greatest: list[int] = []  # of each track
        self._until: list[int] = []  # the last move that reads what each track now stands for
        self.forgotten: list[list[str]] = [[] for _ in index.exercise.moves]
        self._size = prod(track.max - track.min + 1 for track in tracks)
        self._places = {move.id: place for place, move in enumerate(index.exercise.moves)}
        for (kind, id), last in self._read():
            made = self._places[self._made_in[kind, id]]
            self._carry(kind, id, made, max(made, last))
        self.tracks = [
            Track(id=_slot(number), name=_slot(number), start=0, min=0, max=greatest)
            for number, greatest in enumerate(self._greatest)
        ]

    def carries(self, kind: str, id: str, move: str) -> bool:
        """Whether a condition that is asked in a move finds this fact among the tracks."""
        if kind == "chose":
            return id in self.choices
        return id in self.released and self.is_made_elsewhere(kind, id, move)

    def is_to_come(self, kind: str, id: str, asked: Asked) -> bool:
        """Whether a fact is only made in a later move: its track stands for another one till then."""
        return self._places[self._made_in[kind, id]] > asked.place

    def is_made_elsewhere(self, kind: str, id: str, move: str) -> bool:
        """Whether nothing that happens in a move can change this fact; a track may change anywhere."""
        return kind != "track" and self._made_in.get((kind, id), move) != move

    def chosen_by(self, decision: str, cell: str) -> str | None:
        """The track that stands for a cell's choice, from its decision on."""
        return self._track_of.get((decision, cell))

    def release_of(self, inject: str) -> str:
        """The track that stands for an inject's release, from its release on."""
        return self._track_of["", inject]

    def chosen(self, decision: Decision, cells: tuple[str, ...], option: str) -> Mapping[str, str]:
        """What a choice sets, as effects on the tracks that stand for it."""
        places = self.choices.get(decision.id)
        if places is None:
            return {}
        return {self._track_of[decision.id, cell]: f"={places.get(option, 0)}" for cell in cells}

    # --- which facts, and where ---------------------------------------------------------------------

    def _read(self) -> Iterator[tuple[Named, int]]:
        """The facts that are worth carrying, those of early moves first, each with the last move that reads it.

        A release that its own move asks about is looked up in the play itself there; so is whether a question was
        asked.
        """
        last: dict[Named, int] = {}
        asked: set[Named] = set()
        for where, when in self.asked:
            for kind, id in reads(when):
                if kind == "chose" or self.is_made_elsewhere(kind, id, where.move):
                    last[kind, id] = where.place  # they come in file order
            askers = (self._index.inject_of.get(decision) for decision in negated(when))
            asked |= {("released", inject.id) for inject in askers if inject is not None}
        yield from ((fact, last[fact]) for fact in self._made_in if fact in last and fact not in asked)

    def _carry(self, kind: str, id: str, made: int, last: int) -> None:
        """Find a track for each cell's answer, or for the release; leave all as it is where there is no room."""
        cells = self._index.decision_cells(id) if kind == "chose" else ()
        greatest = max(self.classes[id].values()) if kind == "chose" else 1
        before = self._size, list(self._greatest), list(self._until)
        slots = {key: self._slot(greatest, made, last) for key in ([(id, cell) for cell in cells] or [("", id)])}
        if self._size > LARGEST:
            self._size, self._greatest, self._until = before
            return
        self._track_of |= {key: _slot(slot) for key, slot in slots.items()}
        if last + 1 < len(self.forgotten):
            self.forgotten[last + 1] += [_slot(slot) for slot in slots.values()]
        if kind == "chose":
            self.choices[id] = self.classes[id]
        else:
            self.released.add(id)

    def _slot(self, greatest: int, made: int, last: int) -> int:
        """A track for a fact that is made in one move and last read in another: a free one, or a new one."""
        free = [number for number, until in enumerate(self._until) if until < made]
        number = max(free, key=self._greatest.__getitem__, default=len(self._until))
        if number == len(self._until):
            self._until.append(0)
            self._greatest.append(0)
        self._until[number] = last
        self._size = self._size // (self._greatest[number] + 1) * (max(greatest, self._greatest[number]) + 1)
        self._greatest[number] = max(greatest, self._greatest[number])
        return number


def _slot(number: int) -> str:
    """The name of a track that stands for facts; no track of an exercise is called so."""
    return f"fact {number}"


def _asked(index: Index, needed: Mapping[str, Sequence[Needed]]) -> Iterator[tuple[Asked, Condition]]:
    """Every condition, with where it is asked, in file order."""
    for place, move in enumerate(index.exercise.moves):
        if move.when is not None:
            yield Asked(place), move.when
        yield from ((Asked(place), each.when) for each in needed.get(f"move {move.id}", ()))
        for inject in move.injects:
            if inject.contingency:
                continue
            if inject.when is not None:
                yield Asked(place, move.id), inject.when
            yield from ((Asked(place, move.id), each.when) for each in needed.get(inject.id, ()))
