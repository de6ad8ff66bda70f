"""What each act of play changes: the part of the fold that undo takes back.

After each event only the injects that read a changed fact are asked again whether their `when` holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from rpds import HashTrieMap

from tabletop.journal.event import Event
from tabletop.scenario.conditions import Fact, always, compile_condition, reads
from tabletop.scenario.model import Decision, Inject
from tabletop.session.state import (
    Action,
    Answer,
    Asked,
    Entry,
    Marked,
    MoveRun,
    Play,
    Put,
    Rating,
    Reading,
    Released,
    Request,
    State,
)
from tabletop.session.taking_back import taken_out

Change = Callable[[State, Event], tuple[Play, Iterable[Fact]]]


def played(state: State, event: Event) -> Play:
    """The play after an event of play."""
    play, facts = CHANGES[event.type](state, event)
    tracks, moved = tracks_after(play, event.data)
    play = replace(play, tracks=tracks)
    if event.type == "move_started":
        return _assessed_anew(state, play, event.clock)
    return _assessed(state, play, {*facts, *moved}, event.clock)


def tracks_after(play: Play, data: dict[str, Any]) -> tuple[HashTrieMap[str, int], list[Fact]]:
    """The tracks as the event recorded them, and which of them it changed."""
    tracks, moved = play.tracks, list[Fact]()
    for track, (_, after) in data.get("tracks", {}).items():
        if tracks.get(track) != after:
            tracks = tracks.insert(track, after)
            moved.append(("track", track))
    return tracks, moved


def shifted(play: Play, by: float) -> Play:
    """The play with its clock readings moved, because the clock was set."""
    if not by:
        return play
    asked = {place: replace(ask, clock=ask.clock + by) for place, ask in play.asked.items()}
    return replace(
        play,
        move=replace(play.move, started=play.move.started + by) if play.move else None,
        asked=HashTrieMap(asked),
        holds_since=HashTrieMap({inject: since + by for inject, since in play.holds_since.items()}),
    )


# --- whose `when` holds ------------------------------------------------------------------------------


def _assessed(state: State, play: Play, facts: Iterable[Fact], clock: float) -> Play:
    if play.move is None:
        return play
    since = play.holds_since
    for inject in _readers(state, play, facts, play.move.id):
        holds = _holds(state, play, inject)
        if holds and inject not in since:
            since = since.insert(inject, clock)
        elif not holds and inject in since:
            since = since.remove(inject)
    return play if since is play.holds_since else replace(play, holds_since=since)


def _readers(state: State, play: Play, facts: Iterable[Fact], move: str) -> set[str]:
    index, injects = state.index, set[str]()
    for fact in facts:
        injects.update(each for each in index.readers.get(fact, ()) if index.move_of[each].id == move)
        injects.update(each for each in play.written_readers.get(fact, ()) if play.written_in[each] == move)
    return injects


def _holds(state: State, play: Play, inject: str) -> bool:
    written = play.written_holds.get(inject)
    return (written or state.index.condition(inject))(play.tracks, play.released, play.chosen)


def _assessed_anew(state: State, play: Play, clock: float) -> Play:
    move = play.move
    known = state.index.moves.get(move.id) if move else None
    if known is None:
        return replace(play, holds_since=HashTrieMap())
    injects = [each.id for each in known.injects if state.index.conditional(each.id)]
    injects += [each for each in play.written_holds if play.written_in[each] == known.id]
    return replace(
        play, holds_since=HashTrieMap({each: clock for each in injects if _holds(state, play, each)})
    )


# --- moves and injects -------------------------------------------------------------------------------


def _move_started(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, move = state.play, event.data["move"]
    number = play.visits.get(move, 0) + 1
    moves_played = play.moves_played if move in play.visits else (*play.moves_played, move)
    run = MoveRun(move, number, event.clock, 0, event.seq)
    return replace(play, move=run, moves_played=moves_played, visits=play.visits.insert(move, number)), ()


def _inject_released(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id, cells = state.play, event.data["inject"], tuple(event.data.get("cells", ()))
    released = Released(event.seq, event.clock, cells, play.move.id if play.move else None)
    play = replace(
        play,
        released=play.released.insert(id, released),
        entries=play.entries.insert(event.seq, Entry(event.type, id)),
    )
    return _asked_by(state, play, event, id, cells), [("released", id)]


def _asked_by(state: State, play: Play, event: Event, id: str, cells: tuple[str, ...]) -> Play:
    """Ask an inject's decisions of those that were given it, and of those it does not go to at all.

    A cell that the inject goes to and that has not got it yet is asked when it is revealed to it.
    """
    inject = state.original(id)
    if inject is None:
        return play
    got = play.released[id].cells
    waiting = set(state.index.addressees(inject)) - set(got)
    asked = play.asked
    for decision in inject.decisions:
        for cell in state.decision_cells(decision.id):
            first = event.type == "inject_released" or cell in cells
            if first and cell not in waiting:
                place = (decision.id, cell)
                owed = place not in play.answers
                ask = Asked(event.seq, event.clock, decision.minutes, 0, owed, again=False)
                asked = asked.insert(place, ask)
    return replace(play, asked=asked)


def _inject_revealed(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id, cells = state.play, event.data["inject"], tuple(event.data["cells"])
    known = play.released.get(id)
    if known is None:
        return play, ()
    more = replace(known, cells=(*known.cells, *cells), reveals=(*known.reveals, (event.seq, cells)))
    play = replace(
        play,
        released=play.released.insert(id, more),
        entries=play.entries.insert(event.seq, Entry(event.type, id, cells)),
    )
    return _asked_by(state, play, event, id, cells), ()


def _inject_skipped(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["inject"]
    mark = Marked(event.seq, event.data.get("reason", ""))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return replace(play, skipped=play.skipped.insert(id, mark), entries=entries), ()


def _inject_held(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["inject"]
    mark = Marked(event.seq, event.data.get("reason", ""))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return replace(play, held=play.held.insert(id, mark), entries=entries), ()


def _inject_reworded(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["inject"]
    before = play.reworded.get(id, {})
    given: dict[str, Any] = {key: event.data[key] for key in ("title", "text") if key in event.data}
    private = {**before.get("private", {}), **event.data.get("private", {})}
    return replace(play, reworded=play.reworded.insert(id, {**before, **given, "private": private})), ()


def _inject_written(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play = state.play
    inject = Inject.model_validate(event.data["inject"], extra="ignore")
    decisions = play.written_decisions
    for decision in inject.decisions:
        decisions = decisions.insert(decision.id, inject.id)
    move = play.move.id if play.move else None
    play = replace(
        play,
        written=play.written.insert(inject.id, inject),
        written_in=play.written_in.insert(inject.id, move),
        written_decisions=decisions,
    )
    return _with_condition(state, play, inject, event.clock), ()


def _with_condition(state: State, play: Play, inject: Inject, clock: float) -> Play:
    holds = compile_condition(inject.when, state.index)
    if holds is always:
        return play
    readers = play.written_readers
    for fact in reads(inject.when):
        readers = readers.insert(fact, (*readers.get(fact, ()), inject.id))
    since = play.holds_since
    if holds(play.tracks, play.released, play.chosen):
        since = since.insert(inject.id, clock)
    written_holds = play.written_holds.insert(inject.id, holds)
    return replace(play, written_holds=written_holds, written_readers=readers, holds_since=since)


# --- decisions ---------------------------------------------------------------------------------------


def _decision_asked(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, data = state.play, event.data
    id, cells = data["decision"], tuple(data["cells"])
    if "question" in data:
        play = replace(play, put=play.put.insert(id, Put(_put(data), cells)))
    known = play.put[id].decision if id in play.put else state.decision(id)
    if known is None:
        return play, ()
    if id in play.put:
        more = tuple(cell for cell in cells if cell not in play.put[id].cells)
        play = replace(play, put=play.put.insert(id, Put(known, (*play.put[id].cells, *more))))
    minutes, asked = data.get("minutes", known.minutes), play.asked
    for cell in cells:
        asked = asked.insert((id, cell), Asked(event.seq, event.clock, minutes, 0, owed=True, again=True))
    return replace(play, asked=asked), ()


def _put(data: dict[str, Any]) -> Decision:
    keys = {
        "id": data["decision"],
        "question": data["question"],
        "cells": data["cells"],
        "minutes": data.get("minutes", 0),
        "options": data.get("options", ()),
    }
    return Decision.model_validate(keys, extra="ignore")


def _time_granted(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, minutes = state.play, event.data["minutes"]
    if "decision" not in event.data:
        if play.move is None or play.move.id != event.data.get("move"):
            return play, ()
        return replace(play, move=replace(play.move, granted=play.move.granted + minutes)), ()
    asked, id = play.asked, event.data["decision"]
    for cell in state.decision_cells(id):
        ask = asked.get((id, cell))
        if ask is not None and ask.owed:
            asked = asked.insert((id, cell), replace(ask, granted=ask.granted + minutes))
    return replace(play, asked=asked), ()


def _decision_recorded(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    return _answered(state.play, event, None)


def _decision_revised(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    places = [(event.data["decision"], cell) for cell in event.data["cells"]]
    replaced = next((state.play.answers[place] for place in places if place in state.play.answers), None)
    return _answered(state.play, event, replaced)


def _answered(play: Play, event: Event, replaced: Answer | None) -> tuple[Play, Iterable[Fact]]:
    data = event.data
    id, cells = data["decision"], tuple(data["cells"])
    moved = dict(replaced.moved) if replaced else {}
    for track, (before, after) in data.get("tracks", {}).items():
        moved[track] = moved.get(track, 0) + after - before
    answers, chosen, asked = play.answers, play.chosen, play.asked
    for cell in cells:
        place = (id, cell)
        answer = Answer(
            seq=event.seq,
            first=replaced.first if replaced else event.seq,
            clock=event.clock,
            decision=id,
            cells=cells,
            option=data.get("option"),
            text=data.get("text"),
            counts_as=data.get("counts_as"),
            outcome=data.get("outcome", "answered"),
            moved=moved,
            previous=answers.get(place),
        )
        answers, chosen = answers.insert(place, answer), chosen.insert(place, answer.counted)
        if replaced is None and place in asked:
            asked = asked.insert(place, replace(asked[place], owed=False))
    entries = play.entries.insert(event.seq, Entry(event.type, id, cells))
    play = replace(play, answers=answers, chosen=chosen, asked=asked, entries=entries)
    return play, [("chose", id)]


def _consequence_read(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["decision"]
    reading = Reading(event.seq, event.data["option"], tuple(event.data["cells"]))
    readings = play.readings.insert(id, (*play.readings.get(id, ()), reading))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return replace(play, readings=readings, entries=entries), ()


# --- requests, ratings, actions ----------------------------------------------------------------------


def _request_raised(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, data = state.play, event.data
    request = Request(event.seq, data["cell"], data["text"], event.clock)
    entries = play.entries.insert(event.seq, Entry(event.type, data["id"]))
    play = replace(play, requests=play.requests.insert(data["id"], request), entries=entries)
    return _numbered(play, "requests"), ()


def _request_answered(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["id"]
    if id not in play.requests:
        return play, ()
    request = replace(play.requests[id], answered=event.data["text"], answer_seq=event.seq)
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return replace(play, requests=play.requests.insert(id, request), entries=entries), ()


def _argument_made(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    arguments = state.play.arguments.insert(event.data["id"], event.data["cell"])
    return _numbered(replace(state.play, arguments=arguments), "arguments"), ()


def _numbered(play: Play, kind: str) -> Play:
    """Count what was ever made of a kind, so that a number is not used twice after a withdrawal."""
    return replace(play, serials=play.serials.insert(kind, play.serials.get(kind, 0) + 1))


def _objective_rated(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["objective"]
    rating = Rating(event.seq, event.data["rating"], event.data.get("text", ""), play.ratings.get(id))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return replace(play, ratings=play.ratings.insert(id, rating), entries=entries), ()


def _action_agreed(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, data = state.play, event.data
    texts = {key: data.get(key, "") for key in ("owner", "start", "due")}
    action = Action(event.seq, data["action"], data.get("objective"), **texts)
    entries = play.entries.insert(event.seq, Entry(event.type, data["id"]))
    play = replace(play, actions=play.actions.insert(data["id"], action), entries=entries)
    return _numbered(play, "actions"), ()


def _action_closed(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["id"]
    if event.data.get("log") or id not in play.actions:
        return play, ()
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    actions = play.actions.insert(id, replace(play.actions[id], closed=True))
    return replace(play, actions=actions, entries=entries), ()


def _only_tracks(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    return state.play, ()


def _entry_withdrawn(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, seq = state.play, event.data["withdraws"]
    play, facts = taken_out(play, seq, state)
    return replace(play, withdrawn=play.withdrawn.insert(seq)), facts


CHANGES: dict[str, Change] = {
    "move_started": _move_started,
    "inject_released": _inject_released,
    "inject_revealed": _inject_revealed,
    "inject_skipped": _inject_skipped,
    "inject_held": _inject_held,
    "inject_reworded": _inject_reworded,
    "inject_written": _inject_written,
    "decision_asked": _decision_asked,
    "time_granted": _time_granted,
    "decision_recorded": _decision_recorded,
    "decision_revised": _decision_revised,
    "consequence_read": _consequence_read,
    "act_recorded": _only_tracks,
    "request_raised": _request_raised,
    "request_answered": _request_answered,
    "argument_made": _argument_made,
    "ruling_made": _only_tracks,
    "track_set": _only_tracks,
    "objective_rated": _objective_rated,
    "action_agreed": _action_agreed,
    "action_closed": _action_closed,
    "entry_withdrawn": _entry_withdrawn,
}
"""How each event of play changes the play, besides the tracks that it carries."""
