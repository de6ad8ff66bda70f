"""What each act of play changes: the part of the fold that undo takes back.

After each event only the injects that read a changed fact are asked again whether their `when` holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rpds import HashTrieMap

from tabletop.journal.event import Event
from tabletop.scenario.conditions import Fact, always, compile_condition, reads
from tabletop.scenario.model import Inject
from tabletop.session import afterwards, answering
from tabletop.session.altering import altered
from tabletop.session.state import (
    Asked,
    Compiled,
    Entry,
    Marked,
    MoveRun,
    Play,
    Released,
    State,
)
from tabletop.session.taking_back import taken_out

Change = Callable[[State, Event], tuple[Play, Iterable[Fact]]]


def played(state: State, event: Event) -> Play:
    """The play after an event of play."""
    play, facts = CHANGES[event.type](state, event)
    tracks, moved = tracks_after(play, event.data)
    if moved:
        play = altered(play, tracks=tracks)
    if event.type == "move_started":
        return _assessed_anew(state, play, event.clock)
    return _assessed(state, play, (*facts, *moved), event.clock)


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
    asked = {place: altered(ask, clock=ask.clock + by) for place, ask in play.asked.items()}
    answers = {place: altered(answer, clock=answer.clock + by) for place, answer in play.answers.items()}
    released = {inject: altered(at, clock=at.clock + by) for inject, at in play.released.items()}
    return altered(
        play,
        move=altered(play.move, started=play.move.started + by) if play.move else None,
        opened=play.opened + by if play.opened is not None else None,
        answers=HashTrieMap(answers),
        released=HashTrieMap(released),
        asked=HashTrieMap(asked),
        holds_since=HashTrieMap({inject: since + by for inject, since in play.holds_since.items()}),
    )


# --- whose `when` holds ------------------------------------------------------------------------------


def _assessed(state: State, play: Play, facts: Iterable[Fact], clock: float) -> Play:
    if play.move is None:
        return play
    since = play.holds_since
    for fact in facts:
        for inject in _readers(state, play, fact, play.move.id):
            holds = _holds(state, play, inject)
            if holds and inject not in since:
                since = since.insert(inject, clock)
            elif not holds and inject in since:
                since = since.remove(inject)
    return play if since is play.holds_since else altered(play, holds_since=since)


def _readers(state: State, play: Play, fact: Fact, move: str) -> list[str]:
    written = [each for each in play.written_readers.get(fact, ()) if play.written_in[each] == move]
    return [*state.index.readers_in(move).get(fact, ()), *written]


def _holds(state: State, play: Play, inject: str) -> bool:
    written = play.written_holds.get(inject)
    holds = written.holds if written else state.index.condition(inject)
    return holds(play.tracks, play.released, play.chosen)


def _assessed_anew(state: State, play: Play, clock: float) -> Play:
    move = play.move
    known = state.index.moves.get(move.id) if move else None
    if known is None:
        return altered(play, holds_since=HashTrieMap())
    injects = [each.id for each in known.injects if state.index.conditional(each.id)]
    injects += [each for each in play.written_holds if play.written_in[each] == known.id]
    return altered(play, holds_since=HashTrieMap({each: clock for each in injects if _holds(state, play, each)}))


# --- moves and injects -------------------------------------------------------------------------------


def _move_started(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, move = state.play, event.data["move"]
    number = play.visits.get(move, 0) + 1
    moves_played = play.moves_played if move in play.visits else (*play.moves_played, move)
    run = MoveRun(move, number, event.clock, 0, event.seq)
    opened = event.clock if play.opened is None else play.opened
    visits = play.visits.insert(move, number)
    return altered(play, move=run, moves_played=moves_played, visits=visits, opened=opened), ()


def _inject_released(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id, cells = state.play, event.data["inject"], tuple(event.data.get("cells", ()))
    released = Released(event.seq, event.clock, cells, play.move.id if play.move else None)
    play = altered(
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
    return altered(play, asked=asked)


def _inject_revealed(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id, cells = state.play, event.data["inject"], tuple(event.data["cells"])
    known = play.released.get(id)
    if known is None:
        return play, ()
    more = altered(known, cells=(*known.cells, *cells), reveals=(*known.reveals, (event.seq, cells)))
    play = altered(
        play,
        released=play.released.insert(id, more),
        entries=play.entries.insert(event.seq, Entry(event.type, id, cells)),
    )
    return _asked_by(state, play, event, id, cells), ()


def _inject_skipped(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["inject"]
    mark = Marked(event.seq, event.data.get("reason", ""))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, skipped=play.skipped.insert(id, mark), entries=entries), ()


def _inject_held(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["inject"]
    mark = Marked(event.seq, event.data.get("reason", ""))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, held=play.held.insert(id, mark), entries=entries), ()


def _inject_reworded(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, id = state.play, event.data["inject"]
    before = play.reworded.get(id, {})
    given: dict[str, Any] = {key: event.data[key] for key in ("title", "text") if key in event.data}
    private = {**before.get("private", {}), **event.data.get("private", {})}
    return altered(play, reworded=play.reworded.insert(id, {**before, **given, "private": private})), ()


def _inject_written(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play = state.play
    inject = Inject.model_validate(event.data["inject"], extra="ignore")
    decisions = play.written_decisions
    for decision in inject.decisions:
        decisions = decisions.insert(decision.id, inject.id)
    move = play.move.id if play.move else None
    play = altered(
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
    written_holds = play.written_holds.insert(inject.id, Compiled(holds))
    return altered(play, written_holds=written_holds, written_readers=readers, holds_since=since)


# --- tracks alone, withdrawals ----------------------------------------------------------------------


def _only_tracks(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    return state.play, ()


def _entry_withdrawn(state: State, event: Event) -> tuple[Play, Iterable[Fact]]:
    play, seq = state.play, event.data["withdraws"]
    play, facts = taken_out(play, seq, state)
    return altered(play, withdrawn=play.withdrawn.insert(seq)), facts


CHANGES: dict[str, Change] = {
    "move_started": _move_started,
    "inject_released": _inject_released,
    "inject_revealed": _inject_revealed,
    "inject_skipped": _inject_skipped,
    "inject_held": _inject_held,
    "inject_reworded": _inject_reworded,
    "inject_written": _inject_written,
    "decision_asked": answering.decision_asked,
    "time_granted": answering.time_granted,
    "decision_recorded": answering.decision_recorded,
    "decision_revised": answering.decision_revised,
    "consequence_read": answering.consequence_read,
    "act_recorded": _only_tracks,
    "request_raised": afterwards.request_raised,
    "request_answered": afterwards.request_answered,
    "argument_made": afterwards.argument_made,
    "ruling_made": _only_tracks,
    "track_set": _only_tracks,
    "objective_rated": afterwards.objective_rated,
    "action_agreed": afterwards.action_agreed,
    "action_closed": afterwards.action_closed,
    "entry_withdrawn": _entry_withdrawn,
}
"""How each event of play changes the play, besides the tracks that it carries."""
