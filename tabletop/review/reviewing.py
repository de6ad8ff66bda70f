"""The review of a log: everything that it says, worked out from its events alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tabletop.journal.event import Event
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
from tabletop.review.record import Entry, Record, opened, read_record
from tabletop.review.talk import Request, requests
from tabletop.review.tracks import TrackCourse, track_courses
from tabletop.scenario.model import CONTROL, Exercise
from tabletop.session.events import (
    ActionClosed,
    ActRecorded,
    ArgumentMade,
    DiscussionNoted,
    FactRecorded,
    FeedbackGiven,
    HotWashNoted,
    MessageSent,
    RulingMade,
    SessionOpened,
    TrackSet,
)


@dataclass(frozen=True)
class Review:
    """A session, as its log tells it.

    ``events`` is how many lines the log has, ``head`` the SHA-256 of the last. What was undone or withdrawn
    is found in ``corrections`` and nowhere else; events of newer versions are in ``record.unknown``.
    """

    exercise: Exercise
    session: Entry[SessionOpened]
    events: int
    head: str
    record: Record
    times: Times
    participants: tuple[Participant, ...]
    moves: tuple[MovePlayed, ...]
    injects: tuple[InjectPlayed, ...]
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
    def names(self) -> Names:
        """What ids are called, for people."""
        return Names(self)


class Names:
    """What the ids of a session are called; an id that is unknown stands for itself."""

    def __init__(self, review: Review) -> None:
        exercise = review.exercise
        self._cells = {CONTROL: "Control", **{cell.id: cell.name for cell in exercise.cells}}
        self._tracks = {track.id: track.name for track in exercise.tracks}
        self._injects = {played.inject.id: played.title for played in review.injects}
        self._people = {person.id: person.name for person in review.participants}

    def cell(self, id: str) -> str:
        """A cell's name."""
        return self._cells.get(id, id)

    def cells(self, ids: Sequence[str]) -> str:
        """Cells' names, listed."""
        return ", ".join(self.cell(id) for id in ids)

    def track(self, id: str) -> str:
        """A track's name."""
        return self._tracks.get(id, id)

    def inject(self, id: str) -> str:
        """An inject's title, as it was given to players."""
        return self._injects.get(id, id)

    def person(self, id: str) -> str:
        """A participant's name."""
        return self._people.get(id, id)


def review(events: Sequence[Event], head: str) -> Review:
    """Work out what a log says; ``head`` is the SHA-256 of its last line.

    Raises NotALog where the events do not begin with the opening of a session.
    """
    record = read_record(events)
    session, exercise = opened(record)
    ran = times(record, exercise)
    moves = moves_played(record, exercise, ran)
    injects = injects_played(record, exercise, moves)
    return Review(
        exercise=exercise,
        session=session,
        events=len(events),
        head=head,
        record=record,
        times=ran,
        participants=participants(record),
        moves=moves,
        injects=injects,
        decisions=decisions(record, exercise, [each.inject for each in injects if each.written]),
        tracks=track_courses(record, exercise),
        objectives=objective_reviews(record, exercise, injects),
        actions=planned_actions(record),
        requests=requests(record),
        corrections=corrections(record),
    )
