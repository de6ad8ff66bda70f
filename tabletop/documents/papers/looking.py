"""What players may be given on paper: a session is taken through the exercise, and `session.sight` says who sees what.

Nothing here decides what may be seen. All that is conditional or in the pocket is released once, for a facilitator
may come to hand it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tabletop.journal import MemoryJournal
from tabletop.scenario.index import Index
from tabletop.scenario.model import Inject, Move
from tabletop.session import commands
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.rehearsal import AUTO
from tabletop.session.session import Session
from tabletop.session.sight import Card, Sight, sight


@dataclass(frozen=True)
class Given:
    """A card that a cell is given in a move: of an inject, or of the move's briefing."""

    move: Move
    inject: Inject | None
    cell: str
    card: Card


def before_play(index: Index, cell: str | None) -> Sight:
    """What the cell sees when the session has begun and no move has; None: what every player cell sees."""
    return sight(_begun(index).state, cell, 0.0)


def all_given(index: Index) -> Iterator[Given]:
    """Each card of every inject and every briefing, in the order of the schedule; contingencies end their move."""
    session = _begun(index)
    for move in index.exercise.moves:
        session.do(commands.Move(move=move.id), by=AUTO)
        injects = sorted(move.injects, key=lambda inject: (inject.contingency, inject.at))
        for inject in injects:
            session.do(commands.Release(inject=inject.id), by=AUTO)
        yield from _in_move(session, index, move, injects)


def _in_move(session: Session, index: Index, move: Move, injects: list[Inject]) -> Iterator[Given]:
    state = session.state
    seen: Mapping[str, Mapping[int, Card]] = {
        cell: {card.seq: card for card in sight(state, cell, 0.0).cards} for cell in index.players
    }
    opened = state.play.move.seq if state.play.move is not None else 0
    given = [(None, opened), *((inject, state.play.released[inject.id].seq) for inject in injects)]
    for inject, seq in given:
        for cell, cards in seen.items():
            if seq in cards:
                yield Given(move, inject, cell, cards[seq])


def _begun(index: Index) -> Session:
    clock = ExerciseClock(SimulatedTime())
    session = Session.create(index.exercise, MemoryJournal("papers"), clock, name="papers", by=AUTO)
    session.do(commands.Start(), by=AUTO)
    return session
