"""The acts of the after-action screen that add to a log: while a form stands, the log is held and drafts are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from tabletop.console.drafts import Drafts
from tabletop.console.review import adding
from tabletop.console.review.walk import Walk
from tabletop.console.safe import tell
from tabletop.console.screens.form import FormScreen
from tabletop.console.still_open import still_open
from tabletop.errors import TabletopError
from tabletop.journal import name_of
from tabletop.session.clock import SystemTime

if TYPE_CHECKING:
    from tabletop.review.lines import Line

    Base = Screen[None]
else:
    Base = object


class Adds(Base):
    """Opens a form on the log, and says why where nothing can be added."""

    walk: Walk
    _adding: adding.Adding | None = None
    _drafts: Drafts | None = None

    if TYPE_CHECKING:

        @property
        def line(self) -> Line | None: ...
        @property
        def objective(self) -> str: ...
        def go(self, seq: int) -> None: ...
        def action_reload(self) -> None: ...

    def say_typed(self) -> None:
        """Say what was typed once and never recorded; of a session that may still be played, nothing."""
        if self.walk.review.times.ended and (typed := self._read_drafts().listed()):
            tell(self.app, f"Typed, and not recorded: {typed}. Open the form again, and it is there.")

    def action_observe(self) -> None:
        """Add an observation."""
        self._add(lambda to: adding.observe_form(to, self.line, self.walk.lines))

    def action_rate(self) -> None:
        """Rate an objective."""
        self._add(lambda to: adding.rate_form(to, self.objective))

    def action_agree(self) -> None:
        """Add an action."""
        self._add(lambda to: adding.action_form(to, self.objective))

    def action_done(self) -> None:
        """Close an action that is done."""
        path, exercise = self.walk.path, self.walk.review.exercise
        self._add(lambda to: adding.done_form(to, still_open(path.parent, exercise), name_of(path)))

    def action_withdraw(self) -> None:
        """Take an entry back."""
        if (line := self.line) is not None:
            self._add(lambda to: adding.withdraw_form(to, line, self.walk.lines.text(line)))

    def _add(self, make: Callable[[adding.Adding], FormScreen]) -> None:
        """Open the log for writing as long as the form stands; where that cannot be, say why."""
        if self.walk.reading.damage or self.walk.reading.newer:
            tell(self.app, f"{self.walk.fault} Nothing can be added.", "error")
            return
        try:
            self._adding = adding.open_to_add(self.walk.path)
            form = make(self._adding)
        except TabletopError as error:
            self.let_go()
            tell(self.app, str(error), "error")
            return

        def done(recorded: bool | None) -> None:
            self.let_go()
            if recorded:
                self.action_reload()
                seq = len(self.walk.reading.events) - 1
                tell(self.app, f"Recorded as #{seq}.", "information")
                self.go(seq)

        form.drafts = self._drafts = self._read_drafts()
        self.app.push_screen(form, done)

    def _read_drafts(self) -> Drafts:
        """The drafts beside the log: whoever holds it may write them."""
        return Drafts(self.walk.path, self.walk.reading.events[0].at, SystemTime().wall)

    def let_go(self) -> None:
        """Let go of the log and its drafts."""
        if self._drafts is not None:
            self._drafts.close()
        if self._adding is not None:
            self._adding.let_go()
        self._drafts = self._adding = None
