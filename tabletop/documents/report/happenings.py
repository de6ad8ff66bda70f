"""What an entry of the log says, in one plain sentence: the timeline's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tabletop.documents.words import and_listed, capital, count, date_time, lasting, quoted, sentence
from tabletop.review.record import Entry
from tabletop.review.reviewing import Names, Review
from tabletop.review.tracks import moved
from tabletop.session import events as said

OUTCOMES = {"answered": "answered", "declined": "declined to answer", "out_of_time": "ran out of time"}
Teller = Callable[[Any, Review], str]


def happening(entry: Entry[said.Payload], review: Review) -> str:
    """One sentence on an entry, and what it did to tracks."""
    return f"{act(entry, review)} {changes(entry.data, review.names)}".strip()


def act(entry: Entry[said.Payload], review: Review) -> str:
    """One sentence on an entry, without what it did to tracks."""
    teller = _TELLERS.get(type(entry.data))
    words = teller(entry.data, review) if teller else entry.type.replace("_", " ")
    return sentence(capital(words))


def cause(entry: Entry[said.Payload], review: Review) -> str:
    """What moved a track, in short: of an answer only whose it was and what was chosen."""
    if not isinstance(entry.data, said.Answer):
        return act(entry, review)
    revised = " (revised)" if isinstance(entry.data, said.DecisionRevised) else ""
    return sentence(f"{_cells(entry.data.cells, review)}{revised}: {choice(entry.data, review)}")


def changes(data: said.Payload, names: Names) -> str:
    """``ROK-Japan trust 6 to 5.``; empty where no track moved."""
    parts = [f"{names.track(id)} {before} to {after}" for id, (before, after) in moved(data).items()]
    return f"{'; '.join(parts)}." if parts else ""


def choice(data: said.Answer, review: Review) -> str:
    """What was chosen, in words: the option's text, own words, or how no answer came."""
    if data.outcome != "answered":
        counted = f", which counts as {quoted(_option(data, data.counts_as, review))}" if data.counts_as else ""
        return f"{OUTCOMES[data.outcome]}{counted}"
    if data.option:
        return quoted(_option(data, data.option, review))
    counted = f" (counts as {quoted(_option(data, data.counts_as, review))})" if data.counts_as else ""
    return f"in own words, {quoted(data.text or '')}{counted}"


def _option(data: said.Answer, id: str | None, review: Review) -> str:
    decision = review.decision.get(data.decision)
    option = decision.option(id) if decision else None
    return option.text if option else id or ""


def _question(id: str, review: Review) -> str:
    decision = review.decision.get(id)
    return quoted(decision.question) if decision and decision.question else id


def _joined(data: said.ParticipantJoined, review: Review) -> str:
    role = f", {data.role}" if data.role else ""
    cell = f", {review.names.cell(data.cell)}" if data.cell else ""
    lead = ", lead" if data.lead else ""
    return f"{data.name}{role} joined ({data.kind}{cell}{lead})"


def _shifted(data: said.ParticipantMoved, review: Review) -> str:
    parts = [review.names.cell(data.cell) if data.cell else "", data.role or "", "lead" if data.lead else ""]
    return f"{review.names.person(data.id)} moved: {', '.join(part for part in parts if part)}"


def _because(words: str, reason: str) -> str:
    return f"{words}: {reason}" if reason else words


def _released(data: said.InjectReleased, review: Review) -> str:
    return f"released to {_cells(data.cells, review)}: {quoted(review.names.inject(data.inject))}"


def _reworded(data: said.InjectReworded, review: Review) -> str:
    news = {"title": data.title, "text": data.text, "private text": data.private}
    parts = [name for name, new in news.items() if new]
    return f"reworded before release: {quoted(review.names.inject(data.inject))} ({and_listed(parts)})"


def _marked(data: said.ExpectationMarked, review: Review) -> str:
    cell = f", {review.names.cell(data.cell)}" if data.cell else ""
    return f"expected action {data.number} of {quoted(review.names.inject(data.inject))}{cell}: met: {data.met}"


def _asked(data: said.DecisionAsked, review: Review) -> str:
    minutes = f", {count(data.minutes, 'minute')}" if data.minutes else ""
    return f"asked of {_cells(data.cells, review)}: {_question(data.decision, review)}{minutes}"


def _granted(data: said.TimeGranted, review: Review) -> str:
    what = _question(data.decision, review) if data.decision else "the move"
    return f"{count(data.minutes, 'more minute', 'more minutes')} granted for {what}"


def _decided(data: said.Answer, review: Review) -> str:
    revised = " (revised)" if isinstance(data, said.DecisionRevised) else ""
    seconds = f", after {lasting(data.seconds)}" if data.seconds is not None else ""
    early = ", before being asked" if data.early else ""
    dissent = f", {count(len(data.dissents), 'dissent')}" if data.dissents else ""
    question = _question(data.decision, review)
    words = f"{choice(data, review)}{seconds}{early}{dissent}"
    return f"{_cells(data.cells, review)} on {question}{revised}: {words}"


def _ruled(data: said.RulingMade, review: Review) -> str:
    how: str = data.method
    if data.vote:
        how = f"vote: {data.vote.for_} for, {data.vote.against} against, {data.vote.abstained} abstained"
    elif data.roll:
        how = f"roll: {data.roll.result} against odds of {data.roll.odds} %, seed {data.roll.seed}"
    about = f" on {quoted(data.about)}" if data.about else ""
    return f"ruling{about} ({how}): {data.text}"


def _observed(data: said.ObservationRecorded, review: Review) -> str:
    kind = {"improvement": "area for improvement"}.get(data.kind, data.kind)
    return f"{kind} observed{_at_table(data.cell, review)}: {data.text}"


def _argued(data: said.ArgumentMade, review: Review) -> str:
    reasons = f"{count(len(data.for_), 'reason')} for, {len(data.against) or 'no'} against"
    return f"{review.names.cell(data.cell)} proposed: {sentence(data.proposal)} {capital(reasons)}"


def _noted(data: said.DiscussionNoted, review: Review) -> str:
    words = quoted(data.text) if data.quote else data.text
    return f"{'quote' if data.quote else 'note'}{_at_table(data.cell, review)}: {words}"


def _acted(data: said.ActRecorded, review: Review) -> str:
    towards = f" towards {_cells(data.towards, review)}" if data.towards else ""
    return f"{review.names.cell(data.cell)} acted unasked{towards}: {data.text}"


def _sent(data: said.MessageSent, review: Review) -> str:
    via = f" ({data.via})" if data.via else ""
    return f"message from {review.names.cell(data.from_)} to {_cells(data.to, review)}{via}: {data.text}"


def _read(data: said.ConsequenceRead, review: Review) -> str:
    return f"consequence read to {_cells(data.cells, review)}, on {_question(data.decision, review)}"


def _at_table(cell: str | None, review: Review) -> str:
    return f", {review.names.cell(cell)}" if cell else ""


def _cells(ids: tuple[str, ...], review: Review) -> str:
    return and_listed(review.names.cell(id) for id in ids)


def _move(id: str, review: Review) -> str:
    return next((move.title for move in review.exercise.moves if move.id == id), id)


def _objective(id: str, review: Review) -> str:
    return next((quoted(goal.text) for goal in review.exercise.objectives if goal.id == id), id)


def _inject(words: str) -> Teller:
    def tell(data: Any, review: Review) -> str:
        return _because(f"{words}: {quoted(review.names.inject(data.inject))}", getattr(data, "reason", ""))

    return tell


_TELLERS: dict[type[said.Payload], Teller] = {
    said.SessionOpened: lambda data, review: f"session {quoted(data.name)} opened",
    said.ParticipantJoined: _joined,
    said.ParticipantMoved: _shifted,
    said.ParticipantLeft: lambda data, review: f"{review.names.person(data.id)} left",
    said.ExerciseStarted: lambda data, review: "the exercise started",
    said.DeadlineSet: lambda data, review: f"to finish by {date_time(data.at)}",
    said.SessionClosed: lambda data, review: "the session was closed",
    said.SessionReopened: lambda data, review: _because("the session was reopened", data.reason),
    said.ClockPaused: lambda data, review: "clock paused",
    said.ClockResumed: lambda data, review: "clock resumed",
    said.ClockSet: lambda data, review: _because(
        f"clock set from {lasting(data.from_)} to {lasting(data.to)}", data.reason
    ),
    said.MoveStarted: lambda data, review: f"move started: {_move(data.move, review)}",
    said.InjectReleased: _released,
    said.InjectRevealed: lambda data, review: (
        f"shown to {_cells(data.cells, review)} too: {quoted(review.names.inject(data.inject))}"
    ),
    said.InjectSkipped: _inject("skipped"),
    said.InjectHeld: _inject("held"),
    said.InjectReworded: _reworded,
    said.InjectWritten: lambda data, review: (
        f"written on the spot: {quoted(review.names.inject(str(data.inject.get('id', ''))))}"
    ),
    said.ExpectationMarked: _marked,
    said.DecisionAsked: _asked,
    said.TimeGranted: _granted,
    said.DecisionRecorded: _decided,
    said.DecisionRevised: _decided,
    said.ConsequenceRead: _read,
    said.ActRecorded: _acted,
    said.MessageSent: _sent,
    said.RequestRaised: lambda data, review: f"{review.names.cell(data.cell)} asked control: {data.text}",
    said.RequestAnswered: lambda data, review: f"control answered request {data.id}: {data.text}",
    said.DiscussionNoted: _noted,
    said.FactRecorded: lambda data, review: f"{data.kind}{_at_table(data.cell, review)}: {data.text}",
    said.ArgumentMade: _argued,
    said.ObservationRecorded: _observed,
    said.HotWashNoted: lambda data, review: f"hot wash{_at_table(data.cell, review)}: {data.text}",
    said.RulingMade: _ruled,
    said.TrackSet: lambda data, review: _because("set by hand", data.reason),
    said.ObjectiveRated: lambda data, review: f"rated {data.rating}: {_objective(data.objective, review)}",
    said.ActionAgreed: lambda data, review: f"action {data.id} agreed: {data.action}",
    said.ActionClosed: lambda data, review: _because(
        f"action {data.id} of {data.log or 'this session'} closed", data.text
    ),
    said.FeedbackGiven: lambda data, review: "a participant gave feedback",
    said.Redacted: lambda data, review: f"withheld when the log was shared ({data.type.replace('_', ' ')})",
    said.EventUndone: lambda data, review: f"undone: {', '.join(f'#{seq}' for seq in data.undoes)}",
    said.EntryWithdrawn: lambda data, review: _because(f"withdrawn: #{data.withdraws}", data.reason),
}
