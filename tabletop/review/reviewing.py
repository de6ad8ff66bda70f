"""The review of a log: everything that it says, worked out from its events alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tabletop.journal.event import Event
from tabletop.review.branches import Branches, branches
from tabletop.review.conditions import Explained
from tabletop.review.corrections import Correction, corrections
from tabletop.review.course import (
    InjectPlayed,
    MovePlayed,
    Times,
    injects_played,
    move_at,
    moves_played,
    times,
)
from tabletop.review.decisions import DecisionTaken, decisions
from tabletop.review.evaluation import (
    ObjectiveReview,
    PlannedAction,
    objective_reviews,
    planned_actions,
)
from tabletop.review.people import Participant, participants
from tabletop.review.phrases import quoted
from tabletop.review.record import Entry, Record, opened, read_record
from tabletop.review.talk import Request, requests
from tabletop.review.teller import Teller, made_on_the_spot
from tabletop.review.tracks import TrackCourse, track_courses
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.session.events import (
    ActionClosed,
    ActRecorded,
    ArgumentMade,
    DiscussionNoted,
    FactRecorded,
    FeedbackGiven,
    HotWashNoted,
    MessageSent,
    Payload,
    RulingMade,
    SessionOpened,
    TrackSet,
)


@dataclass(frozen=True)
class Review:
    """A session, as its log tells it.

    ``events`` is how many lines the log has, ``head`` the SHA-256 of the last. What was undone or withdrawn
    is found in ``corrections`` and nowhere else; events of newer versions are in ``record.unknown``.
    ``branches`` tell of what has a condition whether that held; ``spot`` are the names of ``made_on_the_spot``.
    """

    exercise: Exercise
    index: Index
    spot: Mapping[str, str]
    session: Entry[SessionOpened]
    events: int
    head: str
    record: Record
    times: Times
    participants: tuple[Participant, ...]
    moves: tuple[MovePlayed, ...]
    injects: tuple[InjectPlayed, ...]
    branches: Branches
    decisions: tuple[DecisionTaken, ...]
    tracks: tuple[TrackCourse, ...]
    objectives: tuple[ObjectiveReview, ...]
    actions: tuple[PlannedAction, ...]
    requests: tuple[Request, ...]
    corrections: tuple[Correction, ...]

    @property
    def name(self) -> str:
        """The session's name."""
        return self.session.data.name

    @property
    def finished(self) -> bool:
        """Whether the session was closed, and stayed so."""
        return self.times.ended is not None

    @property
    def notes(self) -> tuple[Entry[DiscussionNoted], ...]:
        """What was said: notes and quotes."""
        return self.record.of(DiscussionNoted)

    @property
    def facts(self) -> tuple[Entry[FactRecorded], ...]:
        """What cells took as established, and what they assumed."""
        return self.record.of(FactRecorded)

    @property
    def acts(self) -> tuple[Entry[ActRecorded], ...]:
        """What cells did unasked."""
        return self.record.of(ActRecorded)

    @property
    def messages(self) -> tuple[Entry[MessageSent], ...]:
        """Notes between cells."""
        return self.record.of(MessageSent)

    @property
    def arguments(self) -> tuple[Entry[ArgumentMade], ...]:
        """Proposals with their reasons."""
        return self.record.of(ArgumentMade)

    @property
    def rulings(self) -> tuple[Entry[RulingMade], ...]:
        """What control ruled."""
        return self.record.of(RulingMade)

    @property
    def tracks_set(self) -> tuple[Entry[TrackSet], ...]:
        """Tracks that control set by hand."""
        return self.record.of(TrackSet)

    @property
    def hot_wash(self) -> tuple[Entry[HotWashNoted], ...]:
        """What was said in the closing discussion."""
        return self.record.of(HotWashNoted)

    @property
    def feedback(self) -> tuple[Entry[FeedbackGiven], ...]:
        """The participants' feedback forms."""
        return self.record.of(FeedbackGiven)

    @property
    def closed_actions(self) -> tuple[Entry[ActionClosed], ...]:
        """Actions of earlier sessions that were reported done."""
        return tuple(entry for entry in self.record.of(ActionClosed) if entry.data.log)

    def move_at(self, seq: int) -> MovePlayed | None:
        """The move that was on when an event was recorded, or None before the first and after the last."""
        return move_at(self.moves, seq)

    @cached_property
    def decision(self) -> Mapping[str, DecisionTaken]:
        """The decisions by id."""
        return {decision.id: decision for decision in self.decisions}

    @cached_property
    def entries(self) -> Mapping[int, Entry[Payload]]:
        """Every entry that this version knows by its number, those taken back too."""
        return {entry.seq: entry for entry in self.record.known}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The decisions' numbers, from 1, in the order in which they came up."""
        return {decision.id: number for number, decision in enumerate(self.decisions, start=1)}

    @cached_property
    def explained(self) -> Explained:
        """What tells conditions in words."""
        return Explained(self.names, self.numbers)

    @cached_property
    def names(self) -> Names:
        """What ids are called, for people."""
        return Names(self.index, self.spot, {played.inject.id: played.title for played in self.injects})


@dataclass(frozen=True, slots=True)
class Names(Teller):
    """What the ids of a session are called in a paper: in full, as it was given to players, in curly quotes."""

    titles: Mapping[str, str] = field(default_factory=dict)

    def quote(self, text: str) -> str:
        """A title, or what somebody said, in curly quotation marks."""
        return quoted(text)

    def cells(self, ids: Iterable[str]) -> str:
        """Cells by name, one by one, also where it is all of them."""
        return self.each(ids)

    def title(self, id: str) -> str:
        """An inject's title, as it was given to players."""
        return " ".join((self.titles.get(id) or Teller.title(self, id)).split())

    def person(self, id: str) -> str:
        """A participant's name, or the names that were typed, each once."""
        named = [part.strip() for part in Teller.person(self, id).split(",")]
        return ", ".join(dict.fromkeys(named))


def review(events: Sequence[Event], head: str) -> Review:
    """Work out what a log says; ``head`` is the SHA-256 of its last line.

    Raises NotALog where the events do not begin with the opening of a session.
    """
    record = read_record(events)
    session, exercise = opened(record)
    ran = times(record, exercise)
    moves = moves_played(record, exercise, ran)
    index = Index(exercise)
    road = branches(record, exercise, index, moves)
    injects = injects_played(record, exercise, moves, road)
    return Review(
        exercise=exercise,
        index=index,
        spot=made_on_the_spot(events),
        session=session,
        events=len(events),
        head=head,
        record=record,
        times=ran,
        participants=participants(record),
        moves=moves,
        injects=injects,
        branches=road,
        decisions=decisions(record, exercise, [each.inject for each in injects if each.written]),
        tracks=track_courses(record, exercise, index),
        objectives=objective_reviews(record, exercise, injects),
        actions=planned_actions(record),
        requests=requests(record),
        corrections=corrections(record),
    )
