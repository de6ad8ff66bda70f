"""What a cell was told, and what a move brought: each from the log alone."""

from __future__ import annotations

from itertools import pairwise
from types import ModuleType

from tabletop.review.moves import move_course
from tabletop.review.told import told
from tabletop.session.evolve import fold


def test_a_move_is_told_with_its_injects_answers_and_tracks(sample: ModuleType) -> None:
    seen = sample.reviewed()
    course = move_course(seen, seen.moves[0])
    within = range(course.played.seq, course.played.until)
    assert course.released
    assert all(each.released[0].seq in within for each in course.released)
    assert all(each.move == course.played.move for each in course.left)
    assert all(answer.revised_by is None and answer.entry.seq in within for _, answer in course.answers)
    assert [track.id for track, _, _ in course.tracks] == ["trust", "cost"]


def test_the_tracks_of_a_move_begin_where_the_one_before_ended(sample: ModuleType) -> None:
    seen = sample.reviewed()
    courses = [move_course(seen, played) for played in seen.moves]
    assert len(courses) > 1
    for before, after in pairwise(courses):
        assert [end for _, _, end in before.tracks] == [begin for _, begin, _ in after.tracks]


def test_a_cell_is_told_messages_to_it_and_answers_to_its_own_requests(sample: ModuleType) -> None:
    more = [
        (500, "message_sent", {"from": "north", "to": ["south"], "via": "call", "text": "Wait for us"}),
        (501, "request_raised", {"id": "r9", "cell": "south", "text": "Who has the key?"}),
        (502, "request_answered", {"id": "r9", "text": "The guard"}),
    ]
    events = sample.journal([*sample.PLAYED, *more]).events
    state = fold(events)
    south = [(each.card.title, each.card.text) for each in told(state, events, "south")]
    north = [each.card.text for each in told(state, events, "north")]
    assert south[-2:] == [("A message", "Wait for us"), ("Answer to: Who has the key?", "The guard")]
    assert "Wait for us" not in north
    assert "The guard" not in north
