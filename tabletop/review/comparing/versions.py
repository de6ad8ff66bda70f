"""Versions of the exercise among the sessions: which there are, and what only some of them have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tabletop.review.comparing.sessions import Session
from tabletop.scenario.model import Decision, Exercise, Model, Track


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the exercise: its letter, the digest of it, and the sessions that played it."""

    letter: str
    sha256: str
    title: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing in which versions differ.

    ``kind`` is ``decision``, ``option`` (``id`` is DECISION=OPTION), ``inject``, ``move``, ``cell``, ``track`` or
    ``objective``. Where ``changed``, all of ``versions`` have it and it reads or works differently in them; else
    ``versions`` are those that have it, and ``without`` those that do not.
    """

    kind: str
    id: str
    text: str
    versions: tuple[str, ...]
    without: tuple[str, ...] = ()
    changed: str = ""


def versions(sessions: Sequence[Session]) -> tuple[Version, ...]:
    """The versions, in the order in which they were first played."""
    found: dict[str, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.version, []).append(session)
    return tuple(
        Version(
            letter,
            played[0].review.session.data.exercise_sha256,
            played[0].review.exercise.title,
            tuple(each.mark for each in played),
        )
        for letter, played in found.items()
    )


def differences(sessions: Sequence[Session]) -> tuple[Difference, ...]:
    """In what the versions differ, as far as it bears on a comparison; nothing where there is one version."""
    exercises = {session.version: session.review.exercise for session in sessions}
    if len(exercises) < 2:
        return ()
    return tuple(difference for kind in _KINDS for difference in _differing(kind, exercises))


@dataclass(frozen=True, slots=True)
class _Thing:
    text: str
    aspects: tuple[tuple[str, object], ...] = ()


def _differing(kind: str, exercises: dict[str, Exercise]) -> Iterator[Difference]:
    things = {letter: _KINDS[kind](exercise) for letter, exercise in exercises.items()}
    for id in dict.fromkeys(id for found in things.values() for id in found):
        having = {letter: found[id] for letter, found in things.items() if id in found}
        without = tuple(letter for letter in things if letter not in having)
        if kind == "option" and _whole_decision_lacks(id, without, exercises):
            continue
        text = next(reversed(having.values())).text
        if without:
            yield Difference(kind, id, text, tuple(having), without)
        if changed := _changed(having.values()):
            yield Difference(kind, id, text, tuple(having), changed=changed)


def _whole_decision_lacks(id: str, without: Iterable[str], exercises: dict[str, Exercise]) -> bool:
    """Whether an option is missing only where its whole decision is, which is told already."""
    decision = id.partition("=")[0]
    there = [letter for letter in without if decision in _decisions(exercises[letter])]
    return bool(list(without)) and not there


def _changed(having: Iterable[_Thing]) -> str:
    """The aspects in which the versions of a thing differ, in words."""
    things = list(having)
    aspects = [
        name
        for place, (name, first) in enumerate(things[0].aspects)
        if any(t.aspects[place][1] != first for t in things)
    ]
    return ", ".join(aspects)


def _decisions(exercise: Exercise) -> dict[str, Decision]:
    return {decision.id: decision for inject in exercise.injects() for decision in inject.decisions}


def _row(text: str) -> str:
    return " ".join(text.split())


def _condition(thing: Model | None) -> object:
    return thing.model_dump() if thing is not None else None


def _each_decision(exercise: Exercise) -> dict[str, _Thing]:
    return {
        id: _Thing(
            _row(each.question),
            (
                ("question", _row(each.question)),
                ("cells", each.cells),
                ("minutes", each.minutes),
                ("what silence counts as", each.otherwise),
            ),
        )
        for id, each in _decisions(exercise).items()
    }


def _each_option(exercise: Exercise) -> dict[str, _Thing]:
    return {
        f"{id}={option.id}": _Thing(
            _row(option.text), (("text", _row(option.text)), ("effects", tuple(sorted(option.effects.items()))))
        )
        for id, decision in _decisions(exercise).items()
        for option in decision.options
    }


def _each_inject(exercise: Exercise) -> dict[str, _Thing]:
    return {
        inject.id: _Thing(
            inject.title,
            (
                ("title", inject.title),
                ("text", (_row(inject.text), tuple(sorted(inject.private.items())))),
                ("condition", _condition(inject.when)),
                ("effects", tuple(sorted(inject.effects.items()))),
            ),
        )
        for inject in exercise.injects()
    }


def _each_move(exercise: Exercise) -> dict[str, _Thing]:
    return {
        move.id: _Thing(
            move.title, (("title", move.title), ("minutes", move.minutes), ("condition", _condition(move.when)))
        )
        for move in exercise.moves
    }


def _each_track(exercise: Exercise) -> dict[str, _Thing]:
    return {track.id: _Thing(track.name, (("start or bounds", _bounds(track)),)) for track in exercise.tracks}


def _bounds(track: Track) -> tuple[int, int, int]:
    return track.start, track.min, track.max


_KINDS: dict[str, Callable[[Exercise], dict[str, _Thing]]] = {
    "move": _each_move,
    "inject": _each_inject,
    "decision": _each_decision,
    "option": _each_option,
    "track": _each_track,
    "objective": lambda exercise: {
        each.id: _Thing(_row(each.text), (("text", _row(each.text)),)) for each in exercise.objectives
    },
    "cell": lambda exercise: {each.id: _Thing(each.name) for each in exercise.cells},
}
