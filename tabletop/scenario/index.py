"""Look-ups into an exercise by id, made once: play asks for them after every event."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tabletop.scenario.conditions import Fact, Holds, always, compile_condition, reads
from tabletop.scenario.model import (
    CONTROL,
    Cell,
    Decision,
    Exercise,
    Inject,
    Move,
    Objective,
    Option,
    Track,
)


class Index:
    """An exercise's parts by id, and who reads which fact.

    ``injects``, ``decisions``, ``moves``, ``cells`` (with ``control``), ``tracks`` and ``objectives`` are
    dicts in file order; ``inject_of`` gives the inject that asks a decision, ``move_of`` the move that an
    inject stands in; ``players`` are the ids of the cells without control.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.players: tuple[str, ...] = tuple(cell.id for cell in exercise.cells)
        self.cells: dict[str, Cell] = {cell.id: cell for cell in exercise.cells}
        self.cells.setdefault(CONTROL, Cell(id=CONTROL, name="Control"))
        self.tracks: dict[str, Track] = {track.id: track for track in exercise.tracks}
        self.objectives: dict[str, Objective] = {each.id: each for each in exercise.objectives}
        self.moves: dict[str, Move] = {move.id: move for move in exercise.moves}
        self.injects: dict[str, Inject] = {inject.id: inject for inject in exercise.injects()}
        self.move_of: dict[str, Move] = {inject.id: move for move in exercise.moves for inject in move.injects}
        self.decisions: dict[str, Decision] = {}
        self.inject_of: dict[str, Inject] = {}
        for inject in self.injects.values():
            for decision in inject.decisions:
                self.decisions[decision.id] = decision
                self.inject_of[decision.id] = inject
        self._compiled: dict[str, Holds] = {}

    def addressees(self, inject: Inject) -> tuple[str, ...]:
        """The cells that an inject goes to; every player cell where it names none."""
        return inject.to or self.players

    def decision_cells(self, decision: str) -> tuple[str, ...]:
        """The cells that a decision of this exercise asks, in order."""
        return self.decisions[decision].cells or self.addressees(self.inject_of[decision])

    def option(self, decision: str, option: str) -> Option | None:
        """An option of a decision, or None where either is unknown."""
        known = self.decisions.get(decision)
        return known.option(option) if known else None

    def condition(self, inject: str) -> Holds:
        """The compiled `when` of an inject of this exercise."""
        if inject not in self._compiled:
            self._compiled[inject] = compile_condition(self.injects[inject].when, self)
        return self._compiled[inject]

    def conditional(self, inject: str) -> bool:
        """Whether an inject of this exercise has a `when` that asks anything."""
        return self.condition(inject) is not always

    @cached_property
    def move_conditions(self) -> dict[str, Holds]:
        """The compiled `when` of each move."""
        return {move.id: compile_condition(move.when, self) for move in self.moves.values()}

    @cached_property
    def readers(self) -> dict[Fact, tuple[str, ...]]:
        """For each fact, the injects whose `when` reads it, in file order."""
        readers: dict[Fact, list[str]] = {}
        for inject in self.injects.values():
            for fact in reads(inject.when):
                readers.setdefault(fact, []).append(inject.id)
        return {fact: tuple(injects) for fact, injects in readers.items()}

    def readers_in(self, move: str) -> Mapping[Fact, tuple[str, ...]]:
        """For each fact, the injects of one move whose `when` reads it."""
        return self._readers_in.get(move, {})

    @cached_property
    def _readers_in(self) -> dict[str, dict[Fact, tuple[str, ...]]]:
        within: dict[str, dict[Fact, tuple[str, ...]]] = {move: {} for move in self.moves}
        for fact, injects in self.readers.items():
            for inject in injects:
                here = within[self.move_of[inject].id]
                here[fact] = (*here.get(fact, ()), inject)
        return within
