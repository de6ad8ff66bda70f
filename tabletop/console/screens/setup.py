"""Before the start: what the session is called, when it should end, who is here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from tabletop.console import drafts, words
from tabletop.console.keynames import key_of
from tabletop.console.people import AS_IT_STANDS, Person, doubts, read_people, tally
from tabletop.console.safe import one_line, say, tell
from tabletop.console.screens.form import RECORD, Values, value_of
from tabletop.console.still_open import close_form, closing, still_open, told
from tabletop.console.widgets.keyline import Key, KeyLine, key
from tabletop.errors import TabletopError, UsageError
from tabletop.journal import log_path
from tabletop.scenario.model import Exercise
from tabletop.session.clock import SystemTime

if TYPE_CHECKING:
    from tabletop.review.improvement import AgreedAction

_SHOWN = 5
"""So many open actions are listed."""


@dataclass(frozen=True)
class Plan:
    """What was set up: the session's name, when to finish (UTC), who is here; which actions are done."""

    name: str
    finish: datetime | None
    people: tuple[Person, ...]
    closings: tuple[dict[str, Any], ...] = ()


class SetupScreen(Screen[bool]):
    """Everything here may be left as it is: F10 goes on. ``begin`` opens the session, or raises."""

    CSS_PATH = "setup.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *RECORD,
        Binding("f4", "close_action", show=False, tooltip="An action of an earlier session is done", id="setup.close"),
    ]
    AUTO_FOCUS = "#name"

    def __init__(self, exercise: Exercise, name: str, logs: Path, begin: Callable[[Plan], None]) -> None:
        super().__init__()
        self._exercise, self._called, self._logs, self._begin = exercise, name, logs, begin
        self._warned, self._doubted = False, ""
        self._open: list[AgreedAction] = []
        self._done: dict[str, str] = {}  # how actions were done, by log and id

    def compose(self) -> ComposeResult:
        """Name, finish, people."""
        exercise = self._exercise
        cells = ", ".join(f"{cell.id} ({cell.name})" for cell in exercise.cells)
        yield Static(say(f"{exercise.title}   {exercise.marking}", "bold"), id="setup-title")
        with VerticalScroll(id="setup", can_focus=False):
            yield Static(say("Session"), classes="label")
            yield Input(self._called, id="name", compact=True, select_on_focus=False)
            yield Static(id="where", markup=False)
            yield Static(
                say(f"Finish by (16:30; may stay empty). It is planned for {words.minutes(exercise.minutes)}."),
                classes="label",
            )
            yield Input(id="finish", compact=True)
            yield Static(say("Who is here, one a line: name, role, cell, lead. May stay empty."), classes="label")
            yield Static(say(f"Cells: {cells}. Others: evaluator, observer, facilitator, control."), classes="label")
            yield TextArea(
                id="people",
                tab_behavior="focus",
                compact=True,
                placeholder=say("Kim Minji, National Security Adviser, rok, lead"),
            )
            yield Static(id="tally", markup=False)
            yield Static(id="open", markup=False)
            yield Static(id="form-fault", markup=False)
        yield KeyLine(*self._keys(), id="setup-keys")

    def on_mount(self) -> None:
        """Say where the log goes."""
        drafts.begin(self)
        self._tell()
        self.query_one("#open").display = False
        self.call_after_refresh(self.run_worker, self._look_back, thread=True)

    def _keys(self) -> list[Key]:
        return [
            key("goes on to the ground rules", "form.record", "form.record-too"),
            key("Tab next field"),
            *([key("an action is done", "setup.close")] if self._open else []),
            key("back", "form.leave"),
        ]

    def _look_back(self) -> None:
        """Read what earlier sessions left open: by a thread, for there may be many logs."""
        found = still_open(self._logs, self._exercise)
        with suppress(RuntimeError):  # left meanwhile
            self.app.call_from_thread(self._take_open, found)

    def _take_open(self, found: list[AgreedAction]) -> None:
        self._open = found
        self._show_open()
        self.query_one(KeyLine).name_keys(*self._keys())

    def _show_open(self) -> None:
        pane = self.query_one("#open", Static)
        pane.display = bool(self._open)
        done = [each for each in self._open if _name(each) in self._done]
        still = [each for each in self._open if each not in done]
        lines = [Content.styled("Still open from earlier sessions, for these objectives:", "bold")] if still else []
        lines += [say(f"- {told(each)}") for each in still[:_SHOWN]]
        lines += [say(f"and {len(still) - _SHOWN} more: tabletop actions")] if len(still) > _SHOWN else []
        lines += [say(f"- done: {told(each)}: {one_line(self._done[_name(each)])}") for each in done]
        pane.update(Content("\n").join(lines))

    def action_close_action(self) -> None:
        """An action of an earlier session is done; it is closed as the session opens."""
        still = [each for each in self._open if _name(each) not in self._done]
        if not still:
            tell(self.app, "No action of an earlier session is open.", "information")
            return

        def close(action: AgreedAction, values: Values) -> None:
            self._done[_name(action)] = values["text"]

        about = "It is closed in the record of this session, as that opens."
        self.app.push_screen(close_form(still, close, about=about), lambda _: self._show_open())

    def on_input_changed(self) -> None:
        """The name decides where the log goes."""
        self._tell()

    def on_text_area_changed(self) -> None:
        """Count who is here."""
        self._tell()
        if self._doubted:
            self.query_one("#form-fault", Static).update("")

    def _tell(self) -> None:
        name = value_of(self.query_one("#name")) or self._called
        self.query_one("#where", Static).update(say(f"The record goes to {log_path(name, self._logs)}", "dim"))
        people = read_people(self.query_one("#people", TextArea).text, self._exercise)
        self.query_one("#tally", Static).update(say(tally(people, self._exercise) if people else ""))

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""
        return bool(value_of(self.query_one("#people")) or value_of(self.query_one("#finish")) or self._done)

    @property
    def draft_key(self) -> str:
        """The name of its draft."""
        return "Set-up"

    @property
    def more_typed(self) -> dict[str, str]:
        """What is done, for the draft."""
        return {f"done {name}": how for name, how in self._done.items()}

    def fill_more(self, values: Values) -> None:
        """What a draft knows to be done."""
        self._done |= {name.removeprefix("done "): how for name, how in values.items() if name.startswith("done ")}

    def action_record(self) -> None:
        """Open the session; what stands in the way is said and what was typed stays."""
        people = self.query_one("#people", TextArea).text
        try:
            plan = self._plan()
            if (doubt := doubts(people, self._exercise)) and self._doubted != people:
                self._doubted = people
                raise UsageError(doubt, AS_IT_STANDS)
            self._begin(plan)
        except TabletopError as error:
            self._fault(str(error))
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Back to the library; a second time where something typed would be lost."""
        if self.typed and not self._warned:
            self._warned = True
            leave = key_of(self.app, "form.leave", "escape")
            self._fault(f"What you typed would be lost. {leave} again drops it.")
        else:
            drafts.drop(self)
            self.dismiss(False)

    def _fault(self, sentence: str) -> None:
        fault = self.query_one("#form-fault", Static)
        fault.update(say(sentence, "bold"))
        self.call_after_refresh(fault.scroll_visible, animate=False)

    def _plan(self) -> Plan:
        typed = value_of(self.query_one("#finish"))
        finish = words.finish_by(typed, SystemTime().wall()) if typed else None
        if typed and finish is None:
            raise UsageError(f"'{typed}' is no time of day.", "Write it as 16:30.")
        people = read_people(self.query_one("#people", TextArea).text, self._exercise)
        done = [closing(each, self._done[_name(each)]) for each in self._open if _name(each) in self._done]
        return Plan(value_of(self.query_one("#name")) or self._called, finish, tuple(people), tuple(done))


def _name(action: AgreedAction) -> str:
    return f"{action.log} {action.id}"
