"""Adding to a log after its end: the log is opened for writing while a form stands, and let go with it.

Nothing is opened that is not whole. A session that was left open is closed with the first thing recorded, in
one write: so that what is added stands behind the end, and nothing is closed where nothing is added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabletop.console.safe import one_line
from tabletop.console.screens.closing import RATINGS
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.console.screens.forms import happened
from tabletop.console.still_open import NOTHING, close_form, closing
from tabletop.errors import Refused
from tabletop.journal import FileJournal, read_log
from tabletop.review.improvement import AgreedAction
from tabletop.review.lines import Line, Lines
from tabletop.session.clock import ExerciseClock, SystemTime
from tabletop.session.session import Session

_KINDS = (("strength", "strength"), ("improvement", "area for improvement"), ("note", "note"))


@dataclass(frozen=True)
class Adding:
    """A log open for writing."""

    session: Session

    @property
    def about(self) -> str:
        """What a form has to say about the session."""
        if self.session.state.phase == "closed":
            return "Added after the end; the record says so."
        return "This session was left without being closed. Recording this closes it first."

    def record(self, command: Mapping[str, Any], by: str) -> None:
        """Record one thing, after the close."""
        closing = [] if self.session.state.phase == "closed" else [{"do": "close"}]
        self.session.do_all([*closing, command], by or "facilitator")

    def let_go(self) -> None:
        """Let other programs write the log again."""
        self.session.close()


def open_to_add(path: Path) -> Adding:
    """Open a log for what is added to it.

    Raises a TabletopError that says why where it is not whole, is being written elsewhere, cannot be
    written, or was never started.
    """
    if (reading := read_log(path)).torn:
        raise Refused(
            f"Line {reading.torn.line if reading.torn else 0} of the log was never finished, so nothing is added.",
            "`tabletop resume` sets the unfinished line aside; then it can be.",
        )
    session = Session.open(FileJournal.open(path), ExerciseClock(SystemTime()))
    if session.state.phase == "opened":
        session.close()
        raise Refused("This session never started, so there is no end to add anything after.")
    return Adding(session)


def observe_form(adding: Adding, line: Line | None, lines: Lines) -> FormScreen:
    """An observation, on the inject and the cell of the line under the cursor if wished."""
    inject = _inject_of(line, lines)
    cells = [("", "the room"), *((cell.id, cell.name) for cell in adding.session.exercise.cells)]
    on = [*([(inject, lines.title(inject))] if inject else []), ("", "the session as a whole")]
    known = {cell for cell, _ in cells}
    of = line.cells[0] if line and len(line.cells) == 1 and line.cells[0] in known else ""
    fields = [
        Field("kind", "Kind", "pick", _KINDS),
        Field("text", "What was seen", "text", needed="Write what was seen."),
        Field("analysis", "Why it matters, what caused it", "text"),
        Field("objective", "Objective", "pick", _objectives(adding)),
        Field("cell", "Cell", "pick", cells, of),
        Field("inject", "On", "pick", on, inject),
        Field("happened", "Happened at (1:05: that play time; empty: no particular time)"),
        *_by(adding),
    ]

    def submit(values: Values) -> None:
        kept = {key: values[key] for key in ("kind", "text", "analysis", "objective", "cell", "inject")}
        at = happened(values["happened"], adding.session.state.clock)
        adding.record(given(do="observe", **kept, happened=at), values.get("by", ""))

    return FormScreen("Observation", fields, submit, about=adding.about)


def rate_form(adding: Adding, objective: str) -> FormScreen:
    """A rating of one objective, or of another."""
    ratings = adding.session.state.play.ratings
    goals = [(id, f"[{ratings[id].rating if id in ratings else ' '}] {text}") for id, text in _objectives(adding) if id]
    if not goals:
        raise Refused("This exercise names no objectives, so there is nothing to rate.")
    fields = [
        Field("objective", "Objective", "pick", goals, objective),
        Field(
            "rating", "Rating", "pick", [("", "not yet"), *((grade, f"{grade} {about}") for _, grade, about in RATINGS)]
        ),
        Field("text", "Why", "text"),
        *_by(adding),
    ]

    def submit(values: Values) -> None:
        if not values["rating"]:
            raise Refused("No rating is chosen.", "Choose P, S, M or U.")
        kept = given(do="rate", objective=values["objective"], rating=values["rating"], text=values["text"])
        adding.record(kept, values.get("by", ""))

    return FormScreen("Rating", fields, submit, about=adding.about)


def action_form(adding: Adding, objective: str) -> FormScreen:
    """A corrective action of the improvement plan."""
    fields = [
        Field("action", "What will be done", "text", needed="Say what will be done."),
        Field("owner", "By whom"),
        Field("start", "From when"),
        Field("due", "Until when"),
        Field("objective", "Objective", "pick", _objectives(adding), objective),
        *_by(adding),
    ]

    def submit(values: Values) -> None:
        kept = {key: values[key] for key in ("action", "owner", "start", "due", "objective")}
        adding.record(given(do="agree", **kept), values.get("by", ""))

    return FormScreen("Action agreed", fields, submit, about=adding.about)


def withdraw_form(adding: Adding, line: Line, said: str) -> FormScreen:
    """Take an entry back; the record keeps both."""
    fields = [Field("reason", "Reason"), *_by(adding)]

    def submit(values: Values) -> None:
        adding.record(given(do="withdraw", withdraws=line.seq, reason=values["reason"]), values.get("by", ""))

    about = f"{one_line(said)}\nThe record keeps both. {adding.about}"
    return FormScreen(f"Withdraw #{line.seq}", fields, submit, about=about, record="withdraw")


def done_form(adding: Adding, found: Sequence[AgreedAction], log: str) -> FormScreen:
    """An action that is done, of this session or of another in the folder."""
    if not found:
        raise Refused(NOTHING)

    def close(action: AgreedAction, values: Values) -> None:
        adding.record(closing(action, values["text"], log), values.get("by", ""))

    return close_form(found, close, more=_by(adding), about=adding.about)


Making = Callable[[Adding], FormScreen]


def _objectives(adding: Adding) -> list[tuple[str, str]]:
    return [("", "none"), *((each.id, one_line(each.text)) for each in adding.session.exercise.objectives)]


def _by(adding: Adding) -> list[Field]:
    """Who is at the keys, where the session knows somebody who may be."""
    people = adding.session.state.participants.items()
    named = [(id, person.name) for id, person in people if person.kind != "player"]
    return [Field("by", "Entered by", "pick", [("", "not named"), *named])] if named else []


def _inject_of(line: Line | None, lines: Lines) -> str:
    """The inject that a line is about, or is the release of."""
    source = lines[line.about] if line and line.kind != "correction" and line.about is not None else line
    inject = source.event.data.get("inject") if source else None
    return inject if isinstance(inject, str) else ""
