"""How an exercise branches: what must have been chosen, reached or released before a move or an inject comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from tabletop.documents.words import minute
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Decision, Inject, Move, Track

Source = Literal["decision", "track", "inject"]


class Link(NamedTuple):
    """A `when` of a move or an inject that reads something.

    ``label`` is what it asks: ``options``, with the cell whose answer counts, or a comparison. ``negated`` asks that it
    be not so; ``alternative`` is one of several that will do.
    """

    source: Source
    source_id: str
    label: str
    target: Literal["move", "inject"]
    target_id: str
    negated: bool
    alternative: bool
    options: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it asks for, as an edge from its source bears it."""
        before = "either not" if self.negated and self.alternative else "not" if self.negated else ""
        return " ".join(part for part in (before or ("either" if self.alternative else ""), self.label) if part)

    @property
    def phrase(self) -> str:
        """The same, where the source of a track is not to be seen."""
        label = {"track": f"{self.source_id} {self.label}", "inject": "went out"}.get(self.source, self.label)
        return self._replace(label=label).words


@dataclass(frozen=True)
class Branches:
    """The branch graph: every link in file order, and what takes part in one."""

    index: Index

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link, each once; what reads something that is not there hangs on nothing."""
        found: list[Link] = []
        for move in self.index.exercise.moves:
            found += self._links(move.when, "move", move.id)
            for inject in move.injects:
                found += self._links(inject.when, "inject", inject.id)
        index = self.index
        known = {"decision": set(index.decisions), "track": set(index.tracks), "inject": set(index.injects)}
        return tuple(dict.fromkeys(link for link in found if link.source_id in known[link.source]))

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """The decisions whose choice is read."""
        read = {link.source_id for link in self.links if link.source == "decision"}
        return {id: each for id, each in self.index.decisions.items() if id in read}

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """The tracks that are read."""
        read = {link.source_id for link in self.links if link.source == "track"}
        return {id: each for id, each in self.index.tracks.items() if id in read}

    def injects(self, move: Move) -> list[Inject]:
        """The injects of a move that take part: with a `when`, read by one, or asking what is read; in time order."""
        released = {link.source_id for link in self.links if link.source == "inject"}
        taking = [
            inject
            for inject in move.injects
            if inject.when is not None
            or inject.id in released
            or any(decision.id in self.decisions for decision in inject.decisions)
        ]
        earliest = self._earliest(move)
        return sorted(taking, key=lambda inject: (inject.contingency, earliest[inject.id]))

    def _earliest(self, move: Move) -> dict[str, tuple[int, int]]:
        """For each inject the minute of its move before which it does not come, and after how many others of it."""
        found = {inject.id: (inject.at, 0) for inject in move.injects}
        for _ in move.injects:  # as often as the longest chain wants; a circle ends, too
            before = dict(found)
            for inject in move.injects:
                for link in self.into("inject", inject.id):
                    source = self._asked_by(link)
                    if source is None or source.id not in before or link.negated or link.alternative:
                        continue
                    minute, depth = before[source.id]
                    answered = self.index.decisions[link.source_id].minutes if link.source == "decision" else 0
                    after = (minute + answered + inject.delay, depth + 1)
                    found[inject.id] = max(found[inject.id][0], after[0]), max(found[inject.id][1], after[1])
            if found == before:
                break
        return found

    def _asked_by(self, link: Link) -> Inject | None:
        """The inject that a link waits for: the one that it reads, or that asks the decision."""
        if link.source == "inject":
            return self.index.injects[link.source_id]
        return self.index.inject_of[link.source_id] if link.source == "decision" else None

    def into(self, target: Literal["move", "inject"], id: str) -> list[Link]:
        """The links that a move or an inject hangs on."""
        return self._into.get((target, id), [])

    @cached_property
    def _into(self) -> dict[tuple[str, str], list[Link]]:
        found: dict[tuple[str, str], list[Link]] = {}
        for link in self.links:
            found.setdefault((link.target, link.target_id), []).append(link)
        return found

    def after(self, decision: str, option: str) -> Iterator[Link]:
        """The links that read whether that option was chosen."""
        for link in self.links:
            if link.source == "decision" and link.source_id == decision and option in link.options:
                yield link

    def name(self, target: Literal["move", "inject"], id: str) -> str:
        """The title of what a link leads to."""
        return self.index.moves[id].title if target == "move" else self.index.injects[id].title

    def _links(self, when: Condition | None, target: Literal["move", "inject"], id: str) -> Iterator[Link]:
        return self._read(when, target, id, negated=False, alternative=False) if when is not None else iter(())

    def _read(
        self, when: Condition, target: Literal["move", "inject"], id: str, *, negated: bool, alternative: bool
    ) -> Iterator[Link]:
        # What must hold together need not fail together: under `not` all of it becomes alternatives, but not `any`.
        together = len(when.chose) + len(when.track) + len(when.released) + bool(when.any_) + bool(when.not_)
        alternative = alternative or (negated and together > 1)
        for place, options in when.chose.items():
            decision, _, cell = place.partition("/")
            label = (f"{self._cell(cell)}: " if cell else "") + " or ".join(options)
            yield Link("decision", decision, label, target, id, negated, alternative, options)
        for track, comparison in when.track.items():
            yield Link("track", track, comparison, target, id, negated, alternative)
        for inject in when.released:
            yield Link("inject", inject, "", target, id, negated, alternative)
        one_of = alternative or (not negated and len(when.any_ or ()) > 1)
        for part in when.any_ or ():
            yield from self._read(part, target, id, negated=negated, alternative=one_of)
        if when.not_ is not None:
            yield from self._read(when.not_, target, id, negated=not negated, alternative=alternative)

    def _cell(self, cell: str) -> str:
        return self.index.cells[cell].name if cell in self.index.cells else cell


def time_words(inject: Inject) -> str:
    """When an inject comes: its minute, or how long after its condition holds, or that it stays in the pocket."""
    if inject.contingency:
        return "in the pocket"
    if inject.when is None or inject.at:
        return minute(inject.at)
    return f"after {inject.delay} min" if inject.delay else "at once"
