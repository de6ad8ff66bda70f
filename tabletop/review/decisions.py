"""Decisions: what was asked, every answer of each cell in order, and what was made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from tabletop.review.record import Entry, Record
from tabletop.scenario.conditions import reads
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Exercise, Inject, Option
from tabletop.session.events import (
    Answer,
    ConsequenceRead,
    DecisionAsked,
    DecisionRecorded,
    DecisionRevised,
    InjectReleased,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """When a question was put to cells: by an inject's release or by the facilitator."""

    seq: int
    clock: float
    cells: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """One answer.

    ``chosen`` is the text of the option taken, ``counted`` of the one that an answer in own words or
    silence counts as. ``revises`` is the seq of the answer that it replaces, ``revised_by`` of the one that
    replaces it. ``consequence`` is what the exercise says follows.
    """

    entry: Entry[Answer]
    chosen: str
    counted: str
    revises: int | None
    revised_by: int | None
    consequence: str


@dataclass(frozen=True, slots=True)
class CellAnswers:
    """The answers of one cell, or of cells that answered as one, oldest first; the last one counts."""

    cells: tuple[str, ...]
    answers: tuple[AnswerGiven, ...]

    @property
    def newest(self) -> AnswerGiven:
        """The answer that counts."""
        return self.answers[-1]


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """A decision that was asked or answered.

    ``steers`` says that the exercise branches on it; ``unanswered`` are cells that were asked and of whom
    no answer is recorded; ``read`` are the consequences read out.
    """

    id: str
    question: str
    inject: str | None
    options: tuple[Option, ...]
    asked: tuple[Asked, ...]
    by_cells: tuple[CellAnswers, ...]
    unanswered: tuple[str, ...]
    read: tuple[Entry[ConsequenceRead], ...]
    steers: bool

    @property
    def answers(self) -> tuple[AnswerGiven, ...]:
        """All answers, of all cells."""
        return tuple(answer for cell in self.by_cells for answer in cell.answers)

    def option(self, id: str | None) -> Option | None:
        """The option of that id, or None."""
        return next((option for option in self.options if option.id == id), None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the log and the exercise hold on decisions, before it is put together."""

    record: Record
    known: dict[str, tuple[Decision, Inject]]
    asked: dict[str, list[Asked]]
    threads: dict[str, dict[tuple[str, ...], list[Entry[Answer]]]]
    steering: set[str]


def decisions(record: Record, exercise: Exercise, written: Iterable[Inject]) -> tuple[DecisionTaken, ...]:
    """Every decision that was asked or answered, in the order in which that first happened."""
    known = _known(exercise, written)
    asked = _asked(record, Index(exercise), known)
    found = _Found(record, known, asked, _threads(record), _steering(exercise))
    taken = (_taken(id, found) for id in dict.fromkeys((*found.asked, *found.threads)))
    return tuple(sorted(taken, key=_first))


def _first(taken: DecisionTaken) -> int:
    return min([*(asked.seq for asked in taken.asked), *(answer.entry.seq for answer in taken.answers)])


def _known(exercise: Exercise, written: Iterable[Inject]) -> dict[str, tuple[Decision, Inject]]:
    injects = (*exercise.injects(), *written)
    return {decision.id: (decision, inject) for inject in injects for decision in inject.decisions}


def _steering(exercise: Exercise) -> set[str]:
    """The decisions that some condition of the exercise asks about."""
    whens = [move.when for move in exercise.moves] + [inject.when for inject in exercise.injects()]
    facts = (fact for when in whens if when is not None for fact in reads(when))
    return {place.partition("/")[0] for kind, place in facts if kind == "chose"}


def _asked(record: Record, index: Index, known: dict[str, tuple[Decision, Inject]]) -> dict[str, list[Asked]]:
    asked: dict[str, list[Asked]] = {}
    by_inject: dict[str, list[Decision]] = {}
    for decision, inject in known.values():
        by_inject.setdefault(inject.id, []).append(decision)
    for release in record.of(InjectReleased):
        for decision in by_inject.get(release.data.inject, ()):
            cells = decision.cells or index.addressees(known[decision.id][1])
            asked.setdefault(decision.id, []).append(Asked(release.seq, release.clock, cells, decision.minutes))
    for ask in record.of(DecisionAsked):
        minutes = known[ask.data.decision][0].minutes if ask.data.decision in known else 0
        again = Asked(ask.seq, ask.clock, ask.data.cells, minutes if ask.data.minutes is None else ask.data.minutes)
        asked.setdefault(ask.data.decision, []).append(again)
    return {id: sorted(times, key=lambda each: each.seq) for id, times in asked.items()}


def _threads(record: Record) -> dict[str, dict[tuple[str, ...], list[Entry[Answer]]]]:
    """The answers by decision and by the cells that gave them, oldest first."""
    given: list[Entry[Answer]] = [*record.of(DecisionRecorded), *record.of(DecisionRevised)]
    threads: dict[str, dict[tuple[str, ...], list[Entry[Answer]]]] = {}
    for entry in sorted(given, key=lambda each: each.seq):
        threads.setdefault(entry.data.decision, {}).setdefault(entry.data.cells, []).append(entry)
    return threads


def _taken(id: str, found: _Found) -> DecisionTaken:
    question, options, inject = _wording(found.record, id, found.known)
    asked, threads = found.asked.get(id, []), found.threads.get(id, {})
    answered = {cell for cells in threads for cell in cells}
    return DecisionTaken(
        id=id,
        question=question,
        inject=inject,
        options=options,
        asked=tuple(asked),
        by_cells=tuple(CellAnswers(cells, _given(given, options)) for cells, given in threads.items()),
        unanswered=tuple(dict.fromkeys(cell for each in asked for cell in each.cells if cell not in answered)),
        read=tuple(entry for entry in found.record.of(ConsequenceRead) if entry.data.decision == id),
        steers=id in found.steering,
    )


def _wording(
    record: Record, id: str, known: dict[str, tuple[Decision, Inject]]
) -> tuple[str, tuple[Option, ...], str | None]:
    """A decision's question, options and inject: from the exercise, or as it was put on the spot."""
    if id in known:
        decision, inject = known[id]
        return decision.question, decision.options, inject.id
    put = [ask.data for ask in record.of(DecisionAsked) if ask.data.decision == id and ask.data.question]
    if not put:
        return "", (), None
    options = (_option(option) for option in put[-1].options)
    return put[-1].question or "", tuple(option for option in options if option), None


def _option(value: dict[str, object]) -> Option | None:
    try:
        return Option.model_validate(value, extra="ignore")
    except ValidationError:
        return None


def _given(entries: list[Entry[Answer]], options: tuple[Option, ...]) -> tuple[AnswerGiven, ...]:
    texts = {option.id: option for option in options}
    revised = {entry.data.replaces: entry.seq for entry in entries if isinstance(entry.data, DecisionRevised)}
    return tuple(_answer(entry, texts, revised.get(entry.seq)) for entry in entries)


def _answer(entry: Entry[Answer], options: dict[str, Option], revised_by: int | None) -> AnswerGiven:
    said = entry.data
    effective = options.get(said.option or said.counts_as or "")
    return AnswerGiven(
        entry=entry,
        chosen=_text(options, said.option),
        counted=_text(options, said.counts_as),
        revises=said.replaces if isinstance(said, DecisionRevised) else None,
        revised_by=revised_by,
        consequence=(effective.consequence or "") if effective else "",
    )


def _text(options: dict[str, Option], id: str | None) -> str:
    if id is None:
        return ""
    return options[id].text if id in options else id
