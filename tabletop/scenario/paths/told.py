"""Being told: what `refers_to` takes for granted of the cells that read a text, as conditions on the play.

A cell was told of an inject once it was released to that cell; of a decision once the cell has answered it, or has
heard the consequence of an answer, which planned play reads out as soon as it is chosen. Control knows everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tabletop.scenario.index import Index
from tabletop.scenario.model import CONTROL, Condition, Decision, Inject, Move

WRITTEN = ""
"""What an answer to a decision without options counts as, here: no option is called so."""

_NEVER = Condition.model_construct(any_=())


class Needed(NamedTuple):
    """What a cell is to have been told of when something reaches it, and the condition that says it was.

    ``may`` says whether any play at all tells the cell of it.
    """

    of: str
    cell: str
    when: Condition
    may: bool


def needed(index: Index) -> dict[str, list[Needed]]:
    """What each inject of the plan takes for granted, without what no path can fail; and each move, after ``move ``."""
    found: dict[str, list[Needed]] = {}
    for move in index.exercise.moves:
        found[f"move {move.id}"] = list(_needed(index, move, move, None))
        for inject in move.injects:
            if not inject.contingency:
                found[inject.id] = list(_needed(index, inject, move, inject))
    return {id: needs for id, needs in found.items() if needs}


def _needed(index: Index, by: Inject | Move, move: Move, inject: Inject | None) -> Iterator[Needed]:
    cells = index.players if inject is None else tuple(dict.fromkeys(index.addressees(inject)))
    for of in by.refers_to:
        for cell in cells:
            if cell != CONTROL:
                when = _told(index, of, cell, inject)
                if when is not None and not _sure(index, when, move, inject):
                    yield Needed(of, cell, when, when is not _NEVER)


def _told(index: Index, of: str, cell: str, by: Inject | None) -> Condition | None:
    """The condition on which a cell was told; None for what is not of this exercise."""
    if of in index.injects:
        reached = cell in index.addressees(index.injects[of]) and (by is None or of != by.id)
        return Condition.model_construct(released=(of,)) if reached else _NEVER
    id, _, answering = of.partition("/")
    if id not in index.decisions:
        return None
    decision = index.decisions[id]
    answers = [
        Condition.model_construct(chose={f"{id}/{who}": options})
        for who in index.decision_cells(id)
        if answering in ("", who) and (options := _telling(index, decision, who, cell))
    ]
    return Condition.model_construct(any_=tuple(answers)) if answers else _NEVER


def _telling(index: Index, decision: Decision, who: str, cell: str) -> tuple[str, ...]:
    """The options of an answer by which a cell is told of it."""
    if who == cell or (decision.together and cell in index.decision_cells(decision.id)):
        return tuple(option.id for option in decision.options) or (WRITTEN,)
    return tuple(option.id for option in decision.options if option.consequence and cell in (option.reveal_to or ()))


def _sure(index: Index, when: Condition, move: Move, inject: Inject | None) -> bool:
    """Whether an inject that tells has gone out on every path before this: no need to look for a path without it."""
    if not when.released:
        return False
    told = index.injects[when.released[0]]
    if told.contingency or index.conditional(told.id):
        return False
    within = index.move_of[told.id]
    if within is not move:
        moves = [each.id for each in index.exercise.moves]
        return within.when is None and moves.index(within.id) < moves.index(move.id)
    if inject is None:
        return False
    places = [each.id for each in move.injects]
    first = (max(told.at, told.delay), told.at, places.index(told.id))
    return first < (inject.at, inject.at, places.index(inject.id))
