"""What the rules of play ask about: the fold of the events in effect.

A state never changes; the next one shares its structure (persistent maps), so that keeping the play
before each command, for undo, costs next to nothing. Clock readings are seconds of play.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from rpds import HashTrieMap, HashTrieSet

from tabletop.scenario.conditions import Fact, Holds, always
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Exercise, Inject

Phase = Literal["opened", "playing", "closed"]
Place = tuple[str, str]
"""A decision and one of the cells that answer it."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part, or did (`present`)."""

    id: str
    name: str
    role: str
    cell: str | None
    lead: bool
    kind: str
    present: bool


@dataclass(frozen=True, slots=True)
class MoveRun:
    """The move that is on: entered for the `number`-th time, at clock reading `started`."""

    id: str
    number: int
    started: float
    granted: int
    seq: int


class Released(NamedTuple):
    """An inject that was given out, to `cells`, in `move`."""

    seq: int
    clock: float
    cells: tuple[str, ...]
    move: str | None
    reveals: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """An inject that was skipped or held, and why."""

    seq: int
    reason: str


class Asked(NamedTuple):
    """A decision asked of a cell; `minutes` and `granted` make its countdown (0: none).

    `again` says that it was asked on its own, and so wants an answer even of a cell that gave one before.
    """

    seq: int
    clock: float
    minutes: int
    granted: int
    again: bool

    @property
    def limit(self) -> int:
        """The minutes there are to answer, those given later included; 0: no limit."""
        return self.minutes + self.granted


@dataclass(frozen=True, slots=True)
class Answer:
    """A cell's answer in effect.

    `moved` is what it did to each track, all revisions before it included; `first` is the seq of the answer
    that it revises, or its own; `previous` is what it took the place of.
    """

    seq: int
    first: int
    clock: float
    decision: str
    cells: tuple[str, ...]
    option: str | None
    text: str | None
    counts_as: str | None
    outcome: str
    moved: dict[str, int]
    previous: Answer | None = field(repr=False, compare=False)

    @property
    def counted(self) -> str | None:
        """The option that it is, or counts as."""
        return self.option or self.counts_as


@dataclass(frozen=True, slots=True)
class Put:
    """A decision put on the spot, and whom it was asked of."""

    decision: Decision
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A consequence that was read out to cells."""

    seq: int
    option: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request for information; `answered` is None while it is open."""

    seq: int
    cell: str
    text: str
    clock: float
    answered: str | None = None
    answer_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A corrective action."""

    seq: int
    action: str
    objective: str | None
    owner: str
    start: str
    due: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Rating:
    """An objective's rating."""

    seq: int
    rating: str
    text: str
    previous: Rating | None = field(default=None, repr=False, compare=False)


class Entry(NamedTuple):
    """What an event left in the play, for taking it out again."""

    type: str
    key: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """The `when` of an inject written on the spot, ready to be asked; what it says stands in the inject."""

    holds: Holds = field(repr=False, compare=False)


_NONE: HashTrieMap[Any, Any] = HashTrieMap()


class Play(NamedTuple):
    """What undo takes back: everything that was done in play. A tuple, since a fold copies it most."""

    move: MoveRun | None = None
    moves_played: tuple[str, ...] = ()
    visits: HashTrieMap[str, int] = _NONE
    tracks: HashTrieMap[str, int] = _NONE
    released: HashTrieMap[str, Released] = _NONE
    skipped: HashTrieMap[str, Marked] = _NONE
    held: HashTrieMap[str, Marked] = _NONE
    reworded: HashTrieMap[str, dict[str, Any]] = _NONE
    written: HashTrieMap[str, Inject] = _NONE
    written_in: HashTrieMap[str, str | None] = _NONE
    written_holds: HashTrieMap[str, Compiled] = _NONE
    written_readers: HashTrieMap[Fact, tuple[str, ...]] = _NONE
    written_decisions: HashTrieMap[str, str] = _NONE
    asked: HashTrieMap[Place, Asked] = _NONE
    put: HashTrieMap[str, Put] = _NONE
    answers: HashTrieMap[Place, Answer] = _NONE
    chosen: HashTrieMap[Place, str | None] = _NONE
    readings: HashTrieMap[str, tuple[Reading, ...]] = _NONE
    holds_since: HashTrieMap[str, float] = _NONE
    requests: HashTrieMap[str, Request] = _NONE
    arguments: HashTrieMap[str, str] = _NONE
    actions: HashTrieMap[str, Action] = _NONE
    ratings: HashTrieMap[str, Rating] = _NONE
    serials: HashTrieMap[str, int] = _NONE
    entries: HashTrieMap[int, Entry] = _NONE
    withdrawn: HashTrieSet[int] = HashTrieSet()
    opened: float | None = None
    """The clock reading at which the first move began: before it, ground rules and briefing were read."""
    read_out: float = 0.0
    """The seconds for which the briefings of later moves were read, between one move and the next."""

    def owes(self, place: Place) -> bool:
        """Whether a cell was asked, and has not answered since."""
        ask = self.asked.get(place)
        if ask is None:
            return False
        answer = self.answers.get(place)
        return answer is None or (ask.again and answer.first < ask.seq)

    def original(self, inject: str, index: Index) -> Inject | None:
        """An inject of the exercise or one written on the spot, as first written."""
        return index.injects.get(inject) or self.written.get(inject)

    def decision(self, decision: str, index: Index) -> Decision | None:
        """A decision of the exercise, of an inject written on the spot, or put on the spot itself."""
        if decision in index.decisions:
            return index.decisions[decision]
        if decision in self.put:
            return self.put[decision].decision
        inject = self.inject_of(decision, index)
        return next((each for each in inject.decisions if each.id == decision), None) if inject else None

    def inject_of(self, decision: str, index: Index) -> Inject | None:
        """The inject that asks a decision; None for one put on the spot."""
        if decision in index.inject_of:
            return index.inject_of[decision]
        return self.written.get(self.written_decisions.get(decision, ""))

    def decision_cells(self, decision: str, index: Index) -> tuple[str, ...]:
        """The cells that a known decision is for."""
        if decision in self.put:
            return self.put[decision].cells
        known, inject = self.decision(decision, index), self.inject_of(decision, index)
        if known is None or inject is None:
            return ()
        return known.cells or index.addressees(inject)


class Frame(NamedTuple):
    """A command that undo can take back: its events, the play before it, and the frame below.

    `shift` is by how much the clock had been set, until then; a play that is put back after the clock was
    set again is moved along with it.
    """

    seqs: tuple[int, ...]
    play: Play
    shift: float
    below: Frame | None


class TakenBack:
    """The seqs of events that were undone or withdrawn."""

    __slots__ = ("_undone", "_withdrawn")

    def __init__(self, undone: HashTrieSet[int], withdrawn: HashTrieSet[int]) -> None:
        self._undone, self._withdrawn = undone, withdrawn

    def __contains__(self, seq: object) -> bool:
        return seq in self._undone or seq in self._withdrawn

    def __iter__(self) -> Iterator[int]:
        yield from self._undone
        yield from (seq for seq in self._withdrawn if seq not in self._undone)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class State:
    """A session as it stands after the event `last_seq`; `clock` is that event's reading."""

    exercise: Exercise
    index: Index = field(repr=False, compare=False)
    name: str
    phase: Phase
    paused: bool
    last_seq: int
    clock: float
    play: Play
    participants: HashTrieMap[str, Participant] = field(default_factory=HashTrieMap)
    deadline: str | None = None
    undoable: Frame | None = field(default=None, repr=False, compare=False)
    undone: HashTrieSet[int] = field(default_factory=HashTrieSet)
    shift: float = 0.0
    more: bool = False
    framed: bool = False

    @property
    def taken_back(self) -> TakenBack:
        """The seqs of what was undone or withdrawn."""
        return TakenBack(self.undone, self.play.withdrawn)

    def original(self, inject: str) -> Inject | None:
        """An inject of the exercise or one written on the spot, as first written."""
        return self.play.original(inject, self.index)

    def inject(self, inject: str) -> Inject | None:
        """An inject as it reads now, rewording included."""
        known = self.original(inject)
        changes = self.play.reworded.get(inject)
        if known is None or not changes:
            return known
        return known.model_copy(update={**changes, "private": {**known.private, **changes.get("private", {})}})

    def decision(self, decision: str) -> Decision | None:
        """A decision of the exercise, of an inject written on the spot, or put on the spot itself."""
        return self.play.decision(decision, self.index)

    def inject_of(self, decision: str) -> Inject | None:
        """The inject that asks a decision; None for one put on the spot."""
        return self.play.inject_of(decision, self.index)

    def decision_cells(self, decision: str) -> tuple[str, ...]:
        """The cells that a known decision is for."""
        return self.play.decision_cells(decision, self.index)

    def decision_ids(self) -> Iterator[str]:
        """Every decision's id."""
        yield from self.index.decisions
        yield from self.play.written_decisions
        yield from self.play.put

    def inject_ids(self) -> Iterator[str]:
        """Every inject's id."""
        yield from self.index.injects
        yield from self.play.written

    def condition(self, inject: str) -> Holds:
        """The compiled `when` of an inject; one that always holds where it has none."""
        if inject in self.index.injects:
            return self.index.condition(inject)
        written = self.play.written_holds.get(inject)
        return written.holds if written else always

    def holds(self, condition: Holds) -> bool:
        """Whether a compiled condition holds now."""
        return condition(self.play.tracks, self.play.released, self.play.chosen)
