"""A session: it decides, appends, and only then evolves and tells its listeners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from tabletop import __version__
from tabletop.errors import NotALog, Refused
from tabletop.journal import Draft, Event, FileJournal, Journal, canonical_sha256, write_alive
from tabletop.scenario.model import Exercise, exercise_as_json
from tabletop.session import commands
from tabletop.session.clock import ExerciseClock, Moment
from tabletop.session.decide import decide
from tabletop.session.decide.common import Situation
from tabletop.session.decide.corrections import resting_on
from tabletop.session.events import SessionOpened
from tabletop.session.evolve import begin, evolve, fold
from tabletop.session.state import State

RUNS_FROM = frozenset({"exercise_started", "clock_resumed"})
STANDS_FROM = frozenset({"clock_paused", "session_closed"})

Listener = Callable[[Sequence[Event]], None]


class Session:
    """Ties the rules to a journal and a clock; made by ``create`` or ``open``."""

    def __init__(self, state: State, journal: Journal, clock: ExerciseClock) -> None:
        self.state = state
        self.journal = journal
        self.clock = clock
        self._listeners: list[Listener] = []

    @classmethod
    def create(
        cls, exercise: Exercise, journal: Journal, clock: ExerciseClock, *, name: str, by: str = "facilitator"
    ) -> Self:
        """A new session on an exercise; its first line is written before this returns."""
        whole = exercise_as_json(exercise)
        opened = SessionOpened(version=__version__, name=name, exercise=whole, exercise_sha256=canonical_sha256(whole))
        now = clock.now()
        draft = Draft("session_opened", opened.as_data(), now.at, now.clock, by)
        events = journal.append([draft], expect=0)
        return cls(begin(exercise, name, events[0]), journal, clock)

    @classmethod
    def open(cls, journal: Journal, clock: ExerciseClock) -> Self:
        """A recorded session, folded; its clock stands at the last event's reading."""
        if not journal.events:
            raise NotALog("The log is empty.", "Begin a new session.")
        state = fold(journal.events)
        clock.pause()
        clock.set(state.clock)
        return cls(state, journal, clock)

    @property
    def exercise(self) -> Exercise:
        """The exercise as played."""
        return self.state.exercise

    @property
    def events(self) -> Sequence[Event]:
        """The whole record."""
        return self.journal.events

    def do(self, command: commands.Command | Mapping[str, Any], by: str = "facilitator") -> Sequence[Event]:
        """Do one command: its events, once they are recorded.

        Raises Refused where the rules forbid it and NotWritten where the journal did not take it; then
        nothing has changed.
        """
        return self.do_all([command], by)

    def do_all(self, acts: Iterable[commands.Command | Mapping[str, Any]], by: str = "facilitator") -> Sequence[Event]:
        """Do several commands as one, in one write: all or none, and undone as one."""
        now = self.clock.now()
        parsed = [each if isinstance(each, commands.Command) else commands.parse_command(each) for each in acts]
        drafts = self._decided(parsed, now, by)
        events = self.journal.append(drafts, expect=self.state.last_seq + 1)
        for event in events:
            self.state = evolve(self.state, event)
            self._keep_time(event)
        for listener in tuple(self._listeners):
            listener(events)
        return events

    def _decided(self, acts: Sequence[commands.Command], now: Moment, by: str) -> list[Draft]:
        """What the commands make, each judged by what those before it will have done."""
        if len(acts) > 1 and any(isinstance(act, commands.Undo) for act in acts):
            raise Refused("An undo stands alone.")
        drafts: list[Draft] = []
        state = self.state
        for number, act in enumerate(acts):
            for type, data in decide(state, act, now, self.events):
                now = _onward(now, type, data)
                drafts.append(Draft(type, data, now.at, now.clock, by))
                if number < len(acts) - 1:
                    state = evolve(state, _expected(drafts[-1], state.last_seq + 1))
        return drafts

    def _keep_time(self, event: Event) -> None:
        """Let the clock follow what was recorded, only now that it is."""
        if event.type in RUNS_FROM:
            self.clock.start()
        elif event.type in STANDS_FROM:
            self.clock.pause()
        elif event.type == "clock_set":
            self.clock.set(event.data["to"])

    def listen(self, listener: Listener) -> None:
        """Tell a listener of the events of each command, once they are recorded."""
        self._listeners.append(listener)

    def will_undo(self) -> Sequence[Event]:
        """The events that undo would take back; none where there is nothing to undo."""
        frame = self.state.undoable
        return [self.events[seq] for seq in frame.seqs] if frame else []

    def resting_on(self, seq: int) -> Sequence[Event]:
        """The entries that rest on one, and on those in turn, newest first: they are withdrawn before it."""
        return [self.events[each] for each in resting_on(Situation(self.state, self.clock.now(), self.events), seq)]

    def keep_alive(self) -> None:
        """Renew NAME.alive beside the log, while the clock runs."""
        if isinstance(self.journal, FileJournal) and self.clock.running:
            now = self.clock.now()
            write_alive(self.journal.path, self.state.last_seq, now.clock, now.at)

    def go_on_in(self, path: Path) -> None:
        """Go on in a new log at a path, because this one takes no more: all that is recorded is copied there first.

        The next event follows the same head, so that the two logs prove each other. Raises NameTaken, and NotWritten
        where that disk refuses too; then the session stands as before.
        """
        if not isinstance(self.journal, FileJournal):
            raise Refused("This session is kept in memory alone, and has no log to go on with.")
        old, self.journal = self.journal, self.journal.continued(path)
        with suppress(OSError):  # its disk may be gone; what matters is copied
            old.close()

    def close(self) -> None:
        """Let go of the log; the session itself is closed by the command `close`."""
        self.journal.close()


def _onward(now: Moment, type: str, data: Mapping[str, Any]) -> Moment:
    """The reading that an event bears and those after it in one write: a clock_set shows the new one."""
    if type == "clock_set":
        return replace(now, clock=data["to"])
    if type in RUNS_FROM | STANDS_FROM:
        return replace(now, running=type in RUNS_FROM)
    return now


def _expected(draft: Draft, seq: int) -> Event:
    return Event(seq, draft.at, draft.clock, draft.by, draft.type, draft.data, more=True)
