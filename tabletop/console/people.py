"""People as they are typed at set-up: one a line, what else is said of them in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tabletop.console.safe import one_line
from tabletop.scenario.model import Exercise
from tabletop.session.state import Participant

AS_IT_STANDS = "Correct it; a second time it is taken as it stands."
_KINDS = {"player", "facilitator", "control", "evaluator", "observer"}


@dataclass(frozen=True)
class Person:
    """Somebody who came."""

    name: str
    role: str = ""
    cell: str | None = None
    lead: bool = False
    kind: str = "player"

    def command(self) -> dict[str, Any]:
        """The command that lets them join."""
        said = {"do": "join", "name": self.name, "role": self.role, "cell": self.cell, "kind": self.kind}
        return {key: value for key, value in said.items() if value} | ({"lead": True} if self.lead else {})


def read_people(text: str, exercise: Exercise) -> list[Person]:
    """``Kim Minji, Vice Minister, rok, lead``: the name first, then role, cell, lead, kind as they come."""
    return [_person(line, exercise) for line in map(str.strip, text.splitlines()) if line]


def _person(line: str, exercise: Exercise) -> Person:
    name, *rest = (part.strip() for part in line.split("\t" if "\t" in line else ","))
    cells = {each.id.casefold(): each.id for each in exercise.cells}
    cells |= {each.name.casefold(): each.id for each in exercise.cells}
    role, cell, lead, kind = [], None, False, "player"
    for part in filter(None, rest):
        word = part.casefold()
        if word == "lead":
            lead = True
        elif word in _KINDS:
            kind = word
        elif word in cells:
            cell = cells[word]
        else:
            role.append(part)
    return Person(name, ", ".join(role), cell, lead, kind)


def doubts(text: str, exercise: Exercise) -> str:
    """Whose cell is not plain, and what may be meant; empty where nothing is in doubt."""
    known = _words_known(exercise)
    said = []
    for person in read_people(text, exercise):
        parts = [part for part in person.role.split(", ") if part]
        near = {part: _nearest(part, known) for part in parts}
        meant = [f"'{part}' may be meant for {known[word]}" for part, word in near.items() if word]
        if person.cell is None and person.kind == "player" and parts:
            said.append(f"{person.name}: no cell is named{f'; {meant[0]}' if meant else ''}.")
        elif meant and any(word == "lead" for word in near.values()) and not person.lead:
            said.append(f"{person.name}: {meant[0]}.")
    cells = ", ".join(f"{cell.id} ({one_line(cell.name)})" for cell in exercise.cells)
    return f"{' '.join(said)} The cells are {cells}." if said else ""


def _words_known(exercise: Exercise) -> dict[str, str]:
    """What is known besides roles, in small letters, and how it is written."""
    named = {each.name.casefold(): each.name for each in exercise.cells}
    ids = {each.id.casefold(): each.id for each in exercise.cells}
    return {**named, **ids, **{word: word for word in (*sorted(_KINDS), "lead")}}


def _nearest(part: str, known: dict[str, str]) -> str:
    return next(iter(get_close_matches(part.casefold(), known, n=1, cutoff=0.7)), "")


def tally(people: Sequence[Person], exercise: Exercise) -> str:
    """How many came for each cell and who leads; whom no cell was found for."""
    said = []
    for cell in exercise.cells:
        there = [person for person in people if person.cell == cell.id]
        lead = next((person.name for person in there if person.lead), "no lead")
        said.append(f"{one_line(cell.name)} {len(there)}" + (f" ({one_line(lead)})" if there else ""))
    others = [f"{one_line(each.name)} ({each.kind})" for each in people if each.cell is None and each.kind != "player"]
    lost = [one_line(each.name) for each in people if each.cell is None and each.kind == "player"]
    said += others
    return ", ".join(said) + (f". No cell is named for: {', '.join(lost)}" if lost else "")


def line_of(person: Participant) -> str:
    """Somebody who takes part, as the line that would be typed for them."""
    kind = person.kind if person.kind != "player" else ""
    parts = (person.name, person.role, person.cell or "", "lead" if person.lead else "", kind)
    return ", ".join(one_line(part) for part in parts if part)


def changes(typed: Sequence[Person], there: Sequence[Participant]) -> list[dict[str, Any]]:
    """The commands that make of those who are there what was typed; people are known by their names."""
    known = {one_line(person.name): person for person in there}
    commands: list[dict[str, Any]] = []
    for person in typed:
        old = known.pop(person.name, None)
        if old is None:
            commands.append(person.command())
        elif moved := _moved(person, old):
            commands.append({"do": "shift", "id": old.id, **moved})
    return commands + [{"do": "leave", "id": gone.id} for gone in known.values()]


def _moved(person: Person, old: Participant) -> dict[str, Any]:
    moved: dict[str, Any] = {"lead": person.lead} if person.lead != old.lead else {}
    if person.cell and person.cell != old.cell:
        moved["cell"] = person.cell
    if person.role and person.role != one_line(old.role):
        moved["role"] = person.role
    return moved
