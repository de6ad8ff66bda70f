"""What the ids of a session are called, for sentences about it: titles, questions, names of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tabletop.journal.event import Event
from tabletop.review.phrases import and_listed, straight
from tabletop.review.speech import fixed
from tabletop.scenario.index import Index
from tabletop.scenario.model import CONTROL
from tabletop.session.events import Moved


def made_on_the_spot(events: Iterable[Event]) -> dict[str, str]:
    """What a session brought in itself, also where it was taken back: titles of injects and questions of
    decisions by id, options as ``DECISION=OPTION``, participants' names as ``@ID``, requests as ``?ID``,
    corrective actions as ``+ID``."""
    names: dict[str, str] = {}
    for event in events:
        data = event.data
        match event.type:
            case "participant_joined":
                names[f"@{data.get('id')}"] = str(data.get("name") or "")
            case "request_raised":
                names[f"?{data.get('id')}"] = str(data.get("text") or "")
            case "action_agreed":
                names[f"+{data.get('id')}"] = str(data.get("action") or "")
            case "decision_asked" if data.get("question"):
                names |= _decision_names(data, "decision")
            case "inject_written":
                for inject in _maps([data.get("inject")]):
                    names[str(inject.get("id"))] = str(inject.get("title", ""))
                    for asked in _maps(inject.get("decisions")):
                        names |= _decision_names(asked, "id")
    return names


def _decision_names(asked: Mapping[str, Any], key: str) -> dict[str, str]:
    id = str(asked.get(key))
    options = {f"{id}={each.get('id')}": str(each.get("text", "")) for each in _maps(asked.get("options"))}
    return {id: str(asked.get("question", "")), **options}


def _maps(value: object) -> Iterator[dict[str, Any]]:
    """The maps in a list; anything else that a log may hold there is passed over."""
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


@dataclass(frozen=True, slots=True)
class Teller:
    """Names things as players and facilitators know them; ``names`` are those of ``made_on_the_spot``."""

    index: Index
    names: Mapping[str, str] = field(default_factory=dict)

    def quote(self, text: str) -> str:
        """A title, or what somebody said, in quotation marks."""
        return straight(text)

    def cell(self, id: str | None) -> str:
        """A cell's name."""
        known = self.index.cells.get(id or "")
        if known and known.id == CONTROL and known not in self.index.exercise.cells:
            return fixed("Control")
        return known.name if known else id or fixed("nobody")

    def cells(self, ids: Iterable[str]) -> str:
        """Cells by name; everyone where it is all players."""
        named = tuple(ids)
        if len(named) > 1 and set(named) >= set(self.index.players):
            return "everyone"
        return self.each(named)

    def each(self, ids: Iterable[str]) -> str:
        """Cells by name, one by one."""
        return and_listed(self.cell(id) for id in ids) or fixed("nobody")

    def title(self, id: str) -> str:
        """An inject's title."""
        known = self.index.injects.get(id)
        return known.title if known else self.names.get(id) or id

    def inject(self, id: str) -> str:
        """An inject's title, in quotes."""
        return self.quote(self.title(id))

    def expected(self, inject: str, number: int) -> str:
        """What an inject expects of players; the number where the exercise does not have it."""
        known = self.index.injects.get(inject)
        expects = known.expects if known else ()
        return expects[number - 1] if 0 < number <= len(expects) else fixed("number {number}", number=number)

    def move(self, id: str) -> str:
        """A move's title, in quotes."""
        known = self.index.moves.get(id)
        return self.quote(known.title if known else id)

    def question(self, id: str) -> str:
        """A decision's question, in quotes."""
        known = self.index.decisions.get(id)
        return self.quote(_row(known.question if known else self.names.get(id) or id))

    def option_text(self, decision: str, id: str) -> str:
        """An option's text."""
        known = self.index.option(decision, id)
        return _row(known.text if known else self.names.get(f"{decision}={id}") or id)

    def option(self, decision: str, id: str) -> str:
        """An option's text, in quotes."""
        return self.quote(self.option_text(decision, id))

    def objective(self, id: str) -> str:
        """An objective's text, in quotes."""
        known = self.index.objectives.get(id)
        return self.quote(_row(known.text if known else id))

    def person(self, id: str) -> str:
        """A participant's name; of anybody else what was typed."""
        return self.names.get(f"@{id}") or id

    def request(self, id: str) -> str:
        """What was asked of control, in quotes; its id where that is not known."""
        return self.quote(self.names[f"?{id}"]) if self.names.get(f"?{id}") else id

    def action(self, id: str) -> str:
        """A corrective action, in quotes; its id where that is not known."""
        return self.quote(self.names[f"+{id}"]) if self.names.get(f"+{id}") else id

    def track(self, id: str) -> str:
        """A track's name."""
        known = self.index.tracks.get(id)
        return known.name if known else id

    def at(self, cell: str | None, inject: str | None = None) -> str:
        """Behind something that a cell said, on an inject perhaps, or nobody in particular."""
        places = [self.cell(cell) if cell else "", fixed("on {inject}", inject=self.inject(inject)) if inject else ""]
        said = fixed(", ").join(place for place in places if place)
        return fixed(" ({said})", said=said) if said else ""

    def moved(self, tracks: Moved | None) -> str:
        """What an event did to tracks: `` [Trust 6 to 5]``."""
        parts = []
        for id, (before, after) in (tracks or {}).items():
            parts.append(f"{self.track(id)} {f'{before} to {after}' if before != after else f'stays {after}'}")
        return f" [{', '.join(parts)}]" if parts else ""


def _row(text: str) -> str:
    """A text of the exercise in one line."""
    return " ".join(text.split())
