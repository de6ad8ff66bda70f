"""The forms for what control passes on: messages between cells, requests for information, an inject reworded."""

from __future__ import annotations

from tabletop.console import words
from tabletop.console.flowing import as_written, flowing
from tabletop.console.glance import Glance, cell_choices
from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.console.screens.forms import HAPPENED, happened
from tabletop.session.schedule import Slot

REWORDABLE = ("pending", "due", "held", "lost", "pocket")


def message_form(glance: Glance) -> FormScreen:
    """A message from one cell to others, which control passes on."""
    session = glance.session

    def submit(values: Values) -> None:
        kept = given(do="message", to=values["to"].split(), via=values["via"], text=values["text"])
        at = happened(values["happened"], session.clock.elapsed)
        session.do(kept | given(**{"from": values["from"]}, happened=at))

    fields = [
        Field("from", "From", "pick", cell_choices(glance, control=True)),
        Field("to", "To (Space ticks)", "picks", cell_choices(glance, control=True), needed="Tick whom it goes to."),
        Field("text", "What they say", "text", needed="Write what they say."),
        Field("via", "Channel", hint="call, cable, in the corridor, ..."),
        HAPPENED,
    ]
    return FormScreen("Message between cells", fields, submit)


def request_form(glance: Glance) -> FormScreen:
    """A request for information: a new one, or the answer to one that is open."""
    session, index = glance.session, glance.state.index
    waiting = glance.requests

    def submit(values: Values) -> None:
        if values.get("what"):
            session.do(given(do="answer", id=values["what"], text=values["text"]))
        else:
            session.do(given(do="request", cell=values["cell"], text=values["text"]))

    def label(id: str) -> str:
        asked = glance.state.play.requests[id]
        return f"answer to {words.cell_name(asked.cell, index)}: {one_line(asked.text)}"

    what = Field("what", "What", "pick", (("", "a new request"), *((id, label(id)) for id in waiting)))
    fields = [
        *([what] if waiting else []),
        Field("cell", "Who asks (a new request)" if waiting else "Who asks", "pick", cell_choices(glance)),
        Field("text", "What is asked, or the answer" if waiting else "What is asked", "text", needed="Write it first."),
    ]
    about = "An answer goes to the cell that asked. Open requests stand under Owed, with their age."
    return FormScreen("Request for information", fields, submit, about=about)


def reword_form(glance: Glance, slot: Slot) -> FormScreen:
    """Other words for an inject that is not released yet; only what differs is recorded."""
    inject = glance.state.inject(slot.inject.id) or slot.inject
    index = glance.state.index
    cards = tuple(inject.private.items())

    def submit(values: Values) -> None:
        private = {cell: values[f"card-{at}"] for at, (cell, text) in enumerate(cards)}
        glance.session.do(
            given(
                do="reword",
                inject=inject.id,
                title=_changed(values["title"], inject.title),
                text=_reworded(values["text"], inject.text),
                private={cell: said for cell, new in private.items() if (said := _reworded(new, inject.private[cell]))},
            )
        )

    fields = [
        Field("title", "Title", value=inject.title),
        Field("text", "Text, to be read out", "text", value=flowing(inject.text)),
        *(
            Field(f"card-{at}", f"Only for {words.cell_name(cell, index)}", "text", value=flowing(text))
            for at, (cell, text) in enumerate(cards)
        ),
    ]
    return FormScreen(f"Reword: {one_line(inject.title)}", fields, submit)


def _changed(new: str, old: str) -> str:
    return new if new != old.strip() else ""


def _reworded(new: str, old: str) -> str:
    """A text that was shown as it flows: empty where nobody changed it, its other paragraphs as they were."""
    return as_written(new, old) if new.strip() != flowing(old).strip() else ""
