"""What each key does on the console: a form, a question, or a command at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tabletop.console import words
from tabletop.console.actions import BY_ID
from tabletop.console.asking import questions, reading_done
from tabletop.console.keynames import key_of
from tabletop.console.recalled import describe
from tabletop.console.safe import one_line, tell
from tabletop.console.screens.ask import AskScreen, ChooseScreen, TellScreen
from tabletop.console.screens.consequences import Consequences, Recorded
from tabletop.console.screens.cutting import Cutting
from tabletop.console.screens.lookback import LookBack
from tabletop.console.screens.openings import Openings
from tabletop.console.screens.recording import Recording
from tabletop.console.screens.walling import Walled
from tabletop.console.waiting import waits_for
from tabletop.console.widgets.schedule import Schedule
from tabletop.scenario.model import Move

if TYPE_CHECKING:
    from tabletop.console.glance import Glance
    from tabletop.session.schedule import Slot
    from tabletop.session.session import Session

_GONE = "With this answer these would not have been released. They were, and stay so:"
RELEASABLE = ("due", "pending", "held", "lost", "pocket", "skipped")


class Acts(Recording, Consequences, Cutting, LookBack, Openings, Walled):
    """The acts of the registry, for the screen of play."""

    session: Session
    glance: Glance
    auto: bool

    if TYPE_CHECKING:

        def in_hand(self) -> Slot | None: ...
        def perform(self, *commands: dict[str, Any]) -> Sequence[Any]: ...
        def refresh_all(self) -> None: ...
        def show_text(self, shown: bool) -> None: ...

    def key(self, act: str) -> str:
        """The key of an act, as the user has it."""
        return key_of(self.app, f"act.{act}", BY_ID[act].key)

    # --- Space ---------------------------------------------------------------------------------------

    def target(self) -> Slot | None:
        """What Space releases: the cursor's if it is due, else the first due, else the cursor's."""
        slot, due = self.in_hand(), self.glance.due
        if slot is not None and slot.status == "due":
            return slot
        if due:
            return due[0]
        return slot if slot is not None and slot.status in RELEASABLE else None

    def space_says(self) -> str:
        """What Space will do, in words."""
        glance = self.glance
        if self.consequence is not None:
            return "it was read out"
        if glance.state.phase == "opened":
            return "ground rules and background, then start"
        if glance.state.phase == "closed":
            return "hot wash, ratings, report"
        if glance.state.play.move is None:
            return f"open: {glance.next_move.title}" if glance.next_move else f"no move is left: {self.key('end')} ends"
        slot = self.target()
        if slot is None:
            return self._nothing_due()
        to = words.cell_names(glance.addressees(slot), glance.state.index)
        how = {"due": "", "pending": " early", "pocket": " from the pocket", "held": " what was held back"}
        early = how.get(slot.status, " all the same")
        return f"release{early}: {one_line(slot.inject.title)}, to {to}"

    def action_next(self) -> None:
        """Space: whatever the key bar says."""
        glance = self.glance
        if self.consequence is not None:
            self._end_reading(read=True)
        elif glance.state.phase == "opened":
            self.open_exercise()
        elif glance.state.phase == "closed":
            self._afterwards()
        elif glance.state.play.move is None:
            self.open_move(glance.next_move)
        elif slot := self.target():
            self.release(slot)
        # Where nothing is due the key bar says so already; a note in the corner would hide what is owed.

    def _nothing_due(self) -> str:
        """What comes next, where nothing is to be released now: first of all what is owed."""
        nothing = f"nothing is due; {self.key('decide')} records what is owed" if self.glance.owed else "nothing is due"
        coming = [slot for slot in self.glance.slots if slot.status == "pending" and slot.moment is not None]
        if coming:
            first = min(coming, key=lambda slot: slot.moment or 0.0)
            until = f"{words.plan_time(first.moment or 0.0)}: {one_line(first.inject.title)}"
            return f"{nothing}; {until}" if self.glance.owed else f"{nothing} until {until}"
        following = self.glance.next_move
        then = f"{self.key('move')} opens {one_line(following.title)}" if following else f"{self.key('end')} ends"
        return f"{nothing}; then {then}" if self.glance.owed else f"{nothing}; {then}"

    def release(self, slot: Slot) -> None:
        if slot.status == "due":
            self._give_out(slot.inject.id)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._give_out(slot.inject.id)

        self.app.push_screen(AskScreen(_question(slot, self.glance), yes="release"), answered)

    def _give_out(self, *injects: str) -> None:
        """Release these in one write, and show the first, to be read out."""
        if self.perform(*({"do": "release", "inject": inject} for inject in injects)):
            self.query_one(Schedule).choose(injects[0])
            self.set_class(True, "reading")
            if not self.query_one(Schedule).region:
                self.show_text(True)

    def action_release_all(self) -> None:
        """Everything that is due, in one write."""
        self._give_out(*(slot.inject.id for slot in self.glance.due))

    # --- decisions -----------------------------------------------------------------------------------

    def action_decide(self) -> None:
        """The form for the answer most overdue."""
        from tabletop.console.screens.decide import DecideScreen

        cursor = self.in_hand()
        asked, stood = questions(self.glance, cursor.inject.id if cursor else None), self._standing()
        if not asked:
            tell(self.app, f"Nothing is asked. {self.key('ask')} puts a question.", "information")
            return

        def decided(recorded: Recorded | None) -> None:
            self._decided(recorded)
            revised = recorded is not None and self.session.events[-1].type == "decision_revised"
            gone = [title for id, title in stood.items() if id not in self._standing()] if revised else []
            if gone:
                said = ", ".join(one_line(title) for title in gone)
                self.app.push_screen(TellScreen(f"{_GONE} {said}"))

        self.app.push_screen(DecideScreen(self.glance, asked), decided)

    def _standing(self) -> dict[str, str]:
        """What was released and would be now: its condition, if it has one, holds."""
        state = self.glance.state
        released = [inject for id in state.play.released if (inject := state.inject(id)) is not None]
        return {each.id: each.title for each in released if state.holds(state.condition(each.id))}

    def action_back(self) -> None:
        """Escape: leave the reading, or go back to the schedule."""
        if self.consequence is not None:
            self._end_reading(read=False)
        self.show_text(False)

    def action_more_time(self) -> None:
        """Two more minutes for the question most overdue."""
        if self.glance.owed:
            self.perform({"do": "grant", "decision": self.glance.owed[0].decision.id, "minutes": 2})

    def action_restart(self) -> None:
        """Start the newest question's countdown again: the reading is done."""
        if command := reading_done(self.glance):
            self.perform(command)

    # --- the clock, moves, corrections, the end ------------------------------------------------------

    def action_auto(self) -> None:
        """Let what is due go out by itself, or take over."""
        self.auto = not self.auto
        self.refresh_all()

    def action_pause(self) -> None:
        """Stop the clock, or let it run on."""
        self.perform({"do": "pause" if self.glance.running else "resume"})
        self.session.keep_alive()

    def action_move(self) -> None:
        """The next move first, then every other."""
        moves = {move.id: move for move in self.glance.state.exercise.moves}
        first = self.glance.next_move
        ordered = ([first] if first else []) + [move for move in moves.values() if move is not first]
        choices = [(move.id, _move_label(move, first, self.glance)) for move in ordered]

        def chosen(id: str | None) -> None:
            if id is not None:
                self.open_move(moves[id])

        self.app.push_screen(ChooseScreen("Which move?", choices), chosen)

    def action_undo(self) -> None:
        """Say what will be taken back, then take it back."""
        said = "; ".join(f"#{event.seq} {describe(event, self.session)}" for event in self.session.will_undo())

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform({"do": "undo"})

        if said:
            self.app.push_screen(AskScreen(f"Take back? {said}", yes="take it back", no="keep it"), answered)

    def action_end(self) -> None:
        """End play, after asking once."""

        def answered(yes: bool | None) -> None:
            if yes:
                if self.glance.running:
                    self.perform({"do": "pause"})
                self._afterwards()

        due = ", ".join(one_line(slot.inject.title) for slot in self.glance.due)
        owed = f" Due and not released: {due}." if due else ""
        owed += f" Answers still owed: {len(self.glance.owed)}." if self.glance.owed else ""
        owed += f" Requests not answered: {len(self.glance.requests)}." if self.glance.requests else ""
        self.app.push_screen(
            AskScreen(f"Stop the clock and go on to the hot wash?{owed}", yes="to the hot wash", no="play on"),
            answered,
        )

    def _afterwards(self) -> None:
        from tabletop.console.screens.after import AfterScreen

        self.app.push_screen(AfterScreen(self.session), lambda _: self.refresh_all())

    def action_help(self) -> None:
        """Every key."""
        from tabletop.console.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    async def action_quit(self) -> None:
        """Leave; the app sees to the pause."""
        await self.app.action_quit()


def _question(slot: Slot, glance: Glance) -> str:
    """What is asked before something is released that is not due: each kind in its own words."""
    title = one_line(slot.inject.title)
    if slot.status == "pocket":
        use = f" It is for: {one_line(slot.inject.use_if)}" if slot.inject.use_if else ""
        return f"Release from the pocket? {title}.{use}"
    if slot.status == "skipped":
        return f"Release all the same? {title} was left out{f': {one_line(slot.reason)}' if slot.reason else ''}."
    if slot.status == "held":
        return f"Release now? {title} was held back{f': {one_line(slot.reason)}' if slot.reason else ''}."
    waits = waits_for(slot.inject.when, glance.state) if slot.waits_for else ""
    if slot.status == "lost":
        why = f"its branch was not taken. It waited for: {waits}" if waits else "its move was left without it"
        return f"Release all the same? {title}: {why}."
    if waits:
        return f"Release early? {title} waits for: {waits}."
    moment = slot.moment if slot.moment is not None else slot.inject.at * 60.0
    return f"Release early? {title}: it is planned for {words.plan_time(moment)}."


def _move_label(move: Move, first: Move | None, glance: Glance) -> str:
    played = " (played)" if move.id in glance.state.play.moves_played else ""
    next_one = " (next)" if move is first else ""
    on = " (on now: starts its clock anew)" if glance.move is move else ""
    return f"{one_line(move.title)}, {words.minutes(move.minutes)}{next_one}{on or played}"
