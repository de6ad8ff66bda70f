"""What can be answered: what is owed, what is still to be asked, what was answered and may be revised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tabletop.console import words
from tabletop.console.glance import Glance
from tabletop.console.safe import one_line
from tabletop.scenario.model import Decision, Inject
from tabletop.session.possible import may_come
from tabletop.session.state import Answer


@dataclass(frozen=True)
class Question:
    """A decision and the cells that answer it; ``standing`` says in words where it stands.

    ``revises`` is the answer in effect that a new one takes the place of; ``planned`` its place in the plan.
    """

    decision: Decision
    cells: tuple[str, ...]
    standing: str
    revises: Answer | None = None
    planned: tuple[int, float] = (0, 0.0)

    def now(self, glance: Glance) -> str:
        """Where it stands at another moment: a countdown runs on."""
        for each in glance.owed:
            if each.decision.id == self.decision.id and each.cells == self.cells:
                return words.owed_left(each)
        return self.standing


def questions(glance: Glance, cursor: str | None = None) -> list[Question]:
    """What is owed, most overdue first; then what is still to be asked, as planned; then what may be revised.

    Where nothing is owed, what the inject under the cursor asks comes first.
    """
    owed = [Question(each.decision, tuple(each.cells), words.owed_left(each)) for each in glance.owed]
    others = [*sorted(_to_come(glance), key=lambda each: each.planned), *_answered(glance)]
    if not owed:
        others.sort(key=lambda each: not _asked_by(glance, each, cursor))
    return owed + others


def reading_done(glance: Glance, *, public: bool = False) -> dict[str, Any] | None:
    """The command that starts the countdown of the newest question again, for all who owe it; None where nobody does.

    With ``public``, of the newest that is put to every player cell.
    """
    players = set(glance.state.index.players)
    asked = [
        each for each in glance.owed if not public or set(glance.state.decision_cells(each.decision.id)) >= players
    ]
    if not asked:
        return None
    newest = max(asked, key=lambda each: (not each.waits, each.asked)).decision.id
    owing = {cell for each in asked if each.decision.id == newest for cell in each.cells}
    cells = [cell for cell in glance.state.decision_cells(newest) if cell in owing]
    return {"do": "ask", "decision": newest, "cells": cells}


def _asked_by(glance: Glance, question: Question, inject: str | None) -> bool:
    asks = glance.state.inject_of(question.decision.id)
    return asks is not None and asks.id == inject


def _answered(glance: Glance) -> Iterator[Question]:
    """The answers in effect, the newest last."""
    answers = {answer.seq: answer for answer in glance.state.play.answers.values()}
    for seq in sorted(answers):
        old = answers[seq]
        if decision := glance.state.decision(old.decision):
            option = decision.option(old.option or "")
            said = one_line(option.text if option else old.text or old.outcome.replace("_", " "))
            yield Question(decision, old.cells, f"answered in #{seq}: {said}", old)


def _to_come(glance: Glance) -> Iterator[Question]:
    """What nobody was asked yet, and may be by plan: nothing of moves left or of branches not taken."""
    state, play = glance.state, glance.state.play
    for id in state.decision_ids():
        decision, inject = state.decision(id), state.inject_of(id)
        place = _planned(glance, inject) if inject is not None else None
        if decision is None or inject is None or place is None:
            continue
        cells = state.decision_cells(id)
        for group in (cells,) if decision.together else tuple((cell,) for cell in cells):
            if not any((id, cell) in play.answers or (id, cell) in play.asked for cell in group):
                yield Question(decision, group, _when(glance, inject, place), planned=place)


def _planned(glance: Glance, inject: Inject) -> tuple[int, float] | None:
    """By how many moves later, and at which second of that move; None where it is not to come by plan."""
    state, play = glance.state, glance.state.play
    if inject.id in play.released:
        return 0, 0.0  # to a cell that has not been given it
    if inject.id in play.skipped or not may_come(state, inject.when):
        return None
    slot = glance.slot(inject.id)
    if inject.contingency:
        return len(state.exercise.moves), 0.0
    if slot is not None:
        moment = slot.moment if slot.moment is not None else inject.at * 60.0
        return None if slot.status == "lost" else (0, moment)
    ids = [move.id for move in state.exercise.moves]
    move = state.index.move_of.get(inject.id)
    now = ids.index(play.move.id) if play.move is not None and play.move.id in ids else -1
    if move is None or ids.index(move.id) <= now or move.id in play.visits or not may_come(state, move.when):
        return None
    return ids.index(move.id) - now, inject.at * 60.0


def _when(glance: Glance, inject: Inject, place: tuple[int, float]) -> str:
    if inject.id in glance.state.play.released:
        return "not asked yet"
    if inject.contingency:
        return "in the pocket"
    moves_on, seconds = place
    move = glance.state.index.move_of.get(inject.id)
    when = f"planned for {words.plan_time(seconds)}"
    when += f" of {one_line(move.title)}" if moves_on and move is not None else ""
    return when if glance.state.holds(glance.state.condition(inject.id)) else f"{when}, if its branch is taken"
