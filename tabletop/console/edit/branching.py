"""What hangs on what: the injects and moves that a choice, a track or a release opens or closes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Effect
from tabletop.session.schedule import condition_words


class Link(NamedTuple):
    """A `when` that reads a fact: `opens` by asking for it, or closes by asking for its absence.

    ``place`` is the decision, decision/cell, track or inject that is read; ``asks`` the options or the comparison.
    """

    opens: bool
    kind: Literal["move", "inject"]
    id: str
    fact: Literal["chose", "track", "released"]
    place: str
    asks: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class Branches:
    """Every link of an exercise, in file order."""

    index: Index
    links: tuple[Link, ...]

    @classmethod
    def of(cls, index: Index) -> Branches:
        """Read them off the conditions."""
        found: list[Link] = []
        for move in index.exercise.moves:
            found += _links(move.when, "move", move.id)
            for inject in move.injects:
                found += _links(inject.when, "inject", inject.id)
        return cls(index, tuple(found))

    def on_choice(self, decision: str, option: str) -> Iterator[str]:
        """What choosing that option opens or closes, in words."""
        for link in self.links:
            asked, _, cell = link.place.partition("/")
            if link.fact == "chose" and asked == decision:
                whose = f" if it is {self._cell(cell)} that chooses it" if cell else ""
                if option in link.asks:
                    yield f"{self._said(link)}{whose}"

    def on_track(self, track: str) -> Iterator[str]:
        """What a track opens or closes, and from which values on."""
        for link in self.links:
            if link.fact == "track" and link.place == track:
                yield f"{link.asks[0]} {self._said(link)}"

    def on_release(self, inject: str) -> Iterator[str]:
        """What the release of an inject opens or closes."""
        for link in self.links:
            if link.fact == "released" and link.place == inject:
                yield self._said(link)

    def _said(self, link: Link) -> str:
        thing = self.index.moves[link.id] if link.kind == "move" else self.index.injects[link.id]
        what = f"the move {thing.title}" if link.kind == "move" else thing.title
        also = "" if link.alone else f", asked with others: {condition_words(thing.when, self.index)}"
        return f"{'opens' if link.opens else 'closes'} {what} ({link.id}{also})"

    def _cell(self, cell: str) -> str:
        return self.index.cells[cell].name if cell in self.index.cells else cell


def _links(when: Condition | None, kind: Literal["move", "inject"], id: str) -> list[Link]:
    found = list(_read(when, True)) if when is not None else []
    return [Link(opens, kind, id, fact, place, asks, len(found) == 1) for opens, fact, place, asks in found]


def _read(
    when: Condition, opens: bool
) -> Iterator[tuple[bool, Literal["chose", "track", "released"], str, tuple[str, ...]]]:
    """Each fact that a condition asks for, or with ``not`` for the absence of."""
    for place, options in when.chose.items():
        yield opens, "chose", place, options
    for track, comparison in when.track.items():
        yield opens, "track", track, (comparison,)
    for inject in when.released:
        yield opens, "released", inject, ()
    for part in when.any_ or ():
        yield from _read(part, opens)
    if when.not_ is not None:
        yield from _read(when.not_, not opens)


def effect_words(effects: Mapping[str, Effect]) -> str:
    """What is done to tracks, by their ids, as it is written: ``trust +1, fuel =3``."""
    return ", ".join(f"{track} {f'{does:+}' if isinstance(does, int) else does}" for track, does in effects.items())
