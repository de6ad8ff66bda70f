"""What an entry of the log says, in plain sentences for a reader who was not in the room.

Most entries are told as everywhere (``review.wording``); here stand those that a paper tells more fully.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tabletop.documents.words import bare, because, capital, clock, cut, date_time, in_a_row, lasting, quoted, sentence
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.review.tracks import moved, was_lost
from tabletop.review.wording import sentence as told
from tabletop.scenario.model import CONTROL
from tabletop.session import events as said
from tabletop.session.rehearsal import NO_TEXT

OUTCOMES = {"declined": key("declined to answer"), "out_of_time": key("ran out of time")}
Teller = Callable[[Any, Review], str]
_NO_TEXT = key("(rehearsed: no text was written)")


def happening(entry: Entry[said.Payload], review: Review) -> str:
    """One sentence on an entry, and what it did to tracks."""
    return fixed(" ").join(words for words in (act(entry, review), changes(entry.data, review)) if words)


def act(entry: Entry[said.Payload], review: Review) -> str:
    """One sentence on an entry, without what it did to tracks."""
    fuller = _FULLER.get(type(entry.data))
    words = fuller(entry.data, review) if fuller else told(entry.data, review.names)
    return sentence(capital(in_a_row(words)))


def cause(entry: Entry[said.Payload], review: Review) -> str:
    """What moved a track, in short: of an answer only whose it was and what was chosen."""
    if not isinstance(entry.data, said.Answer):
        return act(entry, review)
    revised = isinstance(entry.data, said.DecisionRevised)
    told = key("{cells} (revised): {choice}") if revised else key("{cells}: {choice}")
    return sentence(fixed(told, cells=review.names.each(entry.data.cells), choice=choice(entry.data, review)))


def changes(data: said.Payload, review: Review) -> str:
    """``Trust 6 to 5.``, with what was lost at a bound; empty where nothing was to move."""
    parts = [_moved(data, id, before, after, review) for id, (before, after) in moved(data).items()]
    return fixed("{parts}.", parts=fixed("; ").join(parts)) if parts else ""


def _moved(data: said.Payload, id: str, before: int, after: int, review: Review) -> str:
    name, track = review.names.track(id), review.index.tracks.get(id)
    if before != after:
        return fixed("{track} {before} to {after}", track=name, before=before, after=after)
    if track and was_lost(data, track, review.index):
        if after == track.min:
            lost = key("{track} stayed at {value}, its lowest value, so that a change was lost")
        else:
            lost = key("{track} stayed at {value}, its highest value, so that a change was lost")
        return fixed(lost, track=name, value=after)
    return fixed("{track} stayed at {value}", track=name, value=after)


def choice(data: said.Answer, review: Review) -> str:
    """What was chosen, in one line: the option's text, own words (cut where long), or how no answer came."""
    names = review.names
    if data.outcome != "answered":
        silent = fixed(OUTCOMES[data.outcome])
        return counted(silent, data, review) if data.counts_as else silent
    if data.option:
        return names.option(data.decision, data.option)
    text = fixed(_NO_TEXT) if data.text == NO_TEXT else data.text or ""
    number = review.numbers.get(data.decision)
    quote = quoted(cut(text))
    if number and cut(text) != in_a_row(text):
        quote = fixed("{text} (in full under decision {number})", text=quote, number=number)
    words = own(data, key("in its own words, {text}"), key("in their own words, {text}"))
    return counted(fixed(words, text=quote), data, review)


def own(data: said.Answer, one: str, several: str) -> str:
    """The first text, or the second where cells answered as one."""
    return several if len(data.cells) > 1 else one


def hearers(read: Iterable[Entry[said.ConsequenceRead]]) -> tuple[str, ...]:
    """The cells that heard a consequence, each once; control, which has the book, does not count."""
    return tuple(dict.fromkeys(cell for each in read for cell in each.data.cells if cell != CONTROL))


def counted(words: str, data: said.Answer, review: Review) -> str:
    """The answer with what it counts as, where there are options: one of them, or none."""
    if data.counts_as:
        option = review.names.option(data.decision, data.counts_as)
        return fixed("{words}, which counts as {option}", words=words, option=option)
    decision = review.decision.get(data.decision)
    if decision and decision.options:
        return fixed("{words}, which counts as none of the options", words=words)
    return words


def decided(data: said.Answer, review: Review) -> str:
    """Who answered what."""
    notes = [
        fixed("after {time}", time=lasting(data.seconds)) if data.seconds is not None else "",
        fixed("before being asked") if data.early else "",
        fixed("{dissents:dissent|dissents}", dissents=len(data.dissents)) if data.dissents else "",
    ]
    noted = fixed(", ").join(note for note in notes if note)
    if isinstance(data, said.DecisionRevised):
        one = key("{cells} revised its answer to {question}: {choice}")
        told = own(data, one, key("{cells} revised their answer to {question}: {choice}"))
    else:
        told = key("{cells}, asked {question}: {choice}")
    asked = review.names.question(data.decision)
    words = fixed(told, cells=review.names.each(data.cells), question=asked, choice=choice(data, review))
    return fixed("{words} ({notes})", words=words, notes=noted) if noted else words


def _ruled(data: said.RulingMade, review: Review) -> str:
    about = fixed(" on {subject}", subject=quoted(data.about)) if data.about else ""
    if data.vote:
        return fixed(
            "control ruled{about} by a vote of {for_} for, {against} against and {abstained} abstaining: {text}",
            about=about,
            for_=data.vote.for_,
            against=data.vote.against,
            abstained=data.vote.abstained,
            text=data.text,
        )
    if roll := data.roll:
        within = key(
            "control ruled{about} by a roll of 1 to 100 against odds of {odds} %; it was {result}, "
            "within them (seed {seed}): {text}"
        )
        above = key(
            "control ruled{about} by a roll of 1 to 100 against odds of {odds} %; it was {result}, "
            "above them (seed {seed}): {text}"
        )
        told = within if roll.result <= roll.odds else above
        return fixed(told, about=about, odds=roll.odds, result=roll.result, seed=roll.seed, text=data.text)
    return fixed("control ruled{about}: {text}", about=about, text=data.text)


def _marked(data: said.ExpectationMarked, review: Review) -> str:
    expected = review.names.expected(data.inject, data.number)
    return fixed(_MET[data.met], at=review.names.at(data.cell, data.inject), action=expected)


_MET = {
    "yes": key("what was expected of players was met{at}: {action}"),
    "partly": key("what was expected of players was met in part{at}: {action}"),
    "no": key("what was expected of players was not met{at}: {action}"),
}


def _asked(data: said.DecisionAsked, review: Review) -> str:
    asked = fixed(
        "{cells} {number:~was|were} asked: {question}",
        cells=review.names.each(data.cells),
        number=len(data.cells),
        question=review.names.question(data.decision),
    )
    if not data.minutes:
        return asked
    return fixed("{words}, with {minutes:minute|minutes} to decide", words=asked, minutes=data.minutes)


def _argued(data: said.ArgumentMade, review: Review) -> str:
    proposed = fixed("{cell} proposed: {text}", cell=review.names.cell(data.cell), text=sentence(data.proposal))
    against = len(data.against) or fixed("no")
    reasons = fixed("{reasons:reason|reasons} for, {against} against", reasons=len(data.for_), against=against)
    return f"{proposed}{fixed(' ')}{capital(reasons)}"


def _sent(data: said.MessageSent, review: Review) -> str:
    told = key("{cell} wrote to {cells}, by {via}: {text}") if data.via else key("{cell} wrote to {cells}: {text}")
    sender, hearing = review.names.cell(data.from_), review.names.each(data.to)
    return fixed(told, cell=sender, cells=hearing, via=data.via, text=data.text)


def _noted(data: said.DiscussionNoted, review: Review) -> str:
    at = review.names.at(data.cell, data.inject)
    if data.quote:
        return fixed("said, word for word{at}: {text}", at=at, text=quoted(data.text))
    return fixed("note{at}: {text}", at=at, text=data.text)


def _released(data: said.InjectReleased, review: Review) -> str:
    branch = review.branches.get(data.inject)
    if branch is None or branch.held:
        told = key("{inject} was given to {cells}")
    else:
        told = key("{inject} was given to {cells} by control's choice, though its condition did not hold")
    return fixed(told, inject=review.names.inject(data.inject), cells=review.names.each(data.cells))


def _action_closed(data: said.ActionClosed, review: Review) -> str:
    if data.log:
        session = quoted(data.log)
        done = fixed(
            "the corrective action {action} of the session {session} was reported done", action=data.id, session=session
        )
    else:
        done = fixed("the corrective action {action} was reported done", action=review.names.action(data.id))
    return because(done, data.text)


def _agreed(data: said.ActionAgreed, review: Review) -> str:
    if not data.owner:
        return fixed("corrective action agreed: {action}", action=data.action)
    return fixed("corrective action agreed ({owner}): {action}", owner=data.owner, action=data.action)


def _undone(data: said.EventUndone, review: Review) -> str:
    return fixed("taken back: {entries}", entries=taken_back(data.undoes, review))


def _withdrawn(data: said.EntryWithdrawn, review: Review) -> str:
    return because(fixed("withdrawn: {entries}", entries=taken_back((data.withdraws,), review)), data.reason)


def _begun(data: said.MoveStarted, review: Review) -> str:
    move = review.names.move(data.move)
    if not data.reading:
        return fixed("move begun: {move}", move=move)
    return fixed("move begun: {move}; its briefing took {time} to read", move=move, time=clock(data.reading))


def taken_back(seqs: tuple[int, ...], review: Review) -> str:
    """What entries said that were taken back, for they stand nowhere else; each with its number."""
    entries = [entry for seq in seqs if (entry := review.entries.get(seq))]
    return fixed("; ").join(fixed("{text} (#{line})", text=_what(entry, review), line=entry.seq) for entry in entries)


def _what(entry: Entry[said.Payload], review: Review) -> str:
    if isinstance(entry.data, said.EventUndone | said.EntryWithdrawn):
        return fixed("an earlier correction")  # of what, it says itself; a damaged log may go round in circles
    return bare(act(entry, review))


_FULLER: dict[type[said.Payload], Teller] = {
    said.ParticipantLeft: lambda data, review: fixed("{person} left", person=review.names.person(data.id)),
    said.DeadlineSet: lambda data, review: fixed("the session was to finish by {time}", time=date_time(data.at)),
    said.MoveStarted: _begun,
    said.InjectReleased: _released,
    said.InjectRevealed: lambda data, review: fixed(
        "{inject} was shown to {cells} too",
        inject=review.names.inject(data.inject),
        cells=review.names.each(data.cells),
    ),
    said.InjectSkipped: lambda data, review: because(
        fixed("{inject} was left out", inject=review.names.inject(data.inject)),
        data.reason or fixed("no reason was recorded"),
    ),
    said.InjectHeld: lambda data, review: because(
        fixed("{inject} was held back", inject=review.names.inject(data.inject)), data.reason
    ),
    said.InjectWritten: lambda data, review: fixed(
        "control wrote on the spot: {inject}", inject=review.names.inject(str(data.inject.get("id", "")))
    ),
    said.ExpectationMarked: _marked,
    said.DecisionAsked: _asked,
    said.DecisionRecorded: decided,
    said.DecisionRevised: decided,
    said.ConsequenceRead: lambda data, review: fixed(
        "what follows from {option} was read to {cells}",
        option=review.names.option(data.decision, data.option),
        cells=review.names.each(data.cells),
    ),
    said.MessageSent: _sent,
    said.DiscussionNoted: _noted,
    said.ArgumentMade: _argued,
    said.RulingMade: _ruled,
    said.TrackSet: lambda data, review: because(fixed("control set tracks by hand"), data.reason),
    said.ActionAgreed: _agreed,
    said.ActionClosed: _action_closed,
    said.EventUndone: _undone,
    said.EntryWithdrawn: _withdrawn,
}
