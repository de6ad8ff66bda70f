"""Where everything of the branch diagram stands: moves as columns, injects below each other in time order.

Lengths are in the picture's own units, of which a letter is some eight high.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tabletop.documents.exercise.branches import Branches, Link, time_words
from tabletop.documents.plain import columns
from tabletop.documents.words import count
from tabletop.scenario.model import Decision, Inject, Move

COLUMN, GUTTER, MARGIN = 260, 200, 20
LINE, PAD, GAP = 15, 8, 14
LABEL_LINE = 12
_LETTER = {"title": 7.5, "small": 6.5, "decision": 7.2, "label": 6.4}
"""How wide a letter is on average, in the widest of the usual fonts; a wide sign takes two."""


@dataclass(frozen=True)
class Text:
    """A line of text in a box; ``kind`` says how it looks."""

    y: float
    words: str
    kind: str


@dataclass
class Box:
    """A move, an inject, or what is said of those that are left out.

    ``inward`` has the height at which each link arrives, ``labels`` what is said there, in lines, and ``outward`` the
    heights at which each decision leaves.
    """

    kind: str
    x: float
    y: float
    height: float = 0
    texts: list[Text] = field(default_factory=list)
    inward: dict[Link, float] = field(default_factory=dict)
    labels: dict[Link, list[str]] = field(default_factory=dict)
    outward: dict[str, float] = field(default_factory=dict)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height


@dataclass
class Placed:
    """The whole diagram: boxes by ``move:id``, ``inject:id`` and ``rest:id``, and its size."""

    boxes: dict[str, Box]
    width: float
    height: float


def placed(branches: Branches) -> Placed:
    """Place every box."""
    boxes: dict[str, Box] = {}
    moves = branches.index.exercise.moves
    for number, move in enumerate(moves):
        x, y = MARGIN + GUTTER * 0.75 + number * (COLUMN + GUTTER), float(MARGIN)
        for key, box in _column(branches, move, number, x):
            box.y = y
            _shift(box)
            boxes[key] = box
            y = box.bottom + GAP
    width = 2 * MARGIN + GUTTER * 0.75 + len(moves) * (COLUMN + GUTTER) - GUTTER * 0.75
    return Placed(boxes, width, max((box.bottom for box in boxes.values()), default=0) + MARGIN)


def _shift(box: Box) -> None:
    box.texts = [Text(box.y + text.y, text.words, text.kind) for text in box.texts]
    box.inward = {link: box.y + y for link, y in box.inward.items()}
    box.outward = {id: box.y + y for id, y in box.outward.items()}


def _column(branches: Branches, move: Move, number: int, x: float) -> Iterator[tuple[str, Box]]:
    taking = branches.injects(move)
    header = _Filling("move", x)
    header.add(f"{number + 1}. {move.title}", "title")
    header.add(f"{move.minutes} min{f', {move.scenario_time}' if move.scenario_time else ''}", "small")
    yield f"move:{move.id}", header.box(branches.into("move", move.id))
    for inject in taking:
        links = [link for link in branches.into("inject", inject.id) if not (link.source == "inject" and link.negated)]
        yield f"inject:{inject.id}", _inject(branches, inject).box(links)
    if others := len(move.injects) - len(taking):
        rest = _Filling("rest", x)
        rest.add(f"{count(others, 'more inject')} on no condition", "small")
        yield f"rest:{move.id}", rest.box([])


def _inject(branches: Branches, inject: Inject) -> _Filling:
    number = branches.index.exercise.moves.index(branches.index.move_of[inject.id])
    filling = _Filling("inject", MARGIN + GUTTER * 0.75 + number * (COLUMN + GUTTER))
    filling.add(inject.title, "title")
    filling.add(f"{time_words(inject)}, {inject.id}", "small")
    excluded = dict.fromkeys(
        branches.name("inject", link.source_id)
        for link in branches.into("inject", inject.id)
        if link.source == "inject" and link.negated
    )
    if excluded:  # mostly the others of a set of which one goes out: too many curves would say nothing
        filling.add(f"asks whether this went out: {'; '.join(excluded)}", "small")
    for decision in inject.decisions:
        if decision.id in branches.decisions:
            filling.decision(decision)
    return filling


class _Filling:
    """A box that is being filled, line by line."""

    def __init__(self, kind: str, x: float) -> None:
        self._box = Box(kind, x, 0)
        self._y = float(PAD)

    def add(self, text: str, kind: str) -> None:
        """A text, in as many lines as it takes."""
        for words in wrapped(text, int((COLUMN - 2 * PAD) / _LETTER[kind])):
            self._y += LINE
            self._box.texts.append(Text(self._y - 4, words, kind))

    def decision(self, decision: Decision) -> None:
        """A decision whose choice is read: curves leave from its name."""
        self._y += 3
        self.add(f"? {decision.id}", "decision")
        self._box.outward[decision.id] = self._y - LINE / 2

    def box(self, links: Sequence[Link]) -> Box:
        """The box, with a place at its side for each link that arrives."""
        labels = {link: wrapped(link.phrase, int(GUTTER * 0.75 / _LETTER["label"])) for link in links}
        wanted = sum(len(lines) * LABEL_LINE + 4 for lines in labels.values())
        self._box.labels = labels
        self._box.height = max(self._y, wanted) + PAD
        free = (self._box.height - wanted) / (len(links) + 1)
        y = free
        for link, lines in labels.items():
            taken = len(lines) * LABEL_LINE + 4
            self._box.inward[link] = y + taken / 2
            y += taken + free
        return self._box


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many letters."""
    lines, line = [], ""
    for word in text.split():
        while columns(word) > width:  # a long word, or a language without spaces
            cut = max(1, next(at for at in range(len(word), 0, -1) if at == 1 or columns(word[:at]) <= width))
            if line:
                lines.append(line)
                line = ""
            lines.append(word[:cut])
            word = word[cut:]  # noqa: PLW2901 - what is left of it
        if line and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line] if line else lines
