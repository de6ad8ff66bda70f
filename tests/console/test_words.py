"""What is typed quickly is understood, and what is shown is said in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tabletop.console import words
from tabletop.console.people import read_people, tally
from tabletop.console.screens.decide import dissents
from tabletop.console.screens.forms import happened
from tabletop.errors import Refused
from tabletop.scenario.model import Exercise


def test_a_person_is_read_whatever_the_order(harbour: Exercise) -> None:
    typed = "Kim Minji, lead, National Security Adviser, rok\nSato\t東京\tDirector\nLee, evaluator\nNobody"
    kim, sato, lee, nobody = read_people(typed, harbour)
    assert (kim.role, kim.cell, kim.lead) == ("National Security Adviser", "rok", True)
    assert (sato.name, sato.cell, sato.role) == ("Sato", "jpn", "Director")
    assert (lee.cell, lee.kind) == (None, "evaluator")
    assert "No cell is named for: Nobody" in tally([kim, sato, lee, nobody], harbour)


def test_what_happened_earlier_is_placed_on_the_clock() -> None:
    assert happened("", 1000) is None
    assert happened("-16", 1000) == 40
    assert happened("-90", 1000) == 0
    assert happened("0:05", 1000) == 300
    with pytest.raises(Refused):
        happened("yesterday", 1000)


def test_a_countdown_says_when_its_last_quarter_has_come() -> None:
    assert words.countdown(None, 0) == "no limit"
    assert words.countdown(121, 10) == "2:01 left"
    assert words.countdown(65, 10) == "LAST 1:05"
    assert words.countdown(65, 2) == "1:05 left"
    assert words.countdown(-40, 2) == "0:40 OVER"


def test_dissents_are_lines_of_name_and_view() -> None:
    assert dissents("Lee: too slow\n\nno name") == [{"who": "Lee", "view": "too slow"}, {"view": "no name"}]


def test_a_countdown_says_over_in_words() -> None:
    assert words.left(192) == "3:12 left"
    assert words.left(-65) == "1:05 OVER"
    assert words.left(None) == "no limit"


def test_the_standing_is_said_in_words() -> None:
    assert words.standing(250) == "4 min behind"
    assert words.standing(-130) == "2 min ahead"
    assert words.standing(20) == "on time"


@pytest.mark.parametrize("typed", ["16:30", "1630", "16.30"])
def test_the_end_is_the_next_time_a_clock_shows_it(typed: str) -> None:
    now = datetime.now(UTC)
    then = words.finish_by(typed, now)
    assert then is not None
    assert then > now
    assert f"{then.astimezone():%H:%M}" == "16:30"


@pytest.mark.parametrize("typed", ["", "25:00", "noon", "12:75"])
def test_what_is_no_time_of_day_is_none(typed: str) -> None:
    assert words.finish_by(typed, datetime.now(UTC)) is None
