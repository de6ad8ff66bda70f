"""The branch graph as text for other programs: Mermaid, and Graphviz's DOT.

Moves are boxes around their injects; solid edges ask for something, dashed ones for its absence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from tabletop.documents.exercise.branches import Branches, time_words
from tabletop.documents.words import count
from tabletop.scenario.model import Move


class _Node(NamedTuple):
    key: str
    label: str
    shape: Literal["move", "inject", "decision", "track", "rest"]


class _Edge(NamedTuple):
    source: str
    target: str
    label: str = ""
    line: Literal["asks", "next", "if", "if not"] = "if"


def mermaid(branches: Branches) -> str:
    """The graph as a Mermaid flowchart."""
    names: dict[str, str] = {}  # an id such as `end` is a word of the language

    def node(each: _Node) -> str:
        names[each.key] = f"n{len(names) + 1}"
        left, right = _MERMAID_SHAPES[each.shape]
        return f'{names[each.key]}{left}"{_mermaid(each.label)}"{right}'

    lines = ["flowchart LR", *(f"  {node(each)}" for each in _track_nodes(branches))]
    for number, move in enumerate(branches.index.exercise.moves, 1):
        lines.append(f'  subgraph m{number}["{_mermaid(f"{number}. {move.title}")}"]')
        lines += [f"    {node(each)}" for each in _nodes(branches, move)]
        lines.append("  end")
    for edge in _edges(branches):
        label = f'|"{_mermaid(edge.label)}"|' if edge.label else ""
        lines.append(f"  {names[edge.source]} {_MERMAID_LINES[edge.line]}{label} {names[edge.target]}")
    return "\n".join(lines) + "\n"


def dot(branches: Branches) -> str:
    """The graph in Graphviz's language."""

    def node(each: _Node) -> str:
        return f"{_quoted(each.key)} [label={_quoted(each.label)}, {_DOT_SHAPES[each.shape]}];"

    exercise = branches.index.exercise
    lines = [f"digraph {_quoted(exercise.id)} {{", f"  label={_quoted(exercise.title)}; rankdir=LR;"]
    lines.append('  node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];')
    lines += [f"  {node(each)}" for each in _track_nodes(branches)]
    for number, move in enumerate(exercise.moves, 1):
        lines.append(f"  subgraph {_quoted(f'cluster_{move.id}')} {{")
        lines.append(f"    label={_quoted(f'{number}. {move.title}')};")
        lines += [f"    {node(each)}" for each in _nodes(branches, move)]
        lines.append("  }")
    for edge in _edges(branches):
        attributes = f"label={_quoted(edge.label)}, {_DOT_LINES[edge.line]}"
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{attributes}];")
    return "\n".join([*lines, "}"]) + "\n"


# --- what there is to draw ----------------------------------------------------------------------------


def _track_nodes(branches: Branches) -> Iterator[_Node]:
    for id, track in branches.tracks.items():
        yield _Node(f"track:{id}", f"{track.name} ({id})", "track")


def _nodes(branches: Branches, move: Move) -> Iterator[_Node]:
    yield _Node(f"move:{move.id}", f"{move.title}, {move.minutes} min", "move")
    taking = branches.injects(move)
    for inject in taking:
        yield _Node(f"inject:{inject.id}", f"{time_words(inject)}: {inject.title} ({inject.id})", "inject")
        for decision in inject.decisions:
            if decision.id in branches.decisions:
                yield _Node(f"decision:{decision.id}", decision.id, "decision")
    if others := len(move.injects) - len(taking):
        yield _Node(f"rest:{move.id}", f"{count(others, 'more inject')}, on no condition", "rest")


def _edges(branches: Branches) -> Iterator[_Edge]:
    moves = branches.index.exercise.moves
    for before, after in pairwise(moves):
        yield _Edge(f"move:{before.id}", f"move:{after.id}", line="next")
    for id in branches.decisions:
        yield _Edge(f"inject:{branches.index.inject_of[id].id}", f"decision:{id}", line="asks")
    for link in branches.links:
        source, target = f"{link.source}:{link.source_id}", f"{link.target}:{link.target_id}"
        yield _Edge(source, target, link.words, "if not" if link.negated else "if")


# --- how it is written -------------------------------------------------------------------------------

_MERMAID_SHAPES = {
    "move": ("([", "])"),
    "inject": ("[", "]"),
    "decision": ("{{", "}}"),
    "track": ("((", "))"),
    "rest": ("[", "]"),
}
_MERMAID_LINES = {"asks": "---", "next": "==>", "if": "-->", "if not": "-.->"}
_DOT_SHAPES = {
    "move": "shape=box, style=rounded",
    "inject": "shape=box",
    "decision": "shape=hexagon",
    "track": "shape=ellipse",
    "rest": "shape=box, style=dotted",
}
_DOT_LINES = {"asks": "arrowhead=none", "next": "penwidth=2", "if": "style=solid", "if not": "style=dashed"}


def _mermaid(text: str) -> str:
    """A text within quotes: all that might mean something is written as a number."""
    return "".join(char if char.isalnum() or char in " .,:-" else f"#{ord(char)};" for char in _one_line(text))


def _quoted(text: str) -> str:
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _one_line(text: str) -> str:
    return " ".join(text.split())
