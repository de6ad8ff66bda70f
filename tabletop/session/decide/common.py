"""What the rules share: the situation that they look at, and look-ups that refuse what is not known."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from tabletop.errors import Refused
from tabletop.journal.event import Event
from tabletop.scenario.model import Decision, Inject
from tabletop.session.clock import Moment
from tabletop.session.faults import did_you_mean
from tabletop.session.state import Play, State

RESERVED = frozenset({"control", "facilitator", "auto"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule judges by: the state, the time, and the record so far."""

    state: State
    now: Moment
    record: Sequence[Event]

    @property
    def play(self) -> Play:
        """The play as it stands."""
        return self.state.play


def known_inject(situation: Situation, id: str) -> Inject:
    """The inject of that id as it reads now, or Refused."""
    inject = situation.state.inject(id)
    if inject is None:
        raise Refused(f"There is no inject '{id}'.", did_you_mean(id, situation.state.inject_ids()))
    return inject


def known_decision(situation: Situation, id: str) -> Decision:
    """The decision of that id, or Refused."""
    decision = situation.state.decision(id)
    if decision is None:
        raise Refused(f"There is no decision '{id}'.", did_you_mean(id, situation.state.decision_ids()))
    return decision


def known(kind: str, id: str, ids: Iterable[str]) -> str:
    """The id, or Refused with the nearest known one."""
    names = list(ids)
    if id not in names:
        raise Refused(f"There is no {kind} '{id}'.", did_you_mean(id, names))
    return id


def known_cell(situation: Situation, id: str | None) -> None:
    """Refuse a cell that does not exist; none at all is fine."""
    if id is not None:
        known("cell", id, situation.state.index.cells)


def known_cells(situation: Situation, ids: Iterable[str]) -> tuple[str, ...]:
    """The cells, each once, or Refused: for one that does not exist, or where there is none."""
    cells = tuple(dict.fromkeys(ids))
    for cell in cells:
        known_cell(situation, cell)
    if not cells:
        raise Refused("At least one cell is wanted.", f"There is {', '.join(situation.state.index.cells)}.")
    return cells


def happened(situation: Situation, reading: float | None) -> float | None:
    """The clock reading at which something was said, or Refused if it is still to come."""
    if reading is not None and reading > situation.now.clock:
        raise Refused(
            f"'happened' is {reading:g} s, and the exercise clock shows {situation.now.clock:g} s.",
            "Give the seconds of play at which it was said.",
        )
    return reading


def new_id(kind: str, id: str, taken: Iterable[str]) -> str:
    """The id for something new, or Refused: lower-case words joined by hyphens, not yet taken."""
    if not _ID.fullmatch(id) or id in RESERVED:
        raise Refused(
            f"'{id}' cannot name a new {kind}.",
            "An id is lower-case words joined by hyphens; control, facilitator and auto are reserved.",
        )
    if id in taken:
        raise Refused(f"The {kind} id '{id}' is taken.", "Give it another.")
    return id


def numbered_id(situation: Situation, letter: str, kind: str, id: str | None, taken: Container[str]) -> str:
    """The id given, unless taken; without one the next free number: r1, r2, ..."""
    if id is not None:
        if id in taken:
            raise Refused(f"The id '{id}' is taken.", "Leave `id` out to have the next free one.")
        return id
    first = situation.play.serials.get(kind, 0) + 1
    return next(name for number in count(first) if (name := f"{letter}{number}") not in taken)


def without_empty(value: Any) -> Any:
    """A part of the exercise as JSON, what is empty left out; an empty `when` or `not` says something."""
    if isinstance(value, dict):
        cleared = {key: without_empty(entry) for key, entry in value.items()}
        return {key: entry for key, entry in cleared.items() if not _empty(entry) or key in ("when", "not")}
    return [without_empty(entry) for entry in value] if isinstance(value, list) else value


def _empty(value: object) -> bool:
    return value is None or value in ("", [], {})


def listed(names: Iterable[object]) -> str:
    """Names in a sentence: a, b and c."""
    words = [str(name) for name in names]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def at_seqs(seqs: Iterable[int]) -> str:
    """Seqs in a sentence."""
    return listed(f"#{seq}" for seq in sorted(set(seqs)))
