"""The record so far, one line an event, newest last: all of it, or one kind, one cell, what is searched for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from tabletop.console import words
from tabletop.console.keynames import key_of
from tabletop.console.recalled import told
from tabletop.console.safe import fit, one_line, say, tell
from tabletop.console.screens import elsewhere
from tabletop.console.screens.ask import AskScreen
from tabletop.console.screens.form import Field, FormScreen, Values
from tabletop.console.screens.reading import ReadingScreen
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.console.widgets.listing import Listing, Parts, Row
from tabletop.errors import TabletopError
from tabletop.review.lines import KINDS, Line, Lines, Sieve
from tabletop.review.reviewing import review
from tabletop.scenario.model import CONTROL
from tabletop.session.session import Session

_NOTHING = "Nothing answers to this. {} shows all."


def _lead(number: str, time: str, clock: str) -> str:
    return f"{number:<6}{time:<10}{clock:<9}"


class RecordScreen(Screen[None]):
    """Enter on a line withdraws it, after asking; the rules say what may be. ``i`` goes to the inject behind it."""

    CSS_PATH = "record.tcss"
    AUTO_FOCUS = "#events"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", tooltip="Show only what has these words in it", id="record.search"),
        Binding("f", "filter", "Filter", tooltip="Show one kind, one cell", id="record.filter"),
        Binding("x", "all", "Show all", tooltip="Drop search and filter", id="record.all"),
        Binding("i", "inject", "Its inject", tooltip="The inject that the line goes back to", id="record.inject"),
        Binding("escape", "leave", "Back", tooltip="Back: first the search and filter go", id="record.close"),
        Binding("l,q", "close", show=False, id="record.close-too"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sieve = Sieve()
        self._lines = self._read()

    def compose(self) -> ComposeResult:
        """What is shown, the lines, the one under the cursor in full, the search, the keys."""
        yield Static(id="record-title", markup=False)
        yield Static(f" {_lead('no.', 'time', 'clock')}what happened", id="record-head", markup=False)
        yield Listing(id="events")
        yield Static(id="whole", markup=False)
        yield Input(id="search", placeholder="words to look for", compact=True)
        yield KeyLine(
            key("search", "record.search"),
            key("filter", "record.filter"),
            key("show all", "record.all"),
            key("its inject", "record.inject"),
            key("Enter withdraws a line, after asking"),
            key("back", "record.close"),
            id="record-keys",
        )

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one("#search").display = False
        self.call_after_refresh(self._fill)

    def _read(self) -> Lines:
        events = list(self._session.events)
        return Lines(events, review(events, ""))

    def _fill(self, at: int | None = None) -> None:
        """Show what is wanted, the cursor on a line of the record, or on the newest."""
        wanted = self._lines.sift(self._sieve) if self._sieve else None
        seqs = [line.seq for line in self._lines if wanted is None or line.seq in wanted]
        kept = f"{len(seqs)} of {len(self._lines)}" if self._sieve else f"{len(self._lines)} lines"
        title = f"Record of {self._session.state.name}: {', '.join([kept, *self._wanted()])}"
        self.query_one("#record-title", Static).update(say(title, "bold"))
        nothing = _NOTHING.format(key_of(self.app, "record.all", "x"))
        at = at if at in seqs else seqs[-1] if seqs else None
        rows = [Row(str(seq), seq, partial(self._row, seq)) for seq in seqs]
        self.query_one(Listing).show(rows, tall=False, nothing=nothing, key=str(at))

    def _wanted(self) -> list[str]:
        """What is let through, in words."""
        sieve = self._sieve
        said = [KINDS.get(sieve.kind, ""), "control" if sieve.cell == CONTROL else self._lines.cell(sieve.cell)]
        return [one_line(each) for each in (*said, f'"{sieve.text}"' if sieve.text else "") if each]

    def _row(self, seq: int, width: int) -> list[Parts]:
        line = self._lines[seq]
        said = self._said(line)
        said = f"(taken back) {said}" if line.taken_back is not None else said
        lead = _lead(str(seq), words.wall(line.event.at), words.hours(line.event.clock))
        return [[(lead + fit(said, width - len(lead)), "")]]

    def _said(self, line: Line) -> str:
        """A line in words, with what a correction takes back."""
        return told(line.event, self._session, self._lines.text(line))

    @property
    def _line(self) -> Line | None:
        """The line under the cursor."""
        row = self.query_one(Listing).row
        return self._lines[row.seq] if row is not None and row.seq is not None else None

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """The line under the cursor in full: the list cuts long ones."""
        line = self._line if event.row is not None else None
        self.query_one("#whole", Static).update(say(self._said(line) if line else ""))

    def on_listing_selected(self, event: Listing.Selected) -> None:
        """Withdraw a line, after asking, together with what rests on it."""
        if (seq := event.row.seq) is None:
            return
        said = one_line(self._said(self._lines[seq]))
        resting = [each.seq for each in self._session.resting_on(seq) if seq not in self._session.state.taken_back]

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            try:
                self._session.do_all({"do": "withdraw", "withdraws": each} for each in (*resting, seq))
            except TabletopError as error:
                tell(self.app, str(error))
                elsewhere.offer(self, self._session, error)
            self._lines = self._read()
            self._fill()

        question = f"Withdraw #{seq}? {said}. The record keeps both."
        if resting:
            also = "; ".join(f"#{each} {one_line(self._said(self._lines[each]))}" for each in resting)
            question = f"Withdraw #{seq} and what rests on it? {said}. With it goes: {also}. The record keeps all."
        self.app.push_screen(AskScreen(question, yes="withdraw all" if resting else "withdraw"), answered)

    # --- search and filter ---------------------------------------------------------------------------

    def action_search(self) -> None:
        """Type what to look for."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show it as it is typed."""
        self._sieve = replace(self._sieve, text=event.value)
        self._fill()

    def on_input_submitted(self) -> None:
        """Back to the lines; the search stays."""
        self.query_one(Listing).focus()

    def action_filter(self) -> None:
        """One kind, one cell."""
        there = {line.kind for line in self._lines}
        kinds = [("", "all"), *((kind, name) for kind, name in KINDS.items() if kind in there)]
        cells = [("", "all"), *((each.id, each.name) for each in self._session.exercise.cells), (CONTROL, "control")]
        fields = [
            Field("kind", "Kind", "pick", kinds, self._sieve.kind),
            Field("cell", "Cell", "pick", cells, self._sieve.cell),
        ]

        def submit(values: Values) -> None:
            self._sieve = replace(self._sieve, kind=values["kind"], cell=values["cell"])

        form = FormScreen("Show only", fields, submit, record="show")
        self.app.push_screen(form, lambda shown: self._fill() if shown else None)

    def action_all(self) -> None:
        """Drop search and filter, the cursor where it was."""
        line = self._line
        self._sieve = Sieve()
        search = self.query_one("#search", Input)
        with search.prevent(Input.Changed):
            search.value = ""
        search.display = False
        self.query_one(Listing).focus()
        self._fill(line.seq if line else None)

    # --- going on ------------------------------------------------------------------------------------

    def action_inject(self) -> None:
        """Go to the line by which its inject was given out, and read the inject."""
        line = self._line
        seq = (line.seq if line.event.type == "inject_released" else line.about) if line else None
        released = self._lines[seq].event if seq is not None else None
        state = self._session.state
        inject = state.inject(str(released.data.get("inject"))) if released is not None else None
        if seq is None or inject is None:
            tell(self.app, "This line goes back to no inject.", "information")
            return
        if not self.query_one(Listing).go(seq):
            self.action_all()
            self.query_one(Listing).go(seq)
        index = state.index
        cards = {words.cell_name(each, index): text for each, text in inject.private.items()}
        to = words.cell_names(state.index.addressees(inject), index)
        marking = state.exercise.marking
        self.app.push_screen(
            ReadingScreen(inject.title, inject.text, above=f"to {to}", cards=cards, marking=marking, space="back")
        )

    def action_leave(self) -> None:
        """Search and filter first, then the screen."""
        if self._sieve or self.query_one("#search").display:
            self.action_all()
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
