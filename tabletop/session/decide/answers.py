"""Rules on decisions: asking, granting time, answering, revising, reading consequences out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabletop.errors import Refused
from tabletop.scenario.model import Decision, Option
from tabletop.session import commands, events
from tabletop.session.decide.common import (
    Situation,
    at_seqs,
    happened,
    known,
    known_cells,
    known_decision,
    listed,
    new_id,
    without_empty,
)
from tabletop.session.decide.injects import check_options
from tabletop.session.decide.tracks import by_effects, instead
from tabletop.session.faults import did_you_mean
from tabletop.session.state import Answer


def ask(situation: Situation, command: commands.Ask) -> Iterator[events.Payload]:
    """A decision is asked, again too; one with a `question` is new."""
    if command.question is not None:
        yield _put(situation, command)
        return
    decision = known_decision(situation, command.decision)
    if command.options:
        raise Refused(f"The decision '{decision.id}' has its options.", "A new one needs a `question` and a new id.")
    cells = _asked_cells(situation, decision, command.cells)
    yield events.DecisionAsked(decision=decision.id, cells=cells, minutes=command.minutes)


def _asked_cells(situation: Situation, decision: Decision, given: tuple[str, ...] | None) -> tuple[str, ...]:
    all_cells = situation.state.decision_cells(decision.id)
    if given is None:
        return all_cells
    cells = known_cells(situation, given)
    if decision.id not in situation.play.put:
        _answer_it(decision, cells, all_cells)
    if decision.together and set(cells) != set(all_cells):
        raise Refused(f"'{decision.id}' is answered together by {listed(all_cells)}.", "Ask all of them.")
    return cells


def _put(situation: Situation, command: commands.Ask) -> events.Payload:
    new_id("decision", command.decision, situation.state.decision_ids())
    index = situation.state.index
    cells = known_cells(situation, index.players if command.cells is None else command.cells)
    question = command.question or ""
    check_options(situation, Decision(id=command.decision, question=question, options=command.options))
    options = tuple(
        without_empty(each.model_dump(mode="json", by_alias=True, exclude_none=True)) for each in command.options
    )
    return events.DecisionAsked(
        decision=command.decision, cells=cells, minutes=command.minutes, question=question, options=options
    )


def grant(situation: Situation, command: commands.Grant) -> Iterator[events.Payload]:
    """More time goes to a decision that is owed, or to the move that is on."""
    if command.decision is not None and command.move is not None:
        raise Refused("Time goes to a decision or to a move, not to both at once.")
    if command.decision is not None:
        known_decision(situation, command.decision)
        if not _owing(situation, command.decision):
            raise Refused(f"Nobody owes an answer to '{command.decision}'.", "Ask it first.")
        yield events.TimeGranted(decision=command.decision, minutes=command.minutes)
        return
    on = situation.play.move
    if command.move is not None:
        known("move", command.move, situation.state.index.moves)
    if on is None or (command.move is not None and command.move != on.id):
        raise Refused("That move is not on." if command.move else "No move is on.", "Start it first.")
    yield events.TimeGranted(move=on.id, minutes=command.minutes)


def _owing(situation: Situation, decision: str) -> list[str]:
    cells = situation.state.decision_cells(decision)
    return [cell for cell in cells if situation.play.owes((decision, cell))]


# --- answers -----------------------------------------------------------------------------------------


def decide(situation: Situation, command: commands.Decide) -> Iterator[events.Payload]:
    """A cell answers once for each time it is asked; before it is asked, the answer is early."""
    decision = known_decision(situation, command.decision)
    cells = _cells(situation, decision, command.cells)
    for cell in cells:
        _not_answered(situation, decision, cell)
    option = _counted(decision, command)
    when = happened(situation, command.happened)
    yield events.DecisionRecorded(
        **_given(command, decision, cells, option),
        **_timing(situation, decision, cells, when),
        tracks=by_effects(situation, option.effects if option else {}),
    )


def _answer_it(decision: Decision, cells: tuple[str, ...], all_cells: tuple[str, ...]) -> None:
    for cell in cells:
        if cell not in all_cells:
            raise Refused(f"'{decision.id}' is not asked of {cell}.", f"It is for {listed(all_cells)}.")


def _cells(situation: Situation, decision: Decision, given: tuple[str, ...] | None) -> tuple[str, ...]:
    """The cells that answer: all of a joint decision, one of any other."""
    all_cells = situation.state.decision_cells(decision.id)
    if given is not None:
        cells = known_cells(situation, given)
        _answer_it(decision, cells, all_cells)
    elif decision.together or len(all_cells) == 1:
        return all_cells
    else:
        cells = tuple(_owing(situation, decision.id))
    if decision.together:
        if set(cells) != set(all_cells):
            raise Refused(f"'{decision.id}' is answered together by {listed(all_cells)}.", "Name all, or none.")
        return all_cells
    if len(cells) != 1:
        raise Refused(f"'{decision.id}' is answered by one cell at a time.", f"Say which of {listed(all_cells)}.")
    return cells


def _not_answered(situation: Situation, decision: Decision, cell: str) -> None:
    place = (decision.id, cell)
    answer = situation.play.answers.get(place)
    if answer is not None and not situation.play.owes(place):
        raise Refused(
            f"{cell} has answered '{decision.id}' already ({at_seqs([answer.seq])}).",
            "Revise that answer, or ask again first.",
        )


def _counted(decision: Decision, command: commands.Decide | commands.Revise) -> Option | None:
    """The option that an answer is or counts as, or Refused where it is not a fitting answer."""
    if command.outcome != "answered":
        if command.option or command.text or command.counts_as:
            raise Refused(f"'{command.outcome}' means that no answer came.", "Leave `option` and `text` out.")
        return decision.option(decision.otherwise) if decision.otherwise else None
    if (command.option is None) == (command.text is None):
        raise Refused("An answer is either an `option` or a `text` in own words.", _offered(decision))
    if command.option is not None:
        if command.counts_as not in (None, command.option):
            raise Refused("`counts_as` goes with an answer in own words.", "Leave it out.")
        return _option(decision, command.option)
    if not decision.open_ and decision.options:
        raise Refused(f"'{decision.id}' takes no answer in own words.", _offered(decision))
    return _option(decision, command.counts_as) if command.counts_as else None


def _option(decision: Decision, id: str) -> Option:
    option = decision.option(id)
    if option is None:
        ids = [each.id for each in decision.options]
        raise Refused(f"'{decision.id}' does not offer '{id}'.", did_you_mean(id, ids) or _offered(decision))
    return option


def _offered(decision: Decision) -> str:
    return f"It offers {listed(each.id for each in decision.options)}." if decision.options else ""


def _given(
    command: commands.Decide | commands.Revise,
    decision: Decision,
    cells: tuple[str, ...],
    option: Option | None,
) -> dict[str, Any]:
    left_out = {"do", "decision", "cells", "counts_as", "happened", "tracks", "replaces"}
    given = command.model_dump(exclude=left_out)
    counts_as = option.id if option and command.option is None else None
    return {**given, "decision": decision.id, "cells": cells, "counts_as": counts_as}


def _timing(situation: Situation, decision: Decision, cells: tuple[str, ...], when: float | None) -> dict[str, Any]:
    """How long the answer took from the latest asking; early where it was not asked."""
    asked = [ask.clock for cell in cells if (ask := situation.play.asked.get((decision.id, cell)))]
    if not asked:
        return {"early": True, "happened": when}
    answered = situation.now.clock if when is None else when
    return {"seconds": max(0.0, round(answered - max(asked), 3)), "happened": when}


def revise(situation: Situation, command: commands.Revise) -> Iterator[events.Payload]:
    """The newest answer in effect gives way to a whole new one."""
    old = _to_revise(situation, command)
    decision = known_decision(situation, old.decision)
    option = _counted(decision, command)
    when = happened(situation, command.happened)
    timing = _timing(situation, decision, old.cells, when)
    timing.pop("early", None)
    yield events.DecisionRevised(
        replaces=old.seq,
        **_given(command, decision, old.cells, option),
        **timing,
        tracks=instead(situation, old.moved, option.effects if option else {}, command.tracks),
    )


def _to_revise(situation: Situation, command: commands.Revise) -> Answer:
    answers = {answer.seq: answer for answer in situation.play.answers.values()}
    if command.replaces is not None:
        old = answers.get(command.replaces)
        if old is None:
            newest = f"The answers in effect are {at_seqs(answers)}." if answers else ""
            raise Refused(f"#{command.replaces} is not the newest answer of its cells.", newest)
        _agrees(command, old)
        return old
    if command.decision is None:
        raise Refused("revise: say which answer.", "Give `replaces` (its seq) or `decision` and `cells`.")
    return _newest(situation, known_decision(situation, command.decision), command.cells)


def _agrees(command: commands.Revise, old: Answer) -> None:
    if command.decision not in (None, old.decision):
        raise Refused(f"#{old.seq} answers '{old.decision}', not '{command.decision}'.")
    if command.cells is not None and set(command.cells) != set(old.cells):
        raise Refused(f"#{old.seq} is the answer of {listed(old.cells)}, not of {listed(command.cells)}.")


def _newest(situation: Situation, decision: Decision, given: tuple[str, ...] | None) -> Answer:
    all_cells = situation.state.decision_cells(decision.id)
    cells = all_cells if given is None else known_cells(situation, given)
    _answer_it(decision, cells, all_cells)
    answers = situation.play.answers
    found = {each.seq: each for cell in cells if (each := answers.get((decision.id, cell))) is not None}
    if not found:
        raise Refused(f"'{decision.id}' has no answer yet.", "Record one with `decide`.")
    if len(found) > 1:
        raise Refused(f"'{decision.id}' has several answers ({at_seqs(found)}).", "Say whose, with `cells`.")
    old = next(iter(found.values()))
    if given is not None and set(given) != set(old.cells):
        raise Refused(f"'{decision.id}' was answered by {listed(old.cells)}.", "Name them all, or none.")
    return old


def read(situation: Situation, command: commands.Read) -> Iterator[events.Payload]:
    """What was chosen has a consequence that those who are to hear it hear."""
    decision = known_decision(situation, command.decision)
    answers = _answers(situation, decision)
    id = command.option or _only_choice(decision, answers)
    option = _option(decision, id)
    deciders = [answer for answer in answers if answer.counted == id]
    if not deciders:
        raise Refused(f"Nobody has chosen '{id}' in '{decision.id}'.", "Record the answer first.")
    if option.consequence is None:
        raise Refused(f"'{id}' in '{decision.id}' has no consequence to read out.")
    cells = command.cells if command.cells is not None else option.reveal_to or _not_told(situation, deciders)
    yield events.ConsequenceRead(decision=decision.id, option=id, cells=known_cells(situation, cells))


def _not_told(situation: Situation, deciders: list[Answer]) -> list[str]:
    """The cells that chose it and have not heard yet what comes of it; all that chose it where none is left.

    Cells may choose the same and not know it of each other: each hears of its own choice.
    """
    readings = situation.play.readings.get(deciders[0].decision, ())
    all_cells = [cell for answer in deciders for cell in answer.cells]
    told = {
        cell
        for answer in deciders
        for reading in readings
        if reading.option == answer.counted and reading.seq > answer.seq
        for cell in reading.cells
        if cell in answer.cells
    }
    return [cell for cell in all_cells if cell not in told] or all_cells


def _answers(situation: Situation, decision: Decision) -> list[Answer]:
    places = [(decision.id, cell) for cell in situation.state.decision_cells(decision.id)]
    found = [situation.play.answers[place] for place in places if place in situation.play.answers]
    return list({answer.seq: answer for answer in found}.values())


def _only_choice(decision: Decision, answers: list[Answer]) -> str:
    chosen = list(dict.fromkeys(answer.counted for answer in answers if answer.counted))
    if len(chosen) != 1:
        problem = "several choices" if chosen else "no choice"
        raise Refused(f"'{decision.id}' has {problem} so far.", "Say which `option`." if chosen else "")
    return chosen[0]
