"""What a YAML file holds, as plain texts, lists and maps that know where they stand.

Nothing is resolved here: every scalar is a text, and what it means is up to the model that wants it. Lines
and columns count from 1, columns in characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file; ``file`` is shown as it was given."""

    file: str
    line: int
    column: int


class Scalar(str):
    """A text; ``plain`` says that it stands without quotes, so that it may mean a number."""

    __slots__ = ("place", "plain")
    place: Place
    plain: bool


class Seq(list["Node"]):
    """A list; ``flow`` says that it stands in [brackets]."""

    __slots__ = ("flow", "place")
    place: Place
    flow: bool


class Map(dict[Scalar, "Node"]):
    """A map; keys that stand there without a value are in ``absent`` and nowhere else."""

    __slots__ = ("absent", "drawn", "drawn_from", "place")
    place: Place
    absent: dict[str, Place]
    drawn: Map | None
    """The script's inject that this one draws on, named by ``drawn_from``."""
    drawn_from: str

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.absent, self.drawn, self.drawn_from = place, {}, None, ""

    def key(self, name: str) -> Place:
        """Where a key stands; the map's own place if it is not there."""
        return next((key.place for key in self if key == name), self.place)


Node = Scalar | Seq | Map
Steps = tuple[str | int, ...]
"""The way to a place within a file: keys, and positions in lists."""


def shown(steps: Sequence[str | int]) -> str:
    """``moves[1].injects[3].when``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def child(node: object, step: str | int) -> object:
    """What stands one step further down; None where nothing does."""
    if isinstance(node, Map) and isinstance(step, str):
        return node.get(Scalar(step))
    if isinstance(node, Seq) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def down(node: object, steps: Steps) -> object:
    """What stands at the end of the way; None where nothing does."""
    for step in steps:
        node = child(node, step)
    return node


def nearest(node: Node, steps: Steps) -> Node:
    """What stands at the end of the way, or the last thing on the way that is there."""
    for step in steps:
        below = child(node, step)
        if not isinstance(below, Scalar | Seq | Map):
            return node
        node = below
    return node


def walk(node: Node, steps: Steps = ()) -> Iterator[tuple[Steps, Node]]:
    """Everything in it, itself first, each with the way to it."""
    yield steps, node
    if isinstance(node, Map):
        for key, below in node.items():
            yield from walk(below, (*steps, str(key)))
    elif isinstance(node, Seq):
        for at, below in enumerate(node):
            yield from walk(below, (*steps, at))
