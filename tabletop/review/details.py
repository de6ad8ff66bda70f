"""Everything that one line of a log says, as labelled texts with names in place of ids."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tabletop.review.decisions import AnswerGiven
from tabletop.review.lines import KINDS, Line, Lines
from tabletop.review.reviewing import Review
from tabletop.review.wording import OUTCOMES, Teller, clock_time, lasting
from tabletop.session import events as said

Detail = tuple[str, str]

_CELLS = {"cells", "to", "towards"}
_LABELS = {
    "counts_as": "Counts as",
    "decided_by": "Decided by",
    "would_change": "Would change it",
    "happened": "Happened at",
    "seconds": "Took",
    "text": "Text",
    "rationale": "Why",
    "option": "Choice",
    "exercise_sha256": "Exercise's SHA-256",
    "undoes": "Takes back",
    "withdraws": "Takes back",
    "replaces": "Replaces",
    "expects": "Expected",
}
_FIRST = ("rationale", "dissents", "analysis", "reason")
_HIDDEN = {"format", "exercise"}


def details(line: Line, lines: Lines, review: Review) -> list[Detail]:
    """What the line says, field by field, then what it stands with: its inject, options, other answers."""
    teller = Teller(lines.index, lines.names)
    data = line.entry.data if line.entry else None
    found = [("", lines.text(line))]
    found += _inject(data.inject, review, teller) if isinstance(data, said.InjectReleased) else ()
    found += [*_fields(line.event.data, teller), *_standing(line, teller)]
    found += _around(data, line.seq, review, teller) if data is not None else ()
    return [(label, text) for label, text in found if text.strip()]


def _standing(line: Line, teller: Teller) -> Iterator[Detail]:
    event = line.event
    at = event.at[:19].replace("T", " ")
    play = "added after the end" if line.after else f"play {clock_time(line.clock)}"
    yield "Entry", f"#{line.seq}, {play}, entered {at} UTC by {teller.person(event.by)}, {KINDS[line.kind]}"
    if line.taken_back is not None:
        yield "Standing", f"taken back by #{line.taken_back}"


def _fields(data: Mapping[str, Any], teller: Teller) -> Iterator[Detail]:
    """Every field as it stands in the log, those of newer versions too."""
    decision = str(data.get("decision"))
    for key in (*(key for key in _FIRST if key in data), *(key for key in data if key not in _FIRST)):
        value = data[key]
        if key in _HIDDEN or value in ("", None, [], {}) or (key, value) == ("outcome", "answered"):
            continue
        label = _LABELS.get(key, key.replace("_", " ").capitalize())
        if key == "dissents" and isinstance(value, list):
            yield from (("Dissent", _dissent(each, teller)) for each in value)
        elif key == "tracks" and isinstance(value, dict):
            yield "Tracks", "; ".join(_moved(id, pair, teller) for id, pair in value.items())
        elif isinstance(value, list) and key not in _CELLS and all(isinstance(each, str) for each in value):
            yield from ((label, each) for each in value)
        else:
            yield label, _said(key, value, decision, teller)


def _said(key: str, value: object, decision: str, teller: Teller) -> str:
    if key in _CELLS and isinstance(value, list):
        return teller.cells(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and key in ("happened", "from", "to"):
        return clock_time(value)
    if isinstance(value, int | float) and key in ("seconds", "reading"):
        return lasting(value)
    if key in ("undoes", "withdraws", "replaces"):
        return ", ".join(f"#{seq}" for seq in (value if isinstance(value, list) else [value]))
    if isinstance(value, str):
        return _named(key, value, decision, teller)
    return json.dumps(value, ensure_ascii=False, indent=1)


def _named(key: str, id: str, decision: str, teller: Teller) -> str:
    match key:
        case "cell" | "from":
            return teller.cell(id)
        case "inject":
            return teller.inject(id)
        case "move":
            return teller.move(id)
        case "decision":
            return teller.question(id)
        case "option" | "counts_as":
            return teller.option(decision, id)
        case "objective":
            return teller.objective(id)
        case "decided_by":
            return teller.person(id)
        case "outcome":
            return OUTCOMES.get(id, id)
        case _:
            return id


def _dissent(value: object, teller: Teller) -> str:
    if not isinstance(value, dict):
        return str(value)
    who = teller.person(str(value.get("who") or "")) or "somebody"
    return f"{who}: {value.get('view', '')}"


def _moved(id: str, pair: object, teller: Teller) -> str:
    known = teller.index.tracks.get(id)
    name = known.name if known else id
    if isinstance(pair, list | tuple) and len(pair) == 2:
        return f"{name} {pair[0]} to {pair[1]}"
    return f"{name} {pair}"


def _around(data: said.Payload, seq: int, review: Review, teller: Teller) -> Iterator[Detail]:
    """What the exercise and other lines say of the same thing."""
    if isinstance(data, said.MoveStarted):
        move = teller.index.moves.get(data.move)
        yield "Briefing", (move.briefing or "") if move else ""
    decision = getattr(data, "decision", None)
    if isinstance(decision, str):
        yield from _decision(decision, seq, review, teller)


def _inject(id: str, review: Review, teller: Teller) -> Iterator[Detail]:
    played = next((each for each in review.injects if each.inject.id == id), None)
    if played is None:
        return
    inject = played.inject
    reworded = [entry.data.text for entry in played.reworded if entry.data.text]
    yield "From", ", ".join(part for part in (inject.from_ or "", inject.via or "") if part)
    yield "Story time", inject.scenario_time or ""
    yield "Said", reworded[-1] if reworded else inject.text
    for cell, text in inject.private.items():
        yield f"Only {teller.cell(cell)}", text
    for asked in inject.decisions:
        yield "Asks", asked.question
    for text in inject.expects:
        yield "Expected", text
    yield "Notes", inject.notes or ""


def _decision(id: str, seq: int, review: Review, teller: Teller) -> Iterator[Detail]:
    taken = review.decision.get(id)
    if taken is None:
        return
    if taken.inject:
        yield "Asked by", teller.inject(taken.inject)
    for at, asked in enumerate(taken.asked):
        yield "Asked" if not at else "Asked again", f"#{asked.seq}, {clock_time(asked.clock)}"
    for option in taken.options:
        yield "Option", option.text
    for thread in taken.by_cells:
        for answer in thread.answers:
            if answer.entry.seq == seq:
                yield "Consequence", answer.consequence
            else:
                label = _answer_label(answer.entry.seq, seq, thread.answers)
                yield label, _answered(answer, thread.cells, teller)


def _answer_label(seq: int, here: int, thread: Sequence[AnswerGiven]) -> str:
    if not any(answer.entry.seq == here for answer in thread):
        return "Other answer"
    return "Earlier answer" if seq < here else "Later answer"


def _answered(answer: AnswerGiven, cells: Sequence[str], teller: Teller) -> str:
    """An answer in a line: number, time, cells, choice."""
    entry = answer.entry
    return f"#{entry.seq}, {clock_time(entry.clock)}, {teller.cells(cells)}: {choice(answer)}"


def choice(answer: AnswerGiven) -> str:
    """What was chosen, in the words that were read or spoken; silence by its name."""
    data = answer.entry.data
    counted = f" (counts as: {answer.counted})" if answer.counted else ""
    if data.outcome != "answered":
        return f"{'declined' if data.outcome == 'declined' else 'out of time'}{counted}"
    return answer.chosen or f"{data.text or ''}{counted}"
