"""Tracks: every change has its cause, and each begins where the one before ended."""

from __future__ import annotations

from itertools import pairwise
from types import ModuleType

from tabletop.session.sight import mark


def course(seen: object, id: str) -> list[tuple[int, int, int]]:
    [found] = [each for each in seen.tracks if each.track.id == id]
    return [(change.entry.seq, change.before, change.after) for change in found.changes]


def test_a_track_is_told_from_start_to_end(sample: ModuleType) -> None:
    seen = sample.reviewed()
    assert course(seen, "trust") == [(6, 6, 5), (7, 5, 4), (10, 4, 6)]
    assert [(each.track.start, each.end) for each in seen.tracks] == [(6, 6), (2, 3)]


def test_an_undone_change_and_its_undoing_leave_no_trace_in_the_course(sample: ModuleType) -> None:
    undo = (430, "event_undone", {"undoes": [10], "tracks": {"trust": [6, 4]}})
    assert course(sample.reviewed([*sample.PLAYED[:11], undo]), "trust") == [(6, 6, 5), (7, 5, 4)]


def test_a_withdrawn_change_stands_with_the_change_back(sample: ModuleType) -> None:
    lines = [
        sample.OPENED,
        (1, "act_recorded", {"cell": "north", "text": "Shouts", "tracks": {"trust": [6, 4]}}),
        (2, "track_set", {"tracks": {"trust": [4, 3]}, "reason": "ruling"}),
        (3, "entry_withdrawn", {"withdraws": 1, "tracks": {"trust": [3, 5]}}),
    ]
    seen = sample.reviewed(lines)
    told = course(seen, "trust")
    assert told == [(1, 6, 4), (2, 4, 3), (3, 3, 5)]
    assert all(before[2] == after[1] for before, after in pairwise(told))
    assert seen.acts == ()


def test_a_value_means_what_the_greatest_mark_says_that_it_has_come_to() -> None:
    marks = {0: "each for itself", 5: "business-like", 9: "one voice"}
    assert [mark(marks, value) for value in (0, 4, 5, 8, 9, 10)] == [
        "each for itself",
        "each for itself",
        "business-like",
        "business-like",
        "one voice",
        "one voice",
    ]
    assert mark({3: "uneasy"}, 2) == ""
