"""What each act of play changes: the part of the fold that undo takes back.

After each event only the injects that read a changed fact are asked again whether their `when` holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rpds import HashTrieMap

from tabletop.journal.event import Event
from tabletop.scenario.conditions import Fact, Holds, always, compile_condition, reads
from tabletop.scenario.index import Index
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
)
from tabletop.session.taking_back import taken_out

Change = Callable[[Play, Event, Index], tuple[Play, Iterable[Fact]]]


def played(play: Play, event: Event, index: Index) -> Play:
    """The play after an event of play."""
    play, facts = CHANGES[event.type](play, event, index)
    tracks, moved = tracks_after(play, event.data)
    if event.type == "move_started":
        play = altered(play, tracks=tracks)
        return altered(play, holds_since=_held_anew(play, event.clock, index))
    since = _held_since(play, tracks, (*facts, *moved), event.clock, index)
    if moved or since is not play.holds_since:
        return altered(play, tracks=tracks, holds_since=since)
    return play


def tracks_after(play: Play, data: dict[str, Any]) -> tuple[HashTrieMap[str, int], list[Fact]]:
    """The tracks as the event recorded them, and which of them it changed."""
    tracks, moved = play.tracks, list[Fact]()
    for track, (_, after) in data.get("tracks", {}).items():
        if tracks.get(track) != after:
            tracks = tracks.insert(track, int(after))  # a text here would break the next condition that reads it
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


def _held_since(
    play: Play, tracks: HashTrieMap[str, int], facts: Iterable[Fact], clock: float, index: Index
) -> HashTrieMap[str, float]:
    """Since when each `when` of the move holds, now that these facts have changed and the tracks stand so."""
    since = play.holds_since
    if play.move is None:
        return since
    for inject in _readers(play, facts, index):
        holds = _condition(play, inject, index)(tracks, play.released, play.chosen)
        if holds and inject not in since:
            since = since.insert(inject, clock)
        elif not holds and inject in since:
            since = since.remove(inject)
    return since


def _readers(play: Play, facts: Iterable[Fact], index: Index) -> Iterable[str]:
    """The injects of the move whose `when` reads one of the facts, each once."""
    move = play.move.id if play.move else ""
    readers = index.readers_in(move)
    found = [inject for fact in facts if fact in readers for inject in readers[fact]]
    if play.written_readers:
        written = [inject for fact in facts for inject in play.written_readers.get(fact, ())]
        found += [inject for inject in written if play.written_in[inject] == move]
    return dict.fromkeys(found)


def _condition(play: Play, inject: str, index: Index) -> Holds:
    written = play.written_holds.get(inject) if play.written_holds else None
    return written.holds if written else index.condition(inject)


def _held_anew(play: Play, clock: float, index: Index) -> HashTrieMap[str, float]:
    """The same for a move that begins, as of now."""
    known = index.moves.get(play.move.id) if play.move else None
    if known is None:
        return HashTrieMap()
    injects = [each.id for each in known.injects if index.conditional(each.id)]
    injects += [each for each in play.written_holds if play.written_in[each] == known.id]
    facts = play.tracks, play.released, play.chosen
    return HashTrieMap({each: clock for each in injects if _condition(play, each, index)(*facts)})


# --- moves and injects -------------------------------------------------------------------------------


def _move_started(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    move = event.data["move"]
    number = play.visits.get(move, 0) + 1
    moves_played = play.moves_played if move in play.visits else (*play.moves_played, move)
    run = MoveRun(move, number, event.clock, 0, event.seq)
    visits = play.visits.insert(move, number)
    play = altered(play, move=run, moves_played=moves_played, visits=visits)
    if play.opened is None:
        return altered(play, opened=event.clock), ()
    return altered(play, read_out=play.read_out + (event.data.get("reading") or 0.0)), ()


def _inject_released(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    id, cells = event.data["inject"], tuple(event.data.get("cells", ()))
    released = Released(event.seq, event.clock, cells, play.move.id if play.move else None)
    play = altered(
        play,
        released=play.released.insert(id, released),
        entries=play.entries.insert(event.seq, Entry(event.type, id)),
    )
    return _asked_by(play, event, id, cells, index), [("released", id)]


def _asked_by(play: Play, event: Event, id: str, cells: tuple[str, ...], index: Index) -> Play:
    """Ask an inject's decisions of those that were given it, and of those it does not go to at all.

    A cell that the inject goes to and that has not got it yet is asked when it is revealed to it.
    """
    inject = play.original(id, index)
    if inject is None or not inject.decisions:
        return play
    waiting = set(index.addressees(inject)).difference(play.released[id].cells)
    asked = play.asked
    for decision in inject.decisions:
        for cell in play.decision_cells(decision.id, index):
            first = event.type == "inject_released" or cell in cells
            if first and cell not in waiting:
                ask = Asked(event.seq, event.clock, decision.minutes, 0, again=False)
                asked = asked.insert((decision.id, cell), ask)
    return altered(play, asked=asked)


def _inject_revealed(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    id, cells = event.data["inject"], tuple(event.data["cells"])
    known = play.released.get(id)
    if known is None:
        return play, ()
    more = altered(known, cells=(*known.cells, *cells), reveals=(*known.reveals, (event.seq, cells)))
    play = altered(
        play,
        released=play.released.insert(id, more),
        entries=play.entries.insert(event.seq, Entry(event.type, id, cells)),
    )
    return _asked_by(play, event, id, cells, index), ()


def _inject_skipped(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    id = event.data["inject"]
    mark = Marked(event.seq, event.data.get("reason", ""))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, skipped=play.skipped.insert(id, mark), entries=entries), ()


def _inject_held(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    id = event.data["inject"]
    mark = Marked(event.seq, event.data.get("reason", ""))
    entries = play.entries.insert(event.seq, Entry(event.type, id))
    return altered(play, held=play.held.insert(id, mark), entries=entries), ()


def _inject_reworded(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    id = event.data["inject"]
    before = play.reworded.get(id, {})
    given: dict[str, Any] = {key: event.data[key] for key in ("title", "text") if key in event.data}
    private = {**before.get("private", {}), **event.data.get("private", {})}
    return altered(play, reworded=play.reworded.insert(id, {**before, **given, "private": private})), ()


def _inject_written(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
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
    return _with_condition(play, inject, event.clock, index), ()


def _with_condition(play: Play, inject: Inject, clock: float, index: Index) -> Play:
    holds = compile_condition(inject.when, index)
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


def _only_tracks(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    return play, ()


def _entry_withdrawn(play: Play, event: Event, index: Index) -> tuple[Play, Iterable[Fact]]:
    seq = event.data["withdraws"]
    play, facts = taken_out(play, seq, index)
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
