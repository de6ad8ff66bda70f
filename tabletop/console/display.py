"""The players' screen: follows a log and shows what one cell may see, large and calm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tabletop.console import words
from tabletop.console.prose import prose
from tabletop.console.safe import fit, one_line, say
from tabletop.console.shell import Shell
from tabletop.console.widgets.painted import Painted
from tabletop.errors import TabletopError
from tabletop.journal import Follower, read_alive
from tabletop.scenario.index import Index
from tabletop.session.clock import SystemTime
from tabletop.session.evolve import fold, go_on
from tabletop.session.sight import Asked, Card, Countdown, Gauge, Sight, sight
from tabletop.session.state import State

LOOK_EVERY = 0.1
"""Seconds between two looks at the log."""
STALE_AFTER = 15
"""Seconds after which a writer that gave no sign counts as gone, and the clock as stopped."""


class Display(Shell):
    """One cell's screen, or what every player may see; it reads, and never writes."""

    CSS_PATH = "display.tcss"
    LEAST = (40, 12)
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,page_up,p", "turn(-1)", "Earlier", id="display.earlier"),
        Binding("right,page_down,n", "turn(1)", "Later", id="display.later"),
        Binding("home,end", "newest", "Newest", id="display.newest"),
        Binding("q,ctrl+q,ctrl+c", "quit", "Quit", priority=True, id="display.quit"),
    ]

    def __init__(self, follower: Follower, state: State, cell: str | None, log: Path) -> None:
        super().__init__()
        self._follower, self._state, self._cell, self._path = follower, state, cell, log
        self._at: int | None = None  # the card that is being looked back at; None: the newest
        self._shown: object = None
        self._fault = ""

    def compose(self) -> ComposeResult:
        """Marking, times, the card, what is owed, marking."""
        yield Static(id="marking", markup=False)
        yield Painted(id="times", markup=False)
        with VerticalScroll(id="paper"):
            yield Static(id="card", markup=False)
        yield Painted(id="owed", markup=False)
        yield Static(id="foot", markup=False)

    def on_mount(self) -> None:
        """Follow the log from here on."""
        self.query_one("#paper").focus()
        self._look()
        self.set_interval(LOOK_EVERY, self._look)

    # --- following ------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Take in what was appended; paint only what changed."""
        if not self.query("#times"):
            return  # the screen is being taken down
        try:
            events = self._follower.poll()
        except TabletopError as error:
            events, self._fault = [], error.sentence
        if events:
            self._state = go_on(self._state, events)
            self._at = None
        self._paint()

    def _clock(self) -> tuple[float, bool]:
        """The reading of the exercise clock, and whether it runs: a writer that is gone has stopped it."""
        state = self._state
        alive = read_alive(self._path)
        if state.paused or state.phase != "playing" or alive is None or alive.seq > state.last_seq:
            return state.clock, False
        since = (SystemTime().wall() - _parsed(alive.at)).total_seconds()
        if not 0 <= since <= STALE_AFTER:
            return max(state.clock, alive.clock), False
        return max(state.clock, alive.clock + since), True

    # --- painting -------------------------------------------------------------------------------------

    def _paint(self) -> None:
        clock, running = self._clock()
        seen = sight(self._state, self._cell, clock)
        at = len(seen.cards) - 1 if self._at is None else self._at
        now = (seen.marking, seen.cards, at, self.size, self._fault)
        if now != self._shown:
            turned = not isinstance(self._shown, tuple) or self._shown[1:3] != now[1:3]
            self._shown = now
            width = max(20, self.size.width - 2)
            self.query_one("#marking", Static).update(say(one_line(seen.marking), "bold"))
            self.query_one("#card", Static).update(_card(seen.cards[at]))
            self.query_one("#foot", Static).update(say(fit(_foot(seen, at, self._fault), width)))
            if turned:
                self.query_one("#paper").scroll_home(animate=False)
        self.query_one("#times", Painted).paint(_times(seen, clock, running, self._state))
        owed = self.query_one("#owed", Painted)
        owed.display = bool(seen.countdowns or seen.gauges)
        owed.paint(_beside(seen.countdowns, seen.gauges, max(20, self.size.width - 4)))

    def action_turn(self, by: int) -> None:
        """Look at an earlier card, or a later one."""
        last = len(sight(self._state, self._cell, self._state.clock).cards) - 1
        at = min(last, max(0, (last if self._at is None else self._at) + by))
        self._at = None if at == last else at
        self._paint()

    def action_newest(self) -> None:
        """Back to the newest card."""
        self._at = None
        self._paint()


def _parsed(at: str) -> datetime:
    return words.parse(at)


def _times(seen: Sight, clock: float, running: bool, state: State) -> Content:
    """What is on and what time it is, in the story and in the room."""
    standing = {"opened": "not started", "closed": "ended"}.get(state.phase, "" if running else "PAUSED")
    parts = [one_line(part) for part in (seen.title, seen.move, seen.story_time) if part]
    if state.phase == "playing":
        parts.append(words.hours(clock))
    line = "   ".join(parts)
    return Content.assemble(say(line), "   " if standing else "", (standing, "bold reverse" if standing else ""))


def _card(card: Card) -> Content:
    """One thing to read: headline, sender, text, what is yours alone, questions."""
    head = " via ".join(one_line(part) for part in (card.from_, card.via) if part)
    under = "\n".join(part for part in (f"From {head}" if head else "", one_line(card.story_time)) if part)
    parts: list[Content | str | tuple[str, str]] = [(one_line(card.title), "bold underline")]
    parts += [f"\n{under}"] if under else []
    parts += ["\n\n", prose(card.text)] if card.text.strip() else []
    if card.own.strip():
        parts += ["\n\n", ("For you alone", "bold reverse"), "\n", prose(card.own)]
    if card.questions:
        parts += ["\n\n", ("To discuss", "bold")]
        parts += [f"\n- {one_line(question)}" for question in card.questions]
    for asked in card.asked:
        parts += ["\n\n", *_asked(asked)]
    return Content.assemble(*parts)


def _asked(asked: Asked) -> list[Content | str | tuple[str, str]]:
    time = f" ({asked.minutes} minutes)" if asked.minutes else ""
    options = [f"\n  {number}. {one_line(option)}" for number, option in enumerate(asked.options, 1)]
    return [("To decide: ", "bold"), (one_line(asked.question) + time, "bold"), *options]


def _beside(countdowns: Sequence[Countdown], gauges: Sequence[Gauge], width: int) -> Content:
    lines: list[Content] = []
    for each in countdowns:
        left = words.shown_left(each)
        pressing = not each.waits and each.left is not None and each.left < 120
        style = "bold reverse" if pressing else "bold"
        lines.append(Content.assemble((left, style), "  ", fit(each.question, width - len(left) - 2)))
    for gauge in gauges:
        mark = f", {one_line(gauge.mark)}" if gauge.mark else ""
        lines.append(say(fit(f"{gauge.name}: {gauge.value} of {gauge.greatest}{mark}", width)))
    return Content("\n").join(lines)


def _foot(seen: Sight, at: int, fault: str) -> str:
    if fault:
        return fault
    older = len(seen.cards) - 1 - at
    place = f"{older} newer" if older else "newest"
    return f"{at + 1} of {len(seen.cards)} ({place}) | up and down scroll | left and right turn | q quit"


def in_language(state: State, language: str) -> State:
    """The state with the exercise's texts in another language; UsageError where it is not translated."""
    from tabletop.scenario.translating import translated

    exercise = translated(state.exercise, language)
    return replace(state, exercise=exercise, index=Index(exercise))


def run_display(log: Path, cell: str | None, language: str | None = None) -> int:
    """Follow a log until the screen is left; whatever is wrong with the log is said before any screen."""
    follower = Follower(log)
    events = follower.poll()
    state = fold(events)
    known = state.index.players
    if cell is not None and cell not in known:
        from tabletop.errors import UsageError
        from tabletop.scenario.diagnostics import did_you_mean

        near = did_you_mean(cell, known) or f"There is {', '.join(known)}."
        raise UsageError(f"This exercise has no cell '{cell}'.", near)
    if language is not None:
        state = in_language(state, language)
    app = Display(follower, state, cell, log)
    app.run()
    return app.return_code or 0
