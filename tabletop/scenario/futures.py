"""What of a planned play decides its future: plays that agree in it need not both be gone on with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from tabletop.scenario.conditions import Fact, reads
from tabletop.scenario.desks import Task
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Effect, Move
from tabletop.scenario.planned import PlannedPlay


@dataclass(frozen=True, slots=True)
class EffectAt:
    """An effect on a track: of an inject's release, or of an option, as (inject, decision, option)."""

    place: tuple[str, ...]
    track: str


class Futures:
    """What of a play decides its future, as a value to compare."""

    def __init__(self, index: Index, askers: Mapping[str, str]) -> None:
        self._index = index
        moves = index.exercise.moves
        self._reads = {inject.id: self._all_read(inject.when, askers) for inject in index.injects.values()}
        # What is read after each move: by the moves that follow, and by what is in them.
        self._later: list[frozenset[Fact]] = [frozenset()]
        for move in reversed(moves):
            within = (self._reads[inject.id] for inject in move.injects if not inject.contingency)
            self._later.append(self._later[-1].union(self._all_read(move.when, askers), *within))
        self._later.reverse()
        # Effects by track, each with the place of its move, counted as `PlannedPlay.place` is.
        self._effects: dict[str, list[tuple[int, EffectAt]]] = defaultdict(list)
        for place, move in enumerate(moves, 1):
            for at in _effects_of(move):
                self._effects[at.track].append((place, at))
        self._named = _named_options(index)
        self._facts: dict[tuple[int, tuple[str, ...]], tuple[Fact, ...]] = {}

    @staticmethod
    def _all_read(when: Condition | None, askers: Mapping[str, str]) -> frozenset[Fact]:
        """What a condition reads; for a `not: chose` also whether the question was asked."""
        asked: set[Fact] = {("released", askers[decision]) for decision in negated(when) if decision in askers}
        return reads(when) | asked

    def key(
        self, play: PlannedPlay, known_idle: Set[tuple[str, str]], known_effects: Mapping[EffectAt, bool]
    ) -> object:
        """Equal for plays with the same future; what was told already is left out of it."""
        assert play.move is not None
        pending = tuple(each.id for each in play.move.injects if not each.contingency and each.id not in play.released)
        facts = self._facts_read(play.place, pending)
        return (
            play.place,
            play.minute,
            pending,
            tuple(self._value(play, fact) for fact in facts),
            tuple(play.moment_of(inject) for inject in pending),
            tuple(_tasks(play)),
            tuple(
                (cell, play.desks.free_since[cell])
                for cell in self._index.players
                if play.desks.is_idle(cell) and (play.move.id, cell) not in known_idle
            ),
            self._in_doubt(play, known_effects),
        )

    def _in_doubt(self, play: PlannedPlay, known: Mapping[EffectAt, bool]) -> tuple[tuple[str, int], ...]:
        """The tracks that an effect may move which was always lost so far, with their values."""
        return tuple(
            (track, play.tracks[track])
            for track, effects in self._effects.items()
            if track in play.tracks and any(place >= play.place and not known.get(at) for place, at in effects)
        )

    def _facts_read(self, place: int, pending: tuple[str, ...]) -> tuple[Fact, ...]:
        if (place, pending) not in self._facts:
            facts = self._later[place].union(*(self._reads[inject] for inject in pending))
            self._facts[place, pending] = tuple(sorted(facts))
        return self._facts[place, pending]

    def _value(self, play: PlannedPlay, fact: Fact) -> object:
        kind, id = fact
        if kind == "track":
            return play.tracks.get(id)
        if kind == "released":
            return id in play.released
        if id not in self._index.decisions:
            return None
        # Options that no condition names are one and the same to it.
        options = (play.chosen.get((id, cell)) for cell in self._index.decision_cells(id))
        return tuple(option if (id, option) in self._named else None for option in options)


def _tasks(play: PlannedPlay) -> Iterator[object]:
    """All that was asked and is not done, in the order asked; with its end, if it is under way."""
    done = {number: minute for minute, number, _ in play.desks.running}
    tasks: dict[int, Task] = {number: task for _, number, task in play.desks.running}
    for queue in play.desks.queues.values():
        tasks |= {task.number: task for task in queue}
    for number in sorted(tasks):
        task = tasks[number]
        decision = task.decision.id if task.decision else None
        yield task.inject.id, decision, task.cells, task.asked, done.get(number)


def _named_options(index: Index) -> set[tuple[str, str | None]]:
    """Every option that a condition names, with its decision."""
    whens = [inject.when for inject in index.injects.values()] + [move.when for move in index.moves.values()]
    return {named for when in whens if when is not None for named in _named(when)}


def _named(when: Condition) -> Iterator[tuple[str, str | None]]:
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


def askers(index: Index, negated: Iterable[Set[str]]) -> dict[str, str]:
    """The injects that ask these decisions."""
    decisions = {decision for each in negated for decision in each}
    return {decision: index.inject_of[decision].id for decision in decisions if decision in index.inject_of}


def _effects_of(move: Move) -> Iterator[EffectAt]:
    """The effects in a move that add to a track, and that planned play may come to."""
    for inject in move.injects:
        if inject.contingency:
            continue
        yield from (EffectAt((inject.id,), track) for track in _added(inject.effects))
        for decision in inject.decisions:
            for option in decision.options:
                place = (inject.id, decision.id, option.id)
                yield from (EffectAt(place, track) for track in _added(option.effects))


def _added(effects: Mapping[str, Effect]) -> list[str]:
    return [track for track, effect in effects.items() if isinstance(effect, int) and effect]
