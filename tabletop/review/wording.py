"""What an event says, in one line of plain words with titles rather than ids.

The console's record, ``tabletop log`` and questions such as "Take back ...?" all say it so. A sentence
has no full stop and no line ends; what people wrote in it is not cleaned of control characters here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from tabletop.journal.event import Event
from tabletop.scenario.index import Index
from tabletop.session import events as said

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
    words = _SENTENCES[type(data)](data, teller) + teller.moved(getattr(data, "tracks", None))
    return _one_line(words)


def made_on_the_spot(events: Iterable[Event]) -> dict[str, str]:
    """What a session brought in itself: titles of injects and questions of decisions by id, options as
    ``DECISION=OPTION``, participants' names as ``@ID``."""
    names: dict[str, str] = {}
    for event in events:
        data = event.data
        if event.type == "participant_joined":
            names[f"@{data.get('id')}"] = str(data.get("name") or "")
        elif event.type == "decision_asked" and data.get("question"):
            names |= _decision_names(data, "decision")
        elif event.type == "inject_written":
            for inject in _maps([data.get("inject")]):
                names[str(inject.get("id"))] = str(inject.get("title", ""))
                for asked in _maps(inject.get("decisions")):
                    names |= _decision_names(asked, "id")
    return names


def _decision_names(asked: Mapping[str, Any], key: str) -> dict[str, str]:
    id = str(asked.get(key))
    options = {f"{id}={each.get('id')}": str(each.get("text", "")) for each in _maps(asked.get("options"))}
    return {id: str(asked.get("question", "")), **options}


def _maps(value: object) -> Iterator[dict[str, Any]]:
    """The maps in a list; anything else that a log may hold there is passed over."""
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def clock_time(seconds: float) -> str:
    """A reading of the exercise clock: ``1:05:09``."""
    total = max(0, int(seconds))
    return f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words[:1].upper() + words[1:]


def lasting(seconds: float) -> str:
    """A stretch of time: ``4 min 10 s``."""
    total = max(0, round(seconds))
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    if hours:
        return f"{hours} h {minutes} min"
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _listed(words: Iterable[str]) -> str:
    *most, last = list(words) or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last


def _quoted(text: str) -> str:
    """In quotes, and not twice."""
    said = text.strip()
    whole = len(said) > 1 and said[0] == said[-1] == '"' and '"' not in said[1:-1]
    return said if whole else f'"{said}"'


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Names things as players and facilitators know them."""

    index: Index
    names: Mapping[str, str] = field(default_factory=dict)

    def cell(self, id: str | None) -> str:
        """A cell's name."""
        known = self.index.cells.get(id or "")
        return known.name if known else id or "nobody"

    def cells(self, ids: Iterable[str]) -> str:
        """Cells by name; everyone where it is all players."""
        named = tuple(ids)
        if len(named) > 1 and set(named) >= set(self.index.players):
            return "everyone"
        return _listed(self.cell(each) for each in named)

    def inject(self, id: str) -> str:
        """An inject's title, in quotes."""
        known = self.index.injects.get(id)
        return f'"{known.title if known else self.names.get(id) or id}"'

    def move(self, id: str) -> str:
        """A move's title, in quotes."""
        known = self.index.moves.get(id)
        return f'"{known.title if known else id}"'

    def question(self, id: str) -> str:
        """A decision's question, in quotes."""
        known = self.index.decisions.get(id)
        return f'"{known.question if known else self.names.get(id) or id}"'

    def option(self, decision: str, id: str) -> str:
        """An option's text, in quotes."""
        known = self.index.option(decision, id)
        return _quoted(known.text if known else self.names.get(f"{decision}={id}") or id)

    def objective(self, id: str) -> str:
        """An objective's text, in quotes."""
        known = self.index.objectives.get(id)
        return f'"{known.text if known else id}"'

    def person(self, id: str) -> str:
        """A participant's name; of anybody else what was typed."""
        return self.names.get(f"@{id}") or id

    def at(self, cell: str | None, inject: str | None = None) -> str:
        """Behind something that a cell said, on an inject perhaps, or nobody in particular."""
        places = [self.cell(cell) if cell else "", f"on {self.inject(inject)}" if inject else ""]
        said = ", ".join(place for place in places if place)
        return f" ({said})" if said else ""

    def moved(self, tracks: said.Moved | None) -> str:
        """What an event did to tracks: `` [Trust 6 to 5]``."""
        parts = []
        for id, (before, after) in (tracks or {}).items():
            known = self.index.tracks.get(id)
            by = f"{before} to {after}" if before != after else f"stays {after}"
            parts.append(f"{known.name if known else id} {by}")
        return f" [{', '.join(parts)}]" if parts else ""


# --- the longer sentences ----------------------------------------------------------------------------


def _joined(data: said.ParticipantJoined, teller: Teller) -> str:
    parts = [data.kind, data.role, teller.cell(data.cell) if data.cell else "", "lead" if data.lead else ""]
    return f"{data.name} joins ({', '.join(part for part in parts if part)})"


def _shifted(data: said.ParticipantMoved, teller: Teller) -> str:
    lead = {True: "lead", False: "no longer lead", None: ""}[data.lead]
    parts = [teller.cell(data.cell) if data.cell else "", data.role or "", lead]
    return f"{teller.person(data.id)} changes: {', '.join(part for part in parts if part)}"


def _reworded(data: said.InjectReworded, teller: Teller) -> str:
    news = {"title": data.title, "text": data.text, "private text": data.private}
    return f"{teller.inject(data.inject)} is reworded: new {_listed(name for name, new in news.items() if new)}"


def _marked(data: said.ExpectationMarked, teller: Teller) -> str:
    met = {"yes": "is met", "partly": "is met in part", "no": "is not met"}[data.met]
    return f"expected action {data.number} of {teller.inject(data.inject)}{teller.at(data.cell)} {met}"


def _asked(data: said.DecisionAsked, teller: Teller) -> str:
    minutes = f", {data.minutes} min" if data.minutes else ""
    return f"{teller.cells(data.cells)} asked: {teller.question(data.decision)}{minutes}"


def _granted(data: said.TimeGranted, teller: Teller) -> str:
    what = teller.question(data.decision) if data.decision else f"the move {teller.move(data.move or '')}"
    return f"{data.minutes} min more for {what}"


def _answer(data: said.Answer, teller: Teller) -> str:
    counts = f", counts as {teller.option(data.decision, data.counts_as)}" if data.counts_as else ""
    if data.outcome != "answered":
        return f"{OUTCOMES[data.outcome]}{counts}"
    if data.option:
        return f"decides {teller.option(data.decision, data.option)}"
    return f"answers in own words: {_quoted(data.text or '')}{counts}"


def _decided(data: said.Answer, teller: Teller) -> str:
    notes = [
        "revised" if isinstance(data, said.DecisionRevised) else "",
        "before being asked" if data.early else "",
        f"after {lasting(data.seconds)}" if data.seconds else "",
        f"by {teller.person(data.decided_by)}" if data.decided_by else "",
        f"dissent: {_dissenters(data, teller)}" if data.dissents else "",
    ]
    noted = ", ".join(note for note in notes if note)
    words = f"{_listed(teller.cell(each) for each in data.cells)}, on {teller.question(data.decision)}"
    return f"{words}: {_answer(data, teller)}{f' ({noted})' if noted else ''}"


def _dissenters(data: said.Answer, teller: Teller) -> str:
    return _listed(teller.person(each.who) or "somebody" for each in data.dissents)


def _read(data: said.ConsequenceRead, teller: Teller) -> str:
    choice = teller.option(data.decision, data.option)
    return f"consequence of {choice} read to {teller.cells(data.cells)}"


def _acted(data: said.ActRecorded, teller: Teller) -> str:
    towards = f" towards {teller.cells(data.towards)}" if data.towards else ""
    return f"{teller.cell(data.cell)} acts{towards}: {data.text}"


def _sent(data: said.MessageSent, teller: Teller) -> str:
    via = f" ({data.via})" if data.via else ""
    return f"{teller.cell(data.from_)} to {teller.cells(data.to)}{via}: {data.text}"


def _noted(data: said.DiscussionNoted, teller: Teller) -> str:
    at = teller.at(data.cell, data.inject)
    return f"quote{at}: {_quoted(data.text)}" if data.quote else f"note{at}: {data.text}"


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
    return f"ruling{f' on {_quoted(data.about)}' if data.about else ''}{how}: {data.text}"


def _closed(data: said.ActionClosed, teller: Teller) -> str:
    return f"action {data.id}{f' of {data.log}' if data.log else ''} is done{_because(data.text)}"


def _seqs(data: said.EventUndone, teller: Teller) -> str:
    return f"undone: {_listed(f'#{seq}' for seq in data.undoes)}"


_SENTENCES: dict[type[said.Payload], Callable[[Any, Teller], str]] = {
    said.SessionOpened: lambda data, teller: f'session "{data.name}" opened: {teller.index.exercise.title}',
    said.ParticipantJoined: _joined,
    said.ParticipantMoved: _shifted,
    said.ParticipantLeft: lambda data, teller: f"{teller.person(data.id)} leaves",
    said.ExerciseStarted: lambda data, teller: "exercise started",
    said.DeadlineSet: lambda data, teller: f"to finish by {data.at}",
    said.SessionClosed: lambda data, teller: "session closed",
    said.SessionReopened: lambda data, teller: f"session reopened{_because(data.reason)}",
    said.ClockPaused: lambda data, teller: "clock paused",
    said.ClockResumed: lambda data, teller: "clock resumed",
    said.ClockSet: lambda data, teller: (
        f"clock set from {clock_time(data.from_)} to {clock_time(data.to)}{_because(data.reason)}"
    ),
    said.MoveStarted: lambda data, teller: f"move {teller.move(data.move)} started",
    said.InjectReleased: lambda data, teller: f"{teller.inject(data.inject)} released to {teller.cells(data.cells)}",
    said.InjectRevealed: lambda data, teller: (
        f"{teller.inject(data.inject)} revealed to {teller.cells(data.cells)} too"
    ),
    said.InjectSkipped: lambda data, teller: f"{teller.inject(data.inject)} skipped{_because(data.reason)}",
    said.InjectHeld: lambda data, teller: f"{teller.inject(data.inject)} held{_because(data.reason)}",
    said.InjectReworded: _reworded,
    said.InjectWritten: lambda data, teller: (
        f'inject written on the spot: "{data.inject.get("title") or data.inject.get("id", "")}"'
    ),
    said.ExpectationMarked: _marked,
    said.DecisionAsked: _asked,
    said.TimeGranted: _granted,
    said.DecisionRecorded: _decided,
    said.DecisionRevised: _decided,
    said.ConsequenceRead: _read,
    said.ActRecorded: _acted,
    said.MessageSent: _sent,
    said.RequestRaised: lambda data, teller: f"{teller.cell(data.cell)} asks control ({data.id}): {data.text}",
    said.RequestAnswered: lambda data, teller: f"control answers {data.id}: {data.text}",
    said.DiscussionNoted: _noted,
    said.FactRecorded: lambda data, teller: f"{data.kind}{teller.at(data.cell)}: {data.text}",
    said.ArgumentMade: _argued,
    said.ObservationRecorded: _observed,
    said.HotWashNoted: lambda data, teller: f"hot wash{teller.at(data.cell)}: {data.text}",
    said.RulingMade: _ruled,
    said.TrackSet: lambda data, teller: f"set by hand{_because(data.reason)}",
    said.ObjectiveRated: lambda data, teller: (
        f"rated {data.rating}: {teller.objective(data.objective)}{_because(data.text)}"
    ),
    said.ActionAgreed: lambda data, teller: (
        f"action {data.id} agreed{f' ({data.owner})' if data.owner else ''}: {data.action}"
    ),
    said.ActionClosed: _closed,
    said.FeedbackGiven: lambda data, teller: "a participant gives feedback",
    said.Redacted: lambda data, teller: f"withheld when the log was shared ({data.type.replace('_', ' ')})",
    said.EventUndone: _seqs,
    said.EntryWithdrawn: lambda data, teller: f"#{data.withdraws} withdrawn{_because(data.reason)}",
}
