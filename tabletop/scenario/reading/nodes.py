"""What a YAML file holds, as plain texts, lists and maps that know where they stand.

Nothing is resolved here: every scalar is a text, and what it means is up to the model that wants it. Lines
and columns count from 1, columns in characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, Self


class Mark(Protocol):
    """A point in a file as the parser has it: counted from 0, ``name`` is the file's as it was given."""

    @property
    def name(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Place(NamedTuple):
    """A point in a file, counted from 1; ``file`` is shown as it was given."""

    file: str
    line: int
    column: int


def place_of(mark: Mark) -> Place:
    """Where a mark is. A file has many marks and few faults: a place is made only where one is told."""
    return Place(mark.name, mark.line + 1, mark.column + 1)


class Standing:
    """What all nodes share: a place."""

    __slots__ = ()
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.mark)


class Scalar(Standing, str):
    """A text; ``plain`` says that it stands without quotes, so that it may mean a number."""

    __slots__ = ("mark", "plain")
    plain: bool


class Nothing(Standing):
    """An entry of a list with nothing after its dash, or with a plain ``null``."""

    __slots__ = ("mark",)

    def __init__(self, mark: Mark) -> None:
        self.mark = mark


class Seq(Standing, list["Node"]):
    """A list; ``flow`` says that it stands in [brackets]."""

    __slots__ = ("flow", "mark")
    flow: bool

    def __init__(self, mark: Mark, entries: Sequence[Node] = (), *, flow: bool = False) -> None:
        list.__init__(self, entries)
        self.mark, self.flow = mark, flow


class Map(Standing, dict[str, "Node"]):
    """A map. ``keys_at`` has the mark of every key, those too that stand there without a value."""

    __slots__ = ("keys_at", "mark")
    keys_at: dict[str, Mark]

    @classmethod
    def at(cls, mark: Mark) -> Self:
        """An empty map that stands there."""
        made = cls()
        made.mark, made.keys_at = mark, {}
        return made

    def key(self, name: str) -> Place:
        """Where a key stands; the map's own place if it is not there."""
        return place_of(self.keys_at.get(name, self.mark))

    def emptied(self, name: str) -> bool:
        """Whether a key stands there with nothing after it."""
        return name in self.keys_at and name not in self


class Drawn(Map):
    """An inject that draws on a script's, ``base``, which ``drawn_from`` names as ``script/inject``."""

    __slots__ = ("base", "drawn_from")
    base: Map
    drawn_from: str


Node = Scalar | Nothing | Seq | Map
Steps = tuple[str | int, ...]
"""The way to a place within a file: keys, and positions in lists."""


def shown(steps: Sequence[str | int]) -> str:
    """``moves[1].injects[3].when``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def child(node: object, step: str | int) -> Node | None:
    """What stands one step further down; None where nothing does."""
    if isinstance(node, Map) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Seq) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def down(node: Node | None, steps: Steps) -> Node | None:
    """What stands at the end of the way; None where nothing does."""
    for step in steps:
        node = child(node, step)
    return node


def nearest(node: Node, steps: Steps) -> Node:
    """What stands at the end of the way, or the last thing on the way that is there."""
    for step in steps:
        below = child(node, step)
        if below is None:
            return node
        node = below
    return node


def walk(root: Node) -> Iterator[tuple[Steps, Node]]:
    """Everything in it, itself first, each with the way to it."""
    waiting: list[tuple[Steps, Node]] = [((), root)]
    while waiting:
        steps, node = waiting.pop()
        yield steps, node
        if isinstance(node, Map):
            waiting += [((*steps, key), node[key]) for key in reversed(node)]
        elif isinstance(node, Seq):
            waiting += [((*steps, at), node[at]) for at in reversed(range(len(node)))]
