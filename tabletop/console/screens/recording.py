"""The acts that take a small form: what is said, seen, done, judged, written and timed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tabletop.console.glance import inject_label
from tabletop.console.safe import tell
from tabletop.console.screens import between, forms, ruling, saying, timing, writing
from tabletop.console.screens.ask import ChooseScreen, TellScreen
from tabletop.console.screens.form import FormScreen, Values
from tabletop.console.still_open import NOTHING, close_form, closing, still_open
from tabletop.journal import FileJournal, name_of
from tabletop.scenario.model import Inject

if TYPE_CHECKING:
    from tabletop.console.glance import Glance
    from tabletop.review.improvement import AgreedAction
    from tabletop.session.schedule import Slot
    from tabletop.session.session import Session

    Base = Screen[None]
else:
    Base = object

Form = Callable[["Glance", Inject], FormScreen]


class Recording(Base):
    """Each act opens its form, or says at once why there is nothing to do."""

    session: Session
    glance: Glance

    if TYPE_CHECKING:

        def in_hand(self) -> Slot | None: ...
        def perform(self, *commands: dict[str, Any]) -> Sequence[Any]: ...
        def refresh_all(self) -> None: ...
        def _silent(self, done: bool | None) -> None: ...

    def _form(self, form: FormScreen) -> None:
        self.app.push_screen(form, lambda _: self.refresh_all())

    # --- said and seen -------------------------------------------------------------------------------

    def action_note(self) -> None:
        """What was said."""
        self._form(saying.note_form(self.glance, self.in_hand()))

    def action_quote(self) -> None:
        """What was said, word for word."""
        self._form(saying.note_form(self.glance, self.in_hand(), quote=True))

    def action_observe(self) -> None:
        """What was seen."""
        self._form(saying.observe_form(self.glance, self.in_hand()))

    def action_fact(self) -> None:
        """What a cell takes as established, or assumes."""
        self._form(saying.fact_form(self.glance))

    def action_propose(self) -> None:
        """A proposal with its reasons."""
        self._form(saying.proposal_form(self.glance))

    # --- what cells do -------------------------------------------------------------------------------

    def action_act(self) -> None:
        """What a cell does unasked."""
        self._form(forms.act_form(self.glance))

    def action_message(self) -> None:
        """A message between cells."""
        self._form(between.message_form(self.glance))

    def action_request(self) -> None:
        """A request for information, or the answer to one."""
        self._form(between.request_form(self.glance))

    def action_people(self) -> None:
        """Who is here, and in which cell."""
        self._form(forms.people_form(self.glance))

    # --- judged --------------------------------------------------------------------------------------

    def action_rule(self) -> None:
        """A ruling; what a roll came to is shown at once."""

        def ruled(done: bool | None) -> None:
            self.refresh_all()
            event = self.session.events[-1]
            if done and event.type == "ruling_made" and "roll" in event.data:
                self.app.push_screen(TellScreen(_rolled(event.data["roll"])))

        self.app.push_screen(ruling.rule_form(self.glance), ruled)

    def action_track(self) -> None:
        """Tracks by hand."""
        self._form(ruling.track_form(self.glance))

    def action_rate(self) -> None:
        """An objective's rating."""
        self._form(ruling.rate_form(self.glance))

    def action_agree(self) -> None:
        """A corrective action."""
        goals = self.glance.state.exercise.objectives
        choices = (("", "none"), *((each.id, each.text) for each in goals))
        self._form(forms.action_form(self.session, choices))

    def action_done(self) -> None:
        """An action that is done: a thread looks for those that are open, for there may be many logs."""
        journal = self.session.journal
        if isinstance(journal, FileJournal):
            self.app.run_worker(lambda: self._look_for_open(journal.path), thread=True, exclusive=True, group="open")

    def _look_for_open(self, log: Path) -> None:
        found = still_open(log.parent, self.session.exercise)
        self.app.call_from_thread(self._close_one_of, found, name_of(log))

    def _close_one_of(self, found: list[AgreedAction], log: str) -> None:
        def close(action: AgreedAction, values: Values) -> None:
            self.session.do(closing(action, values["text"], log))

        if found:
            self._form(close_form(found, close))
        else:
            tell(self.app, NOTHING, "information")

    def action_mark(self) -> None:
        """Whether expected actions were met."""
        self._of_released(
            ruling.mark_form,
            [inject for inject in self._released() if inject.expects],
            "Nothing that was released expects anything of players.",
        )

    # --- injects -------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """An inject on the spot."""
        self._form(writing.write_form(self.glance))

    def action_reveal(self) -> None:
        """A released inject for more cells."""
        self._of_released(
            writing.reveal_form,
            [inject for inject in self._released() if writing.still_without(self.glance, inject.id)],
            "Every cell has been given all that was released.",
        )

    def _released(self) -> list[Inject]:
        """What was given out, the newest first."""
        state = self.glance.state
        newest = sorted(state.play.released.items(), key=lambda each: -each[1].seq)
        return [inject for id, _ in newest if (inject := state.inject(id)) is not None]

    def _of_released(self, form: Form, injects: Sequence[Inject], nothing: str) -> None:
        """The form for the inject under the cursor where it is one of these, else for one that is chosen."""
        slot = self.in_hand()
        known = {inject.id: inject for inject in injects}
        if slot is not None and slot.inject.id in known:
            self._form(form(self.glance, known[slot.inject.id]))
            return
        if not injects:
            tell(self.app, nothing, "information")
            return

        def chosen(id: str | None) -> None:
            if id is not None:
                self._form(form(self.glance, known[id]))

        rows = [(id, inject_label(inject, self.glance)) for id, inject in known.items()]
        self.app.push_screen(ChooseScreen("Which inject?", rows), chosen)

    def action_skip(self) -> None:
        """Leave out, declined, out of time."""
        slot = self.in_hand()
        if self.glance.owed or (slot is not None and slot.status in forms.SKIPPABLE):
            self.app.push_screen(forms.skip_form(self.glance, slot), self._silent)
        else:
            tell(self.app, "Nothing to leave out here: put the cursor on an inject that is not released yet.")

    def action_hold(self) -> None:
        """Keep back what is under the cursor."""
        slot = self.in_hand()
        if slot is not None and slot.status in ("pending", "due"):
            self._form(forms.hold_form(self.glance, slot))
        else:
            tell(self.app, "Nothing to hold back here: put the cursor on an inject that is still to come.")

    def action_reword(self) -> None:
        """Other words for what is under the cursor."""
        slot = self.in_hand()
        if slot is not None and slot.status in between.REWORDABLE:
            self._form(between.reword_form(self.glance, slot))
        else:
            tell(self.app, "Nothing to reword here: put the cursor on an inject that is not released yet.")

    # --- time ----------------------------------------------------------------------------------------

    def action_clock(self) -> None:
        """The clock, corrected."""
        self._form(timing.clock_form(self.glance))

    def action_finish(self) -> None:
        """When the room has to end."""
        self._form(timing.finish_form(self.glance))

    def action_ask(self) -> None:
        """A question put again, or a new one."""
        self._form(timing.ask_form(self.glance))

    def action_reopen(self) -> None:
        """Play goes on after all; the clock stands until it is let run."""
        self.perform({"do": "reopen"})


def _rolled(roll: dict[str, Any]) -> str:
    came = roll["result"] <= roll["odds"]
    outcome = "It comes about." if came else "It does not come about."
    return f"The roll is {roll['result']}, the odds were {roll['odds']} %. {outcome}"
