"""The forms that bring injects in: one written on the spot, one given to more cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from tabletop.console import words
from tabletop.console.glance import Glance, cell_choices
from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given, value_of
from tabletop.console.widgets.keyline import key
from tabletop.console.widgets.pick import Pick
from tabletop.errors import Refused
from tabletop.scenario.model import Inject


@dataclass(frozen=True)
class Template:
    """What a kind of inject begins from: its name, channel, sender and text."""

    name: str
    via: str = ""
    sender: str = ""
    text: str = ""


TEMPLATES = (
    Template("blank"),
    Template(
        "news flash",
        "news flash",
        "News agency",
        "FLASH. WHAT happened, WHERE, at WHAT TIME.\n\nWHO says so. What is not confirmed yet.",
    ),
    Template(
        "call",
        "call",
        "",
        '"This is WHO, for WHOM. I am calling because WHAT HAPPENED.\n\nI need WHAT from you by WHEN."',
    ),
    Template(
        "intelligence note",
        "intelligence note",
        "Intelligence staff",
        "What is known: WHAT, from WHICH SOURCE.\n\nHow sure we are: LOW, MODERATE or HIGH, because WHY.\n\n"
        "What is not known: WHAT.\n\nWhat to look for next: WHAT.",
    ),
)


class WriteScreen(FormScreen):
    """The form for an inject on the spot; another template fills what nobody has changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "template", "Next template", tooltip="The next template", id="write.template")
    ]
    AUTO_FOCUS = "#title"
    MORE_KEYS = (key("next template", "write.template"),)
    _filled = TEMPLATES[0]

    def action_template(self) -> None:
        """Go to the next template, from any field."""
        self.query_one("#template", Pick).action_step(1)

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Fill in the template's texts where the old one's, or nothing, stands."""
        if event.pick.id != "template":
            return
        old, new = self._filled, TEMPLATES[int(event.pick.value)]
        for id in ("via", "sender"):
            line = self.query_one(f"#{id}", Input)
            if line.value.strip() == getattr(old, id):
                line.value = getattr(new, id)
        area = self.query_one("#text", TextArea)
        if area.text.strip() == old.text:
            area.text = new.text
        self._filled = new

    @property
    def typed(self) -> bool:
        """Whether something was typed: a template alone is nobody's work."""
        blank = {"via": self._filled.via, "sender": self._filled.sender, "text": self._filled.text, "title": ""}
        return any(value_of(self.query_one(f"#{id}")) != value for id, value in blank.items())


def write_form(glance: Glance) -> FormScreen:
    """Write an inject on the spot and, if wished, release it at once."""

    def submit(values: Values) -> None:
        if values["text"] and values["text"] == TEMPLATES[int(values["template"])].text:
            raise Refused("The template's text stands as it was.", "Write what happened in place of the capitals.")
        inject = given(title=values["title"], text=values["text"], to=values["to"].split(), via=values["via"])
        inject |= given(**{"from": values["sender"]}) | {"id": new_id(values["title"], glance.state.inject_ids())}
        commands: list[dict[str, Any]] = [{"do": "write", "inject": inject}]
        if values["when"]:
            commands.append({"do": "release", "inject": inject["id"]})
        glance.session.do_all(commands)

    templates = [(str(at), each.name) for at, each in enumerate(TEMPLATES)]
    fields = [
        Field("template", "Template", "pick", templates),
        Field("title", "Title", needed="Give it a title."),
        Field("text", "Text, to be read out", "text"),
        Field("to", "To (Space ticks; none: everyone)", "picks", cell_choices(glance, control=True)),
        Field("via", "Channel", hint="call, cable, news, ..."),
        Field("sender", "From"),
        Field("when", "Release", "pick", (("now", "at once"), ("", "later")), "now"),
    ]
    return WriteScreen("Inject, written on the spot", fields, submit)


def new_id(title: str, taken: Any) -> str:
    """An id made from a title, that is not taken."""
    base = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-") or "written"
    used: Collection[str] = set(taken)
    number, id = 1, base
    while id in used:
        number += 1
        id = f"{base}-{number}"
    return id


def still_without(glance: Glance, inject: str) -> tuple[str, ...]:
    """The players' cells that were not given an inject."""
    released = glance.state.play.released.get(inject)
    return tuple(cell for cell in glance.state.index.players if released and cell not in released.cells)


def reveal_form(glance: Glance, inject: Inject) -> FormScreen:
    """Give an inject to more cells."""
    index, without = glance.state.index, still_without(glance, inject.id)
    had = words.cell_names(glance.state.play.released[inject.id].cells, index)

    def submit(values: Values) -> None:
        cells = values["cells"].split() or (without if len(without) == 1 else ())
        if not cells:
            raise Refused("No cell is ticked.", "Space ticks the one under the cursor.")
        glance.session.do({"do": "reveal", "inject": inject.id, "cells": list(cells)})

    choices = [(cell, words.cell_name(cell, index)) for cell in without]
    if len(without) == 1:
        fields = [Field("cells", "Also to", "pick", choices)]
    else:
        fields = [Field("cells", "Also to (Space ticks)", "picks", choices)]
    have = "has" if len(glance.state.play.released[inject.id].cells) == 1 else "have"
    about = f"{had} {have} it. What the inject asks of a cell is asked once the cell has it."
    return FormScreen(f"Reveal: {one_line(inject.title)}", fields, submit, about=about, record="reveal")
