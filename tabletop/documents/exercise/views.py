"""What each cell sees in planned play: a session is taken through all that it may give, and `session.sight` says.

Where plays part, every way is shown, each with what it hangs on; what stays in the pocket, or is on no path, is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tabletop.journal import MemoryJournal
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Inject, Move, Option
from tabletop.scenario.paths import explore
from tabletop.session import commands
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.rehearsal import AUTO
from tabletop.session.schedule import condition_words
from tabletop.session.session import Session
from tabletop.session.sight import Card, Gauge, sight

_NEVER = 10**9
"""Minutes from which a stretch without anything to do would be told: nothing is asked of those here."""


@dataclass(frozen=True)
class Row:
    """Something that is given out: the card of each cell that sees it; None for a cell that does not.

    ``only_if`` is what it hangs on, in words; ``about`` the inject that it is or follows from, empty otherwise.
    """

    title: str
    only_if: str
    about: str
    cards: Mapping[str, Card | None]

    @property
    def seen(self) -> list[tuple[tuple[str, ...], Card]]:
        """Each different card, with the cells that see it just so."""
        different = dict.fromkeys(card for card in self.cards.values() if card is not None)
        return [(tuple(cell for cell, own in self.cards.items() if own == card), card) for card in different]

    @property
    def blind(self) -> tuple[str, ...]:
        """The cells that see nothing of it."""
        return tuple(cell for cell, card in self.cards.items() if card is None)


@dataclass(frozen=True)
class Views:
    """What cells see: before the first move, then move by move; and the gauges of each as play begins."""

    opening: tuple[Row, ...]
    moves: Mapping[str, tuple[Row, ...]]
    gauges: Mapping[str, tuple[Gauge, ...]]


def views(index: Index) -> Views:
    """Everything that planned play may give to anybody, by move."""
    return _Watched(index).all()


class _Watched:
    def __init__(self, index: Index) -> None:
        self._index = index
        journal = MemoryJournal("views")
        self._session = Session.create(index.exercise, journal, ExerciseClock(SimulatedTime()), name="views", by=AUTO)
        self._last = -10
        """The event up to which cards were taken in; those of the opening stand before the first."""

    def all(self) -> Views:
        found = explore(self._index, _NEVER, _NEVER)
        self._do(commands.Start())
        opening = tuple(self._row("", "", ""))
        state = self._session.state
        gauges = {cell: sight(state, cell, 0.0).gauges for cell in self._index.players}
        moves = {}
        for move in self._index.exercise.moves:
            if not found.complete or move.id in found.moves:
                reached = found.injects if found.complete else {inject.id for inject in move.injects}
                moves[move.id] = tuple(self._move(move, reached))
        return Views(opening, moves, gauges)

    def _move(self, move: Move, reached: set[str]) -> Iterator[Row]:
        self._do(commands.Move(move=move.id))
        yield from self._row(move.title, condition_words(move.when, self._index), "")
        for inject in sorted(move.injects, key=lambda inject: inject.at):
            if not inject.contingency and inject.id in reached:
                yield from self._inject(inject)

    def _inject(self, inject: Inject) -> Iterator[Row]:
        self._do(commands.Release(inject=inject.id))
        yield from self._row(inject.title, condition_words(inject.when, self._index), inject.id)
        for decision in inject.decisions:
            cells = self._index.decision_cells(decision.id)
            answering = cells if decision.together else cells[:1]
            for option in decision.options:
                if option.consequence:
                    yield from self._consequence(decision, option, answering, inject)

    def _consequence(
        self, decision: Decision, option: Option, answering: tuple[str, ...], inject: Inject
    ) -> Iterator[Row]:
        """Have it chosen, instead of what was chosen before it, and read it to all who may come to hear it."""
        answered = (decision.id, answering[0]) in self._session.state.play.answers
        answer = commands.Revise if answered else commands.Decide
        self._do(answer(decision=decision.id, cells=answering, option=option.id))
        hearing = option.reveal_to or self._index.decision_cells(decision.id)
        self._do(commands.Read(decision=decision.id, option=option.id, cells=hearing))
        yield from self._row(f"Once chosen: {option.text}", f"{decision.id}: {option.id}", inject.id)

    def _row(self, title: str, only_if: str, about: str) -> Iterator[Row]:
        """What came since the last time, one after the other; without a title, it bears that of its card."""
        state = self._session.state
        new = {
            cell: {card.seq: card for card in sight(state, cell, 0.0).cards if card.seq > self._last}
            for cell in self._index.players
        }
        self._last = state.last_seq
        for seq in sorted({seq for cards in new.values() for seq in cards}):
            own = {cell: cards.get(seq) for cell, cards in new.items()}
            titles = list(dict.fromkeys(card.title for card in own.values() if card))
            yield Row(title or (titles[0] if len(titles) == 1 else "For each cell alone"), only_if, about, own)

    def _do(self, command: commands.Command) -> None:
        self._session.do(command, by=AUTO)
