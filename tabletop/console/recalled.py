"""What the record says of what is at hand: an event in words, marks so far, proposals not ruled on."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from tabletop.console import words
from tabletop.journal.event import Event
from tabletop.session.session import Session

_NAMES: WeakKeyDictionary[Session, tuple[int, dict[str, str]]] = WeakKeyDictionary()
"""For each session the names of what was brought in on the spot, and after how many events."""


def describe(event: Event, session: Session) -> str:
    """What an event says in one line: names and titles, local times, and what a correction takes back."""
    from tabletop.review import wording

    return told(event, session, wording.describe(event, session.state.index, _names(session)))


def told(event: Event, session: Session, plain: str) -> str:
    """The words of an event, with what they leave to be looked up: a time of day, what was taken back."""
    data = event.data
    if event.type == "deadline_set" and (at := _time(data.get("at"))):
        return f"To finish by {at}"
    if event.type == "event_undone":
        return _with(plain, data.get("undoes", ()), session)
    if event.type == "entry_withdrawn":
        return _with(plain, [data.get("withdraws")], session)
    return plain


def _time(at: object) -> str:
    try:
        return words.wall(str(at))[:5]
    except ValueError:
        return ""


def _with(plain: str, seqs: Iterable[object], session: Session) -> str:
    events = [session.events[seq] for seq in seqs if isinstance(seq, int) and 0 <= seq < len(session.events)]
    said = "; ".join(describe(each, session) for each in events if each.type not in ("event_undone", "entry_withdrawn"))
    return f"{plain}: {said}" if said else plain


def _names(session: Session) -> dict[str, str]:
    from tabletop.review.wording import made_on_the_spot

    count, names = _NAMES.get(session, (0, {}))
    if count != len(session.events):
        names = {**names, **made_on_the_spot(session.events[count:])}
        _NAMES[session] = len(session.events), names
    return names


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


def at_hand(session: Session) -> str:
    """The newest proposal's id, where no ruling was made since it was; else an empty string."""
    taken = session.state.taken_back
    for event in reversed(session.events):
        if event.seq not in taken and event.type in ("argument_made", "ruling_made"):
            return str(event.data.get("id")) if event.type == "argument_made" else ""
    return ""
