"""Late: what to leave out so that the room ends when it was asked to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tabletop.console.glance import minutes_over
from tabletop.console.safe import one_line, tell
from tabletop.console.screens.ask import AskScreen
from tabletop.session.cutting import Cut, propose

if TYPE_CHECKING:
    from tabletop.console.glance import Glance
    from tabletop.session.session import Session

REASON = "left out to finish on time"


class Cutting:
    """The act that proposes cuts, for the screen of play."""

    session: Session
    glance: Glance

    if TYPE_CHECKING:
        app: Any

        def perform(self, *commands: dict[str, Any]) -> Sequence[Any]: ...

    def action_cut(self) -> None:
        """Look, in the background, for what can be left out; then ask."""
        over = minutes_over(self.glance)
        if over <= 0:
            tell(self.app, "The plan ends in time: nothing has to be left out.", "information")
            return
        tell(self.app, "Looking for what can be left out...", "information")
        self.app.run_worker(lambda: self._look_for_cuts(over), thread=True, exclusive=True, group="cuts")

    def _look_for_cuts(self, over: int) -> None:
        cuts = propose(self.session.state, over)
        self.app.call_from_thread(self._propose, over, cuts)

    def _propose(self, over: int, cuts: Sequence[Cut]) -> None:
        if not cuts:
            tell(self.app, f"{over} min over, and nothing can go without losing a branch or an objective.")
            return
        saved = sum(cut.minutes for cut in cuts)
        lines = "\n".join(f"  {cut.minutes:>3} min  {one_line(cut.inject.title)}" for cut in cuts)
        kept = "Every objective is still exercised, and every branch stays open."
        question = f"The plan runs {over} min over. Leave these out? They save up to {saved} min.\n\n{lines}\n\n{kept}"

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(*({"do": "skip", "inject": cut.inject.id, "reason": REASON} for cut in cuts))

        self.app.push_screen(AskScreen(question, yes="leave them out", no="keep them"), answered)
