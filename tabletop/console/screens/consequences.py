"""What follows from a choice: read out at once, put off, or read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tabletop.console import words
from tabletop.console.safe import one_line, tell
from tabletop.console.screens.ask import ChooseScreen
from tabletop.console.screens.walling import Wall
from tabletop.console.widgets.inject import InjectPane, effects
from tabletop.scenario.model import Decision
from tabletop.session.bringing import Brought, has_brought, would_bring
from tabletop.session.state import Answer

if TYPE_CHECKING:
    from tabletop.console.glance import Glance
    from tabletop.session.session import Session

    Base = Screen[None]
else:
    Base = object


_CLOSED = 2
"""So many of those that a choice closes are named; of more, how many."""


@dataclass(frozen=True)
class Recorded:
    """What was recorded: the decision, the option it is or counts as, who answered, in own words which."""

    decision: Decision
    option: str | None
    cells: tuple[str, ...]
    own: str = ""

    @property
    def card(self) -> str:
        """What names the consequence among the cards that may be masked."""
        return f"{self.decision.id}={self.option} {' '.join(self.cells)}"


def brings(
    glance: Glance, decision: Decision, cells: tuple[str, ...], option: str, revises: Answer | None = None
) -> str:
    """What a choice of these cells would do to the tracks, and what it would open and close."""
    return _brought(glance, decision, option, would_bring(glance.state, decision, cells, option, revises))


def _brought(glance: Glance, decision: Decision, option: str, brought: Brought) -> str:
    chosen = decision.option(option)
    parts = [effects(chosen.effects.items(), glance)] if chosen and chosen.effects else []
    parts += [f"brings {_titles(brought.opens)}"] if brought.opens else []
    if len(brought.closes) <= _CLOSED:
        parts += [f"closes {_titles(brought.closes)}"] if brought.closes else []
    else:
        parts.append(f"closes {len(brought.closes)} others")
    return "; ".join(parts)


def _titles(titles: Sequence[str]) -> str:
    return ", ".join(map(one_line, titles))


def chosen_so_far(glance: Glance) -> list[tuple[str, Recorded]]:
    """What was chosen and has a consequence, each with a label: what was not read out first, then the newest."""
    play = glance.state.play
    found = []
    for answer in {answer.seq: answer for answer in play.answers.values()}.values():
        decision = glance.state.decision(answer.decision)
        option = decision.option(answer.counted or "") if decision else None
        if decision is None or option is None or not option.consequence:
            continue
        hear = set(option.reveal_to or answer.cells)
        since = (each for each in play.readings.get(decision.id, ()) if each.seq > answer.seq)
        read = any(each.option == option.id and hear <= set(each.cells) for each in since)
        who = words.joint_names(answer.cells, glance.state.index)
        label = f"{'read' if read else 'NOT READ'}  {who}: {one_line(option.text)}"
        found.append((read, -answer.seq, label, Recorded(decision, option.id, answer.cells, answer.text or "")))
    return [(label, recorded) for _, _, label, recorded in sorted(found, key=lambda each: each[:2])]


class Consequences(Base):
    """The reading out of consequences, for the screen of play."""

    session: Session
    glance: Glance
    _reading: Recorded | None = None
    wall: Wall

    if TYPE_CHECKING:

        def for_one(self, cells: tuple[str, ...]) -> bool: ...
        def mask_key(self) -> str: ...

        def perform(self, *commands: dict[str, Any]) -> Sequence[Any]: ...
        def refresh_all(self) -> None: ...
        def show_text(self, shown: bool) -> None: ...

    @property
    def consequence(self) -> Recorded | None:
        """What is being read out; nothing any more, once the choice was taken back or replaced by another."""
        recorded, answers = self._reading, self.glance.state.play.answers
        if recorded is None:
            return None
        given = (answers.get((recorded.decision.id, cell)) for cell in recorded.cells)
        return recorded if any(answer and answer.counted == recorded.option for answer in given) else None

    @consequence.setter
    def consequence(self, recorded: Recorded | None) -> None:
        self._reading = recorded

    def _silent(self, done: bool | None) -> None:
        """Silence that counts as an option has its consequence, too."""
        event = self.session.events[-1]
        counted = event.data.get("counts_as") if done and event.type == "decision_recorded" else None
        decision = self.session.state.decision(event.data["decision"]) if counted else None
        self._decided(Recorded(decision, counted, tuple(event.data["cells"])) if decision else None)

    def action_consequence(self) -> None:
        """A consequence of what was chosen: one not read out yet, or one again."""
        found = chosen_so_far(self.glance)

        def take(at: str | None) -> None:
            if at is not None:
                self._decided(found[int(at)][1])

        if found:
            self.app.push_screen(
                ChooseScreen("Which consequence?", [(str(at), label) for at, (label, _) in enumerate(found)]), take
            )
        else:
            tell(self.app, "Nothing that was chosen has a consequence to read out.", "information")

    def _decided(self, recorded: Recorded | None) -> None:
        self.refresh_all()
        option = recorded.decision.option(recorded.option or "") if recorded else None
        if recorded is None or option is None or not option.consequence:
            return
        self.consequence = recorded
        self.read_consequence()
        self.show_text(True)
        self.refresh_all()

    def read_consequence(self) -> None:
        """Fill the pane with the consequence that is on; masked, where it is for one cell and the room looks on."""
        recorded = self.consequence
        option = recorded.decision.option(recorded.option or "") if recorded else None
        if recorded is None or option is None:
            return
        cells = option.reveal_to or recorded.cells
        hear = words.cell_names(cells, self.glance.state.index)
        pane = self.query_one(InjectPane)
        if self.for_one(cells) and self.wall.masks(recorded.card):
            pane.read_masked(hear, self.mask_key())
            return
        title = f"To {hear}: what comes of {words.quoted(option.text)}"
        answer = self.glance.state.play.answers.get((recorded.decision.id, recorded.cells[0]))
        opened = has_brought(self.glance.state, answer) if answer is not None else Brought()
        brought = _brought(self.glance, recorded.decision, option.id, opened)
        if recorded.own:
            brought = f"They said: {one_line(recorded.own)}\nLeave out what does not fit.\n{brought}"
        pane.read_out(title, option.consequence or "", brought)

    def _end_reading(self, *, read: bool) -> None:
        recorded, self.consequence = self.consequence, None
        option = recorded.decision.option(recorded.option or "") if recorded else None
        if read and recorded is not None and option is not None:
            hear = list(option.reveal_to or recorded.cells)
            self.perform({"do": "read", "decision": recorded.decision.id, "option": option.id, "cells": hear})
        self.show_text(False)
        self.refresh_all()
