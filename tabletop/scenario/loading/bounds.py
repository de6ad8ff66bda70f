"""Numbers that cannot be meant: a track that starts outside its bounds, odds below nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.model import Track
from tabletop.scenario.reading.looking import injects_of, maps, under
from tabletop.scenario.reading.nodes import Map, Scalar, Steps, shown


def bounds_faults(root: Map) -> list[Fault]:
    """Every number outside its bounds; what is no number is left to the models."""
    found: list[Fault] = []
    for track, steps in maps(*under(root, "tracks", ())):
        found += _track(track, steps)
    for inject, steps in injects_of(root):
        for decision, at in maps(*under(inject, "decisions", steps)):
            found += _at_least(1, decision, "words", at)
            for option, where in maps(*under(decision, "options", at)):
                found += _at_least(0, option, "weight", where)
    return found


def _number(thing: Map, key: str) -> int | None:
    try:
        return scalars.whole(thing.get(key))
    except ValueError:
        return None


def _track(track: Map, steps: Steps) -> Iterator[Fault]:
    bounds = {key: Track.model_fields[key].default if key not in track else _number(track, key) for key in _ENDS}
    least, most, start = bounds["min"], bounds["max"], _number(track, "start")
    if least is None or most is None:
        return
    if least > most:
        key = "min" if "min" in track else "max"
        yield _fault(track, key, steps, f"The least value, {least}, is above the greatest, {most}.", "Swap them.")
    elif start is not None and not least <= start <= most:
        help = "Start within the bounds, or widen them."
        yield _fault(track, "start", steps, f"The track starts at {start}, outside {least} to {most}.", help)


_ENDS = ("min", "max")


def _at_least(least: int, thing: Map, key: str, steps: Steps) -> Iterator[Fault]:
    number = _number(thing, key)
    if number is not None and number < least:
        yield _fault(thing, key, steps, f"`{key}` is {number}, and at least {least} is wanted.", "Raise it.")


def _fault(thing: Map, key: str, steps: Steps, message: str, help: str) -> Fault:
    value = thing[key]
    assert isinstance(value, Scalar)
    return Fault.at(value.place, "out-of-bounds", message, shown((*steps, key)), help)
