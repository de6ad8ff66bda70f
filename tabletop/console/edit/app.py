"""The app of `tabletop edit`: the author's screen, and trials that come back to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tabletop.console import desk
from tabletop.console.actions import palette
from tabletop.console.edit.course import Point, Reached, write_trial
from tabletop.console.edit.editors import Editor, open_editor
from tabletop.console.edit.looking import look
from tabletop.console.edit.screen import EditScreen
from tabletop.console.keynames import key_of
from tabletop.console.safe import tell
from tabletop.console.screens.ask import AskScreen, ChooseScreen
from tabletop.console.screens.run import RunScreen
from tabletop.console.shell import Shell
from tabletop.console.widgets.schedule import Schedule
from tabletop.errors import TabletopError
from tabletop.journal import logs_folder, next_free
from tabletop.scenario.index import Index
from tabletop.session.clock import SystemTime
from tabletop.session.session import Session

_LEAVE = "Leave from anywhere; a trial is left first"
_LATER = 0.2
"""Seconds after an editor is left; an interrupt that it got is forgotten by then."""


class EditApp(Shell):
    """One exercise, while it is being written."""

    CSS = "ToastRack { margin-bottom: 4; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True, tooltip=_LEAVE, id="app.quit"),
        Binding("ctrl+c", "interrupt", show=False, priority=True, tooltip=_LEAVE, id="app.interrupt"),
    ]

    def __init__(self, path: Path, scripts: Sequence[Path] = (), logs: Path | None = None) -> None:
        super().__init__()
        self.path, self.scripts, self.logs = path, scripts, logs_folder(logs)
        self.session: Session | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: in a trial what the facilitator can do; of Textual's own, what there is a use for."""
        if isinstance(screen, RunScreen):
            yield from palette(screen)
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Quit"):
                yield command

    def on_mount(self) -> None:
        """Catch signals, then show the exercise."""
        self.catch_signals()
        self.push_screen(EditScreen(self.path, self.scripts, look(self.path, self.scripts)))

    def stop(self, code: int) -> None:
        """A trial's log first: after SIGHUP there is no terminal left to leave in good order."""
        self._throw_away()
        super().stop(code)

    def on_unmount(self) -> None:
        """However the app ends, a trial's log is let go."""
        self._throw_away()

    # --- the editor -----------------------------------------------------------------------------------

    def edit(self, editor: Editor) -> None:
        """Open the author's editor; what keeps it from starting is said."""
        try:
            open_editor(self, editor)
        except TabletopError as error:
            tell(self, str(error), "error")
        finally:
            self.set_timer(_LATER, self.catch_signals)

    # --- trials ---------------------------------------------------------------------------------------

    def try_out(self, index: Index, reached: Reached, point: Point) -> None:
        """The facilitator's console at a point of planned play, its log in a temporary folder."""
        self._folder = TemporaryDirectory(prefix="tabletop-trial-")
        log = Path(self._folder.name) / f"{index.exercise.id}-trial.jsonl"
        try:
            write_trial(index, reached, log, SystemTime().wall())
            self.session = desk.go_on(log)
            self.session.do({"do": "resume"})
        except (TabletopError, OSError) as error:
            self._throw_away()
            tell(self, str(error), "error")
            return
        screen = RunScreen(self.session)
        self.push_screen(screen)
        self.call_later(self._begin, screen, index, point)

    def _begin(self, screen: RunScreen, index: Index, point: Point) -> None:
        """A move opens on its briefing; an inject stands under the cursor."""
        if point.kind == "move":
            screen.open_move(index.moves[point.id])
        else:
            screen.refresh_all()
            screen.query_one(Schedule).choose(point.id)
        leave = key_of(self, "app.quit", "ctrl+q")
        tell(self, f"A trial: {leave} comes back to the author's screen.", "information")

    def _leave_trial(self, code: int | None) -> None:
        """Ask what becomes of the log; with a code, leave the app after that."""
        if isinstance(self.screen, ChooseScreen | AskScreen):
            return
        assert self.session is not None
        kept = next_free(self.logs / f"{self.session.exercise.id}-trial.jsonl")
        typed = any(getattr(screen, "typed", False) for screen in self.screen_stack)
        question = f"{'What you typed is not recorded. ' if typed else ''}Leave this trial?"
        choices = [("drop", "throw its log away"), ("keep", f"keep its log as {kept}"), ("", "play on")]

        def answered(choice: str | None) -> None:
            if not choice:
                return
            if choice == "keep" and not self._keep(kept):
                return
            self._throw_away()
            while not isinstance(self.screen, EditScreen):
                self.pop_screen()
            if code is not None:
                self.exit(return_code=code)

        self.push_screen(ChooseScreen(question, choices), answered)

    def _keep(self, to: Path) -> bool:
        """Pause the trial and put its log among the others; says whether it is there."""
        assert self.session is not None
        assert self._folder is not None
        fault = desk.leave(self.session)
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(self._folder.name) / f"{self.session.exercise.id}-trial.jsonl", to)
        except OSError as error:
            fault = f"{to} cannot be written: {error.strerror or error}."
        if fault:
            tell(self, fault, "error")
            return False
        tell(self, f"The trial's log is {to}", "information")
        return True

    def _throw_away(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    # --- leaving --------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave the trial where one is on, else the app."""
        if self.session is not None:
            self._leave_trial(None)
        else:
            self.exit(return_code=0)

    def action_interrupt(self) -> None:
        """Ctrl-C."""
        if self.session is not None:
            self._leave_trial(130)
        else:
            self.exit(return_code=130)


def run_edit(path: Path, scripts: Sequence[Path] = (), logs: Path | None = None) -> int:
    """Show the author's screen until it is left."""
    app = EditApp(path, scripts, logs)
    app.run()
    return app.return_code or 0
