"""Looking around in the nodes of an exercise, whatever of it is there and whatever shape it has."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.reading.nodes import Map, Scalar, Seq, Steps

Found = tuple[Scalar, Steps]
"""A name that stands in a file, and the way to it."""


def maps(node: object, steps: Steps) -> Iterator[tuple[Map, Steps]]:
    """The maps in a list, each with the way to it."""
    for at, entry in enumerate(node if isinstance(node, Seq) else ()):
        if isinstance(entry, Map):
            yield entry, (*steps, at)


def texts(node: object, steps: Steps) -> Iterator[Found]:
    """The texts in a list; a single one stands for a list of one."""
    if isinstance(node, Scalar):
        yield node, steps
    for at, entry in enumerate(node if isinstance(node, Seq) else ()):
        if isinstance(entry, Scalar):
            yield entry, (*steps, at)


def under(map: Map, key: str, steps: Steps) -> tuple[object, Steps]:
    """What stands under a key, and the way to it."""
    return map.get(key), (*steps, key)


def text_of(map: Map, key: str) -> str | None:
    """The text under a key; None where there is none."""
    value = map.get(key)
    return str(value) if isinstance(value, Scalar) else None


def injects_of(root: Map) -> Iterator[tuple[Map, Steps]]:
    """Every inject of an exercise, or of a script."""
    for move, steps in maps(*under(root, "moves", ())):
        yield from maps(*under(move, "injects", steps))
    yield from maps(*under(root, "injects", ()))
