"""The timeline as swim-lanes: what stands in whose lane, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.review.details import choice
from tabletop.review.lines import Line, Lines
from tabletop.review.reviewing import Review
from tabletop.scenario.model import CONTROL
from tabletop.session import events as said

SIGNS = {
    ">": "inject",
    "*": "decision",
    "?": "asked",
    "-": "said",
    "@": "act, message",
    "=": "fact, assumption",
    "!": "ruling",
    "o": "observed",
    "+": "rating, action",
    ".": "clock, session",
}
"""The signs of the lanes, with what they mean."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing in the lanes of these cells; ``control`` is the lane of control and of the whole room.

    ``tail`` stands behind the text however short that is cut.
    """

    line: Line
    sign: str
    text: str
    lanes: tuple[str, ...]
    tail: str = ""


def lanes(lines: Lines, review: Review) -> list[Mark]:
    """All that stands, by the time at which it happened; what was entered later stands where it belongs."""
    answers = {answer.entry.seq: answer for decision in review.decisions for answer in decision.answers}
    marks: list[Mark] = []
    for line in lines:
        if line.taken_back is not None or line.entry is None:
            continue
        data = line.entry.data
        if answer := answers.get(line.seq):
            again = "revised: " if answer.revises is not None else ""
            dissents = len(answer.entry.data.dissents)
            tail = f"[{dissents} dissent{'s' if dissents > 1 else ''}]" if dissents else ""
            _place(marks, Mark(line, "*", f"{again}{choice(answer)}", _lanes(line), tail))
        elif told := _told(data, lines):
            _place(marks, Mark(line, *told, _lanes(line)))
    return marks


def _place(marks: list[Mark], mark: Mark) -> None:
    """Put it behind the last that happened no later, unless it is no earlier than the record has it."""
    at = len(marks)
    if getattr(mark.line.entry and mark.line.entry.data, "happened", None) is not None and not mark.line.after:
        while at and marks[at - 1].line.clock > mark.line.clock and marks[at - 1].sign:
            at -= 1
    marks.insert(at, mark)


def _lanes(line: Line) -> tuple[str, ...]:
    data = line.entry.data if line.entry else None
    if isinstance(data, said.MessageSent | said.ActRecorded):
        return line.cells[:1]
    return line.cells or (CONTROL,)


def _told(data: said.Payload, lines: Lines) -> tuple[str, str] | None:
    """Sign and text of what has a place in the lanes; moves have an empty sign, people joining no place."""
    title = lines.title
    match data:
        case said.MoveStarted(move=move):
            entered = lines.index.moves.get(move)
            return "", entered.title if entered else move
        case said.InjectReleased(inject=id):
            return ">", title(id)
        case said.InjectRevealed(inject=id):
            return ">", f"{title(id)} (revealed)"
        case said.InjectSkipped(inject=id, reason=reason):
            return ">", f"skipped: {title(id)}{f' ({reason})' if reason else ''}"
        case said.InjectHeld(inject=id):
            return ">", f"held: {title(id)}"
        case said.DecisionAsked(decision=id):
            return "?", lines.question(id)
        case said.DiscussionNoted(text=text, quote=quote):
            return "-", f'"{text}"' if quote else text
        case said.HotWashNoted(text=text):
            return "-", f"hot wash: {text}"
        case said.ArgumentMade(proposal=text):
            return "-", f"proposes: {text}"
        case said.FactRecorded(kind=kind, text=text):
            return "=", f"{kind}: {text}"
        case said.ActRecorded(text=text, towards=towards):
            return "@", f"{f'towards {_listed(towards, lines)}: ' if towards else ''}{text}"
        case said.MessageSent(to=to, text=text):
            return "@", f"to {_listed(to, lines)}: {text}"
        case said.RequestRaised(text=text):
            return "?", f"to control: {text}"
        case said.RequestAnswered(text=text):
            return "!", f"answers: {text}"
        case said.RulingMade(text=text):
            return "!", text
        case said.TrackSet(tracks=tracks):
            names = (track.name if (track := lines.index.tracks.get(id)) else id for id in tracks)
            return "!", f"sets {', '.join(names)}"
        case said.ObservationRecorded(kind=kind, text=text):
            return "o", f"{'to improve' if kind == 'improvement' else kind}: {text}"
        case said.ObjectiveRated(objective=id, rating=rating):
            goal = lines.index.objectives.get(id)
            return "+", f"rated {rating}: {goal.text if goal else id}"
        case said.ActionAgreed(action=text):
            return "+", f"action: {text}"
        case said.ActionClosed(id=id):
            return "+", f"action {id} done"
        case said.FeedbackGiven():
            return "+", "feedback"
        case said.ExerciseStarted():
            return ".", "exercise starts"
        case said.SessionClosed():
            return ".", "session closed"
        case said.SessionReopened(reason=reason):
            return ".", f"session reopened{f': {reason}' if reason else ''}"
        case said.ClockPaused():
            return ".", "clock paused"
        case said.ClockResumed():
            return ".", "clock runs again"
        case said.ClockSet(reason=reason):
            return ".", f"clock set{f': {reason}' if reason else ''}"
        case said.TimeGranted(minutes=minutes):
            return ".", f"{minutes} min more"
        case _:
            return None


def _listed(cells: Iterable[str], lines: Lines) -> str:
    return ", ".join(lines.cell(each) for each in cells)


def spans(mark_lanes: Sequence[str], shown: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of neighbouring lanes that a mark takes, as (first, how many), of those that are shown."""
    wanted = [at for at, lane in enumerate(shown) if lane in mark_lanes]
    runs: list[tuple[int, int]] = []
    for at in wanted:
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs
