"""The sessions that are compared: each known by a mark, its version of the exercise, and what its log lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import eq

from tabletop.errors import LogDamaged, TabletopError
from tabletop.journal.reading import Reading
from tabletop.review.phrases import and_listed, count
from tabletop.review.reviewing import Review, review

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Source:
    """A log as it was read; ``label`` is what people call it, such as its file's name."""

    label: str
    reading: Reading


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


def sessions_of(sources: Iterable[Source]) -> Sorted:
    """The sessions of some logs, oldest first, whatever order the logs come in; one given twice counts once.

    Raises DifferentExercises, NotALog for what has no exercise that can be read, and LogDamaged where nothing
    of any log can be read.
    """
    notices: list[str] = []
    usable: list[tuple[Source, Review]] = []
    for source in sorted(sources, key=lambda each: each.label):
        if source.reading.events:
            usable.append((source, review(source.reading.events, source.reading.head)))
        else:
            wrong = f": {source.reading.damage.wrong}" if source.reading.damage else "."
            notices.append(f"{source.label} is damaged in its first line and left out{wrong}")
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
            label=source.label,
            version=letters[found.session.data.exercise_sha256],
            review=found,
            faults=tuple(_faults(source.reading, found)),
        )
        for number, (source, found) in enumerate(kept, start=1)
    )
    return Sorted(sessions, tuple(notices))


def _check_one_exercise(usable: Sequence[tuple[Source, Review]]) -> None:
    logs: dict[str, list[str]] = {}
    for source, found in usable:
        logs.setdefault(found.exercise.id, []).append(source.label)
    if len(logs) > 1:
        named = "; ".join(f"{id} ({', '.join(labels)})" for id, labels in sorted(logs.items()))
        raise DifferentExercises(
            f"These logs are of {len(logs)} exercises, and only sessions of one can be compared: {named}."
        )


def _without_copies(usable: Sequence[tuple[Source, Review]]) -> tuple[list[tuple[Source, Review]], list[str]]:
    """Leave out logs that are another one again, or the beginning of it.

    Rehearsals that went the same way have the same bytes, and are runs of their own all the same.
    """
    kept: list[tuple[Source, Review]] = []
    notices: list[str] = []
    longest_first = sorted(usable, key=lambda each: (-len(each[0].reading.events), each[0].label))
    for source, found in longest_first:
        original = next((other for other, _ in kept if _begins(source.reading, other.reading)), None)
        if original is not None and _same_file(source, original):
            notices.append(f"{source.label} was given twice, and counts once.")
        elif original is not None and not _rehearsed(found):
            notices.append(f"{source.label} is a copy of {original.label} or of its beginning, and is left out.")
        else:
            notices += _alike(source, found, kept)
            kept.append((source, found))
    return kept, notices


def _begins(short: Reading, long: Reading) -> bool:
    """Whether a log has the first lines of one that is as long or longer, and nothing else."""
    last = len(short.events) - 1
    return short.events[last] == long.events[last] and all(map(eq, short.events, long.events))


def _same_file(one: Source, other: Source) -> bool:
    return one.reading.path is not None and one.reading.path == other.reading.path


def _rehearsed(found: Review) -> bool:
    return all(entry.by == AUTO for entry in found.record.known)


def _alike(source: Source, found: Review, kept: Iterable[tuple[Source, Review]]) -> Iterable[str]:
    """What is to be said of logs that count although they have much in common with another."""
    for other, theirs in kept:
        if _rehearsed(found) and found.head == theirs.head:
            yield f"{source.label} and {other.label} are rehearsals that went the same way; both count."
            return
        if not _rehearsed(found) and source.reading.events[0] == other.reading.events[0]:
            yield f"{source.label} and {other.label} begin as one session and then part; both count."
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
