"""What an event says, in one line of plain words with titles rather than ids.

The console's record, ``tabletop log`` and questions such as "Take back ...?" all say it so. A sentence
has no full stop and no line ends; what people wrote in it is not cleaned of control characters here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from tabletop.journal.event import Event
from tabletop.review.phrases import and_listed, because, clock_time, count, lasting
from tabletop.review.teller import Teller, made_on_the_spot
from tabletop.scenario.index import Index
from tabletop.session import events as said

__all__ = ["OUTCOMES", "Teller", "clock_time", "describe", "lasting", "made_on_the_spot", "sentence"]

OUTCOMES = {"declined": "declines to answer", "out_of_time": "runs out of time"}


def describe(event: Event, index: Index, names: Mapping[str, str] | None = None) -> str:
    """The event in words; ``names`` are those of ``made_on_the_spot``."""
    model = said.PAYLOADS.get(event.type)
    try:
        data = model.model_validate(event.data) if model else None
    except ValidationError:
        data = None
    if data is None:
        return _one_line(f"{event.type.replace('_', ' ')} (this version does not know it)")
    teller = Teller(index, names or {})
    return _one_line(sentence(data, teller) + teller.moved(getattr(data, "tracks", None)))


def sentence(data: said.Payload, teller: Teller) -> str:
    """What an event says, without what it did to tracks; it begins with a small letter or a name."""
    return _SENTENCES[type(data)](data, teller)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words[:1].upper() + words[1:]


# --- the longer sentences ----------------------------------------------------------------------------


def _joined(data: said.ParticipantJoined, teller: Teller) -> str:
    role = data.role if data.role != data.name else ""
    parts = [data.kind, role, teller.cell(data.cell) if data.cell else "", "lead" if data.lead else ""]
    return f"{data.name} joined ({', '.join(part for part in parts if part)})"


def _shifted(data: said.ParticipantMoved, teller: Teller) -> str:
    lead = {True: "lead", False: "no longer lead", None: ""}[data.lead]
    parts = [teller.cell(data.cell) if data.cell else "", data.role or "", lead]
    return f"{teller.person(data.id)} changed: {', '.join(part for part in parts if part)}"


def _reworded(data: said.InjectReworded, teller: Teller) -> str:
    news = {"title": data.title, "text": data.text, "private text": data.private}
    changed = and_listed(name for name, new in news.items() if new)
    return f"{teller.inject(data.inject)} reworded before release: new {changed}"


def _marked(data: said.ExpectationMarked, teller: Teller) -> str:
    met = {"yes": "is met", "partly": "is met in part", "no": "is not met"}[data.met]
    return f"expected action {data.number} of {teller.inject(data.inject)}{teller.at(data.cell)} {met}"


def _asked(data: said.DecisionAsked, teller: Teller) -> str:
    minutes = f", {data.minutes} min" if data.minutes else ""
    return f"{teller.cells(data.cells)} asked: {teller.question(data.decision)}{minutes}"


def _granted(data: said.TimeGranted, teller: Teller) -> str:
    what = teller.question(data.decision) if data.decision else f"the move {teller.move(data.move or '')}"
    return f"{count(data.minutes, 'more minute')} given for {what}"


def _answer(data: said.Answer, teller: Teller) -> str:
    counts = f", counts as {teller.option(data.decision, data.counts_as)}" if data.counts_as else ""
    if data.outcome != "answered":
        return f"{OUTCOMES[data.outcome]}{counts}"
    if data.option:
        return f"decides {teller.option(data.decision, data.option)}"
    return f"answers in own words: {teller.quote(data.text or '')}{counts}"


def _decided(data: said.Answer, teller: Teller) -> str:
    notes = [
        "revised" if isinstance(data, said.DecisionRevised) else "",
        "before being asked" if data.early else "",
        f"after {lasting(data.seconds)}" if data.seconds else "",
        f"by {teller.person(data.decided_by)}" if data.decided_by else "",
        f"dissent: {_dissenters(data, teller)}" if data.dissents else "",
    ]
    noted = ", ".join(note for note in notes if note)
    words = f"{and_listed(teller.cell(each) for each in data.cells)}, on {teller.question(data.decision)}"
    return f"{words}: {_answer(data, teller)}{f' ({noted})' if noted else ''}"


def _dissenters(data: said.Answer, teller: Teller) -> str:
    return and_listed(teller.person(each.who) or "somebody" for each in data.dissents)


def _read(data: said.ConsequenceRead, teller: Teller) -> str:
    choice = teller.option(data.decision, data.option)
    return f"consequence of {choice} read to {teller.cells(data.cells)}"


def _acted(data: said.ActRecorded, teller: Teller) -> str:
    towards = f" towards {teller.cells(data.towards)}" if data.towards else ""
    return f"{teller.cell(data.cell)} acted unasked{towards}: {data.text}"


def _sent(data: said.MessageSent, teller: Teller) -> str:
    via = f" ({data.via})" if data.via else ""
    return f"{teller.cell(data.from_)} to {teller.cells(data.to)}{via}: {data.text}"


def _noted(data: said.DiscussionNoted, teller: Teller) -> str:
    at = teller.at(data.cell, data.inject)
    return f"quote{at}: {teller.quote(data.text)}" if data.quote else f"note{at}: {data.text}"


def _argued(data: said.ArgumentMade, teller: Teller) -> str:
    reasons = f"{len(data.for_)} for, {len(data.against)} against"
    return f"{teller.cell(data.cell)} proposes: {data.proposal} ({reasons})"


def _observed(data: said.ObservationRecorded, teller: Teller) -> str:
    kind = {"improvement": "area for improvement", "note": "observation"}.get(data.kind, data.kind)
    return f"{kind}{teller.at(data.cell, data.inject)}: {data.text}"


def _ruled(data: said.RulingMade, teller: Teller) -> str:
    how = ""
    if data.vote:
        how = f" ({data.vote.for_} for, {data.vote.against} against, {data.vote.abstained} abstained)"
    elif data.roll:
        how = f" (roll of {data.roll.result} against {data.roll.odds} %)"
    return f"ruling{f' on {teller.quote(data.about)}' if data.about else ''}{how}: {data.text}"


def _closed(data: said.ActionClosed, teller: Teller) -> str:
    return because(f"action {data.id}{f' of {data.log}' if data.log else ''} is done", data.text)


def _seqs(data: said.EventUndone, teller: Teller) -> str:
    return f"undone: {and_listed(f'#{seq}' for seq in data.undoes)}"


_SENTENCES: dict[type[said.Payload], Callable[[Any, Teller], str]] = {
    said.SessionOpened: lambda data, teller: f"session {teller.quote(data.name)} opened: {teller.index.exercise.title}",
    said.ParticipantJoined: _joined,
    said.ParticipantMoved: _shifted,
    said.ParticipantLeft: lambda data, teller: f"{teller.person(data.id)} left",
    said.ExerciseStarted: lambda data, teller: "the exercise started",
    said.DeadlineSet: lambda data, teller: f"to finish by {data.at}",
    said.SessionClosed: lambda data, teller: "the session was closed",
    said.SessionReopened: lambda data, teller: because("the session was reopened", data.reason),
    said.ClockPaused: lambda data, teller: "clock paused",
    said.ClockResumed: lambda data, teller: "clock resumed",
    said.ClockSet: lambda data, teller: because(
        f"clock set from {clock_time(data.from_)} to {clock_time(data.to)}", data.reason
    ),
    said.MoveStarted: lambda data, teller: f"move {teller.move(data.move)} started",
    said.InjectReleased: lambda data, teller: f"{teller.inject(data.inject)} released to {teller.cells(data.cells)}",
    said.InjectRevealed: lambda data, teller: (
        f"{teller.inject(data.inject)} revealed to {teller.cells(data.cells)} too"
    ),
    said.InjectSkipped: lambda data, teller: because(f"{teller.inject(data.inject)} skipped", data.reason),
    said.InjectHeld: lambda data, teller: because(f"{teller.inject(data.inject)} held", data.reason),
    said.InjectReworded: _reworded,
    said.InjectWritten: lambda data, teller: (
        f"inject written on the spot: {teller.quote(str(data.inject.get('title') or data.inject.get('id', '')))}"
    ),
    said.ExpectationMarked: _marked,
    said.DecisionAsked: _asked,
    said.TimeGranted: _granted,
    said.DecisionRecorded: _decided,
    said.DecisionRevised: _decided,
    said.ConsequenceRead: _read,
    said.ActRecorded: _acted,
    said.MessageSent: _sent,
    said.RequestRaised: lambda data, teller: f"{teller.cell(data.cell)} asked control: {data.text}",
    said.RequestAnswered: lambda data, teller: f"control answered {teller.request(data.id)}: {data.text}",
    said.DiscussionNoted: _noted,
    said.FactRecorded: lambda data, teller: f"{data.kind}{teller.at(data.cell)}: {data.text}",
    said.ArgumentMade: _argued,
    said.ObservationRecorded: _observed,
    said.HotWashNoted: lambda data, teller: f"hot wash{teller.at(data.cell)}: {data.text}",
    said.RulingMade: _ruled,
    said.TrackSet: lambda data, teller: because("set by hand", data.reason),
    said.ObjectiveRated: lambda data, teller: because(
        f"rated {data.rating}: {teller.objective(data.objective)}", data.text
    ),
    said.ActionAgreed: lambda data, teller: (
        f"action {data.id} agreed{f' ({data.owner})' if data.owner else ''}: {data.action}"
    ),
    said.ActionClosed: _closed,
    said.FeedbackGiven: lambda data, teller: "a participant gave feedback",
    said.Redacted: lambda data, teller: f"withheld when the log was shared ({data.type.replace('_', ' ')})",
    said.EventUndone: _seqs,
    said.EntryWithdrawn: lambda data, teller: because(f"#{data.withdraws} withdrawn", data.reason),
}
