"""What changed between two versions of an exercise, in its own terms: moves, injects, options, texts, not lines.

Every field of every part is compared, so that two exercises without a change between them are the same, save for
the order of entries where none is meant: in a map of effects, say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from tabletop.scenario.comparing.matching import Match, id_of, match, out_of_order
from tabletop.scenario.model import Exercise, Model

Thing = Literal["exercise", "source", "objective", "cell", "track", "move", "inject", "decision", "option"]
Kind = Literal["added", "removed", "renamed", "moved", "reordered", "changed"]
Placed = Sequence[tuple[str, Model]]
"""Parts in their order, each with the id of what it stands in."""

_BESIDE: tuple[tuple[Thing, str], ...] = (
    ("source", "sources"),
    ("objective", "objectives"),
    ("cell", "cells"),
    ("track", "tracks"),
)
_PARTS: Mapping[str, frozenset[str]] = {
    "exercise": frozenset({"sources", "objectives", "cells", "tracks", "moves"}),
    "move": frozenset({"injects"}),
    "inject": frozenset({"decisions"}),
    "decision": frozenset({"options"}),
}
"""The keys under which further parts stand, which are told of by themselves."""


class Change(NamedTuple):
    """One change.

    ``id`` is the thing's (the new one, where it was renamed), ``within`` the id of what it stands in: an inject's
    move, a decision's inject, an option's decision. ``key`` is what changed of it, as in the format, with the entry
    behind a dot where it is a map. ``old`` and ``new`` are its values as in the models; of what moved the places that
    it stood and stands in, of what was reordered its positions, from 1, of what was added or removed the thing.
    """

    change: Kind
    thing: Thing
    id: str
    within: str = ""
    key: str = ""
    old: Any = None
    new: Any = None

    def as_json(self) -> dict[str, Any]:
        """The change as `diff --json` prints it; what says nothing is left out."""
        value = {**self._asdict(), "old": _json(self.old), "new": _json(self.new)}
        return {key: each for key, each in value.items() if each not in (None, "")}


def _json(value: Any) -> Any:
    if isinstance(value, Model):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return [_json(each) for each in value] if isinstance(value, tuple) else value


def compare(old: Exercise, new: Exercise) -> list[Change]:
    """Every change from the old to the new, part by part; empty where they are the same."""
    found = list(_ids("exercise", old, new)) + list(_fields("exercise", old, new))
    for thing, key in _BESIDE:
        found += _parts(thing, _beside(getattr(old, key)), _beside(getattr(new, key)))
    found += _parts("move", _beside(old.moves), _beside(new.moves))
    moves = _names(match(old.moves, new.moves))
    injects = _in_moves(old), _in_moves(new)
    found += _parts("inject", *injects, moves)
    both = match(tuple(old.injects()), tuple(new.injects()))
    decisions = _in_injects(old), _in_injects(new)
    whole = frozenset(map(id_of, both.removed)), frozenset(map(id_of, both.added))
    found += _parts("decision", *decisions, _names(both), whole)
    for before, after in match([each for _, each in decisions[0]], [each for _, each in decisions[1]]).pairs:
        found += _parts("option", _within(before, "options"), _within(after, "options"), {id_of(after): id_of(before)})
    return found


# --- parts and where they stand -----------------------------------------------------------------------


def _beside(parts: Sequence[Model]) -> Placed:
    return [("", part) for part in parts]


def _within(thing: Model, key: str) -> Placed:
    return [(id_of(thing), part) for part in getattr(thing, key)]


def _in_moves(exercise: Exercise) -> list[tuple[str, Model]]:
    return [each for move in exercise.moves for each in _within(move, "injects")]


def _in_injects(exercise: Exercise) -> list[tuple[str, Model]]:
    return [each for inject in exercise.injects() for each in _within(inject, "decisions")]


def _names(found: Match[Any]) -> dict[str, str]:
    """The old id of each that is in both."""
    return {id_of(after): id_of(before) for before, after in found.pairs}


def _parts(
    thing: Thing,
    old: Placed,
    new: Placed,
    was: Mapping[str, str] | None = None,
    whole: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> Iterator[Change]:
    """What changed of parts of one kind. ``was`` has the old id of what they stand in; of what stands in a thing that
    was removed or added ``whole``, nothing is told: it went or came along."""
    was = {"": ""} if was is None else was
    found = match([part for _, part in old], [part for _, part in new])
    old_in = {id_of(part): place for place, part in old}
    new_in = {id_of(part): place for place, part in new}
    for part in found.removed:
        if old_in[id_of(part)] not in whole[0]:
            yield Change("removed", thing, id_of(part), old_in[id_of(part)], old=part)
    stayed: dict[str, list[tuple[str, str]]] = {}
    for before, after in found.pairs:
        place, place_before = new_in[id_of(after)], old_in[id_of(before)]
        yield from _ids(thing, before, after, place)
        if was.get(place) == place_before:
            stayed.setdefault(place, []).append((id_of(before), id_of(after)))
        else:
            yield Change("moved", thing, id_of(after), place, old=place_before, new=place)
        yield from _fields(thing, before, after, place)
    yield from _reordered(thing, old, new, stayed)
    for part in found.added:
        if new_in[id_of(part)] not in whole[1]:
            yield Change("added", thing, id_of(part), new_in[id_of(part)], new=part)


def _reordered(
    thing: Thing, old: Placed, new: Placed, stayed: Mapping[str, Sequence[tuple[str, str]]]
) -> Iterator[Change]:
    """The fewest parts of each place that explain its new order."""
    old_at, new_at = _positions(old), _positions(new)
    for place, pairs in stayed.items():
        out = out_of_order([old_at[before] for before, _ in pairs])
        for before, after in pairs:
            if old_at[before] in out:
                yield Change("reordered", thing, after, place, old=old_at[before], new=new_at[after])


def _positions(placed: Placed) -> dict[str, int]:
    """The position of each part in its place, from 1."""
    counted: dict[str, int] = {}
    found: dict[str, int] = {}
    for place, part in placed:
        counted[place] = found[id_of(part)] = counted.get(place, 0) + 1
    return found


# --- fields ------------------------------------------------------------------------------------------


def _ids(thing: Thing, before: Model, after: Model, within: str = "") -> Iterator[Change]:
    if id_of(before) != id_of(after):
        yield Change("renamed", thing, id_of(after), within, "id", id_of(before), id_of(after))


def _fields(thing: Thing, before: Model, after: Model, within: str = "") -> Iterator[Change]:
    for name, about in type(after).model_fields.items():
        key, old, new = about.alias or name, getattr(before, name), getattr(after, name)
        if old == new or name == "id" or name in _PARTS.get(thing, ()):
            continue
        yield from (Change("changed", thing, id_of(after), within, *each) for each in _values(key, old, new))


def _values(key: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """A field that changed, or each entry of a map that did."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield key, old, new
        return
    for entry in {**old, **new}:
        if old.get(entry) != new.get(entry):
            yield from _values(f"{key}.{entry}", old.get(entry), new.get(entry))
