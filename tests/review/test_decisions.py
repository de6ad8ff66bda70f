"""Who decided what, in which order, and what it did."""

from __future__ import annotations

from types import ModuleType


def ask(**more: object) -> dict[str, object]:
    return {"decision": "reply", "cells": ["north"], **more}


def test_a_revision_counts_and_the_first_answer_stays(sample: ModuleType) -> None:
    [reply] = sample.reviewed().decisions
    north, south = reply.by_cells
    assert [(given.entry.seq, given.chosen, given.revises, given.revised_by) for given in north.answers] == [
        (7, "Wait", None, 10),
        (10, "Call at once", 7, None),
    ]
    assert north.newest.consequence == "The line is open."
    assert [(given.entry.seq, given.counted) for given in south.answers] == [(9, "Wait")]


def test_a_decision_knows_when_it_was_asked_and_that_play_branches_on_it(sample: ModuleType) -> None:
    [reply] = sample.reviewed().decisions
    assert [(asked.seq, asked.cells, asked.minutes) for asked in reply.asked] == [(6, ("north", "south"), 5)]
    assert reply.steers
    assert [entry.seq for entry in reply.read] == [8]


def test_a_cell_that_was_asked_and_did_not_answer_is_named(sample: ModuleType) -> None:
    [reply] = sample.reviewed(sample.PLAYED[:8]).decisions
    assert reply.unanswered == ("south",)


def test_an_undone_revision_leaves_the_first_answer_standing(sample: ModuleType) -> None:
    lines = [*sample.PLAYED[:11], (430, "event_undone", {"undoes": [10], "tracks": {"trust": [6, 4]}})]
    [reply] = sample.reviewed(lines).decisions
    newest = reply.by_cells[0].newest
    assert (newest.entry.seq, newest.revised_by) == (7, None)


def test_a_question_put_again_has_both_answers_and_neither_revises(sample: ModuleType) -> None:
    lines = [
        *sample.PLAYED[:8],
        (300, "decision_asked", ask()),
        (360, "decision_recorded", ask(option="call", seconds=60)),
    ]
    [reply] = sample.reviewed(lines).decisions
    assert [asked.seq for asked in reply.asked] == [6, 8]
    assert [(given.entry.seq, given.revised_by) for given in reply.by_cells[0].answers] == [
        (7, None),
        (9, None),
    ]


def test_a_decision_put_on_the_spot_brings_its_question_and_options(sample: ModuleType) -> None:
    put = {
        "decision": "spot",
        "cells": ["south"],
        "question": "Now?",
        "options": [{"id": "yes", "text": "Yes"}],
    }
    lines = [
        sample.OPENED,
        (1, "decision_asked", put),
        (2, "decision_recorded", {"decision": "spot", "cells": ["south"], "option": "yes"}),
    ]
    [spot] = sample.reviewed(lines).decisions
    assert (spot.question, spot.inject, spot.by_cells[0].newest.chosen) == ("Now?", None, "Yes")


def test_a_joint_answer_leaves_none_of_its_cells_owing(sample: ModuleType) -> None:
    joint = (100, "decision_recorded", {"decision": "reply", "cells": ["north", "south"], "option": "call"})
    [reply] = sample.reviewed([*sample.PLAYED[:7], joint]).decisions
    assert [cell.cells for cell in reply.by_cells] == [("north", "south")]
    assert reply.unanswered == ()


def test_an_answer_before_the_question_is_a_decision_too(sample: ModuleType) -> None:
    [reply] = sample.reviewed([sample.OPENED, (5, "decision_recorded", ask(option="call", early=True))]).decisions
    assert reply.asked == ()
    assert reply.answers[0].entry.data.early
