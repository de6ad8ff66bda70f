"""Every line of a log as it is walked: kinds, cells, jumps, searches, lanes, details."""

from __future__ import annotations

from types import ModuleType

import pytest

from tabletop.review.details import details
from tabletop.review.lanes import Mark, lanes, spans
from tabletop.review.lines import Line, Lines, Sieve
from tabletop.review.reviewing import Review


@pytest.fixture
def told(sample: ModuleType) -> tuple[Review, Lines]:
    """The sample session with its lines."""
    read = sample.reading(sample.PLAYED)
    review = sample.reviewed()
    return review, Lines(read.events, review)


def test_every_event_has_its_line_in_order(told: tuple[Review, Lines]) -> None:
    review, lines = told
    assert [line.seq for line in lines] == list(range(review.events))


def test_a_decision_goes_back_to_the_release_of_its_inject(told: tuple[Review, Lines]) -> None:
    assert told[1][7].about == 6
    assert told[1][10].about == 6


def test_a_correction_goes_back_to_what_it_takes_back(told: tuple[Review, Lines]) -> None:
    lines = told[1]
    assert (lines[12].about, lines[18].about) == (11, 17)
    assert (lines[11].taken_back, lines[17].taken_back) == (12, 18)


def test_an_answer_goes_back_to_its_request(told: tuple[Review, Lines]) -> None:
    lines = told[1]
    answered = next(line for line in lines if line.event.type == "request_answered")
    assert answered.about is not None
    assert lines[answered.about].event.type == "request_raised"


def test_only_what_stands_behind_the_end_was_added_after_it(told: tuple[Review, Lines]) -> None:
    lines = told[1]
    end = next(line.seq for line in lines if line.event.type == "session_closed")
    assert [line.seq for line in lines if line.after] == list(range(end + 1, len(lines)))


def test_lines_know_the_move_that_is_on(told: tuple[Review, Lines]) -> None:
    lines = told[1]
    assert (lines[4].move, lines[6].move, lines[len(lines) - 1].move) == (0, 1, 2)


def test_a_search_finds_what_the_sentence_leaves_out(told: tuple[Review, Lines]) -> None:
    lines = told[1]
    assert 7 in lines.sift(Sieve(text="know TOO little"))
    assert 7 in lines.sift(Sieve(text="we should call"))
    assert not lines.sift(Sieve(text="no such words"))


def test_the_exercise_in_the_first_line_answers_to_no_search(told: tuple[Review, Lines]) -> None:
    assert 0 not in told[1].sift(Sieve(text="wait"))


def test_filters_take_cell_objective_and_kind_together(told: tuple[Review, Lines]) -> None:
    lines = told[1]
    assert lines.sift(Sieve(cell="north", objective="consult", kind="decision")) == {7, 10}
    assert 8 not in lines.sift(Sieve(cell="north"))
    assert 15 in lines.sift(Sieve(objective="consult"))


def test_an_event_of_a_newer_version_has_a_line_and_details(sample: ModuleType) -> None:
    played = [*sample.PLAYED[:6], (30.0, "telepathy_noted", {"text": "hm", "who": {"x": 1}})]
    read = sample.reading(played)
    lines = Lines(read.events, review := sample.reviewed(played))
    assert lines[6].kind == "unknown"
    found = dict(details(lines[6], lines, review))
    assert (found["Text"], found["Who"]) == ("hm", '{\n "x": 1\n}')


# --- lanes -------------------------------------------------------------------------------------------


def mark_of(told: tuple[Review, Lines], seq: int) -> Mark:
    """The mark of a line."""
    return next(mark for mark in lanes(told[1], told[0]) if mark.line.seq == seq)


def test_a_decision_stands_in_the_lane_of_its_cell_with_its_dissent(told: tuple[Review, Lines]) -> None:
    mark = mark_of(told, 7)
    assert (mark.sign, mark.text, mark.tail, mark.lanes) == ("*", "Wait", "[1 dissent]", ("north",))
    assert mark_of(told, 10).text == "revised: Call at once"
    assert mark_of(told, 9).text == "out of time (counts as: Wait)"


def test_what_was_taken_back_has_no_place_in_the_lanes(told: tuple[Review, Lines]) -> None:
    assert {11, 17}.isdisjoint(mark.line.seq for mark in lanes(told[1], told[0]))


def test_what_was_entered_later_stands_where_it_happened(sample: ModuleType) -> None:
    late = (700.0, "discussion_noted", {"text": "early words", "happened": 100.0})
    played = [*sample.PLAYED[:14], late]
    read, review = sample.reading(played), sample.reviewed(played)
    order = [mark.line.seq for mark in lanes(Lines(read.events, review), review)]
    assert order.index(6) < order.index(14) < order.index(7)


def test_neighbouring_lanes_are_one_run() -> None:
    shown = ("control", "a", "b", "c")
    assert spans(("a", "b"), shown) == [(1, 2)]
    assert spans(("a", "c"), shown) == [(1, 1), (3, 1)]


# --- details -----------------------------------------------------------------------------------------


def all_of(line: Line, told: tuple[Review, Lines]) -> list[tuple[str, str]]:
    """The details of a line."""
    return details(line, told[1], told[0])


def test_details_of_a_decision_say_all_of_it(told: tuple[Review, Lines]) -> None:
    found = all_of(told[1][7], told)
    for detail in (
        ("Why", "We know too little"),
        ("Dissent", "Bo: We should call"),
        ("Choice", '"Wait"'),
        ("Decided by", "Ann"),
        ("Took", "2 min"),
        ("Tracks", "Trust 5 to 4"),
        ("Asked by", '"The gate is closed"'),
        ("Option", "Call at once"),
        ("Later answer", "#10, 0:07:00, North: Call at once"),
    ):
        assert detail in found


def test_details_of_a_release_hold_what_was_said(told: tuple[Review, Lines]) -> None:
    found = all_of(told[1][6], told)
    assert ("Asks", "How do you reply?") in found
    assert ("Expected", "South calls North.") in found


def test_details_say_what_took_a_line_back(told: tuple[Review, Lines]) -> None:
    assert ("Standing", "taken back by #18") in all_of(told[1][17], told)
