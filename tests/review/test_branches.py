"""The road through the branches: what held, what was shut out, and how a condition reads in words."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tabletop.review.branches import Branch
from tabletop.review.reviewing import Review

Line = tuple[float, str, dict[str, Any]]


def inject(id: str, title: str, at: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": title, "at": at, **more}


INJECTS = [
    inject(
        "ask",
        "A question",
        decisions=[
            {
                "id": "call",
                "question": "Who calls?",
                "cells": ["north"],
                "options": [{"id": "we", "text": "We do"}, {"id": "they", "text": "They do"}],
            }
        ],
    ),
    inject("calm", "Calm", 10, when={"chose": {"call": ["we"]}, "not": {"released": ["storm"]}}),
    inject("storm", "Storm", 10, when={"track": {"trust": "<= 4"}, "not": {"released": ["calm"]}}),
    inject(
        "either", "Either", 12, delay=5, when={"any": [{"track": {"trust": "<= 2"}}, {"chose": {"call": ["they"]}}]}
    ),
]


@pytest.fixture
def played(sample: ModuleType) -> Any:
    """A session on these injects, from the start of the move on."""
    exercise = {**sample.EXERCISE, "moves": [{"id": "dawn", "title": "Dawn", "minutes": 30, "injects": INJECTS}]}
    opened = (0, "session_opened", {**sample.OPENED[2], "exercise": exercise})

    def play(*lines: Line) -> Review:
        start: list[Line] = [opened, (0, "exercise_started", {}), (0, "move_started", {"move": "dawn"})]
        review: Review = sample.reviewed([*start, *lines, (1800, "session_closed", {})])
        return review

    return play


def answer(option: str, clock: float = 300, **more: Any) -> Line:
    return clock, "decision_recorded", {"decision": "call", "cells": ["north"], "option": option, **more}


def released(id: str, clock: float = 600, **more: Any) -> Line:
    return clock, "inject_released", {"inject": id, "cells": ["north"], **more}


def branch(review: Review, id: str) -> Branch:
    return review.branches[id]


def fate(review: Review, id: str) -> str:
    return next(each.fate for each in review.injects if each.inject.id == id)


def test_a_branch_that_came_says_on_which_entry_it_turned(played: Any) -> None:
    review = played(answer("we"), released("calm"))
    [clause] = review.explained.met(branch(review, "calm").when, branch(review, "calm").play)
    assert (clause.words, clause.seqs) == ("North chose “We do” in decision 1", (3,))
    assert branch(review, "calm").held


def test_what_was_shut_out_names_what_came_instead(played: Any) -> None:
    review = played(answer("we", tracks={"trust": [6, 3]}), released("calm", 500))
    storm = branch(review, "storm")
    assert fate(review, "storm") == "not taken"
    assert review.explained.needed(storm.when, storm.play) == ""
    assert review.explained.instead(storm.when, storm.play) == ("calm",)


def test_what_it_would_have_taken_is_said_with_how_it_stood(played: Any) -> None:
    review = played(answer("we"))
    storm = branch(review, "storm")
    assert review.explained.needed(storm.when, storm.play) == "Trust was at 4 or less (it was at 6)"


def test_what_only_gave_way_lacked_nothing(played: Any) -> None:
    lacking = played(answer("we"))
    gave_way = played(answer("we", tracks={"trust": [6, 3]}), released("calm", 500))
    storms = [(review.explained, branch(review, "storm")) for review in (lacking, gave_way)]
    assert [explained.lacking(storm.when, storm.play) for explained, storm in storms] == [
        {("track", "trust")},
        frozenset(),
    ]


def test_an_answer_in_own_words_is_not_called_a_choice(played: Any) -> None:
    review = played(
        (300, "decision_recorded", {"decision": "call", "cells": ["north"], "text": "Us", "counts_as": "we"})
    )
    calm = branch(review, "calm")
    assert [clause.words for clause in review.explained.met(calm.when, calm.play)] == [
        "North gave an answer that counts as “We do” in decision 1"
    ]


def test_what_came_while_its_condition_did_not_hold_is_known(played: Any) -> None:
    review = played(released("storm"), answer("they", 700))
    assert not branch(review, "storm").held


def test_what_was_due_and_not_given_out_is_lost_though_its_condition_passed(played: Any) -> None:
    review = played(answer("they", 60), answer("we", 900))
    assert fate(review, "either") == "lost"  # it was due at minute 12, and its condition held until minute 15


def test_what_was_due_and_gave_way_to_another_was_not_taken(played: Any) -> None:
    review = played(answer("we", tracks={"trust": [6, 3]}), released("calm", 700))  # both were due at minute 10
    assert fate(review, "storm") == "not taken"


def test_what_held_only_before_its_moment_was_not_taken(played: Any) -> None:
    review = played(answer("they", 60), answer("we", 600))
    assert fate(review, "either") == "not taken"


def test_an_undone_answer_leads_nowhere(played: Any) -> None:
    review = played(answer("we"), (310, "event_undone", {"undoes": [3]}))
    assert fate(review, "calm") == "not taken"


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("calm", "North chose “We do” when asked “Who calls?” and “Storm” had not come"),
        ("either", "Trust was at 2 or less or North chose “They do” when asked “Who calls?”"),
    ],
)
def test_a_condition_reads_as_a_sentence(played: Any, id: str, words: str) -> None:
    review = played()
    assert review.explained.asked(branch(review, id).when) == words
