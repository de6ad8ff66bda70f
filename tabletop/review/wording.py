"""What an event says, in one line of plain words with titles rather than ids.

The console's record, ``tabletop log`` and questions such as "Take back ...?" all say it so. A sentence
has no full stop and no line ends; what people wrote in it is not cleaned of control characters here.
Those that papers tell as they stand are fixed texts, which are said in other languages too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from tabletop.journal.event import Event
from tabletop.review.phrases import and_listed, because, clock_time, lasting
from tabletop.review.speech import fixed, key
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
    lead = fixed("lead") if data.lead else ""
    parts = [fixed(_KINDS[data.kind]), role, teller.cell(data.cell) if data.cell else "", lead]
    return fixed("{person} joined ({parts})", person=data.name, parts=fixed(", ").join(part for part in parts if part))


_KINDS = {
    "player": key("player"),
    "facilitator": key("facilitator"),
    "control": key("control"),
    "evaluator": key("evaluator"),
    "observer": key("observer"),
}


def _shifted(data: said.ParticipantMoved, teller: Teller) -> str:
    lead = {True: fixed("lead"), False: fixed("no longer lead"), None: ""}[data.lead]
    parts = [teller.cell(data.cell) if data.cell else "", data.role or "", lead]
    new = fixed(", ").join(part for part in parts if part)
    return fixed("{person} changed: {parts}", person=teller.person(data.id), parts=new)


def _reworded(data: said.InjectReworded, teller: Teller) -> str:
    news = ((fixed("title"), data.title), (fixed("text"), data.text), (fixed("private text"), data.private))
    changed = and_listed(name for name, new in news if new)
    return fixed("{inject} reworded before release: new {parts}", inject=teller.inject(data.inject), parts=changed)


def _begun(data: said.MoveStarted, teller: Teller) -> str:
    read = f"; its briefing took {clock_time(data.reading)} to read" if data.reading else ""
    return f"move {teller.move(data.move)} started{read}"


def _marked(data: said.ExpectationMarked, teller: Teller) -> str:
    met = {"yes": "is met", "partly": "is met in part", "no": "is not met"}[data.met]
    return f"expected action {data.number} of {teller.inject(data.inject)}{teller.at(data.cell)} {met}"


def _asked(data: said.DecisionAsked, teller: Teller) -> str:
    minutes = f", {data.minutes} min" if data.minutes else ""
    return f"{teller.cells(data.cells)} asked: {teller.question(data.decision)}{minutes}"


def _granted(data: said.TimeGranted, teller: Teller) -> str:
    move = fixed("the move {move}", move=teller.move(data.move or ""))
    what = teller.question(data.decision) if data.decision else move
    return fixed("{minutes:more minute|more minutes} given for {what}", minutes=data.minutes, what=what)


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
    cell = teller.cell(data.cell)
    if not data.towards:
        return fixed("{cell} acted unasked: {text}", cell=cell, text=data.text)
    cells = teller.cells(data.towards)
    return fixed("{cell} acted unasked towards {cells}: {text}", cell=cell, cells=cells, text=data.text)


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
    return fixed(_OBSERVED[data.kind], at=teller.at(data.cell, data.inject), text=data.text)


_OBSERVED = {
    "strength": key("strength{at}: {text}"),
    "improvement": key("area for improvement{at}: {text}"),
    "note": key("observation{at}: {text}"),
}
_FACTS = {"fact": key("fact{at}: {text}"), "assumption": key("assumption{at}: {text}")}


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
    said.SessionOpened: lambda data, teller: fixed(
        "session {session} opened: {title}", session=teller.quote(data.name), title=teller.index.exercise.title
    ),
    said.ParticipantJoined: _joined,
    said.ParticipantMoved: _shifted,
    said.ParticipantLeft: lambda data, teller: f"{teller.person(data.id)} left",
    said.ExerciseStarted: lambda data, teller: fixed("the exercise started"),
    said.DeadlineSet: lambda data, teller: f"to finish by {data.at}",
    said.SessionClosed: lambda data, teller: fixed("the session was closed"),
    said.SessionReopened: lambda data, teller: because(fixed("the session was reopened"), data.reason),
    said.ClockPaused: lambda data, teller: fixed("clock paused"),
    said.ClockResumed: lambda data, teller: fixed("clock resumed"),
    said.ClockSet: lambda data, teller: because(
        fixed("clock set from {before} to {after}", before=clock_time(data.from_), after=clock_time(data.to)),
        data.reason,
    ),
    said.MoveStarted: _begun,
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
    said.RequestRaised: lambda data, teller: fixed(
        "{cell} asked control: {text}", cell=teller.cell(data.cell), text=data.text
    ),
    said.RequestAnswered: lambda data, teller: fixed(
        "control answered {request}: {text}", request=teller.request(data.id), text=data.text
    ),
    said.DiscussionNoted: _noted,
    said.FactRecorded: lambda data, teller: fixed(_FACTS[data.kind], at=teller.at(data.cell), text=data.text),
    said.ArgumentMade: _argued,
    said.ObservationRecorded: _observed,
    said.HotWashNoted: lambda data, teller: fixed("hot wash{at}: {text}", at=teller.at(data.cell), text=data.text),
    said.RulingMade: _ruled,
    said.TrackSet: lambda data, teller: because("set by hand", data.reason),
    said.ObjectiveRated: lambda data, teller: because(
        fixed("rated {rating}: {objective}", rating=data.rating, objective=teller.objective(data.objective)), data.text
    ),
    said.ActionAgreed: lambda data, teller: (
        f"action {data.id} agreed{f' ({data.owner})' if data.owner else ''}: {data.action}"
    ),
    said.ActionClosed: _closed,
    said.FeedbackGiven: lambda data, teller: fixed("a participant gave feedback"),
    said.Redacted: lambda data, teller: fixed(
        "withheld when the log was shared ({kind})", kind=data.type.replace("_", " ")
    ),
    said.EventUndone: _seqs,
    said.EntryWithdrawn: lambda data, teller: because(f"#{data.withdraws} withdrawn", data.reason),
}
