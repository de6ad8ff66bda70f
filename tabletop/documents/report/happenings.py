"""What an entry of the log says, in plain sentences for a reader who was not in the room.

Most entries are told as everywhere (``review.wording``); here stand those that a paper tells more fully.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tabletop.documents.words import because, capital, count, cut, date_time, in_a_row, lasting, quoted, sentence
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.tracks import moved, was_lost
from tabletop.review.wording import sentence as told
from tabletop.scenario.model import CONTROL
from tabletop.session import events as said

OUTCOMES = {"declined": "declined to answer", "out_of_time": "ran out of time"}
Teller = Callable[[Any, Review], str]


def happening(entry: Entry[said.Payload], review: Review) -> str:
    """One sentence on an entry, and what it did to tracks."""
    return f"{act(entry, review)} {changes(entry.data, review)}".strip()


def act(entry: Entry[said.Payload], review: Review) -> str:
    """One sentence on an entry, without what it did to tracks."""
    fuller = _FULLER.get(type(entry.data))
    words = fuller(entry.data, review) if fuller else told(entry.data, review.names)
    return sentence(capital(in_a_row(words)))


def cause(entry: Entry[said.Payload], review: Review) -> str:
    """What moved a track, in short: of an answer only whose it was and what was chosen."""
    if not isinstance(entry.data, said.Answer):
        return act(entry, review)
    revised = " (revised)" if isinstance(entry.data, said.DecisionRevised) else ""
    return sentence(f"{review.names.each(entry.data.cells)}{revised}: {choice(entry.data, review)}")


def changes(data: said.Payload, review: Review) -> str:
    """``Trust 6 to 5.``, with what was lost at a bound; empty where nothing was to move."""
    parts = [_moved(data, id, before, after, review) for id, (before, after) in moved(data).items()]
    return f"{'; '.join(parts)}." if parts else ""


def _moved(data: said.Payload, id: str, before: int, after: int, review: Review) -> str:
    name, track = review.names.track(id), review.index.tracks.get(id)
    if before != after:
        return f"{name} {before} to {after}"
    if track and was_lost(data, track, review.index):
        bound = "lowest" if after == track.min else "highest"
        return f"{name} stayed at {after}, its {bound} value, so that a change was lost"
    return f"{name} stayed at {after}"


def choice(data: said.Answer, review: Review) -> str:
    """What was chosen, in one line: the option's text, own words (cut where long), or how no answer came."""
    names = review.names
    counted = f", which counts as {names.option(data.decision, data.counts_as)}" if data.counts_as else ""
    if data.outcome != "answered":
        return f"{OUTCOMES[data.outcome]}{counted}"
    if data.option:
        return names.option(data.decision, data.option)
    text = data.text or ""
    number = review.numbers.get(data.decision)
    full = f" (in full under decision {number})" if number and cut(text) != in_a_row(text) else ""
    return f"in {own(data)} words, {quoted(cut(text))}{full}{counts(data, review)}"


def own(data: said.Answer) -> str:
    """Whose words an answer is in: ``its own``, or ``their own`` where cells answered as one."""
    return "their own" if len(data.cells) > 1 else "its own"


def hearers(read: Iterable[Entry[said.ConsequenceRead]]) -> tuple[str, ...]:
    """The cells that heard a consequence, each once; control, which has the book, does not count."""
    return tuple(dict.fromkeys(cell for each in read for cell in each.data.cells if cell != CONTROL))


def counts(data: said.Answer, review: Review) -> str:
    """What an answer in own words counts as, where there are options: one of them, or none."""
    if data.counts_as:
        return f", which counts as {review.names.option(data.decision, data.counts_as)}"
    decision = review.decision.get(data.decision)
    return ", which counts as none of the options" if decision and decision.options else ""


def decided(data: said.Answer, review: Review) -> str:
    """Who answered what."""
    notes = [
        f"after {lasting(data.seconds)}" if data.seconds is not None else "",
        "before being asked" if data.early else "",
        count(len(data.dissents), "dissent") if data.dissents else "",
    ]
    noted = ", ".join(note for note in notes if note)
    asked = review.names.question(data.decision)
    one = len(data.cells) == 1
    revised = f" revised {'its' if one else 'their'} answer to" if isinstance(data, said.DecisionRevised) else ", asked"
    words = f"{review.names.each(data.cells)}{revised} {asked}: {choice(data, review)}"
    return f"{words} ({noted})" if noted else words


def _ruled(data: said.RulingMade, review: Review) -> str:
    about = f" on {quoted(data.about)}" if data.about else ""
    if data.vote:
        vote = data.vote
        return (
            f"control ruled{about} by a vote of {vote.for_} for, {vote.against} against and "
            f"{vote.abstained} abstaining: {data.text}"
        )
    if data.roll:
        roll = data.roll
        came = "within them" if roll.result <= roll.odds else "above them"
        return (
            f"control ruled{about} by a roll of 1 to 100 against odds of {roll.odds} %; it was {roll.result}, "
            f"{came} (seed {roll.seed}): {data.text}"
        )
    return f"control ruled{about}: {data.text}"


def _marked(data: said.ExpectationMarked, review: Review) -> str:
    met = {"yes": "met", "partly": "met in part", "no": "not met"}[data.met]
    at = review.names.at(data.cell, data.inject)
    return f"what was expected of players was {met}{at}: {review.names.expected(data.inject, data.number)}"


def _asked(data: said.DecisionAsked, review: Review) -> str:
    minutes = f", with {count(data.minutes, 'minute')} to decide" if data.minutes else ""
    were = "was" if len(data.cells) == 1 else "were"
    return f"{review.names.each(data.cells)} {were} asked: {review.names.question(data.decision)}{minutes}"


def _argued(data: said.ArgumentMade, review: Review) -> str:
    reasons = f"{count(len(data.for_), 'reason')} for, {len(data.against) or 'no'} against"
    return f"{review.names.cell(data.cell)} proposed: {sentence(data.proposal)} {capital(reasons)}"


def _sent(data: said.MessageSent, review: Review) -> str:
    via = f", by {data.via}" if data.via else ""
    return f"{review.names.cell(data.from_)} wrote to {review.names.each(data.to)}{via}: {data.text}"


def _noted(data: said.DiscussionNoted, review: Review) -> str:
    at = review.names.at(data.cell, data.inject)
    return f"said, word for word{at}: {quoted(data.text)}" if data.quote else f"note{at}: {data.text}"


def _released(data: said.InjectReleased, review: Review) -> str:
    words = f"{review.names.inject(data.inject)} was given to {review.names.each(data.cells)}"
    branch = review.branches.get(data.inject)
    return words if branch is None or branch.held else f"{words} by control's choice, though its condition did not hold"


def _action_closed(data: said.ActionClosed, review: Review) -> str:
    of = f" of the session {quoted(data.log)}" if data.log else ""
    action = data.id if data.log else review.names.action(data.id)
    return because(f"the corrective action {action}{of} was reported done", data.text)


def _agreed(data: said.ActionAgreed, review: Review) -> str:
    return f"corrective action agreed{f' ({data.owner})' if data.owner else ''}: {data.action}"


def _undone(data: said.EventUndone, review: Review) -> str:
    return f"taken back: {taken_back(data.undoes, review)}"


def _withdrawn(data: said.EntryWithdrawn, review: Review) -> str:
    return because(f"withdrawn: {taken_back((data.withdraws,), review)}", data.reason)


def taken_back(seqs: tuple[int, ...], review: Review) -> str:
    """What entries said that were taken back, for they stand nowhere else; each with its number."""
    entries = [entry for seq in seqs if (entry := review.entries.get(seq))]
    return "; ".join(f"{_what(entry, review)} (#{entry.seq})" for entry in entries)


def _what(entry: Entry[said.Payload], review: Review) -> str:
    if isinstance(entry.data, said.EventUndone | said.EntryWithdrawn):
        return "an earlier correction"  # of what, it says itself; a damaged log may go round in circles
    return act(entry, review).rstrip(".")


_FULLER: dict[type[said.Payload], Teller] = {
    said.ParticipantLeft: lambda data, review: f"{review.names.person(data.id)} left",
    said.DeadlineSet: lambda data, review: f"the session was to finish by {date_time(data.at)}",
    said.MoveStarted: lambda data, review: f"move begun: {review.names.move(data.move)}",
    said.InjectReleased: _released,
    said.InjectRevealed: lambda data, review: (
        f"{review.names.inject(data.inject)} was shown to {review.names.each(data.cells)} too"
    ),
    said.InjectSkipped: lambda data, review: because(
        f"{review.names.inject(data.inject)} was left out", data.reason or "no reason was recorded"
    ),
    said.InjectHeld: lambda data, review: because(f"{review.names.inject(data.inject)} was held back", data.reason),
    said.InjectWritten: lambda data, review: (
        f"control wrote on the spot: {review.names.inject(str(data.inject.get('id', '')))}"
    ),
    said.ExpectationMarked: _marked,
    said.DecisionAsked: _asked,
    said.DecisionRecorded: decided,
    said.DecisionRevised: decided,
    said.ConsequenceRead: lambda data, review: (
        f"what follows from {review.names.option(data.decision, data.option)} was read to "
        f"{review.names.each(data.cells)}"
    ),
    said.MessageSent: _sent,
    said.DiscussionNoted: _noted,
    said.ArgumentMade: _argued,
    said.RulingMade: _ruled,
    said.TrackSet: lambda data, review: because("control set tracks by hand", data.reason),
    said.ActionAgreed: _agreed,
    said.ActionClosed: _action_closed,
    said.EventUndone: _undone,
    said.EntryWithdrawn: _withdrawn,
}
