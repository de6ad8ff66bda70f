"""What is read out before play goes on: ground rules, background, briefings, an inject in large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tabletop.console import words
from tabletop.console.safe import one_line, tell
from tabletop.console.screens.reading import ReadingScreen
from tabletop.console.screens.walling import Wall
from tabletop.console.widgets.inject import for_control
from tabletop.console.widgets.schedule import Schedule
from tabletop.scenario.model import Move

if TYPE_CHECKING:
    from textual.screen import Screen

    from tabletop.console.glance import Glance
    from tabletop.session.schedule import Slot
    from tabletop.session.session import Session

    Base = Screen[None]
else:
    Base = object


class Openings(Base):
    """The readings of the screen of play; Space ends each and does what it says."""

    session: Session
    glance: Glance
    wall: Wall

    if TYPE_CHECKING:

        def in_hand(self) -> Slot | None: ...
        def perform(self, *commands: dict[str, Any]) -> Sequence[Any]: ...
        def key(self, act: str) -> str: ...
        def release(self, slot: Slot) -> None: ...
        def for_one(self, cells: tuple[str, ...]) -> bool: ...
        def show_move(self, *, before: bool) -> None: ...
        def action_curtain(self) -> None: ...
        def go_to_target(self, *, anew: bool = False) -> None: ...

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
        """Read a move's briefing; Space then starts its clock, and the reading is no time of the move before."""
        if move is None:
            tell(self.app, f"No move is left to play. {self.key('end')} ends the exercise.", "information")
            return

        clock = self.session.clock
        began = clock.elapsed

        def read(yes: bool | None) -> None:
            if yes and self.perform({"do": "move", "move": move.id, "reading": max(0.0, clock.elapsed - began)}):
                self.query_one(Schedule).focus()
                self.go_to_target(anew=True)
                self._in_play()

        self._brief(move, f"start the clock of this move, {words.minutes(move.minutes)}", read, opens=True)

    def _in_play(self) -> None:
        """The curtain of the start goes, or stays drawn if that was wished."""
        stays, self.wall.drawn, self.wall.stays = self.wall.drawn and self.wall.stays, False, False
        if stays:
            self.action_curtain()

    def action_briefing(self) -> None:
        """The briefing of the move that is on, again."""
        if move := self.glance.move:
            self._brief(move, "back", lambda _: None)

    def _brief(self, move: Move, space: str, then: Any, *, opens: bool = False) -> None:
        """A move's briefing, with control's notes; as it opens, what happened in the one before is offered."""
        cards, control = self._cards(move.private), for_control(move.notes or "", move.questions)
        before = (lambda: self.show_move(before=False)) if opens and self.glance.state.play.moves_played else None
        text = _briefing(move, self.glance)
        self._read(move.title, text, space, then, cards=cards, control=control, covers=f"move {move.id}", aside=before)

    def _cards(self, private: Mapping[str, str]) -> dict[str, str]:
        """Each cell's own text by the cell's name."""
        return {words.cell_name(cell, self.glance.state.index): text for cell, text in private.items()}

    def _read(self, title: str, text: str, space: str, then: Any, **given: Any) -> None:
        marking = self.glance.state.exercise.marking
        self.app.push_screen(ReadingScreen(title, text, marking=marking, space=space, wall=self.wall, **given), then)

    def action_open(self) -> None:
        """The inject under the cursor, in large; Space there releases it."""
        slot = self.in_hand()
        if slot is None:
            return
        inject = self.glance.state.inject(slot.inject.id) or slot.inject
        index = self.glance.state.index
        released = slot.status == "released"
        cells = self.glance.addressees(slot)
        to = words.cell_names(cells, index)
        above = ", ".join(one_line(part) for part in (inject.via or "", inject.from_ or "", f"to {to}") if part)

        def read(yes: bool | None) -> None:
            if yes and not released:
                self.release(slot)

        space, cards = "back" if released else "release", self._cards(inject.private)
        alone = words.cell_name(cells[0], index) if self.for_one(cells) else ""
        self._read(inject.title, inject.text, space, read, above=above, cards=cards, covers=inject.id, alone=alone)


def _briefing(move: Move, glance: Glance) -> str:
    agenda = "\n".join(f"- {one_line(item.name)}, {item.minutes} min" for item in move.agenda)
    told = words.story(move.scenario_time, glance.state.exercise)
    parts = [
        f"*{told}*" if told else "",
        move.briefing or "No briefing is written for this move.",
        agenda,
    ]
    return "\n\n".join(part for part in parts if part)
