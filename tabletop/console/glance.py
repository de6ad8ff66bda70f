"""One look at the session: what the console shows, worked out once a tick and shared by all panes."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from tabletop.console import words
from tabletop.console.safe import one_line
from tabletop.scenario.model import CONTROL, Inject, Move
from tabletop.session.clock import Moment
from tabletop.session.cutting import saved
from tabletop.session.once import once_a_state
from tabletop.session.schedule import Owed, Slot, Timing, next_move, owed, schedule, timing
from tabletop.session.session import Session
from tabletop.session.state import State


@dataclass(frozen=True)
class Glance:
    """The session as it stands at a moment."""

    session: Session
    state: State
    now: Moment
    slots: tuple[Slot, ...]
    owed: tuple[Owed, ...]
    timing: Timing
    next_move: Move | None

    @property
    def running(self) -> bool:
        """Whether the exercise clock runs."""
        return self.now.running

    @property
    def playing(self) -> bool:
        """Whether play is on: started and not closed."""
        return self.state.phase == "playing"

    @property
    def due(self) -> tuple[Slot, ...]:
        """What is to be released now, in plan order."""
        return tuple(slot for slot in self.slots if slot.status == "due")

    @property
    def move(self) -> Move | None:
        """The move that is on."""
        run = self.state.play.move
        return self.state.index.moves.get(run.id) if run else None

    @property
    def requests(self) -> tuple[str, ...]:
        """The requests for information that are open, the oldest first."""
        waiting = [(asked.seq, id) for id, asked in self.state.play.requests.items() if asked.answered is None]
        return tuple(id for _, id in sorted(waiting))

    def slot(self, inject: str | None) -> Slot | None:
        """An inject's place in the schedule."""
        return next((slot for slot in self.slots if slot.inject.id == inject), None)

    def addressees(self, slot: Slot) -> tuple[str, ...]:
        """The cells that an inject goes to, or went to."""
        released = self.state.play.released.get(slot.inject.id)
        return released.cells if released else self.state.index.addressees(slot.inject)


def look(session: Session) -> Glance:
    """Look at a session now."""
    state, now = session.state, session.clock.now()
    return Glance(
        session,
        state,
        now,
        tuple(schedule(state, now.clock)),
        tuple(owed(state, now.clock)),
        timing(state, now.clock),
        next_move(state),
    )


def forecast(glance: Glance) -> str:
    """When the room is done if the rest takes its planned minutes, against what was asked."""
    asked = glance.state.deadline
    ends = _ends(glance)
    ends += timedelta(seconds=-ends.timestamp() % 60)  # to the full minute, as the minutes that it is late
    said = f"ends {ends.astimezone():%H:%M}"
    return f"{said}, asked {words.parse(asked).astimezone():%H:%M}" if asked else said


def minutes_over(glance: Glance) -> int:
    """By how many minutes the plan ends too late: after the time asked, or without one by how far it is behind."""
    asked = glance.state.deadline
    late = (_ends(glance) - words.parse(asked)).total_seconds() if asked else glance.timing.behind
    return ceil(late / 60) if asked else int(late // 60)


def _ends(glance: Glance) -> datetime:
    """The wall time at which the plan is done, the rest of it taking its minutes."""
    moves = glance.state.exercise.moves
    run = glance.state.play.move
    rest = 60.0 * sum(move.minutes for move in moves)
    if run is not None:
        place = next((at for at, move in enumerate(moves) if move.id == run.id), len(moves))
        rest = 60.0 * sum(move.minutes for move in moves[place + 1 :])
        rest += max(0.0, glance.timing.move_minutes * 60 - glance.timing.move_elapsed)
    rest = max(0.0, rest - 60.0 * saved(glance.state))
    return words.parse(glance.now.at) + timedelta(seconds=rest)


def cell_standings(glance: Glance) -> dict[str, tuple[str, int]]:
    """What each player cell is at: ``owes``, ``talking``, ``done``, ``free`` or ``idle``, and for how many minutes."""
    free, answered = _free(glance.state)
    clock = glance.now.clock
    return {cell: _standing(glance, cell, free[cell], clock, cell in answered) for cell in glance.state.index.players}


@once_a_state
def _free(state: State) -> tuple[Mapping[str, float], Set[str]]:
    """The clock reading from which each player cell has nothing more in hand; and the cells that have answered."""
    play = state.play
    began = play.move.started if play.move else 0.0
    free = dict.fromkeys(state.index.players, began)
    answered = set[str]()
    for (_, cell), answer in play.answers.items():
        answered.add(cell)
        free[cell] = max(free.get(cell, began), answer.clock)
    for id, released in play.released.items():
        inject = state.original(id)
        until = released.clock + inject.minutes * 60 if inject is not None else began
        for cell in released.cells:
            free[cell] = max(free.get(cell, began), until)
    return free, answered


def _standing(glance: Glance, cell: str, free: float, clock: float, answered: bool) -> tuple[str, int]:
    asked = [each.asked for each in glance.owed if cell in each.cells]
    if asked:
        return "owes", int((clock - min(asked)) // 60)
    if clock < free:
        return "talking", 0
    idle = int((clock - free) // 60)
    return ("idle", idle) if idle >= 5 else ("done" if answered else "free", idle)


def inject_label(inject: Inject, glance: Glance) -> str:
    """An inject and who has it, for a list to choose from."""
    released = glance.state.play.released.get(inject.id)
    to = words.cell_names(released.cells, glance.state.index) if released else "nobody yet"
    return f"{one_line(inject.title)}, to {to}"


def leads(glance: Glance, cell: str) -> str:
    """Who leads a cell, by name."""
    people = glance.state.participants.values()
    return next((who.name for who in people if who.cell == cell and who.lead and who.present), "")


def cell_choices(glance: Glance, none: str = "", control: bool = False) -> tuple[tuple[str, str], ...]:
    """The cells to choose from in a form, with a word for none of them in front."""
    index = glance.state.index
    ids = [*index.players, *([CONTROL] if control else [])]
    first = (("", none),) if none else ()
    return (*first, *((id, words.cell_name(id, index)) for id in ids))
