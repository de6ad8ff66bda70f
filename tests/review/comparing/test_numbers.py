"""Shares with their intervals and medians, against numbers worked by hand and published ones."""

from __future__ import annotations

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.review.comparing.numbers import Share, spread, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombes_worked_examples(count: int, of: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (Wilson's score)."""
    assert Share(count, of).interval == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_three_in_eight_is_that_worked_by_hand() -> None:
    """With z = 2: middle (3/8 + 4/16) / (1 + 4/8) = 5/12, reach 2 sqrt(15/512 + 4/256) / 1.5 = 0.2826."""
    reach = 2 * sqrt(15 / 64 / 8 + 4 / (4 * 64)) / 1.5
    assert wilson(3, 8, z=2) == pytest.approx((5 / 12 - reach, 5 / 12 + reach))
    assert reach == pytest.approx(0.28260, abs=5e-6)


def test_of_none_nothing_is_known() -> None:
    assert (Share(0, 0).share, Share(0, 0).interval) == (0.0, (0.0, 1.0))


@given(st.integers(0, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share_and_stays_within_bounds(numbers: tuple[int, int]) -> None:
    share = Share(*numbers)
    low, high = share.interval
    assert 0 <= low <= share.share + 1e-12
    assert share.share - 1e-12 <= high <= 1


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_of_the_others_is_its_mirror(numbers: tuple[int, int]) -> None:
    count, of = numbers
    low, high = wilson(count, of)
    other_low, other_high = wilson(of - count, of)
    assert isclose(low, 1 - other_high, abs_tol=1e-12)
    assert isclose(high, 1 - other_low, abs_tol=1e-12)


def test_a_median_is_the_one_in_the_middle_or_the_mean_of_two() -> None:
    odd, even = spread([9, 1, 4]), spread([4, 1, 9, 2])
    assert odd is not None
    assert even is not None
    assert (odd.least, odd.median, odd.greatest) == (1, 4, 9)
    assert even.median == 3


def test_there_is_no_spread_of_nothing() -> None:
    assert spread([]) is None
