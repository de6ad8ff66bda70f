"""What charts show, worked out from the record."""

from __future__ import annotations

from types import ModuleType

from tabletop.review.charts.lanes import lanes
from tabletop.review.charts.pace import move_pace, thinking
from tabletop.review.charts.participation import in_words, participation
from tabletop.review.charts.ratings import rated
from tabletop.review.charts.tracks import track_lines


def test_the_lanes_hold_what_cells_were_given_and_decided_and_nothing_taken_back(sample: ModuleType) -> None:
    chart = lanes(sample.reviewed())
    assert chart.cells == (("north", "North"), ("south", "South"))
    assert [(mark.seq, mark.kind, mark.cells) for mark in chart.marks] == [
        (6, "inject", ("north", "south")),
        (7, "decision", ("north",)),
        (9, "no answer", ("south",)),
        (10, "revised", ("north",)),
        (27, "inject", ("south",)),
    ]
    assert [mark.seq for mark in chart.marks if mark.dissents] == [7]
    assert [(move.title, move.begins, move.ends) for move in chart.moves] == [("Dawn", 0, 15), ("Dusk", 15, 30)]


def test_a_track_s_line_has_every_step_with_the_entry_that_made_it(sample: ModuleType) -> None:
    trust, cost = track_lines(sample.reviewed()).lines
    assert [(step.seq, step.minutes, step.value) for step in trust.steps] == [(6, 1, 5), (7, 3, 4), (10, 7, 6)]
    assert (cost.track.start, cost.end, cost.until) == (2, 3, 30)


def test_a_track_that_never_moved_is_no_line(sample: ModuleType) -> None:
    assert track_lines(sample.reviewed([sample.OPENED])).lines == ()


def test_moves_stand_against_their_plan(sample: ModuleType) -> None:
    added = (1000, "time_granted", {"move": "dusk", "minutes": 5})
    paced = move_pace(sample.reviewed([*sample.PLAYED[:26], added, (1800, "session_closed", {})])).moves
    assert [(each.title, each.planned, each.granted, each.actual) for each in paced] == [
        ("Dawn", 30, 0, 15),
        ("Dusk", 20, 5, 15),
    ]


def test_the_time_of_each_answer_that_counts_stands_beside_what_was_allowed(sample: ModuleType) -> None:
    answers = thinking(sample.reviewed()).answers
    assert [(each.seq, each.who, each.seconds, each.allowed) for each in answers] == [
        (10, "North", 360, 5),
        (9, "South", 240, 5),
    ]


def test_participation_counts_what_stands_under_each_cell(sample: ModuleType) -> None:
    north, south = participation(sample.reviewed()).cells
    assert (north.answers, north.said, north.acts, north.messages) == (2, 1, 0, 0)
    assert in_words(south) == "2 said, 1 message"
    assert in_words(participation(sample.reviewed([sample.OPENED])).cells[0]) == "nothing"


def test_the_newest_rating_counts_and_what_has_none_is_listed_too(sample: ModuleType) -> None:
    chart = rated(sample.reviewed())
    assert [(each.number, each.rating, each.seq) for each in chart.objectives] == [(1, "S", 31), (2, "", None)]
