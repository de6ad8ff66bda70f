"""Times of a MSEL, in all the forms that people and spreadsheets give them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tabletop.documents.msel.grid import Sheet, Value
from tabletop.documents.msel.header import find_header
from tabletop.documents.msel.names import KEPT_IN_NOTES, KEYS, key_of
from tabletop.documents.msel.times import read_length, read_time, story_text
from tabletop.scenario import scalars

FIRST = date(2026, 8, 20)


@pytest.mark.parametrize(
    ("value", "story"),
    [
        ("221800ZAUG26", "2026-08-22T18:00+00:00"),
        ("22 1800Z AUG 26", "2026-08-22T18:00+00:00"),
        ("221800IAUG2026", "2026-08-22T18:00+09:00"),
        ("221800 AUG 2026", "D+2 18:00"),
        ("2026-08-22T18:20+09:00", "2026-08-22T18:20+09:00"),
        ("2026-08-22 18:20", "D+2 18:20"),
        ("2026/08/22 09:00", "D+2 09:00"),
        ("22 Aug 2026 18:20", "D+2 18:20"),
        ("August 22, 2026 6:20 PM", "D+2 18:20"),
        ("8/22/2026 18:20", "D+2 18:20"),
        ("22/08/2026", "D+2"),
        ("22.08.2026", "D+2"),
        ("Sat, 22 Aug 2026", "D+2"),
        ("2026년 8월 22일", "D+2"),
        ("2026年8月22日 18:20", "D+2 18:20"),
        (datetime(2026, 8, 22, 18, 20), "D+2 18:20"),
        (date(2026, 8, 22), "D+2"),
        (46256.75, "D+2 18:00"),
        ("H+2", "H+2"),
        ("H+02:30", "H+2:30"),
        ("H+0230", "H+2:30"),
        ("H + 1h30m", "H+1:30"),
        ("H-6", "H-6"),
        ("H-hour", "H+0"),
        ("D+1 09:00", "D+1 09:00"),
        ("D-3 0900", "D-3 09:00"),
        ("D-day", "D+0"),
        ("Day 2 09:15", "D+1 09:15"),
        ("2일차", "D+1"),
        ("09:15", "D+0 09:15"),
        ("0915", "D+0 09:15"),
        ("0915L", "D+0 09:15"),
        ("0915 hrs", "D+0 09:15"),
        ("9:15 AM", "D+0 09:15"),
        ("9pm", "D+0 21:00"),
        ("오후 3시 15분", "D+0 15:15"),
        ("午前9時", "D+0 09:00"),
        (time(9, 15), "D+0 09:15"),
        (0.5, "D+0 12:00"),
        (915, "D+0 09:15"),
    ],
)
def test_a_time_becomes_one_of_the_formats_story_times(value: Value, story: str) -> None:
    when = read_time(value)
    assert when is not None
    assert when.whole
    assert story_text(when, FIRST) == story
    scalars.story_time(story)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (15, 15),
        ("15", 15),
        ("15m", 15),
        ("15 minutes", 15),
        ("15'", 15),
        ("+15", 15),
        ("T+15", 15),
        ("T+0:15", 15),
        ("StartEx + 15 min", 15),
        ("STARTEX", 0),
        ("1h30m", 90),
        ("1 hr 30 min", 90),
        ("1.5 hours", 90),
        ("1:30", 90),
        ("H+01:30", 90),
        ("H+1h30m", 90),
        ("26:15", 1575),
        (time(1, 30), 90),
        (timedelta(minutes=90), 90),
        (0.0625, 90),
        (datetime(1900, 1, 1, 6, 0), 1800),
    ],
)
def test_a_stretch_of_time_becomes_minutes(value: Value, minutes: int) -> None:
    assert read_length(value) == minutes


@pytest.mark.parametrize(
    "value", ["TBD", "", "after inject 3", "noon", "3 cells", "Monday 3 May", "25:61", "32/13/2026", "-", True, "v1.2"]
)
def test_what_is_no_stretch_of_time_is_not_guessed_at(value: Value) -> None:
    assert read_length(value) is None


@pytest.mark.parametrize("value", ["TBD", "after inject 3", "noon-ish", "3 cells", "25:61", "32/13/2026", "", True])
def test_what_is_no_time_is_none(value: Value) -> None:
    assert read_time(value) is None


@pytest.mark.parametrize("value", ["09:15 – 09:30", "0915-0930", "H+1:30 (approx)"])
def test_words_beside_a_time_are_known_to_be_there(value: Value) -> None:
    when = read_time(value)
    assert when is not None
    assert not when.whole


HEADINGS = {
    "number": "MSEL #|EVENT #|Inject #|MSEL NUMBER|Seq No|No.|Serial|번호|番号",
    "time": "EVENT TIME|INJECT DTG|Scheduled Time|Time|Date/Time|Time (hrs)|시각|時刻",
    "scenario_time": "Scenario Time|SCENARIO\nTIME|Story time",
    "date": "Date|EVENT DATE",
    "day": "Day",
    "status": "Status",
    "kind": "Type|Inject Type",
    "title": "Subject|Title|subject / title|제목|件名",
    "via": "INJECT MODE|Mode|Delivery Method|VIA|method of delivery",
    "from": "SEND FROM (SIMULATED)|SENT FROM|From / Source|From:",
    "to": "SEND TO (RECIPIENT PLAYERS)|To / Target|To|Recipient(s)|宛先",
    "controller": "INJECTED BY|RESPONSIBLE CONTROLLER|Controller",
    "storyline": "Storyline|Thread|Track",
    "move": "Phase|Move|phase / move",
    "text": "EVENT DESCRIPTION|DESCRIPTION/SCRIPT|Event Summary|Description",
    "expects": "EXPECTED ACTION|EXPECTED OUTCOMES|Expected Reaction to Inject|Expected  Outcome",
    "objectives": "1st Objective Supported|2nd Objective Supported|Objective|Objectives",
    "narrative": "Implementer/Narrative|Background",
    "notes": "Notes|Comments|NOTES / COMMENTS",
}


@pytest.mark.parametrize(
    ("key", "heading"), [(key, each) for key, names in HEADINGS.items() for each in names.split("|")]
)
def test_a_column_is_known_by_its_many_names(key: str, heading: str) -> None:
    assert key_of(heading) == key
    assert key in KEYS or key in KEPT_IN_NOTES


@pytest.mark.parametrize("heading", ["", "Random column", "x" * 500, "Phone", "***"])
def test_an_unknown_name_is_not_guessed_at(heading: str) -> None:
    assert key_of(heading) == ""


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        (["Inject", "Time"], {"text", "time"}),
        (["Inject", "Description", "Time"], {"title", "text", "time"}),
        (["Title", "Subject", "Time"], {"title", "", "time"}),
    ],
)
def test_two_columns_never_claim_one_key(headings: list[str], keys: set[str]) -> None:
    sheet = Sheet("plan")
    for column, heading in enumerate(headings, 1):
        sheet.put(1, column, heading)
    header = find_header(sheet, {})
    assert header is not None
    assert set(header.keys.values()) == keys


def test_every_form_is_read_in_no_time() -> None:
    hostile: list[Any] = [
        "1" * 5000,
        "1h" * 3000,
        "a" * 9000,
        "2026-" * 2000,
        "H+" * 4000,
        "9" * 40 + ":00",
        " " * 9000,
    ]
    for text in hostile:
        read_time(text)
        read_length(text)
