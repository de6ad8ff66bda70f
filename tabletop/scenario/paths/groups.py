"""Many planned plays at once: all those that stand alike but for their tracks, and for facts read only later.

The values of a group are a set of combinations (`spaces`). A condition that holds for some of them and not
for others parts the group in two; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tabletop.scenario.desks import Task
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Effect, Move, Option
from tabletop.scenario.paths.carried import Asked
from tabletop.scenario.paths.spaces import Sift, Space, Values
from tabletop.scenario.paths.told import WRITTEN, Needed
from tabletop.scenario.planned import Choose, Happening, Moved, PlannedPlay


class Step(NamedTuple):
    """What befell a group's values on the way: an effect, or a sift that left `values`; and what came before."""

    before: Step | None
    track: str = ""
    effect: Effect = 0
    values: Values = 0


EffectAt = tuple[str, ...]
"""An effect on a track (named last): of an inject's release, or of an option after inject and decision."""


class Board:
    """What all groups of one search share: the space, compiled conditions, and which effects ever count."""

    def __init__(self, index: Index, space: Space) -> None:
        self.index, self.space = index, space
        self.whens: dict[str, Sift] = {
            inject.id: space.compile(inject.when, index, Asked(place, move.id))
            for place, move in enumerate(index.exercise.moves)
            for inject in move.injects
        }
        self.turns: dict[str, Sift] = {
            move.id: space.compile(move.when, index, Asked(place)) for place, move in enumerate(index.exercise.moves)
        }
        # What is taken for granted when something reaches a cell: of what, which cell, whether it was told of it.
        self.told: dict[str, list[tuple[Needed, Sift]]] = {}
        for place, move in enumerate(index.exercise.moves):
            asking = {f"move {move.id}": Asked(place), **{each.id: Asked(place, move.id) for each in move.injects}}
            for id, asked in asking.items():
                if needs := space.carried.needed.get(id):
                    self.told[id] = [(each, space.compile(each.when, index, asked)) for each in needs]
        self.counting: dict[EffectAt, bool] = {}


class Group(PlannedPlay):
    """Planned plays with the same future but for their values."""

    def __init__(self, board: Board) -> None:
        super().__init__(board.index)
        self.board = board
        self.values = board.space.start()
        self.trail: Step | None = None
        self.ending: tuple[str, ...] = ()  # what the last move that is over ended on, where that is asked
        self._options: tuple[Option, ...] = ()
        self._presumed: frozenset[str] = frozenset()  # injects whose `when` is asked when their turn comes

    def fork(self) -> Group:
        """Another group that goes its own way."""
        other = super().fork()
        assert isinstance(other, Group)
        return other

    # --- parting ------------------------------------------------------------------------------------

    def _left_with(self, values: Values) -> None:
        """Only these combinations are left in this group."""
        self.values = values
        self.trail = Step(self.trail, values=values)

    def settled(self) -> Iterator[Group]:
        """The groups that this one parts into when all conditions that may have changed are asked again."""
        groups = [self]
        while groups:
            group = groups.pop()
            while group._unsettled:
                inject = next(iter(group._unsettled))
                del group._unsettled[inject]
                if not group._presumes(inject):
                    groups += group._part(inject)
            yield group

    def _part(self, inject: str) -> list[Group]:
        """Ask a condition: from now on it holds for all of this group, or for none; the others are given back."""
        holding = self._sift(inject)
        others = []
        if holding and holding != self.values:
            other = self.fork()
            other._left_with(self.values ^ holding)
            other._turned(inject, False)
            others.append(other)
            self._left_with(holding)
        self._turned(inject, holding != 0)
        return others

    def _sift(self, inject: str) -> Values:
        return self.board.whens[inject](self.values, self.released, self.chosen)

    def untold(self, id: str) -> Iterator[tuple[Needed, Values]]:
        """What an inject, or a move after ``move ``, takes for granted that a cell was not told, and in which plays."""
        for each, sift in self.board.told.get(id, ()):
            told = sift(self.values, self.released, self.chosen)
            if told != self.values:
                yield each, self.values ^ told

    def holding(self, inject: str) -> Values:
        """The combinations for which the `when` of a pending inject of this move holds now."""
        if inject in self._presumed:
            return self._sift(inject)
        return self.values if inject in self.since or not self.index.conditional(inject) else 0

    # --- presuming ----------------------------------------------------------------------------------
    # Until its `at`, an inject without `delay` goes out at that minute or not at all, whenever its `when` came to
    # hold. So it is presumed to, and asked when its turn comes: plays that differ in it stay together till then.

    def _presumes(self, inject: str) -> bool:
        known = self.index.injects[inject]
        if inject not in self._presumed and not known.delay and self.minute < known.at:
            self._presumed |= {inject}
            self._turned(inject, True)
        return inject in self._presumed

    def turn_of_presumed(self) -> list[Group] | None:
        """The groups that this one parts into when a presumed inject is next to go out; None if none is."""
        moment, done = self._next_moment(), self.desks.next_done()
        if moment is None or (done is not None and done <= moment):
            return None
        inject = self._moments[0][3]
        if inject not in self._presumed:
            return None
        self._presumed -= {inject}
        minute, self.minute = self.minute, moment
        groups = [self, *self._part(inject)]
        for each in groups:
            each.minute = minute
        return groups

    def turns(self) -> Iterator[tuple[Move, Group | None, Group | None]]:
        """Move by move whose turn comes: the group that plays it, and the one that leaves it out."""
        group: Group | None = self
        for place, move in enumerate(self.index.exercise.moves[self.place :], self.place + 1):
            if group is None:
                return
            group.place = place
            group._set(dict.fromkeys(self.board.space.carried.forgotten[place - 1], "=0"))
            holding = self.board.turns[move.id](group.values, group.released, group.chosen)
            plays, passes = (group, None) if holding == group.values else (None, group)
            if holding and plays is None:
                plays, passes = group.fork(), group.fork()
                plays._left_with(holding)
                passes._left_with(group.values ^ holding)
            yield move, plays, passes
            group = passes

    # --- choosing several options at once -----------------------------------------------------------

    def choose_among(self, options: tuple[Option, ...], choose: Choose) -> Happening | None:
        """Let the decision be done with any of these options, which are one and the same to all conditions."""
        self._options = options
        happening = self.happen(choose)
        self._options = ()
        return happening

    def _choose(self, task: Task, decision: Decision, choose: Choose) -> tuple[str | None, Moved]:
        if not self._options:
            assert not decision.options
            for cell in task.cells:
                self.chosen[decision.id, cell] = WRITTEN
            self._set(self.board.space.carried.chosen(decision, task.cells, WRITTEN))
            return None, {}
        option = self._options[0]
        for cell in task.cells:
            self.chosen[decision.id, cell] = option.id
        came, reached = self.values, 0
        moved: Moved = {}
        for each in self._options:
            self.values = came
            moved |= self._apply(each.effects, task.inject.id, decision.id, each.id)
            self._set(self.board.space.carried.chosen(decision, task.cells, each.id))
            reached |= self.values
        self.values = reached
        self._unsettle([("chose", decision.id), *(("track", track) for track in moved)])
        return option.id, moved

    def _apply(self, effects: Mapping[str, Effect], *place: str) -> Moved:
        """Move the combinations; ``(0, 1)`` says that a track moved in some of them."""
        space, counting = self.board.space, self.board.counting
        moved: Moved = {}
        for track, effect in effects.items():
            if not space.knows(track):
                continue
            values = space.apply(self.values, track, effect)
            moves = values != self.values  # a set that comes out as it went in lies at the bound as a whole
            if effect and isinstance(effect, int):
                at = (*place, track)
                counting[at] = moves or counting.get(at, False)
            if moves:
                self.values = values
                moved[track] = (0, 1)
            self.trail = Step(self.trail, track, effect)
        if place[0] in space.carried.released and len(place) == 1:
            self._set({space.carried.release_of(place[0]): "=1"})
        return moved

    def _set(self, facts: Mapping[str, str]) -> None:
        """Note facts that are carried."""
        for track, value in facts.items():
            self.values = self.board.space.apply(self.values, track, value)
            self.trail = Step(self.trail, track, value)
