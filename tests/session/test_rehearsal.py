"""Rehearsals: the same play for the same seed, told as a real log and as numbers."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.errors import TabletopError, UsageError
from tabletop.journal import Event, FileJournal
from tabletop.journal.reading import parse
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.scenario.planned import Decided, MoveStarted, Released, play
from tabletop.session.choosing import Choices, Chooser, read_choices
from tabletop.session.evolve import fold
from tabletop.session.rehearsal import NO_TEXT, record, rehearsal_log
from tabletop.session.tallying import CHUNK, Tally, tally

if "exercise_making" not in sys.modules:  # tests are no package: what they share is loaded by its path
    place = Path(__file__).parent.parent / "scenario" / "making.py"
    spec = importlib.util.spec_from_file_location("exercise_making", place)
    assert spec is not None
    assert spec.loader is not None
    sys.modules["exercise_making"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["exercise_making"])

from exercise_making import decision, exercise, exercises, inject, move

TEXT = {"id": "letter", "question": "Write.", "minutes": 6, "options": []}
DRILL = exercise(
    move(
        inject("one", 3, decision("d", 5), to="a b", effects={"t": -1}),
        inject("two", 5, TEXT, delay=3, when={"chose": {"d": "yes"}}),
        inject("three", 20, decision("joint", 4, together=True), to="b c"),
        inject("spare", kind="contingency"),
        id="dawn",
        minutes=30,
    ),
    move(inject("four", 2), id="war", when={"track": {"t": "< 4"}}),
    move(inject("five", 2), id="dusk", minutes=10),
)
INDEX = Index(DRILL)


def chosen(*texts: str) -> Choices:
    return read_choices(texts, INDEX)


def log_of(*texts: str, seed: int = 0) -> bytes:
    return rehearsal_log(DRILL, seed, chosen(*texts))


def events_of(raw: bytes) -> list[Event]:
    reading = parse(raw, Path("rehearsal.jsonl"))
    assert reading.damage is None
    assert reading.torn is None
    return list(reading.events)


def lines(events: list[Event], *keys: str) -> list[tuple[Any, ...]]:
    return [(event.clock / 60, event.type, *(event.data.get(key) for key in keys)) for event in events]


# --- the log -----------------------------------------------------------------------------------------


def test_the_log_tells_the_planned_play_each_event_at_its_minute() -> None:
    events = events_of(log_of("d=yes", "joint=no"))
    assert lines(events[1:], "move", "inject", "decision", "cells") == [
        (0, "exercise_started", None, None, None, None),
        (0, "move_started", "dawn", None, None, None),
        (3, "inject_released", None, "one", None, ["a", "b"]),
        (8, "decision_recorded", None, None, "d", ["a"]),
        (8, "decision_recorded", None, None, "d", ["b"]),
        (11, "inject_released", None, "two", None, ["a"]),
        (17, "decision_recorded", None, None, "letter", ["a"]),
        (20, "inject_released", None, "three", None, ["b", "c"]),
        (24, "decision_recorded", None, None, "joint", ["b", "c"]),
        (30, "move_started", "dusk", None, None, None),
        (32, "inject_released", None, "five", None, ["a"]),
        (40, "session_closed", None, None, None, None),
    ]


def test_every_line_is_by_auto_at_the_clock_after_the_year_2000_began() -> None:
    events = events_of(log_of())
    assert {event.by for event in events} == {"auto"}
    assert events[0].at == "2000-01-01T00:00:00.000Z"
    assert (events[-1].at, events[-1].clock) == ("2000-01-01T00:40:00.000Z", 2400.0)


def test_answers_carry_what_they_did_and_how_long_they_took() -> None:
    answers = [event.data for event in events_of(log_of("d=yes")) if event.type == "decision_recorded"]
    assert answers[0] == {"decision": "d", "cells": ["a"], "option": "yes", "outcome": "answered"} | {
        "seconds": 300.0,
        "tracks": {"t": [4, 5]},
    }
    assert (answers[2]["text"], answers[2].get("option")) == (NO_TEXT, None)


def test_the_same_seed_gives_the_same_bytes_and_the_name_is_the_exercises(tmp_path: Path) -> None:
    raw = log_of(seed=7)
    assert raw == log_of(seed=7)
    assert events_of(raw)[0].data["name"] == "drill-rehearsal"
    with FileJournal.create(tmp_path / "another-name.jsonl") as journal:
        record(DRILL, play(INDEX, Chooser(7, Choices())), journal, "drill-rehearsal")
    assert (tmp_path / "another-name.jsonl").read_bytes() == raw


def test_seeds_are_told_apart_and_mean_the_same_for_ever() -> None:
    drill = exercise(move(*(inject(f"i{n}", 0, decision(f"d{n}")) for n in range(12))))
    runs = {seed: "".join(_options(drill, seed)) for seed in range(4)}
    assert len(set(runs.values())) == 4
    assert runs[0] == "yyynnyyynyyn"


def _options(drill: Exercise, seed: int) -> list[str]:
    happened = play(drill, Chooser(seed, Choices()))
    return [(each.option or "")[:1] for each in happened if isinstance(each, Decided)]


@given(exercises(), st.integers())
@settings(max_examples=60, deadline=None)
def test_every_rehearsal_verifies_folds_and_agrees_with_planned_play(drill: Exercise, seed: int) -> None:
    raw = rehearsal_log(drill, seed, Choices())
    assert raw == rehearsal_log(drill, seed, Choices())
    events = events_of(raw)
    happened = list(play(drill, Chooser(seed, Choices())))
    changes = [each.tracks for each in happened if isinstance(each, Released | Decided)]
    acts = [event for event in events if event.type in ("inject_released", "decision_recorded")]
    logged = [event.data.get("tracks", {}) for event in acts]
    assert [{track: list(moved) for track, moved in each.items()} for each in changes] == logged
    state = fold(events)
    assert state.phase == "closed"
    assert set(state.play.released) == {each.inject.id for each in happened if isinstance(each, Released)}
    assert state.play.moves_played == tuple(each.move.id for each in happened if isinstance(each, MoveStarted))
    assert state.clock == (happened[-1].total * 60 if happened else 0)


def test_play_that_leaves_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(TabletopError, match="millennia"):
        rehearsal_log(exercise(move(inject("one", 10**12))), 0, Choices())


# --- chance ------------------------------------------------------------------------------------------


def _decided(options: dict[str, int], seeds: int = 300) -> Counter[str]:
    asked = {
        "id": "d",
        "question": "?",
        "options": [{"id": id, "text": id, "weight": weight} for id, weight in options.items()],
    }
    drill = exercise(move(inject("one", 0, asked)))
    happened = [each for seed in range(seeds) for each in play(drill, Chooser(seed, Choices()))]
    return Counter(each.option or "" for each in happened if isinstance(each, Decided))


def test_options_are_chosen_by_weight_and_never_with_weight_0() -> None:
    counted = _decided({"often": 3, "seldom": 1, "never": 0})
    assert set(counted) == {"often", "seldom"}
    assert 190 < counted["often"] < 260


def test_where_all_weights_are_0_each_option_is_as_likely() -> None:
    counted = _decided({"one": 0, "two": 0})
    assert 110 < counted["one"] < 190
    assert set(counted) == {"one", "two"}


def test_a_choice_given_for_one_decision_leaves_the_others_as_they_were() -> None:
    def others(*texts: str) -> list[Any]:
        happened = play(INDEX, Chooser(5, chosen(*texts)))
        return [each.option for each in happened if isinstance(each, Decided) and each.decision.id == "joint"]

    assert others("d=yes") == others("d=no") == others()


# --- choices given beforehand ------------------------------------------------------------------------


def _answers(*texts: str) -> dict[tuple[str, str], str | None]:
    happened = [each for each in play(INDEX, Chooser(0, chosen(*texts))) if isinstance(each, Decided)]
    return {(each.decision.id, cell): each.option for each in happened for cell in each.cells}


def test_a_choice_holds_for_every_cell_and_one_for_a_cell_beats_it() -> None:
    answers = _answers("d/b=yes", "d=no")
    assert (answers["d", "a"], answers["d", "b"]) == ("no", "yes")


def test_a_choice_for_one_cell_of_a_joint_answer_is_the_joint_answer() -> None:
    answers = _answers("joint/c=no", "joint=yes")
    assert (answers["joint", "b"], answers["joint", "c"]) == ("no", "no")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["dd=yes"], "there is no decision 'dd'"),
        (["joit=yes"], "Did you mean 'joint'?"),
        (["d/c=yes"], "there is no cell that answers 'd': 'c'"),
        (["d=yess"], "Did you mean 'yes'?"),
        (["d"], "'d' is no choice"),
        (["d="], "'d=' is no choice"),
        (["=yes"], "'=yes' is no choice"),
        (["d/=yes"], "'d/=yes' is no choice"),
        (["letter=yes"], "asks for a text"),
        (["d=yes", "d=no"], "contradict each other"),
        (["joint/b=yes", "joint/c=no"], "contradict each other"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_words(texts: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        chosen(*texts)


def test_the_same_choice_twice_is_one() -> None:
    assert len(chosen("d=yes", "d=yes", "d/a=no").given) == 2


def test_choices_that_found_no_use_are_known() -> None:
    drill = Index(
        exercise(move(inject("one", 0, decision("d")), inject("two", 0, decision("e"), when={"chose": {"d": "no"}})))
    )
    choices = read_choices(["d=yes", "e=no", "e/a=yes", "d/a=yes"], drill)
    _, asked = tally(drill, 0, 1, choices)
    assert [str(each) for each in choices.never_asked(asked)] == ["e=no", "e/a=yes"]


# --- numbers -----------------------------------------------------------------------------------------


def test_numbers_of_one_run_as_json() -> None:
    counted, _ = tally(INDEX, 0, 1, chosen("d/a=yes", "d/b=no", "joint=no"))
    assert counted.as_json(0) == {
        "seed": 0,
        "runs": 1,
        "minutes": {"least": 100, "median": 100, "greatest": 100},
        "injects": {"one": 1, "two": 1, "three": 1, "spare": 0, "four": 1, "five": 1},
        "decisions": {
            "d/a": {"yes": 1, "no": 0},
            "d/b": {"yes": 0, "no": 1},
            "joint/b": {"yes": 0, "no": 1},
            "joint/c": {"yes": 0, "no": 1},
        },
        "tracks": {"t": {"least": 3, "greatest": 5}},
        "moves": {"dawn": 1, "war": 1, "dusk": 1},
        "lengths": {"100": 1},
        "busy": {
            "a": {"least": 11, "median": 11, "greatest": 11},
            "b": {"least": 9, "median": 9, "greatest": 9},
            "c": {"least": 4, "median": 4, "greatest": 4},
            "control": {"least": 0, "median": 0, "greatest": 0},
        },
        "endings": [{"injects": [], "runs": 1}],
    }


def test_the_first_of_many_runs_is_that_of_the_plain_seed_and_the_others_differ() -> None:
    counted, _ = tally(INDEX, 3, 50, Choices())
    plain, _ = tally(INDEX, 3, 1, Choices())
    assert counted.minutes[0] == plain.minutes[0]
    assert all(0 < count < 50 for count in counted.decisions["d", "a"].values())
    again, _ = tally(INDEX, 3, 50, Choices())
    assert counted.as_json(3) == again.as_json(3)


def test_numbers_are_the_same_on_one_core_and_on_several(monkeypatch: pytest.MonkeyPatch) -> None:
    runs, told = CHUNK * 2 + 10, list[int]()
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone, asked = tally(INDEX, 5, runs, chosen("d/a=yes"))
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    together, asked_too = tally(INDEX, 5, runs, chosen("d/a=yes"), told.append)
    assert alone.as_json(5) == together.as_json(5)
    assert alone.minutes == together.minutes
    assert asked == asked_too
    assert told == [CHUNK, CHUNK * 2, runs]


def test_an_ending_is_what_went_out_by_a_condition_in_the_last_move() -> None:
    last = move(
        inject("good", when={"chose": {"d": "yes"}}), inject("all"), inject("bad", when={"chose": {"d": "no"}}), id="z"
    )
    counted, _ = tally(Index(exercise(move(inject("ask", 0, decision("d"))), last)), 1, 60, Choices())
    first, second = counted.ranked_endings()
    assert {first[0], second[0]} == {("good",), ("bad",)}
    assert first[1] + second[1] == 60
    assert first[1] >= second[1]


@pytest.mark.parametrize(("minutes", "median"), [([3, 4], 3.5), ([3, 5], 4), ([3, 4, 9], 4)])
def test_a_median_that_is_whole_is_an_integer(minutes: list[int], median: float) -> None:
    counted = Tally(INDEX)
    counted.minutes = minutes
    assert counted.median == median
    assert isinstance(counted.median, int) == (median == int(median))
