"""The author's screen: it follows the files, and shows what there is now or what loaded last."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console import words
from tabletop.console.catalogue import key_on
from tabletop.console.edit import rows
from tabletop.console.edit.actions import EditActs, bindings, key_line
from tabletop.console.edit.choices import ChoicesScreen
from tabletop.console.edit.course import Course, leading_to, reach
from tabletop.console.edit.describing import Detail, fault_details, place_of, seen_details
from tabletop.console.edit.editors import editor_at
from tabletop.console.edit.following import PROVING, Follows
from tabletop.console.edit.full import PartsScreen
from tabletop.console.edit.looking import Looked
from tabletop.console.edit.paper import paper
from tabletop.console.keynames import clicked
from tabletop.console.safe import column, fit, say, tell
from tabletop.console.widgets.inject import more_below
from tabletop.console.widgets.listing import Listing, Row
from tabletop.console.widgets.painted import Painted
from tabletop.errors import TabletopError
from tabletop.scenario.diagnostics import Fault

if TYPE_CHECKING:
    from tabletop.console.edit.app import EditApp

_FINDINGS, _SCHEDULE, _BRANCHES, _CELLS = 1, 2, 3, 4
_VIEWS = ("Findings", "Schedule", "Branches", "Cells")
_WIDTHS = [(0, "-narrow"), (100, "-wide"), (170, "-broad")]
_HEIGHTS = [(0, "-flat"), (18, "-short"), (30, "-high")]
_FURTHER = "{} shows the schedule, {} the branches, {} what cells see."


class EditScreen(Follows, Screen[None]):
    """Four views of one exercise, painted anew after each save; what the author does not change stays in place."""

    CSS_PATH = "edit.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = bindings()
    COMMANDS: ClassVar = {EditActs}
    AUTO_FOCUS = "#rows"

    app: EditApp

    def __init__(self, path: Path, scripts: Sequence[Path], looked: Looked) -> None:
        super().__init__(path, scripts, looked)
        self._view, self._eyes = _FINDINGS, 0
        self._places: dict[int, str] = {}  # the row under the cursor, by view
        self._told = ""

    def compose(self) -> ComposeResult:
        """Title and standing, the views, the rows, what is under the cursor, the keys."""
        yield Painted(id="title", markup=False)
        yield Painted(id="views", markup=False)
        yield Painted(id="eyes", markup=False)
        with Container(id="desk"):
            yield Listing(id="rows")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="detail-text", markup=False)
            with VerticalScroll(id="aside", can_focus=False):
                yield Static(id="aside-text", markup=False)
        yield key_line()

    def on_mount(self) -> None:
        """Begin to follow the files."""
        detail = self.query_one("#detail")
        for changed in ("scroll_y", "virtual_size", "size"):
            self.watch(detail, changed, self._say_more)
        self.call_after_refresh(self.show)
        self.follow()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Back from a trial or a form: show what changed meanwhile."""
        self.call_after_refresh(self.show)

    # --- painting -------------------------------------------------------------------------------------

    def show(self) -> None:
        """Paint everything, the cursor where it was."""
        if not self.is_mounted:
            return
        found, nothing = self._rows()
        self._head()
        key = self._places.get(self._view, "")
        self.query_one(Listing).show(found, tall=True, nothing=nothing, key=key)
        if self.has_class("-broad"):
            self._aside()

    def _rows(self) -> tuple[Sequence[Row], str]:
        """The rows of the view, and what is said where there are none."""
        if self._view == _FINDINGS:
            so_far = " so far" if self.proof == PROVING else ""
            others = (key_on(self, f"edit.view-{view}") for view in (_SCHEDULE, _BRANCHES, _CELLS))
            nothing = self.looked.unread or f"Nothing found{so_far}. {_FURTHER.format(*others)}"
            return rows.findings(self.looked), nothing
        if self.rendering is None:
            return (), self._never()
        if self._view == _SCHEDULE:
            return self.rendering.schedule, "No moves are written yet."
        if self._view == _BRANCHES:
            return self.rendering.branch_rows, "No decision offers options, and no condition reads anything."
        if not self.rendering.played:
            self.play_through()
            return (), "Playing it through ..."
        fault = self.rendering.views.fault
        return (() if fault else self.rendering.cards(self._who())), fault

    def views_wanted(self) -> bool:
        """Whether what cells see is being shown."""
        return self._view == _CELLS

    def _never(self) -> str:
        if self.looked.kind == "exercise":
            return "It has not loaded yet: see Findings."
        return f"This is {'an inject script' if self.looked.kind == 'script' else 'a translation'}: see Findings."

    def _who(self) -> str | None:
        """The cell whose eyes are looked through; None: every player's."""
        players = self.rendering.index.players if self.rendering else ()
        return (None, *players)[self._eyes % (len(players) + 1)]

    def _head(self) -> None:
        width = max(20, self.size.width - 2)
        exercise = self.rendering.index.exercise if self.rendering else None
        marking = fit(exercise.marking, max(20, width - 24)) if exercise else ""
        title = f"{exercise.title}: {self.path}" if exercise else str(self.path)
        first = Content.assemble((column(title, width - cell_len(marking) - 2), "bold"), "  ", (marking, "bold"))
        stale = self.rendering is not None and self.looked.exercise is None
        second = say(fit(self._standing(), width), "bold reverse" if stale or self.looked.unread else "")
        self.query_one("#title", Painted).paint(Content("\n").join([first, second]))
        self.query_one("#views", Painted).paint(self._tabs())
        eyes = self.query_one("#eyes", Painted)
        eyes.display = self._view == _CELLS and self.rendering is not None
        eyes.paint(self._through(width))

    def _standing(self) -> str:
        """When it was read, and how it stands now."""
        looked, shown = self.looked, self.rendering
        if looked.unread:
            now = f"the file cannot be read now: {looked.unread}"
        elif looked.exercise is None and looked.kind == "exercise":
            now = f"the file has {looked.errors} fault{'' if looked.errors == 1 else 's'} now"
        else:
            proof = f"; {self.proof}" if self.proof else ""
            return f"read {_clock(looked.at)}; {self._counted()}{proof}"
        return f"as of {_clock(shown.at)}; {now}" if shown else now

    def _counted(self) -> str:
        counts = [
            f"{number} {name}{'' if number == 1 else 's'}"
            for severity, name in (("error", "fault"), ("warning", "doubt"), ("note", "note"))
            if (number := sum(fault.severity == severity for fault in self.looked.faults))
        ]
        return ", ".join(counts) or "nothing found"

    def _tabs(self) -> Content:
        parts: list[Content | str] = []
        for at, name in enumerate(_VIEWS, 1):
            counted = f" {len(self.looked.faults)}" if at == _FINDINGS else ""
            said = f"{key_on(self, f'edit.view-{at}')} {name}{counted}"
            tab = Content.styled(f"[{said}]", "bold reverse") if at == self._view else Content(f" {said} ")
            parts += [clicked(tab, f"screen.view({at})"), " "]
        return Content.assemble(*parts)

    def _through(self, width: int) -> Content:
        """Whose eyes, and along which course."""
        who, index = self._who(), self.rendering.index if self.rendering else None
        name = words.cell_name(who, index) if who and index else "every player"
        given = self.course.choices(index).given if index else ()
        course = f"{len(given)} answers chosen, the others" if given else "answers"
        keys = f"{key_on(self, 'edit.cell-back')}, {key_on(self, 'edit.cell-1')}: others"
        return say(fit(f"Seen by {name}  ({keys})   {course} by weight, seed {self.course.seed}", width))

    def _aside(self) -> None:
        """The findings beside the other views, where there is room."""
        text = self.query_one("#aside-text", Static)
        if self._view == _FINDINGS:
            text.update(say("Schedule\n\n" + self._plain(self.rendering.schedule if self.rendering else ())))
        else:
            text.update(say("Findings\n\n" + (self._plain(rows.findings(self.looked)) or "Nothing found.")))

    def _plain(self, shown: Sequence[Row]) -> str:
        width = max(20, self.query_one("#aside").content_size.width - 2)
        return "\n".join("".join(text for text, _ in line) for row in shown for line in row.draw(width))

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Show what is under the cursor."""
        if event.row is not None:
            self._places[self._view] = event.row.key
        found, pane, text = self._details(), self.query_one("#detail"), self.query_one("#detail-text", Static)
        text.update(paper(found, max(20, text.content_size.width or pane.content_size.width)))
        if event.row is not None and event.row.key != self._told:
            self._told = event.row.key
            pane.scroll_home(animate=False)

    def _say_more(self) -> None:
        self.call_after_refresh(lambda: setattr(pane := self.query_one("#detail"), "border_subtitle", more_below(pane)))

    # --- what is under the cursor ---------------------------------------------------------------------

    def put_cursor(self, about: str) -> None:
        """Put the cursor on the first row of this view that is about ``kind:id``."""
        found, _ = self._rows()
        self._places[self._view] = next((row.key for row in found if rows.about(row) == about), "")
        self.show()

    @property
    def _about(self) -> str:
        row = self.query_one(Listing).row
        return rows.about(row) if row is not None else ""

    @property
    def _fault(self) -> Fault | None:
        kind, _, at = self._about.partition(":")
        return self.looked.faults[int(at)] if kind == "fault" and int(at) < len(self.looked.faults) else None

    def _details(self) -> list[Detail]:
        row, shown = self.query_one(Listing).row, self.rendering
        if row is None:
            return []
        if (fault := self._fault) is not None:
            return fault_details(fault, shown.index if shown else None)
        if shown is None:
            return []
        if self._view == _CELLS:
            at = row.key.rpartition("#")[2]
            return seen_details(shown.views.cards[self._who()][int(at)]) if at else []
        return shown.described.about(self._about)

    # --- acting ---------------------------------------------------------------------------------------

    def action_view(self, view: int) -> None:
        """Another view, its cursor where it was."""
        self._view = view
        self.show()
        self.query_one(Listing).focus()

    def action_turn(self, by: int) -> None:
        """The next view, or the one before."""
        self.action_view((self._view - 1 + by) % len(_VIEWS) + 1)

    def action_cell(self, by: int) -> None:
        """Other eyes."""
        if self.rendering is not None:
            self._eyes = (self._eyes + by * (self._view == _CELLS)) % (len(self.rendering.index.players) + 1)
            self.action_view(_CELLS)

    def action_full(self) -> None:
        """All that is under the cursor; of a fault, what its rule is about too."""
        found = self._details()
        if (fault := self._fault) is not None:
            from tabletop.scenario.explaining import page

            found.append(("Rule", page(fault.rule)))
        if found:
            self.app.push_screen(PartsScreen(found))

    def action_witness(self) -> None:
        """The choices that lead to a doubt."""
        fault = self._fault
        if fault is None:
            tell(self.app, "Put the cursor on a doubt about the branches.")
        elif not fault.witness:
            tell(self.app, "No choices lead to it: it is so on every course of play, or it stands in the text.")
        else:
            self.app.push_screen(PartsScreen(fault_details(fault, self.rendering.index if self.rendering else None)))

    def on_listing_selected(self, event: Listing.Selected) -> None:
        """Enter on a row."""
        self.action_edit()

    def action_edit(self) -> None:
        """The author's editor where this stands; at the beginning, where nothing is under the cursor."""
        fault = self._fault
        place = fault.place if fault else place_of(self._about, self.looked.tree)
        if place is None and self.rendering is not None:
            place = place_of(self._about, self.rendering.tree)
        file, line, at = place or (str(self.path), 1, 1)
        try:
            editor = editor_at(file, line, at, os.environ)
        except TabletopError as error:
            tell(self.app, str(error), "error")
        else:
            self.app.edit(editor)

    def action_course(self) -> None:
        """Choose the course of planned play."""
        shown = self.rendering
        if shown is None:
            tell(self.app, self._never())
            return

        def chosen(course: Course | None) -> None:
            if course is not None:
                self.take_course(course)
                self.show()

        self.app.push_screen(ChoicesScreen(shown.index, self.course), chosen)

    def action_play(self) -> None:
        """Planned play up to what is under the cursor; from there on the author facilitates."""
        shown, fault = self.rendering, self._fault
        if shown is None:
            tell(self.app, self._never())
            return
        point = shown.point_of(fault) if fault else shown.point(self._about)
        if point is None:
            tell(self.app, "Put the cursor on an inject or a move: play begins there.")
            return
        course = replace(self.course, given=fault.witness) if fault and fault.witness else self.course
        course = leading_to(shown.index, course, point)

        def chosen(course: Course | None) -> None:
            if course is not None:
                self.app.try_out(shown.index, reach(shown.index, course, point), point)

        self.app.push_screen(ChoicesScreen(shown.index, course, point), chosen)


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M:%S}"
