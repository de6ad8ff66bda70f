"""What requests, arguments, ratings and actions change in the play: what the next ones are judged by."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.journal.event import Event
from tabletop.scenario.conditions import Fact
from tabletop.scenario.index import Index
from tabletop.session.altering import altered
from tabletop.session.state import Action, Entry, Play, Rating, Request


def request_raised(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """A request is open."""
    data = event.data
    request = Request(event.seq, data["cell"], data["text"], event.clock)
    entries = play.entries.insert(event.seq, Entry(event.type, data["id"]))
    play = altered(play, requests=play.requests.insert(data["id"], request), entries=entries)
    return _numbered(play, "requests"), ()


def request_answered(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """A request is answered."""
    id = event.data["id"]
    if id not in play.requests:
        return play, ()
    request = altered(play.requests[id], answered=event.data["text"], answer_seq=event.seq)
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, requests=play.requests.insert(id, request), entries=entries), ()


def argument_made(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """An argument's id is taken."""
    arguments = play.arguments.insert(event.data["id"], event.data["cell"])
    return _numbered(altered(play, arguments=arguments), "arguments"), ()


def _numbered(play: Play, kind: str) -> Play:
    """Count what was ever made of a kind, so that a number is not used twice after a withdrawal."""
    return altered(play, serials=play.serials.insert(kind, play.serials.get(kind, 0) + 1))


def objective_rated(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """The newest rating counts."""
    id = event.data["objective"]
    rating = Rating(event.seq, event.data["rating"], event.data.get("text", ""), play.ratings.get(id))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, ratings=play.ratings.insert(id, rating), entries=entries), ()


def action_agreed(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """An action is open."""
    data = event.data
    texts = {key: data.get(key, "") for key in ("owner", "start", "due")}
    action = Action(event.seq, data["action"], data.get("objective"), **texts)
    entries = play.entries.insert(event.seq, Entry(event.type, data["id"]))
    play = altered(play, actions=play.actions.insert(data["id"], action), entries=entries)
    return _numbered(play, "actions"), ()


def action_closed(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    """An action of this session is done."""
    id = event.data["id"]
    if event.data.get("log") or id not in play.actions:
        return play, ()
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    actions = play.actions.insert(id, altered(play.actions[id], closed=True))
    return altered(play, actions=actions, entries=entries), ()
