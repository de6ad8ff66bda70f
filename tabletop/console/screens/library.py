"""The library: exercises to run, sessions to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option, OptionDoesNotExist

from tabletop.console import remembering, words
from tabletop.console.prose import prose
from tabletop.console.safe import fit, one_line, say, tell
from tabletop.console.screens.full import FullScreen
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from tabletop.scenario.library import ShelfEntry

_WIDTHS = [(0, "-narrow"), (100, "-wide")]
_ON_TOP = 3
"""Sessions that stand above the exercises: the newest, which are gone on with."""


Choice = Path | Literal["tour"] | None
"""An exercise, a log, the tour, or nothing."""


class LibraryScreen(Screen[Choice]):
    """Hands back the exercise, or the log, that was chosen; or that the tour was.

    The shelf is read by a thread, once the first frame stands: it takes longer than the frame.
    """

    CSS_PATH = "library.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "take", show=False, tooltip="Open what is under the cursor; so does Enter", id="library.take"),
        Binding("i", "about", tooltip="What is under the cursor, in full", id="library.about"),
        Binding("v", "review", tooltip="Walk a session: who decided what, and why", id="library.review"),
        Binding("t", "tour", tooltip="The tour: ten minutes, step by step", id="library.tour"),
        Binding("x", "no_offer", show=False, tooltip="Offer the tour no more", id="library.no-offer"),
        Binding("q,escape", "app.quit", tooltip="Leave", id="library.quit"),
    ]

    def __init__(self, logs: Sequence[Path]) -> None:
        super().__init__()
        self._shelf: list[ShelfEntry] | None = None
        self._looking = True
        self._logs = list(logs)

    def compose(self) -> ComposeResult:
        """The list, and beside it what is under the cursor."""
        yield Static(say("tabletop: exercises to run, sessions to go on with", "bold"), id="library-title")
        if not remembering.tour_offered():
            yield KeyLine(
                key("New here?"),
                key("takes you through ten minutes, step by step", "library.tour"),
                key("no, for ever", "library.no-offer"),
                id="offer",
            )
        with Horizontal(id="library"):
            yield OptionList(*self._rows(), id="shelf", markup=False)
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="summary", markup=False)
        yield KeyLine(
            key("arrows choose"),
            key("Enter opens"),
            key("more", "library.about"),
            key("review", "library.review"),
            key("tour", "library.tour"),
            key("help", "app.help"),
            key("quit", "library.quit"),
            id="library-keys",
        )

    def on_mount(self) -> None:
        """Look for exercises, after the first frame."""
        self.query_one(OptionList).focus()
        self.call_after_refresh(self.run_worker, self._look, thread=True)

    def _look(self) -> None:
        from tabletop.scenario import library

        found: list[ShelfEntry] = []
        for entry in library.found_on_shelf():
            found.append(entry)
            if len(found) == 1:
                self.app.call_from_thread(self._show, list(found), True)
        self.app.call_from_thread(self._show, library.in_order(found), False)

    def _show(self, found: list[ShelfEntry], looking: bool) -> None:
        """The exercises found, and whether there may be more."""
        if not self.is_mounted:
            return
        listed = self.query_one(OptionList)
        at = listed.highlighted_option.id if listed.highlighted_option else None
        kind, number = _place(at)
        under = (self._shelf or [])[number].path if kind == "e" and at and number else None  # where a hand put it
        self._shelf, self._looking = found, looking
        listed.set_options(self._rows())
        place = next((place for place, entry in enumerate(found) if entry.path == under), 0)
        chosen = at if kind == "l" and at not in (None, "l0") else f"e{place}" if found else "l0"
        with suppress(OptionDoesNotExist):  # neither an exercise nor a session
            listed.highlighted = listed.get_option_index(chosen)

    def _rows(self) -> list[Option]:
        """The newest sessions, the exercises, then the earlier sessions."""
        sessions = [Option(_log_row(path), id=f"l{at}") for at, path in enumerate(self._logs)]
        newest, earlier = sessions[:_ON_TOP], sessions[_ON_TOP:]
        rows = [Option(say("SESSIONS TO RESUME OR REVIEW", "bold"), disabled=True), *newest] if newest else []
        rows += self._exercise_rows()
        if earlier:
            rows += [Option(say("EARLIER SESSIONS", "bold"), disabled=True), *earlier]
        return rows

    def _exercise_rows(self) -> list[Option]:
        rows = [Option(say("EXERCISES", "bold"), disabled=True)]
        rows += [Option(_exercise_row(entry), id=f"e{at}") for at, entry in enumerate(self._shelf or ())]
        if self._looking:
            rows.append(Option(say("looking...", "dim"), disabled=True))
        elif not self._shelf:
            rows.append(Option(say("none found here; tabletop new NAME writes one"), disabled=True))
        return rows

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell more about what is under the cursor."""
        self.query_one("#summary", Static).update(self._about(event.option.id))

    def _about(self, id: str | None) -> Content:
        kind, at = _place(id)
        return _exercise_about((self._shelf or [])[at]) if kind == "e" else _log_about(self._logs[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open it; who does so needs no tour."""
        self._offer_no_more()
        kind, at = _place(event.option.id)
        self.dismiss(Path((self._shelf or [])[at].path) if kind == "e" else self._logs[at])

    def action_take(self) -> None:
        """Open what is under the cursor."""
        self.query_one(OptionList).action_select()

    def action_about(self) -> None:
        """What is under the cursor, over the whole screen."""
        if option := self.query_one(OptionList).highlighted_option:
            self.app.push_screen(AboutScreen(self._about(option.id)))

    def action_review(self) -> None:
        """Walk the session under the cursor: who decided what, and why."""
        from tabletop.console.review.app import open_review

        option = self.query_one(OptionList).highlighted_option
        kind, at = _place(option.id if option else None)
        if kind != "l":
            tell(self.app, "Review is for a session that was played: choose one, or play this first.", "information")
            return
        try:
            open_review(self.app, self._logs[at])
        except TabletopError as error:
            tell(self.app, str(error), "error")

    def action_tour(self) -> None:
        """Take the tour."""
        self._offer_no_more()
        self.dismiss("tour")

    def action_no_offer(self) -> None:
        """Never offer the tour again; its key stays."""
        self._offer_no_more()
        self.query("#offer").remove()

    def _offer_no_more(self) -> None:
        if self.query("#offer"):
            remembering.keep_tour_offered()


class AboutScreen(FullScreen[None]):
    """What is under the cursor of the library, where its pane is too small for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,i,space", "close", "Back", id="about.close"),
    ]
    KEYS = (key("back", "about.close", strong=True),)

    def __init__(self, about: Content) -> None:
        super().__init__()
        self._text = about

    def written(self, width: int) -> Content:
        """The text; lines fold by themselves."""
        return self._text

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def _place(id: str | None) -> tuple[str, int]:
    return (id or "e0")[:1], int((id or "e0")[1:])


def _exercise_row(entry: ShelfEntry) -> Content:
    return Content.assemble((fit(entry.title, 60), "bold"), f"\n  {_measures(entry)}")


def _measures(entry: ShelfEntry) -> str:
    counted = ((entry.cells, "cell"), (entry.moves, "move"))
    return ", ".join([words.minutes(entry.minutes), *(f"{each} {name}{'s' * (each != 1)}" for each, name in counted)])


def _exercise_about(entry: ShelfEntry) -> Content:
    topics = ", ".join(one_line(topic) for topic in entry.topics)
    parts: list[Content | str | tuple[str, str]] = [(one_line(entry.title), "bold"), f"\n{_measures(entry)}\n"]
    parts += [f"Topics: {topics}\n"] if topics else []
    parts += ["\n", prose(entry.summary), "\n"]
    told = (("Trains", entry.trains), ("In the room", entry.audience), ("Read before", entry.read_before))
    for name, texts in told:
        parts += [(f"\n{name}: ", "bold"), "; ".join(one_line(text) for text in texts)] if texts else []
    parts += ["\n" if any(texts for _, texts in told) else "", "\n", say(entry.path, "dim")]
    return Content.assemble(*parts)


def _log_row(path: Path) -> Content:
    changed = datetime.fromtimestamp(_written(path)).astimezone()
    return Content.assemble((fit(path.stem, 40), "bold"), f"\n  last written {changed:%Y-%m-%d %H:%M}")


def _written(path: Path) -> float:
    """When a log was last written; 0 where it has gone meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _log_about(path: Path) -> Content:
    return Content.assemble(
        (one_line(path.stem), "bold"),
        "\n\nEnter goes on where it stood, with the clock paused. v walks what was done.\n\n",
        say(path, "dim"),
    )


def newest_first(logs: Sequence[Path]) -> list[Path]:
    """Logs by when they were last written."""
    return sorted(logs, key=_written, reverse=True)
