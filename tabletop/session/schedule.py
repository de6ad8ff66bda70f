"""What the facilitator has in hand: injects due, pending and lost, answers owed, ahead of plan or behind.

Pure views of a state and the clock's reading (seconds of play); they decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tabletop.scenario.conditions import always
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Decision, Inject
from tabletop.session.once import once_a_state
from tabletop.session.state import Asked, State
from tabletop.session.turns import next_move, turns

__all__ = ["Owed", "Slot", "Timing", "condition_words", "due", "next_move", "owed", "schedule", "timing"]

Status = Literal["pending", "due", "released", "skipped", "held", "lost", "pocket"]


@dataclass(frozen=True, slots=True)
class Slot:
    """An inject and where it stands.

    `moment` is when it is or was due by plan, in seconds into the move, None while its `when` fails; `late`
    by how many seconds it is past that, if due.
    """

    inject: Inject
    status: Status
    moment: float | None
    late: float
    reason: str
    waits_for: str
    conditional: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that is owed: by one cell, or by all of a joint decision.

    `asked` is the clock reading of the latest asking, `left` the seconds left (negative: over), None
    without a countdown. A cell deals with one thing at a time: while another question comes first, it `waits`,
    with all its seconds left.
    """

    decision: Decision
    cells: tuple[str, ...]
    asked: float
    minutes: int
    left: float | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Timing:
    """Where the room is and where the plan would be, in seconds; `behind` is negative when ahead."""

    move_elapsed: float
    move_minutes: int
    elapsed: float
    planned: float
    behind: float


def schedule(state: State, clock: float) -> list[Slot]:
    """The move's injects by `at` and file order, then those in the pocket, then what earlier moves lost."""
    on = state.play.move
    elapsed = max(0.0, clock - on.started) if on is not None else 0.0
    return [_now(slot, elapsed) for slot in _standing(state)]


def _now(slot: Slot, elapsed: float) -> Slot:
    """What is pending is due from its moment on; all else only an event changes."""
    if slot.status != "pending" or slot.moment is None or slot.moment > elapsed:
        return slot
    return replace(slot, status="due", late=elapsed - slot.moment, waits_for="")


@once_a_state
def _standing(state: State) -> Sequence[Slot]:
    """The schedule as if nothing came to be due."""
    on = state.play.move
    if on is None:
        return [_slot(state, inject, on=False) for inject in _written_in(state, None)]
    known = state.index.moves.get(on.id)
    own = [*(known.injects if known else ()), *_written_in(state, on.id)]
    slots = [_slot(state, inject, on=True) for inject in sorted(own, key=lambda inject: inject.at)]
    slots.sort(key=lambda slot: slot.inject.contingency)
    return [*slots, *_left_over(state, on.id)]


def _written_in(state: State, move: str | None) -> list[Inject]:
    play = state.play
    ids = [id for id, written_in in play.written_in.items() if written_in == move and id in play.written]
    return [play.written[id] for id in sorted(ids)]


def _left_over(state: State, on: str) -> Iterator[Slot]:
    """Injects of moves played before: what was lost, and contingencies, which keep."""
    for move in (*state.play.moves_played, None):
        if move == on:
            continue
        known = state.index.moves.get(move) if move is not None else None
        for inject in (*(known.injects if known else ()), *_written_in(state, move)):
            slot = _slot(state, inject, on=False)
            if slot.status == "lost":
                yield slot


def _slot(state: State, original: Inject, *, on: bool) -> Slot:
    """Where an inject stands before its moment; whether its move is `on`."""
    id = original.id
    inject = state.inject(id) or original
    condition = state.condition(id)
    moment = _moment(state, inject, conditional=condition is not always) if on else None
    status, reason = _status(state, inject, on=on)
    unmet = status in ("pending", "held", "lost") and not state.holds(condition)
    return Slot(
        inject=inject,
        status=status,
        moment=moment,
        late=0.0,
        reason=reason,
        waits_for=condition_words(inject.when, state.index) if unmet else "",
        conditional=condition is not always,
    )


def _moment(state: State, inject: Inject, *, conditional: bool) -> float | None:
    on = state.play.move
    if inject.contingency or on is None:
        return None
    since = state.play.holds_since.get(inject.id) if conditional else on.started
    if since is None:
        return None
    # "Came to hold at the move's start" counts from 0; a clock set back must not make it negative.
    return max(inject.at * 60.0, max(0.0, since - on.started) + inject.delay * 60.0)


def _status(state: State, inject: Inject, *, on: bool) -> tuple[Status, str]:
    play, id = state.play, inject.id
    if id in play.released:
        return "released", ""
    if id in play.skipped:
        return "skipped", play.skipped[id].reason
    if id in play.held:
        return "held", play.held[id].reason
    if inject.contingency:
        return "pocket", inject.use_if or ""
    return ("pending" if on or play.move is None else "lost"), ""


def due(state: State, clock: float) -> list[Slot]:
    """What is to be released now, by plan: at its moment or past it."""
    return [slot for slot in schedule(state, clock) if slot.status == "due"]


def owed(state: State, clock: float) -> list[Owed]:
    """The answers that are owed, most overdue first; those without a countdown last."""
    found = [_owed(decision, cells, ask, turn, clock) for decision, cells, ask, turn in _owing(state)]
    return sorted(found, key=lambda each: (each.left is None, each.waits, each.left or 0.0, each.asked, each.cells))


@once_a_state
def _owing(state: State) -> Sequence[tuple[Decision, tuple[str, ...], Asked, float]]:
    """What is owed, by whom, how it was asked, and the clock reading from which its minutes count."""
    found: list[tuple[Decision, tuple[str, ...], Asked, float]] = []
    turn = turns(state)
    joint: set[str] = set()
    for (id, cell), ask in state.play.asked.items():
        decision = state.decision(id)
        if decision is None or id in joint or not state.play.owes((id, cell)):
            continue
        if decision.together:
            joint.add(id)
        cells = state.decision_cells(id) if decision.together else (cell,)
        found.append((decision, cells, ask, turn[id, cell]))
    return found


def _owed(decision: Decision, cells: tuple[str, ...], ask: Asked, turn: float, clock: float) -> Owed:
    waits = turn > clock
    left = ask.limit * 60.0 - max(0.0, clock - turn) if ask.limit else None
    return Owed(decision, cells, ask.clock, ask.limit, left, waits)


def timing(state: State, clock: float) -> Timing:
    """How far the room is, against the plan.

    By plan the moves before took their minutes, and this one is as far as its oldest inject that is due
    and not released; without one, as far as its clock, up to its minutes. What was read out before a move took
    the time that it took: nothing is late by it.
    """
    on, opened = state.play.move, state.play.opened
    if on is None or opened is None:
        return Timing(0.0, 0, clock, clock, 0.0)
    minutes = {move.id: move.minutes for move in state.exercise.moves}
    before = (
        opened
        + state.play.read_out
        + sum(minutes.get(move, 0) for move in state.play.moves_played if move != on.id) * 60.0
    )
    elapsed = max(0.0, clock - on.started)
    waiting = [slot.moment for slot in due(state, clock) if slot.moment is not None]
    planned = before + min([elapsed, minutes.get(on.id, 0) * 60.0, *waiting])
    return Timing(elapsed, minutes.get(on.id, 0) + on.granted, clock, planned, clock - planned)


def condition_words(when: Condition | None, index: Index) -> str:
    """A `when` in words, such as `trust <= 4, Seoul: keep or suspend`; empty where it always holds."""
    return ", ".join(_words(when, index)) if when is not None else ""


def _words(when: Condition, index: Index) -> Iterator[str]:
    for place, options in when.chose.items():
        yield f"{_who(place, index)}: {' or '.join(options)}"
    for track, comparison in when.track.items():
        yield f"{track} {comparison}"
    for inject in when.released:
        yield f"{inject} released"
    if when.any_ is not None:
        yield "(" + " or ".join(condition_words(part, index) or "always" for part in when.any_) + ")"
    if when.not_ is not None:
        yield f"not ({condition_words(when.not_, index) or 'always'})"


def _who(place: str, index: Index) -> str:
    id, _, cell = place.partition("/")
    if not cell and id in index.decisions and len(index.decision_cells(id)) == 1:
        cell = index.decision_cells(id)[0]
    if cell in index.cells:
        return f"{index.cells[cell].name} ({id})"
    return id
