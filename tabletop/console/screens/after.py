"""After play: hot wash, ratings, actions agreed, report; from one page each is one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tabletop.console.safe import say, tell
from tabletop.console.screens import elsewhere
from tabletop.console.screens.closing import ActionsScreen, HotWashScreen, RatingsScreen
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.errors import TabletopError
from tabletop.session.session import Session


class AfterScreen(Screen[None]):
    """Four steps, in order; Space takes the next."""

    CSS_PATH = "after.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(at), f"step({at})", show=False, id=f"after.step-{at}") for at in range(1, 5)),
        Binding("space", "step(0)", "Next step", id="after.next"),
        Binding("o", "reopen", "Reopen play", id="after.reopen"),
        Binding("escape", "close", "Back to the console", id="after.close"),
        Binding("q", "app.quit", "Quit", id="after.quit"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._next = session, 1

    def compose(self) -> ComposeResult:
        """The steps, each with what is there so far."""
        exercise = self._session.exercise
        yield Static(say(f"{exercise.title}   {exercise.marking}", "bold"), id="after-title")
        yield Static(id="steps", markup=False)
        yield KeyLine(id="after-keys")

    def on_mount(self) -> None:
        """Show where we are."""
        self._draw()

    def on_screen_resume(self) -> None:
        """Back from a step."""
        self._draw()

    def _draw(self) -> None:
        events, play = self._session.events, self._session.state.play
        notes = sum(event.type == "hot_wash_noted" for event in events)
        goals = len(self._session.exercise.objectives)
        steps = (
            ("Hot wash", "1 note" if notes == 1 else f"{notes} notes", "what the room says"),
            (
                "Ratings",
                f"{sum(1 for _ in play.ratings)} of {goals} objectives",
                "P, S, M or U for each",
            ),
            (
                "Actions agreed",
                f"{sum(1 for _ in play.actions)} so far",
                "who does what, until when",
            ),
            ("Report", "after-action", "written beside the record"),
        )
        closed = self._session.state.phase == "closed"
        rows = [Content("Play has ended. What remains:\n" if closed else "The clock stands. What remains:\n")]
        for at, (name, count, about) in enumerate(steps, 1):
            mark = ">" if at == self._next else " "
            rows.append(say(f"{mark} {at}  {name:<14} {count:<18} {about}", "bold" if at == self._next else ""))
        self.query_one("#steps", Static).update(Content("\n").join(rows))
        name = steps[self._next - 1][0]
        self.query_one(KeyLine).name_keys(
            key(name, "after.next", strong=True),
            key("any step", *(f"after.step-{at}" for at in range(1, 5))),
            key("play on after all", "after.reopen"),
            key("console", "after.close"),
            key("quit", "after.quit"),
        )

    def action_step(self, number: int) -> None:
        """Open a step; 0 is the next."""
        number = number or self._next
        if number > 1 and not self._close():
            return
        self._next = min(4, number + 1)
        screens = {1: HotWashScreen, 2: RatingsScreen, 3: ActionsScreen}
        if number in screens:
            self.app.push_screen(screens[number](self._session))
        else:
            from tabletop.console.screens.report import ReportScreen

            self.app.push_screen(ReportScreen(self._session))

    def _close(self) -> bool:
        """Close the session, once: the hot wash still belongs to it, what follows does not."""
        if self._session.state.phase == "closed":
            return True
        try:
            self._session.do({"do": "close"})
        except TabletopError as error:
            tell(self.app, str(error), "error")
            elsewhere.offer(self, self._session, error)
            return False
        return True

    def action_reopen(self) -> None:
        """Play goes on after all."""
        if self._session.state.phase != "closed":
            self.dismiss(None)
            return
        try:
            self._session.do({"do": "reopen"})
        except TabletopError as error:
            tell(self.app, str(error))
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Look at the console again."""
        self.dismiss(None)
