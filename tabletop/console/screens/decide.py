"""The decision form: which cell, which answer; nothing but the choice is required."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from tabletop.console import drafts, words
from tabletop.console.glance import Glance, leads
from tabletop.console.keynames import clicked
from tabletop.console.safe import hang, one_line, say, tell
from tabletop.console.screens.ask import ChooseScreen
from tabletop.console.screens.consequences import Recorded, brings
from tabletop.console.screens.form import RECORD, given, keep_in_sight, unrecorded, value_of
from tabletop.console.screens.forms import happened
from tabletop.console.screens.reading import ReadingScreen
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.console.widgets.pick import Pick
from tabletop.errors import Refused, TabletopError
from tabletop.scenario.model import Decision


@dataclass(frozen=True)
class Question:
    """A decision and the cells that answer it; ``standing`` says in words where it stands.

    ``revises`` is the answer in effect, by its number in the record, that a new one takes the place of.
    """

    decision: Decision
    cells: tuple[str, ...]
    standing: str
    revises: int | None = None


def questions(glance: Glance) -> list[Question]:
    """What can be answered: what is owed, most overdue first; what is still to be asked; what may be revised."""
    found = [Question(each.decision, tuple(each.cells), words.left(each.left)) for each in glance.owed]
    play = glance.state.play
    for id in glance.state.decision_ids():
        decision = glance.state.decision(id)
        cells = glance.state.decision_cells(id)
        if decision is None:
            continue
        for group in (cells,) if decision.together else tuple((cell,) for cell in cells):
            if not any((id, cell) in play.answers or (id, cell) in play.asked for cell in group):
                found.append(Question(decision, group, "not asked yet"))
    answers = {answer.seq: answer for answer in play.answers.values()}
    for seq in sorted(answers):
        old = answers[seq]
        if decision := glance.state.decision(old.decision):
            option = decision.option(old.option or "")
            said = one_line(option.text if option else old.text or old.outcome.replace("_", " "))
            found.append(Question(decision, old.cells, f"answered in #{seq}: {said}", seq))
    return found


class DecideScreen(ModalScreen[Recorded | None]):
    """Records an answer: a digit chooses, F10 records."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["form.tcss", "decide.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *RECORD,
        *(Binding(str(at), f"choose({at})", show=False, id=f"decide.choose-{at}") for at in range(10)),
        Binding("up", "step(-1)", show=False, id="decide.up"),
        Binding("down", "step(1)", show=False, id="decide.down"),
        Binding("f3", "other(1)", "Next question", id="decide.other"),
        Binding("f2", "other(-1)", "Question before", id="decide.other-back"),
        Binding("f4", "list", "All questions", id="decide.list"),
        Binding("f5", "inject", "Its inject", tooltip="Read the inject that asks it", id="decide.inject"),
    ]
    AUTO_FOCUS = "#options"

    def __init__(self, glance: Glance, questions: Sequence[Question]) -> None:
        super().__init__()
        self._glance, self._questions = glance, questions
        self._at, self._chosen, self._warned = 0, 0, False
        self._begun = ""
        self._rows: list[str] = []

    @property
    def question(self) -> Question:
        """The question that is being answered."""
        return self._questions[self._at]

    def compose(self) -> ComposeResult:
        """Question, options, then what may be added."""
        yield Static(id="which", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            yield Options(id="options", markup=False)
            yield Static(
                say("Own words (with an option chosen above: they count as it)"),
                classes="label",
                id="own-label",
            )
            yield TextArea(id="own", tab_behavior="focus", compact=True)
            yield Static(say("Why"), classes="label")
            yield TextArea(id="rationale", tab_behavior="focus", compact=True)
            yield Static(say("Who decided"), classes="label")
            yield Input(id="who", compact=True, select_on_focus=False)
            yield Static(say("Confidence"), classes="label")
            yield Pick((("", "not said"), *((each, each) for each in ("low", "medium", "high"))), id="confidence")
            yield Static(say("Dissent, one a line: name: view"), classes="label")
            yield TextArea(id="dissents", tab_behavior="focus", compact=True)
            yield Static(say("Happened at (empty: now; -16: sixteen minutes ago)"), classes="label")
            yield Input(id="happened", compact=True)
            yield Static("", id="form-fault", markup=False)
        yield KeyLine(
            key("digit chooses"),
            key("record", "form.record"),
            key("Tab next field"),
            key("questions", "decide.other-back", "decide.other", "decide.list"),
            key("its inject", "decide.inject"),
            key("back", "form.leave"),
            id="form-keys",
        )

    def on_mount(self) -> None:
        """Begin with the question most overdue."""
        self._show()
        drafts.begin(self)

    def _show(self) -> None:
        question = self.question
        index = self._glance.state.index
        names = words.joint_names(question.cells, index)
        count = f"   ({self._at + 1} of {len(self._questions)})" if len(self._questions) > 1 else ""
        head = Content.assemble(
            (f"{names}: {'a new answer' if question.revises else 'the answer'}", "bold"),
            say(f"   {question.standing}{count}"),
            "\n",
            say(question.decision.question, "bold"),
        )
        self.query_one("#which", Static).update(head)
        for id in ("#own", "#own-label"):
            self.query_one(id).display = question.decision.open_
        own = self.query_one("#own", TextArea)
        if own.text.strip() == self._begun:
            own.text = question.decision.start or ""
        self._begun = (question.decision.start or "").strip()
        who = dict.fromkeys(filter(None, (leads(self._glance, cell) for cell in question.cells)))
        self.query_one("#who", Input).value = ", ".join(who)
        self._draw()
        self.call_after_refresh(keep_in_sight, self)

    def _draw(self) -> None:
        rows = []
        width = self.query_one("#options").content_size.width or 70
        for number, option in enumerate(self.question.decision.options, 1):
            chosen = number == self._chosen
            lead = f"{'(o)' if chosen else '( )'} {number}  "
            line = say(hang(lead, option.text, width), "bold reverse" if chosen else "")
            more = brings(self._glance, self.question.decision, option.id)
            below = say(hang(" " * 7, more, width), "dim")
            row = Content.assemble(line, "\n", below) if more else line
            rows.append(clicked(row, f"screen.choose({number})"))
        self._rows = [row.plain for row in rows]
        self.query_one("#options", Static).update(
            Content("\n").join(rows) if rows else say("A text is wanted: write it below.")
        )

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""
        own = value_of(self.query_one("#own"))
        others = any(value_of(self.query_one(f"#{id}")) for id in ("rationale", "dissents", "happened"))
        return others or own not in ("", self._begun)

    @property
    def draft_key(self) -> str:
        """The name of its draft: the question."""
        return one_line(self.question.decision.question)

    @property
    def more_typed(self) -> dict[str, str]:
        """What is chosen, for the draft."""
        return {"chosen": str(self._chosen)}

    def fill_more(self, values: Mapping[str, str]) -> None:
        """Choose again what a draft had chosen."""
        if (chosen := values.get("chosen", "")).isdecimal():
            self.action_choose(int(chosen))

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)
        self.call_after_refresh(keep_in_sight, self)

    def action_choose(self, number: int) -> None:
        """Choose an option by its number; 0 for none."""
        if number <= len(self.question.decision.options):
            self._chosen = number
            self._draw()
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Scroll to the chosen option, where the form is too short for all of them."""
        lines = [row.count("\n") + 1 for row in self._rows]
        top, form = sum(lines[: self._chosen - 1]), self.query_one("#form")
        if self._chosen and not form.scroll_y <= top <= form.scroll_y + form.size.height - lines[self._chosen - 1]:
            form.scroll_to(y=top, animate=False)

    def action_step(self, by: int) -> None:
        """Choose a neighbouring option."""
        count = len(self.question.decision.options)
        if count and self.focused is self.query_one("#options"):
            self._chosen = (self._chosen - 1 + by) % count + 1 if self._chosen else (1 if by > 0 else count)
            self._draw()
            self._show_chosen()

    def action_other(self, by: int) -> None:
        """Go to another question; what was typed stays."""
        self._at, self._chosen = (self._at + by) % len(self._questions), 0
        self._show()

    def action_list(self) -> None:
        """Choose from all that can be answered; what was typed stays."""
        index = self._glance.state.index

        def label(each: Question) -> str:
            who = words.joint_names(each.cells, index)
            return f"{who}: {one_line(each.decision.question)} ({each.standing})"

        def chosen(at: str | None) -> None:
            if at is not None:
                self._at, self._chosen = int(at), 0
                self._show()

        rows = [(str(at), label(each)) for at, each in enumerate(self._questions)]
        self.app.push_screen(ChooseScreen("Which question?", rows), chosen)

    def action_inject(self) -> None:
        """Read the inject that asks it; what was typed stays."""
        state = self._glance.state
        asks = state.inject_of(self.question.decision.id)
        inject = state.inject(asks.id) if asks is not None else None
        if inject is None:
            tell(self.app, "No inject asks this: it was put on the spot.", "information")
            return
        marking = state.exercise.marking
        self.app.push_screen(ReadingScreen(inject.title, inject.text, marking=marking, space="back"))

    def action_record(self) -> None:
        """Record the answer; a refusal is shown and what was typed stays."""
        try:
            command = self._command()
            self._glance.session.do(command)
        except TabletopError as error:
            fault = self.query_one("#form-fault", Static)
            fault.update(say(str(error), "bold"))
            fault.scroll_visible(animate=False)
            return
        drafts.end(self)
        counted = command.get("option") or command.get("counts_as")
        self.dismiss(Recorded(self.question.decision, counted, self.question.cells, command.get("text", "")))

    def action_leave(self) -> None:
        """Go back; a second time where something typed would be lost."""
        if self.typed and not self._warned:
            self._warned = True
            self.query_one("#form-fault", Static).update(say(unrecorded(self), "bold"))
            self.query_one("#form-fault").scroll_visible(animate=False)
        else:
            drafts.drop(self)
            self.dismiss(None)

    def _command(self) -> dict[str, Any]:
        value = {
            id: value_of(self.query_one(f"#{id}"))
            for id in ("own", "rationale", "who", "dissents", "happened", "confidence")
        }
        options = self.question.decision.options
        option = options[self._chosen - 1].id if self._chosen else None
        own = value["own"] if self.question.decision.open_ else ""
        if own == self._begun:
            own = ""  # a text to begin from, as it stood, is nobody's words
        if not option and not own:
            remedy = "Press its number, or write it in own words." if options else "Write it in own words."
            raise Refused("No answer is given.", remedy)
        return given(
            do="revise" if self.question.revises else "decide",
            replaces=self.question.revises,
            decision=self.question.decision.id,
            cells=list(self.question.cells),
            option=None if own else option,
            text=own,
            counts_as=option if own else None,
            rationale=value["rationale"],
            decided_by=value["who"],
            confidence=value["confidence"],
            dissents=dissents(value["dissents"]),
            happened=happened(value["happened"], self._glance.session.clock.elapsed),
        )


class Options(Static, can_focus=True):
    """The numbered options; takes the focus first, so that a digit chooses."""


def dissents(text: str) -> list[dict[str, str]]:
    """Lines of ``name: view``; a line without a name is a view alone."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        who, colon, view = line.partition(":")
        found.append({"who": who.strip(), "view": view.strip()} if colon and view.strip() else {"view": line})
    return found
