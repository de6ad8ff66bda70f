"""The after-action screen: four views of one log, what is under the cursor below them, and what is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from tabletop.console.catalogue import key_on
from tabletop.console.keynames import clicked
from tabletop.console.review import drawing
from tabletop.console.review.acting import Adds
from tabletop.console.review.actions import ReviewActs, bar, bindings
from tabletop.console.review.exporting import export_form
from tabletop.console.review.full import DetailsScreen, told
from tabletop.console.review.walk import Walk
from tabletop.console.safe import column, fit, one_line, say, tell
from tabletop.console.screens.form import Field, FormScreen, Values
from tabletop.console.widgets.listing import Listing, Row
from tabletop.console.widgets.painted import Painted
from tabletop.errors import TabletopError
from tabletop.review.details import details
from tabletop.review.lanes import SIGNS
from tabletop.review.lines import KINDS, Line, Sieve
from tabletop.scenario.model import CONTROL

_VIEWS = ("Timeline", "Decisions", "Tracks", "Record")
_HEIGHTS = [(0, "-flat"), (20, "-low"), (34, "-high")]
_HINT = "Each letter in the plot is a step; the steps stand below it, each with what moved the track."
_TIMELINE, _DECISIONS, _TRACKS, _RECORD = 1, 2, 3, 4


class ReviewScreen(Adds, Screen[None]):
    """Walks a log; adds to it where that is possible, and says why where it is not."""

    CSS_PATH = "review.tcss"
    COMMANDS: ClassVar = {ReviewActs}
    BINDINGS: ClassVar[list[BindingType]] = bindings()
    VERTICAL_BREAKPOINTS = _HEIGHTS
    AUTO_FOCUS = "#rows"
    SIGNS: ClassVar = ("Signs of the timeline:", SIGNS)
    """What the help explains besides the keys."""

    def __init__(self, walk: Walk, *, alone: bool = False) -> None:
        super().__init__()
        self.walk, self._alone = walk, alone
        self._view, self._first = _TIMELINE, 0
        self._sieve = Sieve()
        self._places: dict[int, str] = {}  # the key of the row under the cursor, by view
        self._came_from: list[tuple[int, str]] = []

    def compose(self) -> ComposeResult:
        """What it is, the views, the list, what is under the cursor, the keys."""
        yield Painted(id="title", markup=False)
        yield Painted(id="fault", markup=False)
        yield Painted(id="views", markup=False)
        yield Painted(id="sieve", markup=False)
        yield Painted(id="heads", markup=False)
        yield Listing(id="rows")
        yield Painted(id="below", markup=False)
        yield Input(id="search", compact=True, placeholder="words to look for; Enter keeps them")
        yield Painted(id="review-keys", markup=False)

    def on_mount(self) -> None:
        """Show the timeline."""
        self.query_one("#search").display = False
        self.call_after_refresh(self._show)
        self.call_after_refresh(self.say_typed)

    def on_resize(self) -> None:
        """Lanes and lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._show)

    def on_unmount(self) -> None:
        """Whatever happens, the log is let go."""
        self.let_go()

    # --- painting -------------------------------------------------------------------------------------

    def _show(self, key: str = "") -> None:
        """Paint everything, the cursor on the row of that key or where it was."""
        listing = self.query_one(Listing)
        rows, nothing = self._rows()
        key = key or self._places.get(self._view, "")
        tall = self._view in (_DECISIONS, _TRACKS)
        self._head(len(rows))
        listing.show(rows, tall=tall, nothing=nothing, key=key)

    def _rows(self) -> tuple[Sequence[Row], str]:
        """The rows of the view, and what is said where there are none."""
        walk = self.walk
        if self._view == _TRACKS:
            return walk.tracks, "This exercise has no tracks."
        kept = walk.lines.sift(self._sieve) if self._sieve else None
        every = key_on(self, "review.clear")
        nothing = f"Nothing answers to this search and filter; {every} shows all."
        nothing = nothing if self._sieve else "Nothing is recorded."
        if self._view == _TIMELINE:
            marks = walk.marks if kept is None else [mark for mark in walk.marks if mark.line.seq in kept]
            return drawing.timeline(marks, drawing.all_lanes(walk.review), self._first), nothing
        if self._view == _RECORD:
            return (walk.record if kept is None else [row for row in walk.record if row.seq in kept]), nothing
        return self._decisions(), nothing

    def _decisions(self) -> Sequence[Row]:
        """The answers that are wanted, each under its question; the kind of a line is no matter here."""
        sieve = replace(self._sieve, kind="")
        if not sieve:
            return self.walk.decisions
        kept = self.walk.lines.sift(sieve)
        rows: list[Row] = []
        question: Row | None = None
        for row in self.walk.decisions:
            if row.key in self.walk.questions:
                question = row
            elif not kept.isdisjoint(self.walk.behind(row)) and self.walk.of_cell(row, sieve.cell):
                rows += [question] if question else []
                question = None
                rows.append(row)
        return rows

    def _head(self, many: int) -> None:
        walk, exercise = self.walk, self.walk.review.exercise
        width = max(20, self.size.width - 2)
        marking = fit(exercise.marking, max(20, width - 24))
        title = column(f"{walk.review.name}: {exercise.title}", max(0, width - cell_len(marking) - 2))
        top = Content.assemble((title, "bold"), "  ", (marking, "bold"))
        self.query_one("#title", Painted).paint(Content("\n").join([top, say(fit(walk.when(), width))]))
        self.query_one("#review-keys", Painted).paint(bar(self.app, width))
        fault = self.query_one("#fault", Painted)
        fault.display = bool(walk.fault)
        fault.paint(say(one_line(f"{walk.fault} Nothing can be added."), "bold reverse"))
        self.query_one("#views", Painted).paint(self._tabs(width))
        every = key_on(self, "review.clear")
        sieve = self.query_one("#sieve", Painted)
        sieve.display = bool(self._sieve) and self._view != _TRACKS
        sieve.paint(say(fit(f"Only {self._wanted()}: {many} rows. {every} shows all", width), "bold"))
        heads = self.query_one("#heads", Painted)
        heads.display = self._view in (_TIMELINE, _RECORD)
        if self._view == _TIMELINE:
            lanes = drawing.all_lanes(walk.review)
            heads.paint(say(" " + drawing.lane_heads(lanes, self._first, walk.lines, self._inner), "bold"))
        else:
            heads.paint(say(" " + drawing.record_head(len(walk.reading.events)), "bold"))

    @property
    def _inner(self) -> int:
        """The columns of a row."""
        return self.query_one(Listing).scrollable_content_region.width - 1

    def _tabs(self, width: int) -> Content:
        walk = self.walk
        counted = {
            _DECISIONS: f" {len(walk.review.decisions)}, {walk.dissents} with dissent" if width > 70 else "",
            _TRACKS: f" {len(walk.review.tracks)}" if width > 70 else "",
            _RECORD: f" {len(walk.reading.events)}" if width > 70 else "",
        }
        parts: list[Content | str] = []
        for at, name in enumerate(_VIEWS, 1):
            here = at == self._view
            said = f"{key_on(self, f'review.view-{at}')} {name}{counted.get(at, '')}"
            tab = Content.styled(f"[{said}]", "bold reverse") if here else Content(f" {said} ")
            parts += [clicked(tab, f"screen.view({at})"), " "]
        return Content.assemble(*parts)

    def _wanted(self) -> str:
        sieve, lines = self._sieve, self.walk.lines
        goal = lines.index.objectives.get(sieve.objective)
        said = [
            f'with "{one_line(sieve.text)}"' if sieve.text.strip() else "",
            f"cell {one_line(lines.cell(sieve.cell))}" if sieve.cell else "",
            f"objective {fit(goal.text if goal else sieve.objective, 30)}" if sieve.objective else "",
            KINDS.get(sieve.kind, "") if self._view != _DECISIONS else "",
        ]
        return ", ".join(part for part in said if part)

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Say below what is under the cursor."""
        if event.row is not None:
            self._places[self._view] = event.row.key
        below = self.query_one("#below", Painted)
        line = self.line
        found = details(line, self.walk.lines, self.walk.review) if line else [("", _HINT if event.row else "")]
        below.paint(told(found, max(20, (below.content_size.width or self.size.width) - 2)))

    @property
    def objective(self) -> str:
        """The one that is filtered for, or that the line under the cursor is on."""
        line = self.line
        return self._sieve.objective or (line.objectives[0] if line and line.objectives else "")

    def go(self, seq: int) -> None:
        """Put the cursor on a line of the log."""
        self.query_one(Listing).go(seq)

    @property
    def line(self) -> Line | None:
        """The line of the log under the cursor."""
        row = self.query_one(Listing).row
        return self.walk.lines[row.seq] if row is not None and row.seq is not None else None

    # --- moving about ---------------------------------------------------------------------------------

    def action_view(self, view: int) -> None:
        """Another view, its cursor where it was."""
        self._view = view
        self._show()
        self.query_one(Listing).focus()

    def action_turn(self, by: int) -> None:
        """The next view, or the one before."""
        self.action_view((self._view - 1 + by) % len(_VIEWS) + 1)

    def action_lanes(self, by: int) -> None:
        """Other lanes, where not all have room."""
        if self._view != _TIMELINE:
            return
        lanes = drawing.all_lanes(self.walk.review)
        shown, _ = drawing.in_sight(lanes, self._first, self._inner)
        self._first = min(max(0, self._first + by), len(lanes) - len(shown))
        self._show()

    def on_listing_selected(self, event: Listing.Selected) -> None:
        """Everything that the line says."""
        self.action_details()

    def action_details(self) -> None:
        """Everything that the line under the cursor says."""
        if (line := self.line) is None:
            return

        def closed(jump: bool | None) -> None:
            if jump:
                self.action_jump()

        self.app.push_screen(DetailsScreen(details(line, self.walk.lines, self.walk.review)), closed)

    def action_jump(self) -> None:
        """To what the line under the cursor is about: the inject of a decision, what a correction took back."""
        line, row = self.line, self.query_one(Listing).row
        if line is None or row is None:
            return
        if line.about is None:
            tell(self.app, "This entry goes back to no other.", "information")
            return
        self._came_from.append((self._view, row.key))
        target = self.walk.lines[line.about]
        gone = target.taken_back is not None
        self._view = _RECORD if gone or self._view == _RECORD else _TIMELINE
        if self._sieve and target.seq not in self.walk.lines.sift(self._sieve):
            self._sift(Sieve())
        self._show(str(target.seq))

    def action_back(self) -> None:
        """Back to where the last jump began."""
        if self._came_from:
            self._view, key = self._came_from.pop()
            self._show(key)

    def action_leave(self) -> None:
        """Search and filter first, then the screen, where it is not all that there is."""
        if self._sieve or self.query_one("#search").display:
            self.action_clear()
        elif self._alone:
            tell(self.app, f"{key_on(self, 'review.app-quit')} quits.", "information")
        else:
            self.dismiss(None)

    # --- searching ------------------------------------------------------------------------------------

    def _sift(self, sieve: Sieve) -> None:
        self._sieve = sieve
        search = self.query_one("#search", Input)
        if not sieve.text:
            search.display = False
            with search.prevent(Input.Changed):
                search.value = ""

    def action_search(self) -> None:
        """Type what to look for."""
        if self._view == _TRACKS:
            self._view = _TIMELINE
        search = self.query_one("#search", Input)
        if search.has_focus:
            search.insert_text_at_cursor("/")
        search.display = True
        self.set_focus(search)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what answers to it so far."""
        self._sieve = replace(self._sieve, text=event.value)
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to what was found."""
        event.input.display = False
        self.query_one(Listing).focus()

    def action_filter(self) -> None:
        """One cell, one objective, one kind."""
        exercise, there = self.walk.review.exercise, {line.kind for line in self.walk.lines}
        cells = [(cell.id, cell.name) for cell in exercise.cells]
        goals = [(goal.id, one_line(goal.text)) for goal in exercise.objectives]
        kinds = [(kind, name) for kind, name in KINDS.items() if kind in there]
        fields = [
            Field("cell", "Cell", "pick", [("", "all"), *cells, (CONTROL, "control")], self._sieve.cell),
            Field("objective", "Objective", "pick", [("", "all"), *goals], self._sieve.objective),
            Field("kind", "Kind", "pick", [("", "all"), *kinds], self._sieve.kind),
        ]

        def submit(values: Values) -> None:
            self._sieve = Sieve(text=self._sieve.text, **values)

        def done(changed: bool | None) -> None:
            if changed:
                self._view = _TIMELINE if self._view == _TRACKS else self._view
                self._show()

        self.app.push_screen(FormScreen("Show only", fields, submit, record="show"), done)

    def action_clear(self) -> None:
        """Drop search and filter."""
        self._sift(Sieve())
        self._show()
        self.query_one(Listing).focus()

    # --- the log again, the report -------------------------------------------------------------------

    def action_reload(self) -> None:
        """Read the log again."""
        try:
            self.walk = Walk.read(self.walk.path)
        except TabletopError as error:
            tell(self.app, str(error), "error")
        else:
            self._show()

    def action_export(self) -> None:
        """Write the report."""

        def written(name: str) -> None:
            tell(self.app, f"The report is written: {name}", "information")

        self.app.push_screen(export_form(self.walk, written))
