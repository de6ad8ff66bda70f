"""One session set against the rest: what it chose that others seldom did, and where its road and tracks differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tabletop.review.comparing.choices import CellChoices, Choice
from tabletop.review.comparing.numbers import Share, Spread, spread
from tabletop.review.comparing.paths import Paths, Turn
from tabletop.review.comparing.ratings import ObjectiveRatings, Rated
from tabletop.review.comparing.sessions import Session
from tabletop.review.comparing.tracks import TrackSpread


@dataclass(frozen=True, slots=True)
class ChoiceAgainst:
    """One choice of the session, and how many of the rest chose the same.

    The rest are the other sessions that were asked the same in the same words; ``alike`` is of none where
    there are no others. ``times`` are the seconds that they took. Answers to questions without options are left
    out: no two texts are the same.
    """

    asked: CellChoices
    choice: Choice
    alike: Share
    times: Spread | None


@dataclass(frozen=True, slots=True)
class TurnAgainst:
    """A conditional inject or move that came here and not everywhere, or the other way round.

    ``alike`` are those of the rest with whom the session agrees in it.
    """

    turn: Turn
    came: bool
    alike: Share


@dataclass(frozen=True, slots=True)
class TrackAgainst:
    """Where a track ended in the session and in the rest; ``value`` is None where the session was not ended."""

    track: TrackSpread
    value: int | None
    rest: Spread | None

    @property
    def where(self) -> str:
        """Where the value lies among the rest's: below, above or within their range, or nothing to say."""
        if self.value is None or self.rest is None:
            return ""
        if self.value < self.rest.least:
            return "below all others"
        return "above all others" if self.value > self.rest.greatest else "within the others' range"


@dataclass(frozen=True, slots=True)
class RatingAgainst:
    """An objective's rating in the session, and how many of the rest gave the same, of those that rated it."""

    objective: ObjectiveRatings
    rated: Rated
    alike: Share


@dataclass(frozen=True, slots=True)
class Contrast:
    """A session against the rest; its choices and turns stand with the most unusual first."""

    session: Session
    rest: tuple[Session, ...]
    choices: tuple[ChoiceAgainst, ...]
    turns: tuple[TurnAgainst, ...]
    tracks: tuple[TrackAgainst, ...]
    ratings: tuple[RatingAgainst, ...]


def contrast(
    session: Session,
    sessions: Sequence[Session],
    choices: Iterable[CellChoices],
    ways: Paths,
    tracks: Iterable[TrackSpread],
    ratings: Iterable[ObjectiveRatings],
) -> Contrast:
    """Set one session against all others."""
    mark = session.mark
    chosen = [_choice(each, own, mark) for each in choices if each.options and (own := each.of(mark)) is not None]
    return Contrast(
        session=session,
        rest=tuple(each for each in sessions if each.mark != mark),
        choices=tuple(sorted(chosen, key=lambda each: each.alike.share if each.alike.of else 2.0)),
        turns=tuple(sorted(_turns(ways.parting, mark), key=lambda each: each.alike.share)),
        tracks=tuple(_track(each, mark) for each in tracks if mark in each.sessions),
        ratings=tuple(_rating(each, mark) for each in ratings if mark in each.by_session),
    )


def _choice(asked: CellChoices, own: Choice, mark: str) -> ChoiceAgainst:
    others = [choice for choice in asked.choices if choice.session.mark != mark]
    alike = sum(_answer(choice) == _answer(own) for choice in others)
    times = spread(choice.seconds for choice in others if choice.seconds is not None)
    return ChoiceAgainst(asked, own, Share(alike, len(others)), times)


def _answer(choice: Choice) -> tuple[str | None, str]:
    return choice.counted, "" if choice.counted else choice.how


def _turns(turns: Iterable[Turn], mark: str) -> Iterator[TurnAgainst]:
    """What can be told apart: a session that never got to the place is neither for nor against."""
    for turn in turns:
        reached = {each: each in turn.came for each, fate in turn.fates.items() if fate != "not reached"}
        if mark in reached:
            came = reached.pop(mark)
            alike = Share(sum(each == came for each in reached.values()), len(reached))
            if alike.count < alike.of:
                yield TurnAgainst(turn, came, alike)


def _track(track: TrackSpread, mark: str) -> TrackAgainst:
    values = dict(track.end.values)
    own = values.pop(mark, None)
    return TrackAgainst(track, own, spread(values.values()))


def _rating(objective: ObjectiveRatings, mark: str) -> RatingAgainst:
    own = objective.by_session[mark]
    grades = [rated.grade for other, rated in objective.by_session.items() if other != mark and rated.grade]
    return RatingAgainst(objective, own, Share(grades.count(own.grade) if own.grade else 0, len(grades)))
