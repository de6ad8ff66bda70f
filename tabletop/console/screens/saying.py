"""The forms for what is said and seen: notes and quotes, observations, facts, proposals."""

from __future__ import annotations

from tabletop.console.glance import Glance, cell_choices
from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.console.screens.forms import HAPPENED, happened
from tabletop.session.schedule import Slot


def _on(slot: Slot | None) -> list[Field]:
    """The inject under the cursor, which may be taken out again."""
    if slot is None:
        return []
    choices = ((slot.inject.id, one_line(slot.inject.title)), ("", "nothing in particular"))
    return [Field("inject", "On", "pick", choices, slot.inject.id)]


def note_form(glance: Glance, slot: Slot | None, *, quote: bool = False) -> FormScreen:
    """What was said in the room, in substance or word for word."""
    session = glance.session

    def submit(values: Values) -> None:
        session.do(
            given(
                do="note",
                text=values["text"],
                cell=values["cell"],
                quote=True if values["quote"] else None,
                inject=values.get("inject"),
                happened=happened(values["happened"], session.clock.elapsed),
            )
        )

    kinds = (("", "in substance"), ("yes", "word for word"))
    fields = [
        Field(
            "text",
            "What was said, word for word" if quote else "What was said",
            "text",
            needed="Write what was said.",
        ),
        Field("cell", "By", "pick", cell_choices(glance, "the room", control=True)),
        Field("quote", "Words", "pick", kinds, "yes" if quote else ""),
        HAPPENED,
        *_on(slot),
    ]
    return FormScreen("Quote" if quote else "Note", fields, submit)


def observe_form(glance: Glance, slot: Slot | None) -> FormScreen:
    """An evaluator's observation."""
    session = glance.session
    goals = tuple((each.id, one_line(each.text)) for each in glance.state.exercise.objectives)

    def submit(values: Values) -> None:
        at = happened(values["happened"], session.clock.elapsed)
        kept = {key: values[key] for key in ("kind", "text", "analysis", "objective", "cell")}
        session.do(given(do="observe", **kept, inject=values.get("inject"), happened=at))

    kinds = (("strength", "strength"), ("improvement", "area for improvement"), ("note", "note"))
    fields = [
        Field("kind", "Kind", "pick", kinds),
        Field("text", "What was seen", "text", needed="Write what was seen."),
        Field("analysis", "Why it matters, what caused it", "text"),
        Field("objective", "Objective", "pick", (("", "none"), *goals)),
        Field("cell", "Cell", "pick", cell_choices(glance, "the room")),
        HAPPENED,
        *_on(slot),
    ]
    return FormScreen("Observation", fields, submit)


def fact_form(glance: Glance) -> FormScreen:
    """What a cell takes as established, or assumes."""
    session = glance.session

    def submit(values: Values) -> None:
        at = happened(values["happened"], session.clock.elapsed)
        session.do(given(do="fact", kind=values["kind"], text=values["text"], cell=values["cell"], happened=at))

    fields = [
        Field("text", "What they take as established, or assume", "text", needed="Write what it is."),
        Field("kind", "Kind", "pick", (("fact", "fact, established"), ("assumption", "assumption"))),
        Field("cell", "Cell", "pick", cell_choices(glance, "the room", control=True)),
        HAPPENED,
    ]
    return FormScreen("Fact or assumption", fields, submit)


def proposal_form(glance: Glance) -> FormScreen:
    """A proposal, with the reasons on both sides."""
    session = glance.session

    def submit(values: Values) -> None:
        reasons = {"for": _lines(values["for"]), "against": _lines(values["against"])}
        session.do(given(do="argue", cell=values["cell"], proposal=values["proposal"], **reasons))

    fields = [
        Field("cell", "Who proposes", "pick", cell_choices(glance, control=True)),
        Field("proposal", "What they propose", "text", needed="Write what they propose."),
        Field("for", "Reasons for it, one a line", "text"),
        Field("against", "Reasons against it, one a line", "text"),
    ]
    return FormScreen("Proposal", fields, submit, about="A ruling may follow: it offers this proposal to rule on.")


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]
