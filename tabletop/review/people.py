"""Who took part: cells, roles, who led, who left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tabletop.review.record import Record
from tabletop.session.events import ParticipantJoined, ParticipantLeft, ParticipantMoved


@dataclass(frozen=True, slots=True)
class Participant:
    """One person, as last recorded.

    ``seqs`` are the events that say so; ``moved`` is whether cell or role changed during the session;
    ``left`` is the seq at which they left, if they did.
    """

    id: str
    name: str
    role: str
    cell: str | None
    lead: bool
    kind: str
    seqs: tuple[int, ...]
    moved: bool = False
    left: int | None = None


def participants(record: Record) -> tuple[Participant, ...]:
    """Everyone who joined, in order of joining; who left stays listed."""
    people: dict[str, Participant] = {}
    for entry in record.standing():
        said = entry.data
        if isinstance(said, ParticipantJoined):
            people[said.id] = Participant(
                said.id, said.name, said.role, said.cell, bool(said.lead), said.kind, (entry.seq,)
            )
        elif isinstance(said, ParticipantMoved) and said.id in people:
            people[said.id] = _moved(people[said.id], said, entry.seq)
        elif isinstance(said, ParticipantLeft) and said.id in people:
            person = people[said.id]
            people[said.id] = replace(person, left=entry.seq, seqs=(*person.seqs, entry.seq))
    return tuple(_once_each(people.values()))


def _once_each(people: Iterable[Participant]) -> Iterator[Participant]:
    """Who was entered twice, with the same name and in the same place, is one person."""
    same: dict[tuple[str, str | None, str], list[Participant]] = {}
    for person in people:
        same.setdefault((person.name.casefold(), person.cell, person.kind), []).append(person)
    for first, *again in same.values():
        everywhere = (first, *again)
        yield replace(
            first,
            role=next((each.role for each in everywhere if each.role), ""),
            lead=any(each.lead for each in everywhere),
            seqs=tuple(sorted(seq for each in everywhere for seq in each.seqs)),
            moved=any(each.moved for each in everywhere),
            left=None if any(each.left is None for each in everywhere) else first.left,
        )


def _moved(person: Participant, said: ParticipantMoved, seq: int) -> Participant:
    return replace(
        person,
        cell=person.cell if said.cell is None else said.cell,
        role=person.role if said.role is None else said.role,
        lead=person.lead if said.lead is None else said.lead,
        seqs=(*person.seqs, seq),
        moved=True,
    )
