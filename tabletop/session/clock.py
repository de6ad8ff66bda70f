"""The exercise clock, and the only place that reads the time."""

from __future__ import annotations

import time as _time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Time(Protocol):
    """Where the time comes from."""

    def wall(self) -> datetime:
        """The date and time, in UTC."""
        ...

    def steady(self) -> float:
        """Seconds since some moment; never goes back."""
        ...


class SystemTime:
    """The computer's time."""

    def wall(self) -> datetime:
        """The date and time, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Seconds since some moment; never goes back."""
        return _time.monotonic()


class SimulatedTime:
    """A time that passes only when told to."""

    def __init__(self, start: datetime = datetime(2000, 1, 1, tzinfo=UTC)) -> None:
        self._start = start
        self._passed = 0.0

    def wall(self) -> datetime:
        """The date and time, in UTC."""
        return self._start + timedelta(seconds=self._passed)

    def steady(self) -> float:
        """Seconds since its start."""
        return self._passed

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        self._passed += max(0.0, seconds)


@dataclass(frozen=True, slots=True)
class Moment:
    """A reading: the wall time (RFC 3339 with milliseconds), the seconds of play, whether the clock runs."""

    at: str
    clock: float
    running: bool


def stamp(when: datetime) -> str:
    """A wall time as the log writes it: UTC, RFC 3339, milliseconds."""
    utc = when.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"


class ExerciseClock:
    """Counts seconds of play, pauses left out."""

    def __init__(self, time: Time, elapsed: float = 0.0, running: bool = False) -> None:
        self.time = time
        self._elapsed = elapsed
        self._since = time.steady() if running else None

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._since is not None

    @property
    def elapsed(self) -> float:
        """Seconds of play, to the millisecond."""
        passed = self.time.steady() - self._since if self._since is not None else 0.0
        return round(self._elapsed + passed, 3)

    def now(self) -> Moment:
        """The reading at this moment."""
        return Moment(stamp(self.time.wall()), self.elapsed, self.running)

    def start(self) -> None:
        """Run."""
        if self._since is None:
            self._since = self.time.steady()

    resume = start

    def pause(self) -> None:
        """Stand."""
        self._elapsed, self._since = self.elapsed, None

    def set(self, seconds: float) -> None:
        """Show another reading; it runs on if it ran."""
        self._elapsed = seconds
        if self._since is not None:
            self._since = self.time.steady()
