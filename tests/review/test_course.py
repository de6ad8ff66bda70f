"""Times, moves and injects, against the plan."""

from __future__ import annotations

from types import ModuleType


def test_play_is_told_in_the_clock_s_seconds_and_pauses_in_wall_seconds(sample: ModuleType) -> None:
    times = sample.reviewed().times
    assert (times.started.seq, times.ended.seq) == (4, 29)
    assert (times.play, times.wall, times.planned_minutes) == (1800, 25 * 60, 50)
    assert [(pause.seq, pause.until, pause.seconds) for pause in times.pauses] == [(22, 23, 60)]


def test_moves_have_planned_and_actual_minutes(sample: ModuleType) -> None:
    moves = sample.reviewed().moves
    told = [(move.title, move.planned_minutes, move.minutes, move.finished) for move in moves]
    assert told == [("Dawn", 30, 15, True), ("Dusk", 20, 15, True)]


def test_each_inject_has_its_fate(sample: ModuleType) -> None:
    fates = {played.inject.id: played.fate for played in sample.reviewed().injects}
    assert fates == {
        "closed": "released",
        "queue": "skipped",
        "rumour": "lost",
        "spare": "in the pocket",
        "open": "lost",
        "rain": "released",
    }


def test_an_inject_of_a_move_that_was_not_played_was_not_reached(sample: ModuleType) -> None:
    injects = sample.reviewed(sample.PLAYED[:7]).injects
    assert {played.inject.id: played.fate for played in injects}["open"] == "not reached"


def test_a_release_is_told_in_minutes_of_its_move(sample: ModuleType) -> None:
    minutes = {played.inject.id: played.minute for played in sample.reviewed().injects}
    assert minutes["closed"] == 1
    assert minutes["queue"] is None


def test_an_inject_written_on_the_spot_belongs_to_the_move_then_on(sample: ModuleType) -> None:
    rain = sample.reviewed().injects[-1]
    assert (rain.title, rain.move, rain.planned_minute, rain.written.seq) == ("Rain", "dusk", None, 26)


def test_a_reworded_inject_has_the_title_that_players_saw(sample: ModuleType) -> None:
    lines = [sample.OPENED, (1, "inject_reworded", {"inject": "queue", "title": "A very long queue"})]
    seen = sample.reviewed(lines)
    assert seen.names.title("queue") == "A very long queue"


def test_a_log_without_a_close_is_unfinished_and_so_is_its_last_move(sample: ModuleType) -> None:
    seen = sample.reviewed(sample.PLAYED[:20])
    assert not seen.finished
    assert [(move.finished, move.ended) for move in seen.moves] == [(False, 680)]


def test_a_reopened_session_is_unfinished_until_it_is_closed_again(sample: ModuleType) -> None:
    reopened = [*sample.PLAYED, (1800, "session_reopened", {"reason": "one more"})]
    assert not sample.reviewed(reopened).finished
    assert sample.reviewed([*reopened, (1900, "session_closed", {})]).times.play == 1900


def test_a_move_entered_again_is_told_twice_with_its_granted_minutes(sample: ModuleType) -> None:
    lines = [
        sample.OPENED,
        (0, "exercise_started", {}),
        (0, "move_started", {"move": "dawn"}),
        (60, "time_granted", {"move": "dawn", "minutes": 5}),
        (120, "move_started", {"move": "dawn"}),
    ]
    moves = sample.reviewed(lines).moves
    assert [(move.seq, move.granted_minutes, move.minutes) for move in moves] == [(2, 5, 2), (4, 0, 0)]


def test_a_move_ends_where_the_reading_of_the_next_ones_briefing_begins(sample: ModuleType) -> None:
    lines = [
        sample.OPENED,
        (0, "exercise_started", {}),
        (60, "move_started", {"move": "dawn", "reading": 60}),
        (300, "move_started", {"move": "dusk", "reading": 120}),
        (360, "session_closed", {}),
    ]
    assert [(move.minutes, move.reading) for move in sample.reviewed(lines).moves] == [(2, 60), (1, 120)]
