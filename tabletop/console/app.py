"""The Textual app: it wires screens to a session, and leaves so that the session can be gone on with."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tabletop.console.actions import palette
from tabletop.console.safe import tell
from tabletop.console.shell import Shell
from tabletop.errors import TabletopError, UsageError
from tabletop.journal import FileJournal, list_logs, log_path, logs_folder
from tabletop.session.clock import SystemTime

if TYPE_CHECKING:
    from tabletop.console.drafts import Drafts
    from tabletop.console.screens.library import Choice
    from tabletop.console.screens.setup import Plan
    from tabletop.console.tour import Tour
    from tabletop.scenario.model import Exercise
    from tabletop.session.session import Session

_LEAVE = "Leave from anywhere; the clock is paused and the session can be resumed"


class Console(Shell):
    """The facilitator's console: the library, or one session."""

    # What is said in the corner never hides that an entry is recorded, nor the keys.
    CSS = f"{Shell.CSS} ToastRack {{ margin-bottom: 4; }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True, tooltip=_LEAVE, id="app.quit"),
        Binding("ctrl+c", "interrupt", show=False, priority=True, tooltip=_LEAVE, id="app.interrupt"),
        Binding("f9", "end_tour", show=False, priority=True, tooltip="End the tour; play goes on", id="app.tour-end"),
    ]

    def __init__(
        self,
        *,
        exercise: Exercise | None = None,
        session: Session | None = None,
        name: str | None = None,
        logs: Path | None = None,
        auto: bool = False,
    ) -> None:
        super().__init__()
        self._exercise, self._called, self._auto = exercise, name, auto
        self.logs = logs_folder(logs)
        self.session = session
        self.drafts: Drafts | None = None
        self.tour: Tour | None = None
        self.fault, self._left = "", False

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every act that can be done now; of Textual's own, what a facilitator has a use for."""
        yield from palette(screen)
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Quit"):
                yield command

    def on_mount(self) -> None:
        """Catch signals, then show what was asked for."""
        self.catch_signals()
        if self.session is not None:
            self.resume(self.session)
        elif self._exercise is not None:
            self.set_up(self._exercise)
        else:
            self.library()

    def stop(self, code: int) -> None:
        """Pause and close first: after SIGHUP there is no terminal left to leave in good order."""
        self.leave()
        super().stop(code)

    def leave(self) -> None:
        """Pause a clock that runs and close the log, once."""
        if self.drafts is not None and not self._left:
            self.drafts.settle()
        if self.session is not None and not self._left:
            from tabletop.console import desk

            self._left = True
            self.fault = desk.leave(self.session)

    def on_unmount(self) -> None:
        """However the app ends, the session is left in good order."""
        self.leave()

    def library(self) -> None:
        """Exercises and sessions to choose from."""
        from tabletop.console.screens.library import LibraryScreen, newest_first

        try:
            logs = newest_first(list_logs(self.logs))
        except (TabletopError, OSError) as error:
            logs = []
            tell(self, f"The sessions in {self.logs} cannot be listed: {error}")
        self.push_screen(LibraryScreen(logs), self._chosen)

    def _chosen(self, path: Choice) -> None:
        if path is None:
            self.exit()
            return
        try:
            if path == "tour":
                from tabletop.console.tour import begin

                begin(self)
            elif path.suffix == ".jsonl":
                from tabletop.console import desk

                self.resume(desk.go_on(path))
            else:
                from tabletop.scenario.loading import load_exercise

                self.set_up(load_exercise(path))
        except TabletopError as error:
            self.library()
            tell(self, str(error), "error")

    def set_up(self, exercise: Exercise) -> None:
        """Ask for what a new session needs."""
        from tabletop.console import desk
        from tabletop.console.drafts import Drafts
        from tabletop.console.screens.setup import SetupScreen

        def begin(plan: Plan) -> None:
            self.session = desk.begin(exercise, plan, self.logs)
            if self.drafts is not None:
                self.drafts.forget()
            self.keep_drafts(self.session)

        def done(begun: bool | None) -> None:
            if begun:
                self.run_session(opening=True)
                return
            if self.drafts is not None:
                self.drafts.settle()
            self.drafts = None  # what is typed elsewhere is none of this session's
            if self._exercise is not None:
                self.exit()
            else:
                self.library()

        name = self._called or desk.free_name(exercise, self.logs)
        self.drafts = Drafts(log_path(name, self.logs), "", SystemTime().wall)
        self.push_screen(SetupScreen(exercise, name, self.logs, begin), done)

    def action_end_tour(self) -> None:
        """Take the tour's line away."""
        if self.tour is not None:
            self.tour.end()
            self.tour = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The tour can be ended only while it is on."""
        if action == "end_tour":
            return self.tour is not None
        return super().check_action(action, parameters)

    def resume(self, session: Session) -> None:
        """Go on with a session; its clock stands."""
        from tabletop.console import desk

        self.session = session
        self.keep_drafts(session)
        self.run_session(opening=session.state.phase == "opened")
        if said := desk.torn(session):
            tell(self, said)
        if self.drafts is not None and (typed := self.drafts.listed()):
            tell(self, f"Typed, and not recorded: {typed}. Open the form again, and it is there.")
        from tabletop.console.questions import offer_reading

        offer_reading(self, session)

    def keep_drafts(self, session: Session) -> None:
        """Keep from now on what is typed in the session's forms and not recorded."""
        from tabletop.console.drafts import Drafts

        journal = session.journal
        opened = session.events[0].at
        self.drafts = Drafts(journal.path, opened, SystemTime().wall) if isinstance(journal, FileJournal) else None

    def run_session(self, *, opening: bool) -> None:
        """The console of play."""
        from tabletop.console.screens.run import RunScreen

        assert self.session is not None
        screen = RunScreen(self.session, auto=self._auto)
        self.push_screen(screen)
        if opening:
            self.call_later(screen.open_exercise)

    async def action_quit(self) -> None:
        """Leave; asks first only where something typed would be lost."""
        from tabletop.console.questions import leave_asking

        leave_asking(self, 0)

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        from tabletop.console.questions import leave_asking

        leave_asking(self, 130)


def run_console(
    exercise: Exercise | None = None,
    log: Path | None = None,
    name: str | None = None,
    logs: Path | None = None,
    auto: bool = False,
) -> int:
    """Run the console until it is left; the exit code. A log that does not open raises before any screen."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The console needs a terminal.", "Without one: tabletop list, show, rehearse, play, report.")
    session = None
    if log is not None:
        from tabletop.console import desk

        session = desk.go_on(log)
    app = Console(exercise=exercise, session=session, name=name, logs=logs, auto=auto)
    try:
        app.run()
    finally:
        app.leave()
    if app.fault:
        print(f"tabletop: {app.fault}", file=sys.stderr)
    return app.return_code or (1 if app.fault else 0)
