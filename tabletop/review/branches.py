"""The road that play took: for each inject and move with a condition, whether it held, and on what it turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tabletop.review.record import Entry, Record
from tabletop.scenario.conditions import Fact, Holds, always, compile_condition, reads
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Exercise
from tabletop.session.events import Answer, InjectReleased, MoveStarted, Payload

if TYPE_CHECKING:
    from tabletop.review.course import MovePlayed


@dataclass(slots=True)
class Play:
    """What conditions look at, at one moment; of each thing also the seq of the entry that made it so."""

    tracks: dict[str, int]
    released: dict[str, int] = field(default_factory=dict)
    chosen: dict[tuple[str, str], str | None] = field(default_factory=dict)
    answered: dict[tuple[str, str], int] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)  # answers that are no option, and count as one

    def take(self, entry: Entry[Payload]) -> None:
        """Go on by one entry."""
        data = entry.data
        for track, (_, after) in (getattr(data, "tracks", None) or {}).items():
            self.tracks[track] = after
            self.moved[track] = entry.seq
        if isinstance(data, InjectReleased):
            self.released.setdefault(data.inject, entry.seq)
        elif isinstance(data, Answer):
            if not data.option:
                self.counted.add(entry.seq)
            for cell in data.cells:
                self.chosen[data.decision, cell] = data.option or data.counts_as
                self.answered[data.decision, cell] = entry.seq

    def kept(self, when: Condition) -> Play:
        """As it is now, whatever comes, of all that the condition asks about."""
        asked: dict[str, set[str]] = {"track": set(), "released": set(), "chose": set()}
        for kind, id in reads(when):
            asked[kind].add(id)
        cells = [key for key in self.chosen if key[0] in asked["chose"]]
        answered = {key: self.answered[key] for key in cells}
        return Play(
            tracks={id: self.tracks[id] for id in asked["track"] if id in self.tracks},
            released={id: self.released[id] for id in asked["released"] if id in self.released},
            chosen={key: self.chosen[key] for key in cells},
            answered=answered,
            moved={id: self.moved[id] for id in asked["track"] if id in self.moved},
            counted=self.counted.intersection(answered.values()),
        )


def _facts(entry: Entry[Payload]) -> Iterator[Fact]:
    """The facts that an entry may have changed."""
    data = entry.data
    yield from (("track", id) for id in getattr(data, "tracks", None) or {})
    if isinstance(data, InjectReleased):
        yield "released", data.inject
    elif isinstance(data, Answer):
        yield "chose", data.decision


@dataclass(frozen=True, slots=True)
class Branch:
    """A thing with a condition, and how that stood: when it came, or at the end of its move where it did not.

    ``held`` says of what came whether its condition held at that moment; of what did not come, whether its
    moment came while the condition held, or it held at the end. ``seq`` is where it came.
    """

    kind: Literal["inject", "move"]
    id: str
    when: Condition
    held: bool
    seq: int | None
    play: Play


Branches = Mapping[str, Branch]


@dataclass(slots=True)
class _Waiting:
    """An inject of the move that is on and that was not released yet."""

    id: str
    when: Condition
    holds: Holds
    at: float
    delay: float
    since: float | None = None
    due: bool = False

    def ask(self, play: Play, clock: float, *, given_out: bool = False) -> None:
        """Whether it holds now; where it no longer does, whether its moment had come until then.

        What gave way to another that was ``given_out`` was not passed over: one of the two was to go out.
        """
        holds = self.holds(play.tracks, play.released, play.chosen)
        if not holds:
            self.due = self.came(clock) and not given_out
            self.since = None
        elif self.since is None:
            self.since = clock

    def came(self, clock: float) -> bool:
        """Whether its moment has come by now, while its condition held."""
        return self.due or (self.since is not None and clock >= max(self.at, self.since + self.delay))


def branches(record: Record, exercise: Exercise, index: Index, moves: Sequence[MovePlayed]) -> Branches:
    """What became of each conditional inject whose move was played or that was released, and of each such move."""
    return {branch.id: branch for branch in _Walk(exercise, index, moves).over(record)}


class _Walk:
    """One pass over the entries in effect."""

    def __init__(self, exercise: Exercise, index: Index, moves: Sequence[MovePlayed]) -> None:
        self._play = Play({track.id: track.start for track in exercise.tracks})
        self._index = index
        self._ends = {played.seq: played for played in moves}
        self._waiting: dict[str, _Waiting] = {}
        self._readers: Mapping[Fact, tuple[str, ...]] = {}
        self._found: dict[str, Branch] = {}

    def over(self, record: Record) -> Iterator[Branch]:
        clock = 0.0
        for entry in record.standing():
            clock = max(clock, entry.clock)
            if isinstance(entry.data, MoveStarted):
                self._leave(clock)
                self._enter(entry.seq, entry.data.move, clock)
            if isinstance(entry.data, InjectReleased):
                self._release(entry.seq, entry.data.inject)
            self._play.take(entry)
            for id in {id for fact in _facts(entry) for id in self._readers.get(fact, ())}:
                if id in self._waiting:
                    given_out = isinstance(entry.data, InjectReleased)
                    self._waiting[id].ask(self._play, clock, given_out=given_out)
        self._leave(clock)
        return iter(self._found.values())

    def _enter(self, seq: int, id: str, clock: float) -> None:
        move = self._index.moves.get(id)
        if move is None:
            return
        self._readers = self._index.readers_in(id)
        play = self._play
        if move.when is not None and (asks := compile_condition(move.when, self._index)) is not always:
            held = asks(play.tracks, play.released, play.chosen)
            self._found[id] = Branch("move", id, move.when, held, seq, play.kept(move.when))
        start = self._ends[seq].started if seq in self._ends else 0.0
        for inject in move.injects:
            if inject.when is None or inject.contingency or inject.id in play.released:
                continue
            holds = self._index.condition(inject.id)
            if holds is not always:
                at = start + inject.at * 60
                waiting = _Waiting(inject.id, inject.when, holds, at, inject.delay * 60)
                waiting.ask(play, clock)
                self._waiting[inject.id] = waiting

    def _release(self, seq: int, id: str) -> None:
        self._waiting.pop(id, None)
        inject = self._index.injects.get(id)
        if inject is None or inject.when is None or id in self._play.released or not self._index.conditional(id):
            return
        play = self._play
        held = self._index.condition(id)(play.tracks, play.released, play.chosen)
        self._found[id] = Branch("inject", id, inject.when, held, seq, play.kept(inject.when))

    def _leave(self, clock: float) -> None:
        """The move is over: what still waits did not come."""
        for each in self._waiting.values():
            held = each.came(clock) or each.since is not None
            self._found[each.id] = Branch("inject", each.id, each.when, held, None, self._play.kept(each.when))
        self._waiting = {}
