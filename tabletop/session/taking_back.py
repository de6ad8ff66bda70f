"""What a withdrawal takes out of the play: one entry, on which nothing rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rpds import HashTrieMap

from tabletop.scenario.conditions import Fact
from tabletop.scenario.index import Index
from tabletop.session.altering import altered
from tabletop.session.state import Entry, Play, Rating

_Taken = tuple[Play, Iterable[Fact]]


def taken_out(play: Play, seq: int, index: Index) -> _Taken:
    """The play without the entry at a seq, and the facts that this changes."""
    entry = play.entries.get(seq)
    if entry is None:
        return play, ()
    play, facts = _TAKE[entry.type](play, seq, entry, index)
    return altered(play, entries=play.entries.discard(seq)), facts


def _release(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    inject = play.original(entry.key, index)
    asked = play.asked
    for decision in inject.decisions if inject else ():
        for cell in play.decision_cells(decision.id, index):
            ask = asked.get((decision.id, cell))
            if ask is not None and ask.seq >= seq:
                asked = asked.remove((decision.id, cell))
    play = altered(play, released=play.released.discard(entry.key), asked=asked)
    return play, [("released", entry.key)]


def _reveal(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    known = play.released.get(entry.key)
    if known is None:
        return play, ()
    reveals = tuple(each for each in known.reveals if each[0] != seq)
    cells = tuple(cell for cell in known.cells if cell not in entry.cells)
    asked = play.asked
    for place, ask in play.asked.items():
        if ask.seq == seq:
            asked = asked.remove(place)
    fewer = altered(known, cells=cells, reveals=reveals)
    return altered(play, released=play.released.insert(entry.key, fewer), asked=asked), ()


def _skip(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    return altered(play, skipped=play.skipped.discard(entry.key)), ()


def _hold(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    return altered(play, held=play.held.discard(entry.key)), ()


def _answer(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    answers, chosen = play.answers, play.chosen
    for cell in entry.cells:
        place = (entry.key, cell)
        top = answers.get(place)
        if top is None or top.seq != seq:
            continue
        before = top.previous
        if before is None:
            answers, chosen = answers.remove(place), chosen.remove(place)
        else:
            answers, chosen = answers.insert(place, before), chosen.insert(place, before.counted)
    return altered(play, answers=answers, chosen=chosen), [("chose", entry.key)]


def _reading(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    left = tuple(each for each in play.readings.get(entry.key, ()) if each.seq != seq)
    return altered(play, readings=play.readings.insert(entry.key, left)), ()


def _request(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    return altered(play, requests=play.requests.discard(entry.key)), ()


def _request_answer(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    request = play.requests.get(entry.key)
    if request is None:
        return play, ()
    open_again = altered(request, answered=None, answer_seq=None)
    return altered(play, requests=play.requests.insert(entry.key, open_again)), ()


def _rating(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    rating = play.ratings.get(entry.key)
    while rating is not None and (rating.seq == seq or rating.seq in play.withdrawn):
        rating = rating.previous
    return altered(play, ratings=_put_back(play, entry.key, rating)), ()


def _put_back(play: Play, key: str, rating: Rating | None) -> HashTrieMap[str, Rating]:
    return play.ratings.discard(key) if rating is None else play.ratings.insert(key, rating)


def _action(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    return altered(play, actions=play.actions.discard(entry.key)), ()


def _action_end(play: Play, seq: int, entry: Entry, index: Index) -> _Taken:
    action = play.actions.get(entry.key)
    if action is None:
        return play, ()
    return altered(play, actions=play.actions.insert(entry.key, altered(action, closed=False))), ()


_TAKE: dict[str, Callable[[Play, int, Entry, Index], _Taken]] = {
    "inject_released": _release,
    "inject_revealed": _reveal,
    "inject_skipped": _skip,
    "inject_held": _hold,
    "decision_recorded": _answer,
    "decision_revised": _answer,
    "consequence_read": _reading,
    "request_raised": _request,
    "request_answered": _request_answer,
    "objective_rated": _rating,
    "action_agreed": _action,
    "action_closed": _action_end,
}
