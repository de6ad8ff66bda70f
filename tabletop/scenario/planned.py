"""Planned play: how a session runs if every cell takes exactly its minutes and nobody overrules.

This is the format's "Planned play", to the letter. Rehearsals, forecasts and the checks of the branches
all run on it, so that they agree. Times are whole minutes: ``minute`` on the move's clock, ``total`` since
play began.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import NamedTuple

from tabletop.scenario.conditions import Fact
from tabletop.scenario.desks import Desks, Idle, Task
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Effect, Exercise, Inject, Move

Choose = Callable[[Decision, tuple[str, ...]], str]
"""Asked when a decision with options is done: the decision, the cells that answer -> the option's id."""

Moved = dict[str, tuple[int, int]]
"""What an act did to tracks, clamped: (before, after); a change lost at a bound shows as (10, 10)."""


class MoveStarted(NamedTuple):
    """A move's clock starts."""

    move: Move
    minute: int
    total: int


class Released(NamedTuple):
    """An inject goes out to `cells`, at its moment."""

    inject: Inject
    cells: tuple[str, ...]
    minute: int
    total: int
    tracks: Moved


class Decided(NamedTuple):
    """A decision is done; `option` is None for a text. Asked and taken up on the same move's clock."""

    inject: Inject
    decision: Decision
    cells: tuple[str, ...]
    option: str | None
    minute: int
    total: int
    asked: int
    taken_up: int
    tracks: Moved


class Discussed(NamedTuple):
    """A cell is done with the discussion of an inject."""

    inject: Inject
    cell: str
    minute: int
    total: int
    asked: int
    taken_up: int


class MoveOver(NamedTuple):
    """Nothing is left to happen in the move; `idle` are the stretches in which a cell had nothing to do."""

    move: Move
    minute: int
    total: int
    idle: tuple[Idle, ...]


Happening = MoveStarted | Released | Decided | Discussed | MoveOver


def play(exercise: Exercise | Index, choose: Choose) -> Iterator[Happening]:
    """What happens in planned play, in order; every move that is played begins and ends."""
    planned = PlannedPlay(exercise if isinstance(exercise, Index) else Index(exercise))
    while (happening := planned.step(choose)) is not None:
        yield happening


class PlannedPlay:
    """Planned play as it stands; each step makes one thing happen.

    A step is ``happen``, then ``settle``, which asks again the conditions that what happened may have
    changed. ``place`` counts the moves that were come to; ``count`` what happened in this one.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.tracks = {track.id: track.start for track in index.tracks.values()}
        self.released: dict[str, None] = {}  # in order of release
        self.chosen: dict[tuple[str, str], str | None] = {}
        self.move: Move | None = None
        self.place = 0  # of the next move, in file order
        self.began = 0  # minutes of play before this move
        self.minute = 0
        self.since: dict[str, int] = {}  # conditional injects of this move whose `when` holds, since when
        self.desks = Desks({})
        self.count = 0
        self._unsettled: dict[str, None] = {}  # injects of this move whose `when` is to be asked again
        self._order: dict[str, int] = {}
        self._moments: list[tuple[int, int, int, str]] = []  # moment, `at`, file order, inject

    @property
    def total(self) -> int:
        """Minutes of play so far."""
        return self.began + self.minute

    def fork(self) -> PlannedPlay:
        """Another play that has come to the same point and goes its own way."""
        other = copy(self)
        other.tracks, other.released, other.chosen = dict(self.tracks), dict(self.released), dict(self.chosen)
        other.since, other._moments, other.desks = dict(self.since), list(self._moments), self.desks.fork()
        other._unsettled = dict(self._unsettled)
        return other

    def step(self, choose: Choose) -> Happening | None:
        """Let the next thing happen; None when the play is over."""
        happening = self.happen(choose)
        self.settle()
        return happening

    def happen(self, choose: Choose) -> Happening | None:
        """The first half of a step; conditions still stand as before it."""
        self.count += 1
        if self.move is None:
            return self._next_move()
        done, moment = self.desks.next_done(), self._next_moment()
        if done is not None and (moment is None or done <= moment):
            return self._done(choose)
        if moment is not None:
            return self._release(moment)
        return self._over(self.move)

    def next_choice(self) -> Task | None:
        """What the next step will ask ``choose`` about, if it will."""
        done, moment = self.desks.next_done(), self._next_moment()
        if done is None or (moment is not None and moment < done):
            return None
        task = self.desks.next_task()
        return task if task.decision is not None and task.decision.options else None

    # --- moves ---------------------------------------------------------------------------------------

    def _next_move(self) -> MoveStarted | None:
        for place, move in enumerate(self.index.exercise.moves[self.place :], self.place + 1):
            if self.index.move_conditions[move.id](self.tracks, self.released, self.chosen):
                self.place = place
                return self.start(move)
        return None

    def start(self, move: Move) -> MoveStarted:
        """The clock of this move starts; nothing of it is settled yet."""
        self.move, self.minute, self.count, self.since, self._moments = move, 0, 0, {}, []
        self.desks = Desks(self.index.cells)
        self._order = {inject.id: place for place, inject in enumerate(move.injects) if not inject.contingency}
        for inject in self._order:
            if self.index.conditional(inject):
                self._unsettled[inject] = None
            else:
                self._schedule(inject, 0)
        return MoveStarted(move, 0, self.total)

    def _over(self, move: Move) -> MoveOver:
        self.minute = max(self.minute, move.minutes)
        over = MoveOver(move, self.minute, self.total, self.desks.close(self.minute))
        self.began, self.minute, self.move = self.total, 0, None
        return over

    # --- injects -------------------------------------------------------------------------------------

    def _schedule(self, inject: str, since: int) -> None:
        known = self.index.injects[inject]
        moment = max(known.at, since + known.delay)
        heapq.heappush(self._moments, (moment, known.at, self._order[inject], inject))

    def _next_moment(self) -> int | None:
        """The moment of the inject that is next; those that no longer hold, or went out, are dropped."""
        while self._moments:
            moment, _, _, inject = self._moments[0]
            if inject not in self.released and self.moment_of(inject) == moment:
                return moment
            heapq.heappop(self._moments)
        return None

    def moment_of(self, inject: str) -> int | None:
        """The minute at which an inject of this move is to go out; None while its `when` fails."""
        since = self.since.get(inject) if self.index.conditional(inject) else 0
        known = self.index.injects[inject]
        return None if since is None else max(known.at, since + known.delay)

    def _release(self, moment: int) -> Released:
        inject = self.index.injects[heapq.heappop(self._moments)[3]]
        self.minute = moment
        self.released[inject.id] = None
        tracks = self._apply(inject.effects, inject.id)
        self._unsettle([("released", inject.id), *_facts(tracks)])
        cells = tuple(dict.fromkeys(self.index.addressees(inject)))
        self._ask(inject, cells)
        return Released(inject, cells, moment, self.total, tracks)

    def _ask(self, inject: Inject, cells: tuple[str, ...]) -> None:
        """First the discussion, of each cell; then each decision, of its cells one by one or all at once."""
        if inject.minutes:
            for cell in cells:
                self.desks.ask(inject, None, (cell,), inject.minutes, self.minute)
        for decision in inject.decisions:
            asked = tuple(dict.fromkeys(self.index.decision_cells(decision.id)))
            for group in [asked] if decision.together else [(cell,) for cell in asked]:
                self.desks.ask(inject, decision, group, decision.minutes, self.minute)
        self.desks.take_up(self.minute)

    # --- what cells do -------------------------------------------------------------------------------

    def _done(self, choose: Choose) -> Decided | Discussed:
        self.minute, task = self.desks.finish()
        taken_up = self.minute - task.minutes
        if task.decision is None:
            return Discussed(task.inject, task.cells[0], self.minute, self.total, task.asked, taken_up)
        option, tracks = self._choose(task, task.decision, choose)
        return Decided(
            inject=task.inject,
            decision=task.decision,
            cells=task.cells,
            option=option,
            minute=self.minute,
            total=self.total,
            asked=task.asked,
            taken_up=taken_up,
            tracks=tracks,
        )

    def _choose(self, task: Task, decision: Decision, choose: Choose) -> tuple[str | None, Moved]:
        if not decision.options:
            return None, {}
        id = choose(decision, task.cells)
        option = decision.option(id)
        if option is None:
            raise ValueError(f"'{decision.id}' does not offer '{id}'")
        for cell in task.cells:
            self.chosen[decision.id, cell] = id
        tracks = self._apply(option.effects, task.inject.id, decision.id, id)
        self._unsettle([("chose", decision.id), *_facts(tracks)])
        return id, tracks

    # --- tracks and conditions -----------------------------------------------------------------------

    def _apply(self, effects: Mapping[str, Effect], *place: str) -> Moved:
        """Move the tracks; `place` is the inject, or inject, decision and option, that has these effects."""
        moved: Moved = {}
        for id, effect in effects.items():
            track = self.index.tracks.get(id)
            if track is None:
                continue  # an exercise inside an old log is read, never checked
            before = self.tracks[id]
            value = int(effect[1:]) if isinstance(effect, str) else before + effect
            self.tracks[id] = track.clamp(value)
            moved[id] = (before, self.tracks[id])
        return moved

    def _unsettle(self, facts: list[Fact]) -> None:
        """After an event, the injects of this move that read what it changed are to be asked again."""
        for fact in facts:
            for inject in self.index.readers.get(fact, ()):
                if inject in self._order and inject not in self.released:
                    self._unsettled[inject] = None

    def settle(self) -> None:
        """Ask again all conditions that may have changed."""
        for inject in self._unsettled:
            self._turned(inject, self.index.condition(inject)(self.tracks, self.released, self.chosen))
        self._unsettled = {}

    def _turned(self, inject: str, holds: bool) -> None:
        """What the `when` of a pending inject says now."""
        if holds and inject not in self.since:
            self.since[inject] = self.minute
            self._schedule(inject, self.minute)
        elif not holds:
            self.since.pop(inject, None)


def _facts(tracks: Moved) -> list[Fact]:
    return [("track", track) for track, (before, after) in tracks.items() if before != after]
