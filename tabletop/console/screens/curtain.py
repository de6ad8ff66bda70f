"""The curtain: while the room can see the laptop, only what every player may see stands on it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from tabletop.console import words
from tabletop.console.prose import prose
from tabletop.console.safe import one_line, say
from tabletop.console.widgets.inject import more_below
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.console.widgets.painted import Painted
from tabletop.session.session import Session
from tabletop.session.sight import Card, Sight, sight


class CurtainScreen(Screen[None]):
    """Title, marking, clocks and the newest text for everyone; no key here shows anything of control's."""

    CSS_PATH = "curtain.tcss"
    AUTO_FOCUS = "#wall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b,escape", "draw_back", "Private again", id="curtain.back"),
        Binding("left", "turn(-1)", "Earlier", show=False, id="curtain.earlier"),
        Binding("right", "turn(1)", "Later", show=False, id="curtain.later"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._older = 0

    def compose(self) -> ComposeResult:
        """Marking and clocks above, the text, countdowns and gauges below."""
        yield Painted(id="marking", markup=False)
        yield Painted(id="times", markup=False)
        with VerticalScroll(id="wall"):
            yield Painted(id="public-text", markup=False)
        yield Painted(id="below", markup=False)
        yield KeyLine(
            key("private again", "curtain.back"),
            key("earlier and later texts", "curtain.earlier", "curtain.later"),
            id="curtain-keys",
        )

    def on_mount(self) -> None:
        """Follow the clock, and say how much text there is below."""
        for changed in ("scroll_y", "virtual_size", "size"):
            self.watch(self.query_one("#wall"), changed, self._changed)
        self._paint()
        self.set_interval(1.0, self._paint)

    def _changed(self) -> None:
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        wall = self.query_one("#wall")
        wall.border_subtitle = more_below(wall)

    def _paint(self) -> None:
        now = self._session.clock.now().clock
        seen = sight(self._session.state, None, now)
        self.query_one("#marking", Painted).paint(say(one_line(seen.marking), "bold"))
        self.query_one("#times", Painted).paint(_times(seen, now, self._session))
        self.query_one("#public-text", Painted).paint(_text(seen.cards[len(seen.cards) - 1 - self._older]))
        below = self.query_one("#below", Painted)
        lines = [f"{words.shown_left(each)}   {one_line(each.question)}" for each in seen.countdowns]
        lines += [f"{one_line(each.name)}: {each.value} of {each.greatest}" for each in seen.gauges]
        below.display = bool(lines)
        below.paint(say("\n".join(lines)))

    def action_turn(self, by: int) -> None:
        """To an earlier text that everybody was given, or a later one."""
        last = len(sight(self._session.state, None, self._session.clock.now().clock).cards) - 1
        self._older = min(last, max(0, self._older - by))
        self._paint()
        self.query_one("#wall").scroll_home(animate=False)

    def action_draw_back(self) -> None:
        """The facilitator's own screen again."""
        self.dismiss(None)


def _times(seen: Sight, clock: float, session: Session) -> Content:
    """That the wall sees this, what is on, and what time it is."""
    said = [one_line(part) for part in (seen.title, seen.move, seen.story_time) if part]
    paused = session.state.phase == "playing" and not session.clock.running
    return Content.assemble(
        (" ON THE WALL ", "bold reverse"),
        "  ",
        say("   ".join([*said, words.hours(clock)])),
        ("   PAUSED" if paused else "", "bold"),
    )


def _text(card: Card) -> Content:
    """What was read out, with the questions put to everyone."""
    told = ", ".join(one_line(part) for part in (card.via, f"from {card.from_}" if card.from_ else "") if part)
    parts: list[Content | str | tuple[str, str]] = [(one_line(card.title), "bold"), "\n"]
    parts += [(one_line(told), "italic"), "\n"] if told else []
    parts += ["\n", prose(card.text)] if card.text.strip() else []
    for asked in card.asked:
        parts += ["\n\n", (one_line(asked.question), "bold")]
        parts += [f"\n  {number}  {one_line(text)}" for number, text in enumerate(asked.options, 1)]
    return Content.assemble(*parts)
