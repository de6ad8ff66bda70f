"""The after-action report: written beside the record, its path and text shown."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console.safe import say
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.errors import TabletopError, UsageError
from tabletop.session.session import Session


class ReportScreen(Screen[None]):
    """Shows the report as it was written."""

    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space", "close", "Back", id="report.close"),
        Binding("q", "app.quit", "Quit", id="report.quit"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Where it is, and what it says."""
        try:
            path, text = write_report(self._session)
            where = f"The report is written: {path}"
        except TabletopError as error:
            where, text = f"NOT WRITTEN: {error} {_later(self._session)}", ""
        except Exception as error:
            # Whatever is wrong with a report made at the end of a day: the session and its record stand.
            fault = f"the report could not be made ({type(error).__name__})."
            where, text = f"NOT WRITTEN: {fault} {_later(self._session)}", ""
        yield Static(say(where, "bold"), id="report-path")
        with VerticalScroll(id="report"):
            yield Static(say(text), id="report-text")
        yield KeyLine(key("arrows scroll"), key("back", "report.close"), key("quit", "report.quit"), id="report-keys")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one("#report").focus()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _later(session: Session) -> str:
    """What to do when there is no report yet."""
    from tabletop.journal import FileJournal, log_path, logs_folder

    journal, name = session.journal, session.state.name
    if isinstance(journal, FileJournal) and log_path(name, logs_folder(None)) != journal.path:
        name = str(journal.path)
    return f"The session and its record are safe. Make the report later: tabletop report {name}"


def write_report(session: Session) -> tuple[Path, str]:
    """Write the report beside the log, under the next free name where it differs from the one there."""
    from tabletop.documents.markdown import as_markdown
    from tabletop.documents.report.building import after_action_report
    from tabletop.documents.report.language import run_in
    from tabletop.journal import FileJournal, next_free, read_log
    from tabletop.review.reviewing import review
    from tabletop.review.speech import speaking

    if not isinstance(session.journal, FileJournal):
        raise UsageError("This session has no file.", "Only a session with a log has a report.")
    log = session.journal.path
    reading = read_log(log)
    with speaking(run_in(reading)):
        text = as_markdown(after_action_report(review(reading.events, reading.head), reading))
    path = log.with_suffix(".md")
    try:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path = next_free(path)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as cause:
        raise UsageError(f"{path} cannot be written: {cause.strerror or cause}.") from cause
    return path, text
