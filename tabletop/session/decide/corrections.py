"""Rules on taking back: undo of the newest command, withdrawal of one older entry."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.errors import Refused
from tabletop.journal.event import Event
from tabletop.session import commands, events
from tabletop.session.decide.common import Situation, at_seqs
from tabletop.session.decide.tracks import put_back
from tabletop.session.entries import WITHDRAWABLE
from tabletop.session.state import Answer


def undo(situation: Situation, command: commands.Undo) -> Iterator[events.Payload]:
    """The newest command in effect is taken back whole."""
    frame = situation.state.undoable
    if frame is None:
        raise Refused("There is nothing to undo.")
    before, now = frame.play.tracks, situation.play.tracks
    tracks = {track: (now[track], before[track]) for track in before if now[track] != before[track]}
    yield events.EventUndone(undoes=frame.seqs, tracks=tracks)


def withdraw(situation: Situation, command: commands.Withdraw) -> Iterator[events.Payload]:
    """One entry on which nothing rests is taken back, however old."""
    event = _entry(situation, command.withdraws)
    resting = _resting(situation, event)
    if resting:
        seqs = at_seqs(resting)
        raise Refused(f"On #{event.seq} rests {seqs}.", f"Withdraw {seqs} first, newest first.")
    tracks = put_back(situation, event.data.get("tracks", {}))
    yield events.EntryWithdrawn(withdraws=event.seq, reason=command.reason, tracks=tracks)


def _entry(situation: Situation, seq: int) -> Event:
    if not 0 <= seq < len(situation.record):
        raise Refused(f"There is no event #{seq}.", f"The last is #{len(situation.record) - 1}.")
    event = situation.record[seq]
    if seq in situation.state.taken_back:
        raise Refused(f"#{seq} is taken back already.")
    if event.type not in WITHDRAWABLE:
        what = event.type.replace("_", " ")
        raise Refused(f"#{seq} ({what}) cannot be withdrawn.", "Undo takes back the newest command.")
    if not events.well_formed(event.type, event.data):
        raise Refused(f"#{seq} holds what this version does not know, and cannot be withdrawn by it.")
    return event


def _resting(situation: Situation, event: Event) -> list[int]:
    """The seqs in effect that would lose their ground with this event."""
    if event.type == "inject_released":
        return _on_release(situation, event.data["inject"])
    if event.type == "inject_revealed":
        return _on_reveal(situation, event)
    if event.type in ("decision_recorded", "decision_revised"):
        return _on_answer(situation, event)
    if event.type == "request_raised":
        asked = situation.play.requests.get(event.data["id"])
        return [asked.answer_seq] if asked is not None and asked.answer_seq is not None else []
    if event.type == "action_agreed":
        entries = situation.play.entries
        id = event.data["id"]
        return [seq for seq, entry in entries.items() if entry.type == "action_closed" and entry.key == id]
    return []


def _on_release(situation: Situation, id: str) -> list[int]:
    inject, done = situation.state.original(id), situation.play.released.get(id)
    seqs = [seq for seq, _ in done.reveals] if done else []
    for decision in inject.decisions if inject else ():
        for cell in situation.state.decision_cells(decision.id):
            answer = situation.play.answers.get((decision.id, cell))
            seqs += [each.seq for each in _chain(answer) if done is None or each.seq > done.seq]
    return seqs


def _on_reveal(situation: Situation, event: Event) -> list[int]:
    inject = situation.state.original(event.data["inject"])
    answers = (
        answer
        for decision in (inject.decisions if inject else ())
        for cell in event.data["cells"]
        for answer in _chain(situation.play.answers.get((decision.id, cell)))
    )
    return [answer.seq for answer in answers if answer.seq > event.seq]


def _chain(answer: Answer | None) -> Iterator[Answer]:
    while answer is not None:
        yield answer
        answer = answer.previous


def _on_answer(situation: Situation, event: Event) -> list[int]:
    id, seqs = event.data["decision"], list[int]()
    for cell in event.data["cells"]:
        chain = _chain(situation.play.answers.get((id, cell)))
        seqs += [answer.seq for answer in chain if answer.seq > event.seq]
    option = event.data.get("option") or event.data.get("counts_as")
    readings = situation.play.readings.get(id, ())
    decision = situation.state.decision(id)
    chosen = decision.option(option) if decision and option else None
    hear = set((chosen and chosen.reveal_to) or event.data["cells"])
    read = (each for each in readings if each.option == option and each.seq > event.seq)
    return seqs + [each.seq for each in read if hear.intersection(each.cells)]


def resting_on(situation: Situation, seq: int) -> tuple[int, ...]:
    """What rests on an entry, and on that in turn, newest first: what has to be withdrawn before it."""
    found: set[int] = set()
    looked_at = [seq]
    while looked_at:
        event = situation.record[looked_at.pop()]
        more = set(_resting(situation, event)) - found
        found |= more
        looked_at += more
    return tuple(sorted(found, reverse=True))
