"""What stands in an exercise and is never used, read or asked; and a story that runs backwards."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.checks.telling import fault
from tabletop.scenario.conditions import Fact, reads
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.loading.story import StoryClock
from tabletop.scenario.model import Decision, Exercise, Inject
from tabletop.scenario.reading.looking import injects_of, maps, text_of, texts, under
from tabletop.scenario.reading.nodes import Map, Steps


def check(root: Map, exercise: Exercise) -> Iterator[Fault]:
    """Every doubt of this kind about an exercise."""
    whens = [move.when for move in exercise.moves] + [inject.when for inject in exercise.injects()]
    read: frozenset[Fact] = frozenset().union(*(reads(when) for when in whens))
    for at, track in enumerate(exercise.tracks):
        if ("track", track.id) not in read:
            message = f"No condition reads the track `{track.id}`."
            yield fault(root, "unread-track", message, ("tracks", at), "Let a `when` read it, or leave it out.")
    for at, objective in enumerate(exercise.objectives):
        if not any(objective.id in inject.objectives for inject in exercise.injects()):
            message = f"No inject exercises the objective `{objective.id}`."
            help = f"Add `objectives: [{objective.id}]` to the injects that do."
            yield fault(root, "unexercised-objective", message, ("objectives", at), help)
    used = {source for inject in exercise.injects() for source in inject.sources}
    for at, source in enumerate(exercise.sources):
        if source.id not in used:
            message = f"Nothing rests on the source `{source.id}`."
            yield fault(root, "unused-source", message, ("sources", at), "Point an inject to it, or leave it out.")
    for inject, steps in _injects(exercise):
        for at, decision in enumerate(inject.decisions):
            yield from _decision(root, decision, (*steps, "decisions", at), read)
    yield from _story(root, exercise)


def check_script(root: Map) -> Iterator[Fault]:
    """Every doubt of this kind about a script by itself."""
    used = {str(name) for inject, at in injects_of(root) for name, _ in texts(*under(inject, "sources", at))}
    for source, steps in maps(*under(root, "sources", ())):
        id = text_of(source, "id")
        if id is not None and id not in used:
            message = f"No inject of this script rests on the source `{id}`."
            yield fault(root, "unused-source", message, steps, "Point an inject to it, or leave it out.")
    for inject, at in injects_of(root):
        for decision, steps in maps(*under(inject, "decisions", at)):
            options, where = under(decision, "options", steps)
            if isinstance(options, list) and len(options) == 1:
                yield _one_option(root, text_of(decision, "id") or "", where)


def _injects(exercise: Exercise) -> Iterator[tuple[Inject, Steps]]:
    for place, move in enumerate(exercise.moves):
        for at, inject in enumerate(move.injects):
            yield inject, ("moves", place, "injects", at)


def _one_option(root: Map, id: str, steps: Steps) -> Fault:
    message = f"The decision `{id}` offers one option only."
    help = "Offer another, or leave the options out and let the cells answer in their own words."
    return fault(root, "one-option-decision", message, steps, help)


def _decision(root: Map, decision: Decision, steps: Steps, read: frozenset[Fact]) -> Iterator[Fault]:
    if len(decision.options) == 1:
        yield _one_option(root, decision.id, (*steps, "options"))
    elif decision.options and ("chose", decision.id) not in read:
        first = decision.options[0].effects
        if all(option.effects == first for option in decision.options):
            message = f"No condition reads what is chosen in `{decision.id}`, and all its options do the same."
            help = "Give the options effects of their own, or let a `when` read the choice."
            yield fault(root, "unread-choice", message, steps, help)


# --- story -------------------------------------------------------------------------------------------


def _story(root: Map, exercise: Exercise) -> Iterator[Fault]:
    """Story times in the order in which the plan tells them; what has a `when` is only held against it.

    Contingency injects may go out at any time.
    """
    minute = StoryClock(root).minute
    latest, shown = minute(exercise.scenario_starts), exercise.scenario_starts
    for place, move in enumerate(exercise.moves):
        told: list[tuple[str | None, Steps, bool]] = [
            (move.scenario_time, ("moves", place), move.when is None),
            *(
                (inject.scenario_time, ("moves", place, "injects", at), inject.when is None)
                for at, inject in sorted(enumerate(move.injects), key=lambda each: (each[1].at, each[0]))
                if not inject.contingency
            ),
        ]
        for time, steps, certain in told:
            now = minute(time)
            if now is None:
                continue
            if latest is not None and now < latest:
                message = f"The story runs backwards: {time} comes after {shown}."
                yield fault(root, "story-backwards", message, (*steps, "scenario_time"), "Look at both times.")
            if certain:
                latest, shown = now, time
