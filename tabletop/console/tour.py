"""The tour: five steps through a small exercise, each done by doing it; a line above every screen says how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.command import CommandPalette
from textual.content import Content
from textual.widgets import Static

from tabletop.console import desk
from tabletop.console.keynames import key_of
from tabletop.console.screens.after import AfterScreen
from tabletop.console.screens.form import keep_in_sight
from tabletop.console.screens.help import HelpScreen
from tabletop.console.screens.setup import Plan
from tabletop.console.small import TooSmallScreen
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise

if TYPE_CHECKING:
    from tabletop.console.app import Console
    from tabletop.session.session import Session

EXERCISE = "first-ten-minutes"
"""The exercise that the tour plays."""


@dataclass(frozen=True)
class Step:
    """What is to be done, how, and by which event it shows; ``keys`` fill the ``{}`` of ``how``."""

    name: str
    how: str
    keys: Sequence[tuple[str, str]]
    event: str = ""


STEPS: Sequence[Step] = (
    Step(
        "release",
        "{} goes on: ground rules, situation, briefing. Then it releases what is due, to be read out.",
        (("act.next", "space"),),
        "inject_released",
    ),
    Step(
        "decide",
        "Seoul has an answer. {} opens the form, {} or {} chooses, {} records it.",
        (("act.decide", "d"), ("decide.choose-1", "1"), ("decide.choose-2", "2"), ("form.record", "f10")),
        "decision_recorded",
    ),
    Step(
        "read what follows",
        "Every choice has its consequence: read it out. {} records that you did. ({} brings it back.)",
        (("act.next", "space"), ("act.consequence", "y")),
        "consequence_read",
    ),
    Step(
        "note",
        "{} notes what somebody said: type a few words, {} records them.",
        (("act.note", "n"), ("form.record", "f10")),
        "discussion_noted",
    ),
    Step(
        "end",
        "{} ends play, {} confirms. Hot wash, ratings and report then follow, a key each.",
        (("act.end", "E"), ("ask.yes", "space")),
    ),
)
_DONE = "All of it is recorded, as in any session. {} shows the keys of a screen, wherever you are; {} leaves."


def begin(app: Console) -> None:
    """Play the small exercise in a session of its own, with a line that says what comes next.

    Raises TabletopError where it cannot be begun.
    """
    exercise = load_exercise(find_exercise(EXERCISE))
    session = desk.begin(exercise, Plan(desk.free_name(exercise, app.logs), None, ()), app.logs)
    app.session, app.tour = session, Tour(app, session)
    app.keep_drafts(session)
    app.run_session(opening=True)


class TourPanel(Static):
    """The step at hand, in a line or two of its own above the screen."""

    DEFAULT_CSS = """
    TourPanel {
        dock: top; width: 100%; height: auto; max-height: 4; padding: 0 1;
        background: $success 30%; color: $text; border-bottom: solid $success;
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    def on_resize(self) -> None:
        """Where it takes room from a form, the form's fields scroll."""
        if self.screen.query("#which") and self.screen.query("#form-keys"):
            self.call_after_refresh(keep_in_sight, self.screen)


class Tour:
    """Follows a session, and says on whatever screen is open what comes next."""

    def __init__(self, app: Console, session: Session) -> None:
        self._app, self._session = app, session
        self.on = True
        session.listen(lambda _: self.show())
        app.screen_change_signal.subscribe(app, lambda _: self.show())

    @property
    def at(self) -> int:
        """The number of the step at hand, from 0; as many as there are steps where all are done."""
        seen = {event.type for event in self._session.events}
        undone = (at for at, step in enumerate(STEPS) if not (step.event in seen or (not step.event and self._ended())))
        return next(undone, len(STEPS))

    def _ended(self) -> bool:
        closed = self._session.state.phase == "closed"
        return closed or any(isinstance(screen, AfterScreen) for screen in self._app.screen_stack)

    def end(self) -> None:
        """Say no more; the session goes on."""
        self.on = False
        for screen in self._app.screen_stack:
            screen.query(TourPanel).remove()

    def show(self) -> None:
        """Say it on the screen at hand."""
        self._app.call_after_refresh(self._show)

    def _show(self) -> None:
        screen = self._app.screen
        if not self.on or not screen.is_running or isinstance(screen, HelpScreen | TooSmallScreen | CommandPalette):
            return
        if not screen.query(TourPanel):
            screen.mount(TourPanel(self.said(), markup=False))
        for each in self._app.screen_stack:
            for panel in each.query(TourPanel):
                panel.update(self.said())

    def said(self) -> Content:
        """The step in words."""
        key = partial(key_of, self._app)
        out = key("app.tour-end", "f9")
        if (at := self.at) == len(STEPS):
            how = _DONE.format(key("app.help", "f1"), key("act.quit", "q"))
            return Content.assemble(("Tour: done.  ", "bold"), how, f"  {out} closes this line.")
        step = STEPS[at]
        names = [key(*each) for each in step.keys]
        how = step.how.format(*(name.capitalize() if name.islower() and name[1:] else name for name in names))
        return Content.assemble((f"Tour {at + 1} of {len(STEPS)}: {step.name}.  ", "bold"), how, f"  {out} ends it.")
