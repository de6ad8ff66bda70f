"""What each cell sees in planned play: a session is taken along it, and `session.sight` says what may be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabletop.console.edit.course import Along, Course
from tabletop.errors import TabletopError
from tabletop.journal import MemoryJournal
from tabletop.scenario.index import Index
from tabletop.scenario.model import Move
from tabletop.scenario.planned import MoveOver
from tabletop.session import commands
from tabletop.session.rehearsal import AUTO
from tabletop.session.sight import Card, Gauge, sight

Eyes = str | None
"""A cell; None: what every player cell may see."""
_KINDS = {"inject_released": "inject", "move_started": "move", "consequence_read": "decision"}
_OPENING = {-3: "key:ground_rules", -2: "key:background"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A card as it was given out: in which move, and when in it, in seconds.

    ``planned`` is false for what this course passes by, and is shown as it would be given out all the same;
    ``about`` names what it comes from, such as ``inject:leak``.
    """

    card: Card
    about: str
    move: str
    clock: float
    planned: bool


@dataclass(frozen=True, slots=True)
class Views:
    """What each pair of eyes sees, in order, and the tracks that it is shown at the end; or why not."""

    cards: Mapping[Eyes, Sequence[Seen]]
    gauges: Mapping[Eyes, Sequence[Gauge]]
    fault: str = ""


def views(index: Index, course: Course) -> Views:
    """Everything that anybody would see along a course, then what it passes by."""
    try:
        return _Watched(index).all(course)
    except TabletopError as error:
        return Views({}, {}, str(error))


class _Watched:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._eyes: tuple[Eyes, ...] = (None, *index.players)
        self._journal = MemoryJournal("views")
        self._along = Along(index, self._journal, "views")
        self._cards: dict[Eyes, list[Seen]] = {eyes: [] for eyes in self._eyes}
        self._last = -10
        """The event up to which cards were taken in; those of the opening stand before the first."""

    def all(self, course: Course) -> Views:
        for happening in self._along.do(course.happenings(self._index)):
            if isinstance(happening, MoveOver):
                self._take(planned=True)  # now, since a briefing is seen only as long as its move is on
        state = self._along.session.state
        gauges = {eyes: sight(state, eyes, state.clock).gauges for eyes in self._eyes}
        for move in self._index.exercise.moves:
            if acts := list(self._passed_by(move)):
                self._along.session.do_all(acts, by=AUTO)
                self._take(planned=False)
        return Views(self._cards, gauges)

    def _passed_by(self, move: Move) -> Iterator[commands.Command]:
        """What makes up for the part of a move that was not played."""
        played = self._along.session.state.play
        if move.id not in played.moves_played:
            yield commands.Move(move=move.id)
        for inject in move.injects:
            if inject.id not in played.released:
                yield commands.Release(inject=inject.id)

    def _take(self, *, planned: bool) -> None:
        state = self._along.session.state
        for eyes in self._eyes:
            new = [card for card in sight(state, eyes, state.clock).cards if card.seq > self._last]
            self._cards[eyes] += [self._seen(card, eyes, planned) for card in new]
        self._last = state.last_seq

    def _seen(self, card: Card, eyes: Eyes, planned: bool) -> Seen:
        if card.seq < 0:
            return Seen(card, _OPENING.get(card.seq, f"cell:{eyes}"), "", 0.0, planned)
        on = self._along.session.state.play.move
        event = self._journal.events[card.seq]
        kind = _KINDS.get(event.type, "")
        id = str(event.data.get(kind, ""))
        move = self._index.move_of[id].id if id in self._index.move_of else on.id if on else ""
        return Seen(card, f"{kind}:{id}", move, event.clock - on.started if on else 0.0, planned)
