"""The curtain: while the room can see the laptop, only what every player may see stands on it.

Play goes on behind it: what is due is given out, named by its time alone, for its title may be a secret.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from tabletop.console import words
from tabletop.console.asking import reading_done
from tabletop.console.glance import Glance, look
from tabletop.console.prose import prose
from tabletop.console.safe import one_line, say
from tabletop.console.widgets.inject import more_below
from tabletop.console.widgets.keyline import Key, KeyLine, key
from tabletop.console.widgets.painted import Painted
from tabletop.errors import NotWritten, TabletopError
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
        Binding(
            "space",
            "release",
            show=False,
            tooltip="Give out what is due next, named by its time alone",
            id="curtain.release",
        ),
        Binding(
            "t", "restart", show=False, tooltip="Start the countdown again: the reading is done", id="curtain.restart"
        ),
        Binding("p", "pause", show=False, tooltip="Stop the clock, or let it run on", id="curtain.pause"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._older, self._done = 0, ""

    def compose(self) -> ComposeResult:
        """Marking and clocks above, the text, countdowns and gauges below."""
        yield Painted(id="marking", markup=False)
        yield Painted(id="times", markup=False)
        with VerticalScroll(id="wall"):
            yield Painted(id="public-text", markup=False)
        yield Painted(id="below", markup=False)
        yield KeyLine(id="curtain-keys")

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
        glance = look(self._session)
        now = glance.now.clock
        seen = sight(glance.state, None, now)
        self.query_one("#marking", Painted).paint(say(one_line(seen.marking), "bold"))
        self.query_one("#times", Painted).paint(_times(seen, now, self._session))
        self.query_one("#public-text", Painted).paint(_text(seen.cards[len(seen.cards) - 1 - self._older]))
        below = self.query_one("#below", Painted)
        lines = [f"{words.shown_left(each)}   {one_line(each.question)}" for each in seen.countdowns]
        lines += [f"{one_line(each.name)}: {each.value} of {each.greatest}" for each in seen.gauges]
        below.display = bool(lines)
        below.paint(say("\n".join(lines)))
        self.query_one(KeyLine).name_keys(*self._keys(glance))

    def _keys(self, glance: Glance) -> list[Key]:
        """What Space does comes first, then what was done last, by the number of its entry alone."""
        owed = [key("time anew", "curtain.restart")] if reading_done(glance, public=True) else []
        return [
            key(_space_says(glance), *(["curtain.release"] if glance.due else []), strong=bool(glance.due)),
            *([key(self._done, strong=True)] if self._done else []),
            *owed,
            *([key("pause" if glance.running else "clock on", "curtain.pause")] if glance.playing else []),
            key("earlier and later texts", "curtain.earlier", "curtain.later"),
            key("private again", "curtain.back"),
        ]

    def _do(self, *commands: dict[str, Any]) -> None:
        """Do it, and say no more than that it is recorded: a reason may name what is not for the room."""
        try:
            events = self._session.do_all(commands)
        except NotWritten:
            self._done = "NOT RECORDED: look in private"
        except TabletopError:
            self._done = "not done: look in private"
        else:
            self._done = f"recorded #{events[-1].seq}"
        self._paint()

    def action_release(self) -> None:
        """What is due next; where it is for everyone, its text stands here at once, to be read out."""
        if due := look(self._session).due:
            self._older = 0
            self._do({"do": "release", "inject": due[0].inject.id})
            self.query_one("#wall").scroll_home(animate=False)

    def action_restart(self) -> None:
        """The countdown of the newest question that everybody sees starts again."""
        if command := reading_done(look(self._session), public=True):
            self._do(command)

    def action_pause(self) -> None:
        """Stop the clock, or let it run on."""
        glance = look(self._session)
        if glance.playing:
            self._do({"do": "pause" if glance.running else "resume"})
            self._session.keep_alive()

    def action_turn(self, by: int) -> None:
        """To an earlier text that everybody was given, or a later one."""
        last = len(sight(self._session.state, None, self._session.clock.now().clock).cards) - 1
        self._older = min(last, max(0, self._older - by))
        self._paint()
        self.query_one("#wall").scroll_home(animate=False)

    def action_draw_back(self) -> None:
        """The facilitator's own screen again."""
        self.dismiss(None)


def _space_says(glance: Glance) -> str:
    """What Space would give out, by when it was planned for."""
    due = glance.due
    if not due:
        return "Nothing is due."
    planned = words.plan_time(due[0].moment or 0.0)
    return f"give out what was due at {planned}" + (f", of {len(due)} due" if len(due) > 1 else "")


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
