"""The console of play: schedule, the inject in hand, what is owed, tracks, cells, the newest record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from tabletop.console.actions import BY_ID, bindings
from tabletop.console.autoplay import autoplay
from tabletop.console.glance import Glance, look
from tabletop.console.keynames import key_of
from tabletop.console.safe import say, tell
from tabletop.console.screens import elsewhere
from tabletop.console.screens.acts import Acts
from tabletop.console.screens.curtain import CurtainScreen
from tabletop.console.screens.walling import Wall
from tabletop.console.widgets.foot import KeyBar, RecordLine
from tabletop.console.widgets.header import Header
from tabletop.console.widgets.inject import InjectPane
from tabletop.console.widgets.painted import Painted
from tabletop.console.widgets.schedule import Schedule
from tabletop.console.widgets.side import CellsPane, OneLine, OwedPane, TracksPane
from tabletop.errors import NotWritten, TabletopError
from tabletop.session.schedule import Slot
from tabletop.session.session import Session

_KEEP_ALIVE = 5.0
_STOPPED = "Nothing more can be written to this log. Any act offers to go on in a new log elsewhere."
_PAUSED = "PAUSED: the clock stands. {} lets it run on."
_PAGES = "Page through the text, wherever the focus is"
_WIDTHS = [(0, "-narrow"), (100, "-wide"), (170, "-broad")]
_HEIGHTS = [(0, "-short"), (30, "-tall")]


class RunScreen(Acts, Screen[None]):
    """Shows the session as it stands and turns keys into commands; it knows no rule of play."""

    CSS_PATH = "run.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(),
        Binding("tab", "turn", show=False, tooltip="The other pane; on a narrow screen, the other page", id="run.turn"),
        Binding("shift+tab", "turn", "Other pane", show=False, id="run.turn-back"),
        Binding("escape", "back", show=False, tooltip="Back: from a text to the schedule", id="run.back"),
        Binding("pagedown", "page(1)", show=False, tooltip=_PAGES, priority=True, id="run.page-down"),
        Binding("pageup", "page(-1)", show=False, tooltip=_PAGES, priority=True, id="run.page-up"),
    ]
    AUTO_FOCUS = "#schedule"

    def __init__(self, session: Session, *, auto: bool = False) -> None:
        super().__init__()
        self.session, self.auto = session, auto
        self.glance: Glance = look(session)
        self.wall = Wall(drawn=self.glance.state.phase == "opened")
        self.failure = ""
        self._due: set[str] = set()  # what was due at the last look

    def compose(self) -> ComposeResult:
        """Header, three columns, foot."""
        yield Header(id="header", markup=False)
        yield Painted(id="banner", markup=False)
        with Horizontal(id="desk"):
            yield Schedule(id="schedule")
            yield InjectPane(id="inject")
            with Vertical(id="side"):
                yield OwedPane(id="owed", markup=False)
                yield TracksPane(id="tracks", markup=False)
                yield CellsPane(id="cells", markup=False)
        yield OneLine(id="lines", markup=False)
        yield RecordLine(id="record", markup=False)
        yield KeyBar(id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin to look at the clock."""
        self.set_interval(1.0, self.tick)
        self.set_interval(_KEEP_ALIVE, self.session.keep_alive)
        self.session.keep_alive()
        self.call_after_refresh(self.refresh_all)

    def on_screen_resume(self) -> None:
        """Back from a form: show what changed."""
        self.call_after_refresh(self.refresh_all)

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self.refresh_all)

    def tick(self) -> None:
        """A second passed."""
        # Where a form or a reading is open, the facilitator has the word.
        if self.auto and not self.failure and (self.app.screen is self or isinstance(self.app.screen, CurtainScreen)):
            self.perform(*autoplay(self.glance), by="auto")
        self.refresh_all()

    def refresh_all(self) -> None:
        """Look at the session and bring every pane up to date; each repaints only what differs."""
        if not self.is_mounted:
            return
        self.glance = glance = look(self.session)
        if not self.failure and not self.session.journal.writable:
            self.failure = _STOPPED
        self.query_one(Header).show(glance, auto=self.auto)
        schedule = self.query_one(Schedule)
        schedule.show(glance)
        self.go_to_target()
        self._show_inject()
        self.query_one(OwedPane).show(glance)
        self.query_one(TracksPane).show(glance)
        self.query_one(CellsPane).show(glance)
        self.query_one(OneLine).show(glance)
        self.query_one(RecordLine).show(glance, self.failure)
        self.query_one(KeyBar).show(glance, self.space_says())
        self._show_banner()

    def go_to_target(self, *, anew: bool = False) -> None:
        """Put the cursor on what Space releases, as it becomes due or a move begins: the text shown is that text.

        What was released stays under the cursor while it is read out; the key bar names what Space takes next.
        """
        due = {slot.inject.id for slot in self.glance.due}
        fresh, self._due = due - self._due, due
        slot = self.in_hand()
        idle = slot is None or slot.status not in ("due", "released")
        if self.glance.slots and (slot is None or anew or (fresh and idle)):
            self.query_one(Schedule).choose((self.glance.due or self.glance.slots)[0].inject.id)

    def _show_inject(self) -> None:
        pane = self.query_one(InjectPane)
        if self.consequence is None:
            slot = self.in_hand()
            pane.show(self.glance, slot, masked_by=self.mask_key() if self.masked(slot) else "")

    def _show_banner(self) -> None:
        banner = self.query_one("#banner", Painted)
        paused = self.glance.playing and not self.glance.running
        banner.display = bool(self.failure) or paused
        banner.set_class(bool(self.failure), "failed")
        said = f"NOT RECORDED. {self.failure}" if self.failure else _PAUSED.format(key_of(self.app, "act.pause", "p"))
        banner.paint(say(said, "bold"))

    def in_hand(self) -> Slot | None:
        """The inject under the cursor."""
        return self.glance.slot(self.query_one(Schedule).chosen)

    def on_schedule_chosen(self, event: Schedule.Chosen) -> None:
        """The cursor moved: show what it is on."""
        self._show_inject()
        self.query_one(InjectPane).scroll_home(animate=False)
        self.query_one(KeyBar).show(self.glance, self.space_says())

    def on_option_list_option_selected(self) -> None:
        """Enter on a row opens it in large."""
        self.action_open()

    def perform(self, *commands: dict[str, Any], by: str = "facilitator") -> Sequence[Any]:
        """Send commands in one write; what is refused or not written is said, and changes nothing."""
        if not commands:
            return ()
        try:
            events = self.session.do_all(commands, by)
        except NotWritten as error:
            self.failure = str(error).removeprefix("The event is not recorded: ")
            self.refresh_all()
            elsewhere.offer(self, self.session, error)
        except TabletopError as error:
            tell(self.app, str(error))
        else:
            self.refresh_all()
            return events
        return ()

    def gone_on(self) -> None:
        """The session goes on in a new log: what failed there is past."""
        self.failure = ""
        self.refresh_all()

    def show_text(self, shown: bool) -> None:
        """Go to the text, or to the schedule; where there is room for one only, it is the one shown."""
        self.set_class(shown, "reading")
        self.query_one(InjectPane if shown else Schedule).focus()

    def action_turn(self) -> None:
        """Go to the other pane."""
        self.show_text(self.focused is self.query_one(Schedule))

    def action_page(self, by: int) -> None:
        """Page through the text from wherever the focus is; first show it, where the schedule hides it."""
        pane = self.query_one(InjectPane)
        if not pane.region:
            self.show_text(True)
        elif by > 0:
            pane.scroll_page_down(animate=False)
        else:
            pane.scroll_page_up(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An act that can do nothing now does nothing."""
        act = BY_ID.get(action)
        return act is None or act.enabled(self.glance)
