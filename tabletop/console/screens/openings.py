"""What is read out before play goes on: ground rules, background, briefings, an inject in large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tabletop.console import words
from tabletop.console.safe import one_line, tell
from tabletop.console.screens.reading import ReadingScreen
from tabletop.console.widgets.schedule import Schedule
from tabletop.scenario.model import Move

if TYPE_CHECKING:
    from textual.screen import Screen

    from tabletop.console.glance import Glance
    from tabletop.session.schedule import Slot

    Base = Screen[None]
else:
    Base = object


class Openings(Base):
    """The readings of the screen of play; Space ends each and does what it says."""

    glance: Glance

    if TYPE_CHECKING:

        def in_hand(self) -> Slot | None: ...
        def perform(self, *commands: dict[str, Any]) -> Sequence[Any]: ...
        def release(self, slot: Slot) -> None: ...

    def open_exercise(self) -> None:
        """Read the ground rules and the background, then start."""
        exercise = self.glance.state.exercise
        rules = "\n".join(f"{at}. {one_line(rule)}" for at, rule in enumerate(exercise.ground_rules, 1))
        background = exercise.background or ""

        def started(yes: bool | None) -> None:
            if yes and self.perform({"do": "start"}):
                self.open_move(self.glance.next_move)

        def ruled(yes: bool | None) -> None:
            if yes:
                self._read("The situation", background, "start the exercise", started)

        if background:
            self._read("Ground rules", rules, "the situation", ruled)
        else:
            self._read("Ground rules", rules, "start the exercise", started)

    def open_move(self, move: Move | None) -> None:
        """Read a move's briefing; Space then starts its clock."""
        if move is None:
            tell(self.app, "No move is left to play. E ends the exercise.", "information")
            return

        def read(yes: bool | None) -> None:
            if yes and self.perform({"do": "move", "move": move.id}):
                self.query_one(Schedule).focus()

        space = f"start the clock of this move, {words.minutes(move.minutes)}"
        self._read(move.title, _briefing(move, self.glance), space, read, cards=self._cards(move.private))

    def action_briefing(self) -> None:
        """The briefing of the move that is on, again."""
        if move := self.glance.move:
            cards = self._cards(move.private)
            self._read(move.title, _briefing(move, self.glance), "back", lambda _: None, cards=cards)

    def _cards(self, private: Mapping[str, str]) -> dict[str, str]:
        """Each cell's own text by the cell's name."""
        return {words.cell_name(cell, self.glance.state.index): text for cell, text in private.items()}

    def _read(
        self, title: str, text: str, space: str, then: Any, above: str = "", cards: Mapping[str, str] | None = None
    ) -> None:
        marking = self.glance.state.exercise.marking
        self.app.push_screen(ReadingScreen(title, text, above=above, cards=cards, marking=marking, space=space), then)

    def action_open(self) -> None:
        """The inject under the cursor, in large; Space there releases it."""
        slot = self.in_hand()
        if slot is None:
            return
        inject = self.glance.state.inject(slot.inject.id) or slot.inject
        index = self.glance.state.index
        released = slot.status == "released"
        to = words.cell_names(self.glance.addressees(slot), index)
        above = ", ".join(one_line(part) for part in (inject.via or "", inject.from_ or "", f"to {to}") if part)

        def read(yes: bool | None) -> None:
            if yes and not released:
                self.release(slot)

        space, cards = "back" if released else "release", self._cards(inject.private)
        self._read(inject.title, inject.text, space, read, above=above, cards=cards)


def _briefing(move: Move, glance: Glance) -> str:
    agenda = "\n".join(f"- {one_line(item.name)}, {item.minutes} min" for item in move.agenda)
    told = words.story(move.scenario_time, glance.state.exercise)
    parts = [
        f"*{told}*" if told else "",
        move.briefing or "No briefing is written for this move.",
        agenda,
    ]
    return "\n\n".join(part for part in parts if part)
