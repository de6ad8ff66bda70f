"""Who answers when nobody is in the room: choices given beforehand, else by weight with a seed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tabletop.errors import UsageError
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision
from tabletop.session.faults import did_you_mean

Place = tuple[str, str]
"""A decision and one of the cells that answer it."""


@dataclass(frozen=True, slots=True)
class Given:
    """One choice given beforehand, as ``DECISION[/CELL]=OPTION``; `cell` is None where it is for all."""

    decision: str
    cell: str | None
    option: str

    def __str__(self) -> str:
        place = self.decision if self.cell is None else f"{self.decision}/{self.cell}"
        return f"{place}={self.option}"


class Choices:
    """All choices given beforehand; one for a cell beats the one for all cells of its decision."""

    def __init__(self, given: Iterable[Given] = ()) -> None:
        self.given = tuple(given)
        self._options = {(each.decision, each.cell): each.option for each in self.given}

    def option(self, decision: str, cells: Sequence[str]) -> str | None:
        """The option given for an answer of these cells, if any."""
        for cell in (*cells, None):
            if (decision, cell) in self._options:
                return self._options[decision, cell]
        return None

    def never_asked(self, asked: Iterable[Place]) -> tuple[Given, ...]:
        """The choices that found no use, given all that was asked."""
        places = set(asked)
        decisions = {decision for decision, _ in places}
        return tuple(
            each
            for each in self.given
            if (each.decision not in decisions if each.cell is None else (each.decision, each.cell) not in places)
        )


def read_choices(texts: Iterable[str], index: Index) -> Choices:
    """The choices of ``--choose``, each ``DECISION[/CELL]=OPTION``; UsageError for what is unknown."""
    options: dict[tuple[str, str | None], Given] = {}
    for text in texts:
        given = _read(text, index)
        # A joint answer is one: what is given for two of its cells must agree.
        joint = index.decisions[given.decision].together and given.cell is not None
        for other in options.values():
            same = other.cell == given.cell or (joint and other.cell is not None)
            if other.decision == given.decision and same and other.option != given.option:
                raise UsageError(f"--choose {other} and --choose {given} contradict each other.", "Leave one out.")
        options[given.decision, given.cell] = given
    return Choices(options.values())


def _read(text: str, index: Index) -> Given:
    place, sign, option = text.partition("=")
    decision, slash, cell = place.partition("/")
    if not (sign and decision and option) or (slash and not cell):
        raise UsageError(f"'{text}' is no choice.", "Write --choose DECISION=OPTION or DECISION/CELL=OPTION.")
    _known(text, "decision", decision, index.decisions)
    if slash:
        _known(text, f"cell that answers '{decision}':", cell, index.decision_cells(decision))
    options = [each.id for each in index.decisions[decision].options]
    if not options:
        raise UsageError(f"--choose {text}: '{decision}' asks for a text and offers no options.")
    _known(text, f"option of '{decision}':", option, options)
    return Given(decision, cell or None, option)


def _known(text: str, kind: str, id: str, ids: Iterable[str]) -> None:
    if id not in (names := list(ids)):
        raise UsageError(f"--choose {text}: there is no {kind} '{id}'.", did_you_mean(id, names))


class Chooser:
    """Answers for every cell; the same seed and choices give the same answers on every machine.

    Each answer is drawn for itself, so that a choice given for one decision leaves the others as they were.
    ``asked`` collects the places that it was asked about.
    """

    def __init__(self, seed: int, choices: Choices, run: int = 0) -> None:
        # The first of many runs is the one that the plain seed gives.
        self._seed = f"{seed}/{run}" if run else str(seed)
        self._choices = choices
        self.asked: set[Place] = set()

    def __call__(self, decision: Decision, cells: tuple[str, ...]) -> str:
        """The option that these cells choose."""
        self.asked.update((decision.id, cell) for cell in cells)
        return self._choices.option(decision.id, cells) or self._drawn(decision, cells)

    def _drawn(self, decision: Decision, cells: tuple[str, ...]) -> str:
        weights = [max(0, option.weight) for option in decision.options]
        if not any(weights):
            weights = [1] * len(weights)
        # 256 bits of a hash over a small total are even enough, and the same for ever.
        drawn = sha256("\n".join([self._seed, decision.id, *cells]).encode()).digest()
        place = int.from_bytes(drawn, "big") % sum(weights)
        for option, weight in zip(decision.options, weights, strict=True):
            if place < weight:
                return option.id
            place -= weight
        raise AssertionError("a place below the sum of the weights lies within one of them")
