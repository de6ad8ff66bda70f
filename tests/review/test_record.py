"""What still stands at the end of a log, and what was taken back."""

from __future__ import annotations

from types import ModuleType

import pytest

from tabletop.errors import NotALog
from tabletop.review.record import read_record
from tabletop.review.reviewing import review
from tabletop.session.events import InjectReleased, ObservationRecorded


def test_undone_and_withdrawn_entries_are_known_and_not_in_effect(sample: ModuleType) -> None:
    record = sample.reviewed().record
    assert record.undone == {11: 12}
    assert record.withdrawn == {17: 18}
    assert [entry.seq for entry in record.of(InjectReleased)] == [6, 27]
    assert 17 not in [entry.seq for entry in record.of(ObservationRecorded)]
    assert {11, 17} <= {entry.seq for entry in record.known}


def test_a_withdrawal_that_was_undone_withdraws_nothing(sample: ModuleType) -> None:
    lines = [
        sample.OPENED,
        (1, "discussion_noted", {"text": "Said"}),
        (2, "entry_withdrawn", {"withdraws": 1}),
        (3, "event_undone", {"undoes": [2]}),
    ]
    seen = sample.reviewed(lines)
    assert [entry.data.text for entry in seen.notes] == ["Said"]
    assert [(each.kind, each.standing) for each in seen.corrections] == [
        ("withdrawn", False),
        ("undone", True),
    ]


def test_what_this_version_cannot_read_is_kept_as_it_stands(sample: ModuleType) -> None:
    lines = [sample.OPENED, (1, "weather_changed", {"to": "rain"}), (2, "move_started", {"moves": ["dawn"]})]
    seen = sample.reviewed(lines)
    assert [(event.seq, event.type) for event in seen.record.unknown] == [
        (1, "weather_changed"),
        (2, "move_started"),
    ]
    assert seen.moves == ()


def test_an_unknown_field_does_not_make_an_entry_unknown(sample: ModuleType) -> None:
    seen = sample.reviewed([sample.OPENED, (1, "discussion_noted", {"text": "Said", "loud": True})])
    assert [entry.data.text for entry in seen.notes] == ["Said"]


def test_a_log_that_begins_with_something_else_is_refused_in_words(sample: ModuleType) -> None:
    log = sample.journal([(0, "exercise_started", {})])
    with pytest.raises(NotALog, match="does not begin with the opening of a session"):
        review(log.events, log.head)


def test_an_exercise_that_cannot_be_read_is_refused_in_words(sample: ModuleType) -> None:
    kind, data = sample.OPENED[1:]
    log = sample.journal([(0, kind, {**data, "exercise": {"format": 1}})])
    with pytest.raises(NotALog, match="The exercise in the log's first line cannot be read"):
        review(log.events, log.head)


def test_what_was_entered_later_stands_at_the_clock_at_which_it_happened(sample: ModuleType) -> None:
    [note] = sample.reviewed().notes
    assert (note.seq, note.clock) == (14, 610)


def test_an_empty_log_has_no_entries() -> None:
    assert read_record([]).known == ()
