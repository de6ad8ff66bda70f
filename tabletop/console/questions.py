"""What the app itself asks: about the clock as it resumes, about what is typed as it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from tabletop.console import desk, words
from tabletop.console.drafts import settled
from tabletop.console.safe import tell
from tabletop.console.screens.ask import AskScreen
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from tabletop.console.app import Console
    from tabletop.session.session import Session


def offer_reading(app: Console, session: Session) -> None:
    """Offer the clock as it was last seen running, where that is later than the newest event."""
    later = desk.later_reading(session)
    if later is None:
        return
    then, now = words.hours(later), words.hours(session.clock.elapsed)
    question = f"The last event stands at {now}, but the clock was seen running at {then}. Set it to {then}?"

    def answered(yes: bool | None) -> None:
        if not yes:
            return
        try:
            session.do({"do": "clock", "to": later, "reason": "as last seen before the console stopped"})
        except TabletopError as error:
            tell(app, str(error), "error")

    app.push_screen(AskScreen(question, yes=f"set it to {then}", no=f"leave it at {now}"), answered)


def leave_asking(app: App[Any], code: int) -> None:
    """Leave with an exit code; where something typed would be lost, ask first."""

    def answered(yes: bool | None) -> None:
        if yes:
            app.exit(return_code=code)

    typed = any(getattr(screen, "typed", False) for screen in app.screen_stack)
    if typed and not any(isinstance(screen, AskScreen) for screen in app.screen_stack):
        after = "It is kept as a draft" if settled(app) else "Nothing keeps it: copy what you need"
        question = f"What you typed is not recorded. {after}. Leave all the same?"
        app.push_screen(AskScreen(question, yes="leave", no="stay"), answered)
    else:
        app.exit(return_code=code)
