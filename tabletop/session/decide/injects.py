"""Rules on injects: release, reveal, skip, hold, reword, write on the spot, mark what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from tabletop.errors import Refused
from tabletop.scenario.model import Condition, Decision, Inject
from tabletop.session import commands, events
from tabletop.session.decide.common import (
    Situation,
    at_seqs,
    known,
    known_cell,
    known_cells,
    known_decision,
    known_inject,
    listed,
    new_id,
    without_empty,
)
from tabletop.session.decide.tracks import by_effects
from tabletop.session.faults import in_words


def release(situation: Situation, command: commands.Release) -> Iterator[events.Payload]:
    """Any inject that was not released may be, whatever the plan says."""
    inject = known_inject(situation, command.inject)
    _not_released(situation, inject.id)
    addressees = situation.state.index.addressees(inject)
    cells = known_cells(situation, addressees if command.cells is None else command.cells)
    tracks = by_effects(situation, inject.effects)
    yield events.InjectReleased(inject=inject.id, cells=cells, tracks=tracks)


def _not_released(situation: Situation, id: str) -> None:
    done = situation.play.released.get(id)
    if done is not None:
        raise Refused(f"The inject '{id}' is released already ({at_seqs([done.seq])}).")


def reveal(situation: Situation, command: commands.Reveal) -> Iterator[events.Payload]:
    """What was released may be given to cells that have not got it."""
    known_inject(situation, command.inject)
    done = situation.play.released.get(command.inject)
    if done is None:
        raise Refused(f"The inject '{command.inject}' is not released yet.", "Release it first.")
    cells = known_cells(situation, command.cells)
    have = [cell for cell in cells if cell in done.cells]
    if have:
        raise Refused(f"{listed(have)} has got '{command.inject}' already.")
    yield events.InjectRevealed(inject=command.inject, cells=cells)


def skip(situation: Situation, command: commands.Skip) -> Iterator[events.Payload]:
    """An inject that was not released may be left out."""
    known_inject(situation, command.inject)
    _not_released(situation, command.inject)
    if command.inject in situation.play.skipped:
        raise Refused(f"The inject '{command.inject}' is skipped already.")
    yield events.InjectSkipped(inject=command.inject, reason=command.reason)


def hold(situation: Situation, command: commands.Hold) -> Iterator[events.Payload]:
    """An inject that was neither released nor skipped may be kept back."""
    known_inject(situation, command.inject)
    _not_released(situation, command.inject)
    for state, injects in (("skipped", situation.play.skipped), ("held", situation.play.held)):
        if command.inject in injects:
            raise Refused(f"The inject '{command.inject}' is {state} already.")
    yield events.InjectHeld(inject=command.inject, reason=command.reason)


def reword(situation: Situation, command: commands.Reword) -> Iterator[events.Payload]:
    """The wording may be changed until it was given out."""
    inject = known_inject(situation, command.inject)
    _not_released(situation, inject.id)
    given = command.model_dump(exclude={"do", "inject"}, exclude_none=True)
    if not any(given.values()):
        raise Refused("Nothing would change.", "Give `title`, `text` or `private`.")
    _goes_to(inject.id, command.private, situation.state.index.addressees(inject))
    yield events.InjectReworded(inject=inject.id, **given)


def _goes_to(inject: str, cells: Iterable[str], addressees: Sequence[str]) -> None:
    for cell in cells:
        if cell not in addressees:
            raise Refused(f"The inject '{inject}' does not go to '{cell}'.", f"It goes to {listed(addressees)}.")


def mark(situation: Situation, command: commands.Mark) -> Iterator[events.Payload]:
    """One of the things that an inject expects was met, partly, or not."""
    inject = known_inject(situation, command.inject)
    known_cell(situation, command.cell)
    if not 1 <= command.number <= len(inject.expects):
        raise Refused(
            f"'{inject.id}' has no expectation number {command.number}.",
            f"They are numbered from 1 to {len(inject.expects)}." if inject.expects else "It expects nothing.",
        )
    given = command.model_dump(exclude={"do"})
    yield events.ExpectationMarked(**given)


# --- written on the spot -----------------------------------------------------------------------------


def write(situation: Situation, command: commands.Write) -> Iterator[events.Payload]:
    """A new inject must be a whole one that fits the exercise."""
    inject = _filled_in(situation, _read(situation, command.inject))
    new_id("inject", inject.id, situation.state.inject_ids())
    known_cells(situation, inject.to)
    _goes_to(inject.id, inject.private, inject.to)
    _effects(situation, inject.effects)
    for objective in inject.objectives:
        known("objective", objective, situation.state.index.objectives)
    for source in inject.sources:
        known("source", source, (each.id for each in situation.state.exercise.sources))
    _condition(situation, inject.when)
    _decisions(situation, inject)
    yield events.InjectWritten(inject=without_empty(inject.model_dump(mode="json", by_alias=True, exclude_none=True)))


def _read(situation: Situation, keys: dict[str, Any]) -> Inject:
    number = len(situation.play.written) + 1
    given = {"id": f"written-{number}", "at": _minute(situation), **keys}
    try:
        return Inject.model_validate(given)
    except ValidationError as error:
        names = [field.alias or name for name, field in Inject.model_fields.items()]
        raise Refused(f"write: {in_words(error, names)}") from None


def _minute(situation: Situation) -> int:
    on = situation.play.move
    return max(0, int((situation.now.clock - on.started) // 60)) if on else 0


def _filled_in(situation: Situation, inject: Inject) -> Inject:
    to = situation.state.index.addressees(inject)
    decisions = tuple(each.model_copy(update={"cells": each.cells or to}) for each in inject.decisions)
    return inject.model_copy(update={"to": to, "decisions": decisions})


def _effects(situation: Situation, effects: dict[str, int | str]) -> None:
    for track in effects:
        known("track", track, situation.state.index.tracks)


def _condition(situation: Situation, when: Condition | None) -> None:
    if when is None:
        return
    for place, options in when.chose.items():
        id, _, cell = place.partition("/")
        decision = known_decision(situation, id)
        if cell:
            known(f"cell that answers '{id}':", cell, situation.state.decision_cells(id))
        for option in options:
            known(f"option of '{id}':", option, (each.id for each in decision.options))
    for track in when.track:
        known("track", track, situation.state.index.tracks)
    for inject in when.released:
        known_inject(situation, inject)
    for part in (*(when.any_ or ()), when.not_):
        _condition(situation, part)


def _decisions(situation: Situation, inject: Inject) -> None:
    taken = set(situation.state.decision_ids())
    for decision in inject.decisions:
        new_id("decision", decision.id, taken)
        taken.add(decision.id)
        known_cells(situation, decision.cells)
        check_options(situation, decision)


def check_options(situation: Situation, decision: Decision) -> None:
    """Refuse a new decision whose options do not fit together or with the exercise."""
    ids = list[str]()
    for option in decision.options:
        ids.append(new_id("option", option.id, ids))
        _effects(situation, option.effects)
        known_cells(situation, option.reveal_to or situation.state.index.players)
    if decision.otherwise is not None:
        known("option", decision.otherwise, ids)
    if not decision.options and not decision.open_:
        raise Refused(f"The decision '{decision.id}' offers no options and takes no words of one's own.")
