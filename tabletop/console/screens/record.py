"""The record so far, one line an event, newest last."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import DataTable, Static

from tabletop.console import words
from tabletop.console.safe import cell, one_line, say, tell
from tabletop.console.screens.ask import AskScreen
from tabletop.errors import TabletopError
from tabletop.session.session import Session


class RecordScreen(Screen[None]):
    """Enter on a line withdraws it, after asking; the rules say what may be."""

    CSS_PATH = "record.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,l,q", "close", "Back", id="record.close")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """A table."""
        yield Static(say(f"Record of {self._session.state.name}", "bold"), id="record-title")
        yield DataTable(id="events", cursor_type="row")
        yield Static(id="whole", markup=False)
        yield Static(say("arrows move   Enter withdraws a line, after asking   Esc back"), id="record-keys")

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(DataTable).add_columns("no.", "time", "clock", "what happened")
        self._fill()

    def _fill(self) -> None:
        from tabletop.review.wording import describe

        table = self.query_one(DataTable)
        table.clear()
        taken = self._session.state.taken_back
        for event in self._session.events:
            said = describe(event, self._session.state.index)
            said = f"(taken back) {said}" if event.seq in taken else said
            table.add_row(
                str(event.seq), words.wall(event.at), words.hours(event.clock), cell(said), key=str(event.seq)
            )
        table.move_cursor(row=table.row_count - 1)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """The line under the cursor in full: the table cuts long ones."""
        from tabletop.review.wording import describe

        if event.row_key.value is not None:
            line = self._session.events[int(event.row_key.value)]
            self.query_one("#whole", Static).update(say(describe(line, self._session.state.index)))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Withdraw a line, after asking."""
        from tabletop.review.wording import describe

        seq = int(event.row_key.value or 0)
        said = one_line(describe(self._session.events[seq], self._session.state.index))

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            try:
                self._session.do({"do": "withdraw", "withdraws": seq})
            except TabletopError as error:
                tell(self.app, str(error))
            self._fill()

        self.app.push_screen(AskScreen(f"Withdraw #{seq}? {said}. The record keeps both.", yes="withdraw"), answered)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
