"""The day that is meant by what people write into "until when"."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.review.due import days, due_on

AGREED = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        ("by 1 March 2027", date(2027, 3, 1)),
        ("1st of March 2027", date(2027, 3, 1)),
        ("March 1, 2027", date(2027, 3, 1)),
        ("1 Sept. 2027", date(2027, 9, 1)),
        ("1 March", date(2027, 3, 1)),
        ("24 November", date(2026, 11, 24)),
        ("Dec 1", date(2026, 12, 1)),
        ("March 2027", date(2027, 3, 31)),
        ("2028-02", date(2028, 2, 29)),
        ("Q2 2027", date(2027, 6, 30)),
        ("2027 Q4", date(2027, 12, 31)),
        ("end of 2027", date(2027, 12, 31)),
        ("30d", date(2026, 12, 24)),
        ("within 6 weeks", date(2027, 1, 5)),
        ("3 months", date(2027, 2, 24)),
        ("a year, say 1 year", date(2027, 11, 24)),
    ],
)
def test_a_day_is_read_from_what_people_write(typed: str, day: date) -> None:
    assert due_on(typed, AGREED) == day


@pytest.mark.parametrize(
    "typed", ["", "soon", "the next exercise", "30 Marchers", "room 2027b", "99 May", "once 12 have left"]
)
def test_where_no_day_can_be_read_none_is_guessed(typed: str) -> None:
    assert due_on(typed, AGREED) is None


def test_a_month_from_the_last_day_ends_with_the_shorter_month() -> None:
    assert due_on("1 month", date(2027, 1, 31)) == date(2027, 2, 28)


@given(st.text(), st.dates())
def test_no_text_makes_it_fail(typed: str, agreed: date) -> None:
    assert due_on(typed, agreed) is None or isinstance(due_on(typed, agreed), date)


@given(st.dates(), st.dates())
def test_a_written_out_date_is_itself(day: date, agreed: date) -> None:
    assert due_on(f"until {day.isoformat()}!", agreed) == day


@pytest.mark.parametrize(
    ("text", "number"), [("30d", 30), ("6w", 42), ("14", 14), ("30 d", None), ("soon", None), ("-1", None)]
)
def test_a_span_is_days_or_weeks(text: str, number: int | None) -> None:
    assert days(text) == number
