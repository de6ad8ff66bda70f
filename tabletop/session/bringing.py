"""What an answer opens and closes: the conditions are asked before it and after it, by choice and by tracks alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rpds import HashTrieMap

from tabletop.scenario.conditions import Holds, always
from tabletop.scenario.model import Decision
from tabletop.session.decide.tracks import in_place_of
from tabletop.session.state import Answer, Place, Play, State


@dataclass(frozen=True, slots=True)
class Brought:
    """Titles of the injects and moves still to come whose `when` begins to hold, and of those where it ceases to."""

    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What conditions read, besides what was released."""

    tracks: HashTrieMap[str, int]
    chosen: HashTrieMap[Place, str | None]


def would_bring(
    state: State, decision: Decision, cells: tuple[str, ...], option: str, revises: Answer | None = None
) -> Brought:
    """What an option would open and close if these cells chose it now, in place of the answer that it revises."""
    play, chosen = state.play, decision.option(option)
    moved = in_place_of(state, revises.moved if revises else {}, chosen.effects if chosen else {})
    tracks, answers = play.tracks, play.chosen
    for track, (_, after) in moved.items():
        tracks = tracks.insert(track, after)
    for cell in cells:
        answers = answers.insert((decision.id, cell), option)
    return _between(state, _now(play), _Facts(tracks, answers))


def has_brought(state: State, answer: Answer) -> Brought:
    """What an answer in effect opens and closes, of what is still to come."""
    play = state.play
    tracks, answers = play.tracks, play.chosen
    for track, (_, before) in in_place_of(state, answer.moved, {}).items():
        tracks = tracks.insert(track, before)
    for cell in answer.cells:
        answers = answers.discard((answer.decision, cell))
    return _between(state, _Facts(tracks, answers), _now(play))


def _now(play: Play) -> _Facts:
    return _Facts(play.tracks, play.chosen)


def _between(state: State, before: _Facts, after: _Facts) -> Brought:
    released = state.play.released
    opens, closes = list[str](), list[str]()
    for title, holds in _to_come(state):
        held, holds_now = (holds(facts.tracks, released, facts.chosen) for facts in (before, after))
        if held != holds_now:
            (opens if holds_now else closes).append(title)
    return Brought(tuple(opens), tuple(closes))


def _to_come(state: State) -> Iterator[tuple[str, Holds]]:
    """Title and condition of what may still be released or entered: in the move that is on, in those not played."""
    play = state.play
    on = play.move.id if play.move else None
    for move in state.exercise.moves:
        if move.id != on and move.id in play.visits:
            continue
        if move.id != on and (holds := state.index.move_conditions[move.id]) is not always:
            yield move.title, holds
        for inject in move.injects:
            yield from _waiting(state, inject.id)
    for id, written_in in play.written_in.items():
        if written_in == on:
            yield from _waiting(state, id)


def _waiting(state: State, id: str) -> Iterator[tuple[str, Holds]]:
    inject, holds = state.inject(id), state.condition(id)
    gone = id in state.play.released or id in state.play.skipped
    if inject is not None and holds is not always and not gone:
        yield inject.title, holds
