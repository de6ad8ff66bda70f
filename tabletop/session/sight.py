"""What players may see: of one cell, or of all that every player cell may.

This is the one place that knows who sees what. It builds up from what is allowed and leaves everything else out:
never notes, expectations, effects, weights, conditions, objectives, sources, another cell's pieces, or a consequence
that was not read out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tabletop.scenario.model import Decision, Inject
from tabletop.session.schedule import owed
from tabletop.session.state import State


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the cells that look on; ``options`` are their texts, in order."""

    question: str
    options: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that was given out: an inject, a briefing, or a consequence that was read out.

    ``seq`` is the event that gave it out; ``own`` is what only this cell is told.
    """

    seq: int
    title: str
    text: str
    from_: str = ""
    via: str = ""
    story_time: str = ""
    own: str = ""
    questions: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Countdown:
    """An answer that is owed, and the seconds left (negative: over); None without a limit.

    It ``waits`` while another question comes first.
    """

    question: str
    left: float | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Gauge:
    """A track that is shown to those who look on."""

    name: str
    value: int
    least: int
    greatest: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sight:
    """All that may be seen; ``cards`` in the order in which they were given out."""

    marking: str
    title: str
    move: str
    story_time: str
    cards: tuple[Card, ...]
    countdowns: tuple[Countdown, ...]
    gauges: tuple[Gauge, ...]


def sight(state: State, cell: str | None, clock: float) -> Sight:
    """What the cell may see at this reading of the clock; None: what every player cell may."""
    return _Sight(state, cell, clock).all()


class _Sight:
    def __init__(self, state: State, cell: str | None, clock: float) -> None:
        self._state, self._cell, self._clock = state, cell, clock
        self._eyes = frozenset((cell,)) if cell is not None else frozenset(state.index.players)

    def all(self) -> Sight:
        exercise, cards = self._state.exercise, sorted(self._cards(), key=lambda card: card.seq)
        on = self._state.play.move
        move = self._state.index.moves.get(on.id) if on is not None else None
        times = [card.story_time for card in cards if card.story_time and (on is None or card.seq > on.seq)]
        opening = (move.scenario_time if move else None) or exercise.scenario_starts or ""
        time = times[-1] if times else opening
        return Sight(
            marking=exercise.marking,
            title=exercise.title,
            move=move.title if move else "",
            story_time=f"{time} {exercise.zone or ''}".strip() if time else "",
            cards=tuple(cards),
            countdowns=tuple(self._countdowns()),
            gauges=tuple(self._gauges()),
        )

    def _all_see(self, cells: Collection[str]) -> bool:
        return self._eyes <= frozenset(cells)

    def _own(self, private: dict[str, str]) -> str:
        return private.get(self._cell, "") if self._cell is not None else ""

    # --- cards --------------------------------------------------------------------------------------

    def _cards(self) -> Iterator[Card]:
        yield from self._opening()
        yield from self._briefing()
        for id, at in self._state.play.released.items():
            inject = self._state.inject(id)
            if inject is not None and self._all_see(at.cells):
                yield self._inject(at.seq, inject)
        for id, put in self._state.play.put.items():
            asked = self._state.play.asked.get((id, put.cells[0])) if put.cells else None
            if asked is not None and self._all_see(put.cells):
                yield Card(asked.seq, "A question", "", asked=(self._asked(put.decision),))
        for decision, readings in self._state.play.readings.items():
            for reading in readings:
                if self._all_see(reading.cells):
                    yield from self._consequence(reading.seq, decision, reading.option)

    def _opening(self) -> Iterator[Card]:
        exercise = self._state.exercise
        rules = "\n".join(f"{number}. {rule}" for number, rule in enumerate(exercise.ground_rules, 1))
        yield Card(-3, "Ground rules", rules)
        if exercise.background:
            yield Card(-2, "The situation", exercise.background)
        cell = self._state.index.cells.get(self._cell) if self._cell is not None else None
        if cell is not None and (cell.brief or cell.aims):
            aims = "\n".join(f"- {aim}" for aim in cell.aims)
            yield Card(-1, f"For {cell.name} alone", "\n\n".join(part for part in (cell.brief or "", aims) if part))

    def _briefing(self) -> Iterator[Card]:
        on = self._state.play.move
        move = self._state.index.moves.get(on.id) if on is not None else None
        if on is not None and move is not None and (move.briefing or self._own(move.private)):
            yield Card(
                on.seq,
                move.title,
                move.briefing or "",
                story_time=move.scenario_time or "",
                own=self._own(move.private),
            )

    def _inject(self, seq: int, inject: Inject) -> Card:
        return Card(
            seq=seq,
            title=inject.title,
            text=inject.text,
            from_=inject.from_ or "",
            via=inject.via or "",
            story_time=inject.scenario_time or "",
            own=self._own(inject.private),
            questions=inject.questions,
            asked=tuple(self._asked(decision) for decision in inject.decisions if self._is_asked(decision)),
        )

    def _is_asked(self, decision: Decision) -> bool:
        return self._all_see(self._state.decision_cells(decision.id))

    def _asked(self, decision: Decision) -> Asked:
        return Asked(decision.question, tuple(option.text for option in decision.options), decision.minutes)

    def _consequence(self, seq: int, decision: str, option: str) -> Iterator[Card]:
        known = self._state.decision(decision)
        chosen = known.option(option) if known is not None else None
        if known is not None and chosen is not None and chosen.consequence:
            yield Card(seq, "What follows", chosen.consequence)  # whose choice it was may be a secret

    # --- beside the cards ----------------------------------------------------------------------------

    def _countdowns(self) -> Iterator[Countdown]:
        for each in owed(self._state, self._clock):
            if frozenset(each.cells) & self._eyes if self._cell is not None else self._all_see(each.cells):
                yield Countdown(each.decision.question, each.left, each.waits)

    def _gauges(self) -> Iterator[Gauge]:
        for track in self._state.exercise.tracks:
            if self._all_see(track.shown_to):
                value = self._state.play.tracks.get(track.id, track.start)
                yield Gauge(track.name, value, track.min, track.max, mark(track.marks, value))


def mark(marks: dict[int, str], value: int) -> str:
    """What a track's value means: the words of the greatest mark that it has come to, wherever they are shown."""
    reached = [at for at in marks if at <= value]
    return marks[max(reached)] if reached else ""
