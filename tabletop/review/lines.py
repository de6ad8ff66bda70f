"""Every line of a log as somebody walks it: of what kind, in which cells, on which objectives, about what.

What is asked of all lines (filters, search, jumps) is worked out once; the words of a line only when wanted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tabletop.journal.event import Event
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.wording import describe, made_on_the_spot
from tabletop.scenario.index import Index
from tabletop.session import events as said

KINDS = {
    "inject": "injects",
    "decision": "decisions",
    "said": "notes, facts, arguments, hot wash",
    "act": "acts, messages, requests",
    "ruling": "rulings and tracks set by hand",
    "observation": "observations and marks",
    "after": "ratings, actions, feedback",
    "session": "session, moves, clock, people",
    "correction": "corrections",
    "unknown": "of a newer version",
}
"""Kinds of line with their names, in the order in which a filter offers them."""

_KIND: dict[type[said.Payload], str] = {
    said.InjectReleased: "inject",
    said.InjectRevealed: "inject",
    said.InjectSkipped: "inject",
    said.InjectHeld: "inject",
    said.InjectReworded: "inject",
    said.InjectWritten: "inject",
    said.DecisionAsked: "decision",
    said.TimeGranted: "decision",
    said.DecisionRecorded: "decision",
    said.DecisionRevised: "decision",
    said.ConsequenceRead: "decision",
    said.DiscussionNoted: "said",
    said.FactRecorded: "said",
    said.ArgumentMade: "said",
    said.HotWashNoted: "said",
    said.ActRecorded: "act",
    said.MessageSent: "act",
    said.RequestRaised: "act",
    said.RequestAnswered: "act",
    said.RulingMade: "ruling",
    said.TrackSet: "ruling",
    said.ObservationRecorded: "observation",
    said.ExpectationMarked: "observation",
    said.ObjectiveRated: "after",
    said.ActionAgreed: "after",
    said.ActionClosed: "after",
    said.FeedbackGiven: "after",
    said.EventUndone: "correction",
    said.EntryWithdrawn: "correction",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log.

    ``entry`` is None for what this version does not know; ``clock`` is that of the happening; ``about`` is
    the seq of what it goes back to, such as the inject that a decision answers; ``taken_back`` the seq of what
    undid or withdrew it; ``move`` counts from 1, 0 before the first; ``after`` says that it was added after
    the end of the session.
    """

    event: Event
    entry: Entry[said.Payload] | None
    kind: str
    clock: float
    cells: tuple[str, ...]
    objectives: tuple[str, ...]
    about: int | None
    taken_back: int | None
    move: int
    after: bool

    @property
    def seq(self) -> int:
        """Its number in the log."""
        return self.event.seq


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which lines are wanted: empty fields let all through; every word of ``text`` has to occur."""

    text: str = ""
    cell: str = ""
    objective: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.cell or self.objective or self.kind)


class Lines:
    """The lines of a log in order, by their seq, with their words."""

    def __init__(self, events: Sequence[Event], review: Review) -> None:
        self.index = Index(review.exercise)
        self.names: Mapping[str, str] = made_on_the_spot(events)
        self._texts: dict[int, str] = {}
        self._lines = list(_lines(events, review))

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def __getitem__(self, seq: int) -> Line:
        return self._lines[seq]

    def text(self, line: Line) -> str:
        """The line in one sentence."""
        known = self._texts.get(line.seq)
        if known is None:
            known = self._texts[line.seq] = describe(line.event, self.index, self.names)
        return known

    def title(self, inject: str) -> str:
        """An inject's title."""
        known = self.index.injects.get(inject)
        return known.title if known else self.names.get(inject) or inject

    def question(self, decision: str) -> str:
        """A decision's question."""
        known = self.index.decisions.get(decision)
        return known.question if known else self.names.get(decision) or decision

    def cell(self, id: str) -> str:
        """A cell's name."""
        known = self.index.cells.get(id)
        return known.name if known else id

    def person(self, id: str) -> str:
        """A participant's name; of anybody else what was typed."""
        return self.names.get(f"@{id}") or id

    @cached_property
    def _hay(self) -> list[str]:
        return [_folded(" ".join((f"#{line.seq}", self.text(line), *_words(line.event)))) for line in self._lines]

    def sift(self, sieve: Sieve) -> set[int]:
        """The seqs of the lines that are wanted."""
        wanted = _folded(sieve.text).split()
        hay = self._hay if wanted else ()
        return {
            line.seq
            for at, line in enumerate(self._lines)
            if (not sieve.kind or line.kind == sieve.kind)
            and (not sieve.cell or sieve.cell in line.cells)
            and (not sieve.objective or sieve.objective in line.objectives)
            and all(word in hay[at] for word in wanted)
        }


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _words(event: Event) -> Iterator[str]:
    """All that people wrote in an event; the exercise in line 0 would answer to everything."""
    return _texts({key: value for key, value in event.data.items() if key != "exercise"})


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


@dataclass(slots=True)
class _Places:
    """Where a log speaks of things, as far as it was read: {id: newest seq}."""

    released: dict[str, int]
    asked: dict[str, int]
    raised: dict[str, int]
    agreed: dict[str, int]
    inject_of: dict[str, str]

    def take(self, entry: Entry[said.Payload]) -> None:
        match entry.data:
            case said.InjectReleased(inject=id):
                self.released[id] = entry.seq
            case said.DecisionAsked(decision=id, question=str()):
                self.asked[id] = entry.seq
            case said.RequestRaised(id=id):
                self.raised[id] = entry.seq
            case said.ActionAgreed(id=id):
                self.agreed[id] = entry.seq
            case _:
                pass

    def about(self, data: said.Payload) -> int | None:
        match data:
            case said.EventUndone(undoes=seqs):
                return min(seqs, default=None)
            case said.EntryWithdrawn(withdraws=seq):
                return seq
            case said.RequestAnswered(id=id):
                return self.raised.get(id)
            case said.ActionClosed(id=id, log=""):
                return self.agreed.get(id)
            case said.InjectReleased() | said.InjectWritten():
                return None
        decision = getattr(data, "decision", None) or ""
        inject = getattr(data, "inject", None) or self.inject_of.get(decision, "")
        return self.released.get(inject, self.asked.get(decision))


def _lines(events: Sequence[Event], review: Review) -> Iterator[Line]:
    known = {entry.seq: entry for entry in review.record.known}
    numbers = {move.id: at for at, move in enumerate(review.exercise.moves, 1)}
    objectives = {played.inject.id: played.inject.objectives for played in review.injects}
    inject_of = {decision.id: played.inject.id for played in review.injects for decision in played.inject.decisions}
    places = _Places({}, {}, {}, {}, inject_of)
    taken_back = {**review.record.undone, **review.record.withdrawn}
    ended = review.times.ended.seq if review.times.ended else len(events)
    move = 0
    for event in events:
        entry = known.get(event.seq)
        data = entry.data if entry else None
        if isinstance(data, said.MoveStarted) and event.seq not in taken_back:
            move = numbers.get(data.move, move)
        yield Line(
            event=event,
            entry=entry,
            kind=_KIND.get(type(data), "session") if data else "unknown",
            clock=entry.clock if entry else event.clock,
            cells=cells_of(data) if data else (),
            objectives=_objectives(data, objectives, inject_of) if data else (),
            about=places.about(data) if data else None,
            taken_back=taken_back.get(event.seq),
            move=move,
            after=event.seq > ended,
        )
        if entry:
            places.take(entry)


def cells_of(data: said.Payload) -> tuple[str, ...]:
    """The cells that an event speaks of: who did it, then who received it."""
    if isinstance(data, said.MessageSent):
        found: tuple[str | None, ...] = (data.from_, *data.to)
    else:
        found = (getattr(data, "cell", None), *getattr(data, "cells", ()), *getattr(data, "towards", ()))
    return tuple(dict.fromkeys(cell for cell in found if cell))


def _objectives(
    data: said.Payload, objectives: Mapping[str, tuple[str, ...]], inject_of: Mapping[str, str]
) -> tuple[str, ...]:
    own = getattr(data, "objective", None)
    inject = getattr(data, "inject", None) or inject_of.get(getattr(data, "decision", None) or "", "")
    if isinstance(inject, dict):  # written on the spot
        inject = str(inject.get("id"))
    return tuple(dict.fromkeys((*((own,) if own else ()), *objectives.get(inject, ()))))
