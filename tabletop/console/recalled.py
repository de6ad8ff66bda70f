"""What the record says of what is at hand: an event in words, marks so far, proposals not ruled on."""

from __future__ import annotations

from tabletop.console import words
from tabletop.journal.event import Event
from tabletop.session.session import Session
from tabletop.session.state import State


def describe(event: Event, state: State) -> str:
    """What an event says in one line, with the names of what was brought in on the spot."""
    from tabletop.review import wording

    if event.type == "deadline_set" and state.deadline and state.deadline == event.data.get("at"):
        return f"To finish by {words.wall(state.deadline)[:5]}"
    play = state.play
    names = {id: inject.title for id, inject in play.written.items()}
    names |= {id: put.decision.question for id, put in play.put.items()}
    names |= {f"@{id}": person.name for id, person in state.participants.items()}
    asked = [*(put.decision for put in play.put.values())]
    asked += [decision for inject in play.written.values() for decision in inject.decisions]
    names |= {f"{each.id}={option.id}": option.text for each in asked for option in each.options}
    return wording.describe(event, state.index, names)


def marks(session: Session, inject: str) -> dict[tuple[int, str], str]:
    """Whether expected actions of an inject were met, by number and cell ("" for the room); newest marks count."""
    taken, found = session.state.taken_back, dict[tuple[int, str], str]()
    for event in session.events:
        if event.type == "expectation_marked" and event.data.get("inject") == inject and event.seq not in taken:
            found[event.data.get("number", 0), event.data.get("cell", "")] = str(event.data.get("met", ""))
    return found


def proposals(session: Session) -> tuple[tuple[str, str], ...]:
    """The proposals that no ruling is about yet, each with its id, the newest first."""
    taken, found = session.state.taken_back, dict[str, str]()
    for event in session.events:
        if event.seq in taken:
            continue
        if event.type == "argument_made":
            found[str(event.data.get("id"))] = str(event.data.get("proposal", ""))
        elif event.type == "ruling_made":
            found = {id: text for id, text in found.items() if text != event.data.get("about")}
    return tuple(reversed(found.items()))
