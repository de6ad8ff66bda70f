"""The small forms of play, each a few fields and the command that they make."""

from __future__ import annotations

import re
from typing import Any

from textual.events import Key
from textual.widgets import Input

from tabletop.console import words
from tabletop.console.glance import Glance, cell_choices
from tabletop.console.people import AS_IT_STANDS, changes, doubts, line_of, read_people
from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.errors import Refused
from tabletop.session.schedule import Slot
from tabletop.session.session import Session

SKIPPABLE = ("pending", "due", "held", "lost", "pocket")
HAPPENED = Field("happened", "Happened at (empty: now; -16: 16 minutes ago; 1:05: that room time)")
_AGO = re.compile(r"-\s*(\d{1,4})")
_AT = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")


def happened(text: str, clock: float) -> float | None:
    """A clock reading for ``-16`` (minutes ago) or ``1:05`` (room time); Refused where it is neither."""
    if not text:
        return None
    if ago := _AGO.fullmatch(text):
        return max(0.0, round(clock - 60 * int(ago[1]), 3))
    if at := _AT.fullmatch(text):
        return min(clock, int(at[1]) * 3600 + int(at[2]) * 60 + int(at[3] or 0))
    raise Refused(f"'{text}' is no time.", "Write -16 for sixteen minutes ago, or 1:05 for that room time.")


def track_fields(glance: Glance) -> list[Field]:
    """A field for each track, to change or set it."""
    values = glance.state.play.tracks
    return [
        Field(f"track-{at}", f"{one_line(track.name)}, now {values.get(track.id, track.start)} (+1, -2 or =4)")
        for at, track in enumerate(glance.state.exercise.tracks)
    ]


def track_changes(glance: Glance, values: Values) -> dict[str, str]:
    """What was typed for the tracks, as a command takes it."""
    tracks = glance.state.exercise.tracks
    typed = {track.id: values[f"track-{at}"].replace(" ", "") for at, track in enumerate(tracks)}
    return {id: text if text[0] in "+-=" else f"={text}" for id, text in typed.items() if text}


def act_form(glance: Glance) -> FormScreen:
    """What a cell does unasked."""
    session = glance.session

    def submit(values: Values) -> None:
        session.do(
            given(
                do="act",
                cell=values["cell"],
                text=values["text"],
                towards=values["towards"].split(),
                happened=happened(values["happened"], session.clock.elapsed),
                tracks=track_changes(glance, values),
            )
        )

    fields = [
        Field("cell", "Who acts", "pick", cell_choices(glance, control=True)),
        Field("text", "What they do", "text", needed="Say what they do."),
        Field("towards", "Towards (Space ticks)", "picks", cell_choices(glance)),
        *track_fields(glance),
        HAPPENED,
    ]
    return FormScreen("Act, unasked", fields, submit)


def skip_form(glance: Glance, slot: Slot | None) -> FormScreen:
    """Leave an inject out, or record that no answer came."""
    choices: list[tuple[str, str]] = []
    if slot is not None and slot.status in SKIPPABLE:
        choices.append(("skip", f"leave out: {one_line(slot.inject.title)}"))
    for at, each in enumerate(glance.owed):
        who = " + ".join(words.cell_name(cell, glance.state.index) for cell in each.cells)
        asked = one_line(each.decision.question)
        choices.append((f"out_of_time {at}", f"{who}, out of time: {asked}"))
        choices.append((f"declined {at}", f"{who}, declined: {asked}"))

    def submit(values: Values) -> None:
        if not values["what"]:
            raise Refused("There is nothing to leave out.", "Put the cursor on an inject not yet released.")
        if values["what"] == "skip" and slot is not None:
            glance.session.do(given(do="skip", inject=slot.inject.id, reason=values["reason"]))
            return
        outcome, at = values["what"].split()
        glance.session.do(no_answer(glance, int(at), outcome, values["reason"]))

    fields = [Field("what", "What (arrows choose)", "pick", choices, letters=False), Field("reason", "Reason")]
    return SkipForm("Skip, or no answer", fields, submit, about=_counts(glance))


class SkipForm(FormScreen):
    """What can be left out, and why: whatever is typed is the reason, wherever the focus is."""

    def on_mount(self) -> None:
        """Begin with the reason where there is nothing to choose."""
        if len(self.fields[0].choices) == 1:
            self.call_after_refresh(self.query_one("#reason").focus)

    def on_key(self, event: Key) -> None:
        """A letter typed at the choice begins the reason."""
        reason = self.query_one("#reason", Input)
        if event.character and event.is_printable and event.character.strip() and not reason.has_focus:
            event.stop()
            reason.insert_text_at_cursor(event.character)
            reason.focus()


def no_answer(glance: Glance, at: int, outcome: str, reason: str) -> dict[str, Any]:
    """The command for an answer that did not come."""
    each = glance.owed[at]
    kept = given(cells=list(each.cells), rationale=reason)
    return {"do": "decide", "decision": each.decision.id, "outcome": outcome, **kept}


def _counts(glance: Glance) -> str:
    """What silence counts as, where it counts as something."""
    said = []
    for each in glance.owed:
        if option := each.decision.option(each.decision.otherwise or ""):
            who = " + ".join(words.cell_name(cell, glance.state.index) for cell in each.cells)
            said.append(f"Silence of {who} counts as: {one_line(option.text)}")
    return "\n".join(said)


def hold_form(glance: Glance, slot: Slot) -> FormScreen:
    """Keep an inject back."""

    def submit(values: Values) -> None:
        glance.session.do(given(do="hold", inject=slot.inject.id, reason=values["reason"]))

    return FormScreen(f"Hold back: {one_line(slot.inject.title)}", [Field("reason", "Reason")], submit, record="hold")


def people_form(glance: Glance) -> FormScreen:
    """Who is here: complete it, or change it."""
    session, exercise = glance.session, glance.state.exercise
    place = {cell.id: at for at, cell in enumerate(exercise.cells)}
    here = sorted(
        (person for person in glance.state.participants.values() if person.present),
        key=lambda person: (place.get(person.cell or "", len(place)), not person.lead, person.name),
    )

    doubted: set[str] = set()

    def submit(values: Values) -> None:
        if (doubt := doubts(values["people"], exercise)) and values["people"] not in doubted:
            doubted.add(values["people"])
            raise Refused(doubt, AS_IT_STANDS)
        there = [person for person in session.state.participants.values() if person.present]
        if commands := changes(read_people(values["people"], exercise), there):
            session.do_all(commands)

    cells = ", ".join(f"{cell.id} ({one_line(cell.name)})" for cell in exercise.cells)
    about = f"One a line: name, role, cell, lead. A line taken out: they left.\nCells: {cells}"
    lines = "".join(f"{line_of(person)}\n" for person in here)
    fields = [Field("people", "Who is here", "text", value=lines, at_end=True)]
    return FormScreen("People", fields, submit, about=about)


def action_form(session: Session, choices: tuple[tuple[str, str], ...]) -> FormScreen:
    """A corrective action of the improvement plan."""

    def submit(values: Values) -> None:
        session.do(given(do="agree", **values))

    fields = [
        Field("action", "What will be done", "text", needed="Say what will be done."),
        Field("owner", "By whom"),
        Field("due", "Until when"),
        Field("objective", "Objective", "pick", choices),
    ]
    return FormScreen("Action agreed", fields, submit)
