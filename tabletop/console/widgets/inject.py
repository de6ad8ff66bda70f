"""The inject in hand: what is read out, what is one cell's alone, and what is only control's.

What is not for the whole room stands behind a bar, always in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tabletop.console import words
from tabletop.console.glance import Glance
from tabletop.console.keynames import key_of
from tabletop.console.prose import prose
from tabletop.console.safe import hang, one_line, say
from tabletop.console.waiting import waits_for
from tabletop.console.widgets.painted import Painted
from tabletop.console.widgets.schedule import not_taken
from tabletop.scenario.model import Decision, Inject
from tabletop.session.schedule import Slot

_STATUS = {
    "due": "DUE, not yet released",
    "pending": "not released",
    "skipped": "skipped",
    "held": "held back",
    "lost": "not released in its move",
    "pocket": "in the pocket",
}

_CONTROL = "CONTROL ONLY"
_NOTHING = Content("")
_MEASURE = 46


class InjectPane(VerticalScroll):
    """Shows the inject under the cursor, or a text to be read out over it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False, id="inject.up"),
        Binding("down", "scroll_down", show=False, id="inject.down"),
    ]

    def compose(self) -> ComposeResult:
        """What may be read out, and what may not."""
        with Horizontal(id="sheet"):
            with Vertical(id="page"):
                yield Painted(id="public", markup=False)
                yield Painted(id="private", markup=False)
            yield Painted(id="control", markup=False)

    def on_mount(self) -> None:
        """Say how much there is below, whatever changes it."""
        for changed in ("scroll_y", "virtual_size", "size"):
            self.watch(self, changed, self._changed)

    def _changed(self) -> None:
        self.call_after_refresh(self._say_more)  # only then are the text and its pane of one layout

    def _say_more(self) -> None:
        self.border_subtitle = more_below(self)

    def show(self, glance: Glance, slot: Slot | None, *, masked_by: str = "") -> None:
        """Show an inject as it stands; without one, the move. A card is masked until ``masked_by`` is pressed."""
        if slot is None:
            self.border_title = "Inject"
            self._paint(_between(glance, key_of(self.app, "act.next", "space")))
            return
        inject = glance.state.inject(slot.inject.id) or slot.inject
        released = slot.status == "released"
        standing = "its branch was not taken" if not_taken(slot) else _STATUS.get(slot.status, "")
        self.border_title = "Inject, released" if released else f"Inject, {standing}"
        if masked_by:
            self._paint(*_masked(inject, glance, slot, masked_by))
            return
        self._paint(_public(inject, glance, slot), _private(inject, glance), _control(inject, glance, slot))

    def read_out(self, title: str, text: str, control: str) -> None:
        """Fill the pane with a text to be read out: a consequence, before play goes on."""
        self.border_title = "Read out now"
        said = Content.assemble((one_line(title), "bold"), "\n\n", prose(text))
        space, escape = key_of(self.app, "act.next", "space"), key_of(self.app, "run.back", "escape")
        keys = f"{space}: it was read out.   {escape}: not now."
        self._paint(said, control=say(f"{_CONTROL}\n{control}\n\n{keys}" if control else keys))
        self.scroll_home(animate=False)

    def read_masked(self, cell: str, key: str) -> None:
        """Say whom a consequence is for, and nothing of it."""
        self.border_title = "Read out now"
        self._paint(_NOTHING, mask(cell, key))

    def _paint(self, public: Content, private: Content = _NOTHING, control: Content = _NOTHING) -> None:
        self.query_one("#public", Painted).paint(public)
        for id, said in (("#private", private), ("#control", control)):
            pane = self.query_one(id, Painted)
            pane.display = bool(said.plain)
            pane.paint(said)


def _between(glance: Glance, space: str) -> Content:
    if glance.move is None:
        return say(f"No move is on. {space[:1].upper()}{space[1:]} opens the next one.")
    return Content("Nothing stands in the schedule of this move: write an inject, or go to another move.")


def _public(inject: Inject, glance: Glance, slot: Slot) -> Content:
    parts: list[Content | str | tuple[str, str]] = [(one_line(inject.title), "bold"), "\n"]
    parts += [say(_envelope(inject, glance, slot), "italic"), "\n"]
    if inject.text:
        parts += ["\n", prose(inject.text), "\n"]
    return Content.assemble(*parts)


def _private(inject: Inject, glance: Glance) -> Content:
    """Each cell's own card: handed over, not read out."""
    index = glance.state.index
    return Content("\n\n").join(card(words.cell_name(cell, index), text) for cell, text in inject.private.items())


def _masked(inject: Inject, glance: Glance, slot: Slot, key: str) -> tuple[Content, Content, Content]:
    """The parts of an inject with what is for one cell masked, and control's part with it where all of it is."""
    index, cells = glance.state.index, glance.addressees(slot)
    if len(cells) == 1:
        return say(inject.title, "bold"), mask(words.cell_name(cells[0], index), key), _NOTHING
    cards = Content("\n\n").join(mask(words.cell_name(cell, index), key) for cell in inject.private)
    return _public(inject, glance, slot), cards, _control(inject, glance, slot)


def mask(cell: str, key: str) -> Content:
    """What stands in place of a card for one cell while the room may look on."""
    return Content.assemble((f"MASKED: only for {one_line(cell)}", "bold"), "\n", f"{key} shows it.")


def card(cell: str, text: str) -> Content:
    """What one cell alone may see."""
    return Content.assemble((f"ONLY FOR {one_line(cell)}: hand it over, do not read it out", "bold"), "\n", prose(text))


def more_below(pane: Widget) -> str:
    """How much of a pane stands below what it shows."""
    below = round(pane.max_scroll_y - pane.scroll_y)
    return f"PgDn: {below} more line{'s' * (below > 1)}" if below > 0 else ""


def _envelope(inject: Inject, glance: Glance, slot: Slot) -> str:
    """From, channel, addressees and story time on one line, as far as they are given."""
    index = glance.state.index
    given = [inject.via or "", f"from {inject.from_}" if inject.from_ else ""]
    given.append(f"to {words.cell_names(glance.addressees(slot), index)}")
    given.append(words.story(inject.scenario_time, glance.state.exercise))
    said = ", ".join(one_line(each) for each in given if each)
    return said[:1].upper() + said[1:]


def _control(inject: Inject, glance: Glance, slot: Slot) -> Content:
    sections: list[tuple[str, list[Content]]] = [
        ("Use if", [prose(inject.use_if)] if inject.use_if else []),
        ("Waits", [say(waits_for(inject.when, glance.state))] if slot.status == "pending" and slot.waits_for else []),
        ("Ask", [prose(question) for question in inject.questions]),
        ("Expect", [prose(each) for each in inject.expects]),
        ("You", [prose(inject.notes)] if inject.notes else []),
        ("Decide", [_decision(each, glance) for each in inject.decisions]),
        ("Effects", [_effects(inject, glance)] if inject.effects else []),
    ]
    said = [_section(name, entries) for name, entries in sections if entries]
    if not said:
        return Content("")
    return Content.assemble((_CONTROL, "bold"), "\n", Content("\n").join(said))


def _section(name: str, entries: list[Content]) -> Content:
    lines = [Content.assemble((f"{name}  ", "bold"), entries[0])]
    if len(entries) > 1:
        lines = [Content.assemble((name, "bold"))]
        lines += [Content.assemble(f"{at} ", entry) for at, entry in enumerate(entries, 1)]
    return Content("\n").join(lines)


def for_control(notes: str, questions: Iterable[str]) -> Content:
    """What only control sees of a move: what to ask, and what the authors tell."""
    asked = [prose(question) for question in questions]
    told = [_section("Ask", asked)] if asked else []
    told += [_section("You", [prose(notes)])] if notes else []
    return Content.assemble((_CONTROL, "bold"), "\n", Content("\n").join(told)) if told else _NOTHING


def _effects(inject: Inject, glance: Glance) -> Content:
    return say(effects(inject.effects.items(), glance))


def effects(moved: Iterable[tuple[str, int | str]], glance: Glance) -> str:
    """Effects in words: Trust +1, Resolve =3."""
    tracks = glance.state.index.tracks
    said = []
    for track, effect in moved:
        name = one_line(tracks[track].name) if track in tracks else track
        said.append(f"{name} {effect:+d}" if isinstance(effect, int) else f"{name} {effect}")
    return ", ".join(said)


def _decision(decision: Decision, glance: Glance) -> Content:
    limit = f" ({decision.minutes} min)" if decision.minutes else ""
    parts: list[Content | str] = [say(one_line(decision.question) + limit)]
    for number, option in enumerate(decision.options, 1):
        parts += ["\n", say(hang(f"   {number} ", option.text, _MEASURE))]
        parts += ["\n", say(hang("      ", option.notes, _MEASURE), "italic")] if option.notes else []
    for cell in glance.state.decision_cells(decision.id):
        parts += ["\n", _answered(decision, cell, glance)]
    return Content.assemble(*parts)


def _answered(decision: Decision, cell: str, glance: Glance) -> Content:
    """What a cell answered so far, or that it has not."""
    name = words.cell_name(cell, glance.state.index)
    answer = glance.state.play.answers.get((decision.id, cell))
    if answer is None:
        asked = (decision.id, cell) in glance.state.play.asked
        return say(f"   {name}: {'open' if asked else 'not asked yet'}")
    option = decision.option(answer.option or "")
    said = one_line(option.text) if option else one_line(answer.text or answer.outcome.replace("_", " "))
    return say(f"   {name}: {said}", "bold")
