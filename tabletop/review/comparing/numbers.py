"""The few statistics that a handful of sessions bears: a share with its interval, a median with its range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import median

Z_95 = 1.959963984540054
"""The point that 97.5 % of a standard normal variable lie below."""


def wilson(count: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share of ``count`` in ``of``, without continuity correction.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927) 209-212. It stays within 0 and 1 and holds for few sessions,
    where the textbook's interval does not (R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872). Of none,
    nothing is known: 0 to 1.
    """
    if of == 0:
        return 0.0, 1.0
    share, square = count / of, z * z
    middle = share + square / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    scale = 1 + square / of
    low = 0.0 if count == 0 else (middle - reach) / scale
    high = 1.0 if count == of else (middle + reach) / scale
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the Wilson interval at 95 %."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share, from 0 to 1; 0 of none."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share lies, with 95 % confidence."""
        return wilson(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers, from the least to the greatest."""

    values: tuple[float, ...]

    @property
    def least(self) -> float:
        """The least of them."""
        return self.values[0]

    @property
    def greatest(self) -> float:
        """The greatest of them."""
        return self.values[-1]

    @property
    def median(self) -> float:
        """The one in the middle; the mean of the two in the middle where they are even."""
        return median(self.values)


def spread(values: Iterable[float]) -> Spread | None:
    """The spread of some numbers; None where there are none."""
    found = tuple(sorted(values))
    return Spread(found) if found else None
