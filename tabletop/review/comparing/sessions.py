"""The sessions that are compared: each known by a mark, its version of the exercise, and what its log lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import eq

from tabletop.errors import LogDamaged, NotALog, TabletopError
from tabletop.journal.reading import Reading
from tabletop.review.logs import Log
from tabletop.review.phrases import and_listed, count
from tabletop.review.reviewing import Review, review

AUTO = "auto"


@dataclass(frozen=True)
class Session:
    """One session among those compared.

    ``mark`` is a short name (``S1``), ``version`` the letter of its version of the exercise. ``faults`` are
    sentences on what its log lacks.
    """

    mark: str
    label: str
    version: str
    review: Review
    faults: tuple[str, ...]

    @cached_property
    def opened_at(self) -> str:
        """When it was opened, wall time."""
        return self.review.session.at

    @cached_property
    def rehearsed(self) -> bool:
        """Whether nobody was in the room: planned play."""
        return _rehearsed(self.review)

    @property
    def whole(self) -> bool:
        """Whether it was played to its end, and its log has all of it."""
        return self.review.finished and not any(fault.startswith("damaged") for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The sessions in their order, and what is to be said of the logs before anything else."""

    sessions: tuple[Session, ...]
    notices: tuple[str, ...]


class DifferentExercises(TabletopError):
    """The logs are of different exercises: nothing in them can be compared."""


def sessions_of(logs: Iterable[Log]) -> Sorted:
    """The sessions of some logs, oldest first, whatever order the logs come in; one given twice counts once.

    Raises DifferentExercises, and LogDamaged where nothing of any log can be read.
    """
    notices: list[str] = []
    usable: list[tuple[Log, Review]] = []
    for log in sorted(logs, key=lambda each: each.label):
        if not log.reading.events:
            wrong = f": {log.reading.damage.wrong}" if log.reading.damage else "."
            notices.append(f"{log.label} is damaged in its first line and left out{wrong}")
            continue
        try:
            usable.append((log, review(log.reading.events, log.reading.head)))
        except NotALog as cause:
            notices.append(f"{log.label} is left out: {cause}")
    if not usable:
        raise LogDamaged("There is nothing to compare: no log holds an event that can be read.", " ".join(notices))
    _check_one_exercise(usable)
    kept, copies = _without_copies(usable)
    notices += copies
    kept.sort(key=lambda each: (each[1].session.at, each[1].name, each[0].label, each[1].head))
    letters = _letters(each[1].session.data.exercise_sha256 for each in kept)
    sessions = tuple(
        Session(
            mark=f"S{number}",
            label=log.label,
            version=letters[found.session.data.exercise_sha256],
            review=found,
            faults=tuple(_faults(log.reading, found)),
        )
        for number, (log, found) in enumerate(kept, start=1)
    )
    return Sorted(sessions, tuple(notices))


def _check_one_exercise(usable: Sequence[tuple[Log, Review]]) -> None:
    found_in: dict[str, list[str]] = {}
    for log, found in usable:
        found_in.setdefault(found.exercise.id, []).append(log.label)
    if len(found_in) > 1:
        named = "; ".join(f"{id} ({', '.join(labels)})" for id, labels in sorted(found_in.items()))
        raise DifferentExercises(
            f"These logs are of {len(found_in)} exercises, and only sessions of one can be compared: {named}."
        )


def _without_copies(usable: Sequence[tuple[Log, Review]]) -> tuple[list[tuple[Log, Review]], list[str]]:
    """Leave out logs that are another one again, or the beginning of it.

    Rehearsals that went the same way have the same bytes, and are runs of their own all the same.
    """
    kept: list[tuple[Log, Review]] = []
    notices: list[str] = []
    longest_first = sorted(usable, key=lambda each: (-len(each[0].reading.events), each[0].label))
    for log, found in longest_first:
        original = next((other for other, _ in kept if _begins(log.reading, other.reading)), None)
        if original is not None and _same_file(log, original):
            notices.append(f"{log.label} was given twice, and counts once.")
        elif original is not None and not _rehearsed(found):
            notices.append(f"{log.label} is a copy of {original.label} or of its beginning, and is left out.")
        else:
            notices += _alike(log, found, kept)
            kept.append((log, found))
    return kept, notices


def _begins(short: Reading, long: Reading) -> bool:
    """Whether a log has the first lines of one that is as long or longer, and nothing else."""
    last = len(short.events) - 1
    return short.events[last] == long.events[last] and all(map(eq, short.events, long.events))


def _same_file(one: Log, other: Log) -> bool:
    return one.reading.path is not None and one.reading.path == other.reading.path


def _rehearsed(found: Review) -> bool:
    return all(entry.by == AUTO for entry in found.record.known)


def _alike(log: Log, found: Review, kept: Iterable[tuple[Log, Review]]) -> Iterable[str]:
    """What is to be said of logs that count although they have much in common with another."""
    for other, theirs in kept:
        if _rehearsed(found) and found.head == theirs.head:
            yield f"{log.label} and {other.label} are rehearsals that went the same way; both count."
            return
        if not _rehearsed(found) and log.reading.events[0] == other.reading.events[0]:
            yield f"{log.label} and {other.label} begin as one session and then part; both count."
            return


def _letters(digests: Iterable[str]) -> dict[str, str]:
    """A letter for each version of the exercise, in the order in which they were played: A ... Z, A2, B2 ..."""
    letters: dict[str, str] = {}
    for digest in digests:
        if digest not in letters:
            turn, place = divmod(len(letters), 26)
            letters[digest] = f"{chr(65 + place)}{turn + 1 if turn else ''}"
    return letters


def _faults(reading: Reading, found: Review) -> Iterable[str]:
    if reading.damage:
        yield f"damaged at line {reading.damage.line} ({reading.damage.wrong}), and used up to there"
    if reading.torn:
        yield f"torn at line {reading.torn.line}: the last command was never finished, and is left out"
    if not found.times.started:
        yield "never started"
    elif not found.finished:
        yield "not closed, and used as far as it goes"
    if reading.newer:
        yield "written by a newer version of tabletop, and used as far as this one knows it"
    if found.record.unknown:
        kinds = sorted({event.type for event in found.record.unknown})
        yield f"{count(len(found.record.unknown), 'event')} not known here passed over ({and_listed(kinds)})"
