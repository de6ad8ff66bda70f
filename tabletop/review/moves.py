"""One move looked back on: what was given out and when, what was left, who decided what, how the tracks went."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.review.course import InjectPlayed, MovePlayed
from tabletop.review.decisions import AnswerGiven, DecisionTaken
from tabletop.review.reviewing import Review
from tabletop.scenario.model import Track
from tabletop.session.events import ObservationRecorded


@dataclass(frozen=True, slots=True)
class MoveCourse:
    """What happened in one entry of a move.

    ``answers`` are those that still count, with their decisions; ``tracks`` the value before and after.
    """

    played: MovePlayed
    released: tuple[InjectPlayed, ...]
    left: tuple[InjectPlayed, ...]
    answers: tuple[tuple[DecisionTaken, AnswerGiven], ...]
    tracks: tuple[tuple[Track, int, int], ...]
    strengths: int
    improvements: int
    notes: int


def move_course(review: Review, played: MovePlayed) -> MoveCourse:
    """What happened from the start of a move to the start of the next."""
    within = range(played.seq, played.until)
    answers = [
        (taken, answer)
        for taken in review.decisions
        for answer in taken.answers
        if answer.entry.seq in within and answer.revised_by is None
    ]
    observed = [entry.data.kind for entry in review.record.of(ObservationRecorded) if entry.seq in within]
    return MoveCourse(
        played=played,
        released=tuple(each for each in review.injects if each.released and each.released[0].seq in within),
        left=tuple(each for each in review.injects if each.move == played.move and not each.released),
        answers=tuple(sorted(answers, key=lambda each: each[1].entry.seq)),
        tracks=tuple(_tracks(review, within)),
        strengths=observed.count("strength"),
        improvements=observed.count("improvement"),
        notes=sum(entry.seq in within for entry in (*review.notes, *review.facts, *review.arguments)),
    )


def _tracks(review: Review, within: range) -> list[tuple[Track, int, int]]:
    """Each track at the move's start and at its end."""
    found = []
    for course in review.tracks:
        before = course.track.start
        after = before
        for change in course.changes:
            if change.entry.seq < within.start:
                before = after = change.after
            elif change.entry.seq < within.stop:
                after = change.after
        found.append((course.track, before, after))
    return found
