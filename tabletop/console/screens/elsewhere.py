"""A log that takes nothing more: the offer to go on in a new one elsewhere, with all that is open as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App
from textual.screen import Screen

from tabletop.console.safe import one_line, tell
from tabletop.console.screens.ask import ChooseScreen
from tabletop.errors import NotWritten, TabletopError
from tabletop.journal import FileJournal, places_to_go_on
from tabletop.session.session import Session

_ASK = "{} Nothing more can be written to this log. All that is recorded is copied; go on in a new log?"
_GONE_ON = "The session goes on in {}. What was not recorded stands where it was typed: record it now."


class ElsewhereScreen(ChooseScreen):
    """The places where the session can go on."""


def offer(screen: Screen[Any], session: Session, error: TabletopError) -> None:
    """Where an error says that the log takes nothing more, offer to go on elsewhere."""
    app, journal = screen.app, session.journal
    if not isinstance(error, NotWritten) or not isinstance(journal, FileJournal) or journal.writable:
        return
    if any(isinstance(each, ElsewhereScreen) for each in app.screen_stack):
        return

    def chosen(place: str | None) -> None:
        if not place:
            return
        try:
            session.go_on_in(Path(place))
        except (TabletopError, OSError) as fault:
            tell(app, f"Not there: {fault}", "error")
            offer(screen, session, error)
        else:
            _gone_on(app, Path(place))

    places = [(str(path), str(path)) for path in places_to_go_on(journal.path)]
    question = _ASK.format(one_line(error.sentence))
    app.push_screen(ElsewhereScreen(question, [*places, ("", "not now; any act asks again")]), chosen)


def _gone_on(app: App[Any], log: Path) -> None:
    if (drafts := getattr(app, "drafts", None)) is not None:
        drafts.go_on_beside(log)
    for each in app.screen_stack:
        if (cleared := getattr(each, "gone_on", None)) is not None:
            cleared()
    tell(app, _GONE_ON.format(log), "information")
