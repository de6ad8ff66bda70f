"""The decision form: which cell, which answer; nothing but the choice is required."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from tabletop.console import drafts, words
from tabletop.console.asking import Question
from tabletop.console.flowing import flowing
from tabletop.console.glance import Glance, leads, look
from tabletop.console.safe import one_line, say, tell
from tabletop.console.screens import elsewhere
from tabletop.console.screens.ask import ChooseScreen
from tabletop.console.screens.consequences import Recorded
from tabletop.console.screens.form import RECORD, given, keep_in_sight, not_yet, unrecorded, value_of
from tabletop.console.screens.forms import happened
from tabletop.console.screens.options import Options
from tabletop.console.screens.reading import ReadingScreen
from tabletop.console.widgets.keyline import Key, KeyLine, key
from tabletop.console.widgets.pick import Pick
from tabletop.errors import Refused, TabletopError
from tabletop.scenario.model import Decision

_LONG = 100
"""An answer of so many words gets a taller field."""

_FIELDS = ("own", "rationale", "who", "confidence", "dissents", "happened")


class DecideScreen(ModalScreen[Recorded | None]):
    """Records an answer: a digit chooses, F10 records."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["form.tcss", "decide.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *RECORD,
        *(Binding(str(at), f"digit({at})", show=False, id=f"decide.choose-{at}") for at in range(10)),
        Binding("up", "step(-1)", show=False, id="decide.up"),
        Binding("down", "step(1)", show=False, id="decide.down"),
        Binding("f3", "other(1)", "Next question", id="decide.other"),
        Binding("f2", "other(-1)", "Question before", id="decide.other-back"),
        Binding("f4", "list", "All questions", id="decide.list"),
        Binding("f8", "clear", "Clear the text", tooltip="Take the text that it begins from out", id="decide.clear"),
        Binding("f5", "inject", "Its inject", tooltip="Read the inject that asks it", id="decide.inject"),
    ]
    AUTO_FOCUS = None

    def __init__(self, glance: Glance, questions: Sequence[Question]) -> None:
        super().__init__()
        self._glance, self._questions = glance, questions
        self._at, self._chosen, self._warned = 0, 0, False
        self._begun, self._lead = "", ""
        self._typed_at: set[int] = set()
        self._kept: dict[int, dict[str, str]] = {}  # what stands in the fields of questions gone on from

    @property
    def question(self) -> Question:
        """The question that is being answered."""
        return self._questions[self._at]

    def compose(self) -> ComposeResult:
        """Question, options, then what may be added."""
        yield Static(id="which", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            yield Options(id="options", markup=False)
            yield Static(classes="label", id="own-label", markup=False)
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
        yield KeyLine(id="form-keys")

    def on_mount(self) -> None:
        """Begin with the first question; its countdown runs on."""
        self._show()
        drafts.begin(self)
        self.set_interval(1.0, self._draw_head)

    def _show(self) -> None:
        """Show the question as it was left, or as it begins."""
        decision = self.question.decision
        self._fault("")
        self._begun = flowing(decision.start or "").strip()
        self._lead = ", ".join(dict.fromkeys(filter(None, (leads(self._glance, cell) for cell in self.question.cells))))
        fresh = dict.fromkeys(_FIELDS, "") | {"own": f"{self._begun}\n" if self._begun else "", "who": self._lead}
        self._typed_at.discard(self._at)
        self._fill(self._kept.pop(self._at, fresh))
        self.query_one("#options").display = bool(decision.options)
        for id in ("#own", "#own-label"):
            self.query_one(id).display = decision.open_
        self.query_one("#own").set_class((decision.words or 0) >= _LONG, "long")
        self.query_one("#own-label", Static).update(say(_own_label(decision)))
        self.query_one(KeyLine).name_keys(*self._keys())
        self.query_one("#options" if decision.options else "#own").focus()
        self._draw_head()
        self._draw()
        self.query_one("#form").scroll_home(animate=False)
        self.call_after_refresh(keep_in_sight, self)

    def _fill(self, values: Mapping[str, str]) -> None:
        """Put values into the fields, the cursor of a text behind it."""
        for id in _FIELDS:
            field = self.query_one(f"#{id}")
            if isinstance(field, TextArea):
                field.load_text(values[id])
                field.move_cursor(field.document.end)
            elif isinstance(field, Input):
                field.value = values[id]
            elif isinstance(field, Pick):
                field.choose(values[id])
        self._chosen = int(values.get("chosen", "0"))

    def _values(self) -> dict[str, str]:
        """What stands in the fields, as it stands."""
        fields = {id: self.query_one(f"#{id}") for id in _FIELDS}
        texts = {id: field.text if isinstance(field, TextArea) else value_of(field) for id, field in fields.items()}
        return {**texts, "chosen": str(self._chosen)}

    def _keys(self) -> list[Key]:
        decision = self.question.decision
        return [
            *([key("digit chooses")] if decision.options else []),
            key("replace the answer given" if self.question.revises else "record", "form.record"),
            key("Tab next field"),
            *([key("clear the text", "decide.clear")] if decision.start else []),
            *(
                [key("questions", "decide.other-back", "decide.other", "decide.list")]
                if len(self._questions) > 1
                else []
            ),
            key("its inject", "decide.inject"),
            key("back", "form.leave"),
        ]

    def _draw_head(self) -> None:
        """Who is asked what, and how much time is left now."""
        question, glance = self.question, look(self._glance.session)
        names = words.joint_names(question.cells, glance.state.index)
        count = f"   ({self._at + 1} of {len(self._questions)})" if len(self._questions) > 1 else ""
        head = Content.assemble(
            (f"{names}: ", "bold"),
            ("a new answer", "bold reverse") if question.revises else ("the answer", "bold"),
            say(f"   {question.now(glance)}{count}"),
            "\n",
            say(question.decision.question, "bold"),
        )
        self.query_one("#which", Static).update(head)

    def _draw(self) -> None:
        self.query_one(Options).show(self._glance, self.question, self._chosen)

    def _fault(self, sentence: str) -> None:
        fault = self.query_one("#form-fault", Static)
        fault.update(say(sentence, "bold"))
        if sentence:
            fault.scroll_visible(animate=False)

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded, here or at another question."""
        return bool(self.also_typed) or self._worth_keeping(self._values())

    def _worth_keeping(self, values: Mapping[str, str]) -> bool:
        """Whether something was typed in the question's fields: more than it begins with, and than a choice."""
        others = any(values[id].strip() for id in ("rationale", "confidence", "dissents", "happened"))
        return others or values["own"].strip() not in ("", self._begun) or values["who"] != self._lead

    @property
    def draft_key(self) -> str:
        """The name of its draft: whom the question is put to, and what it is."""
        return self._key_of(self.question)

    def _key_of(self, question: Question) -> str:
        names = words.joint_names(question.cells, self._glance.state.index)
        return one_line(f"{names}: {question.decision.question}")

    @property
    def more_typed(self) -> dict[str, str]:
        """What is chosen, for the draft."""
        return {"chosen": str(self._chosen)}

    @property
    def also_typed(self) -> dict[str, dict[str, str]]:
        """What was typed at the other questions, by the names of their drafts."""
        return {self._key_of(self._questions[at]): self._kept[at] for at in self._typed_at}

    def fill_more(self, values: Mapping[str, str]) -> None:
        """Choose again what a draft had chosen."""
        if (chosen := values.get("chosen", "")).isdecimal():
            self.choose(int(chosen))

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._draw)
        self.call_after_refresh(keep_in_sight, self)

    def action_digit(self, number: int) -> None:
        """Choose an option by its number; in a choice of another field a digit is none of the options'."""
        if not isinstance(self.focused, Pick):
            self.action_choose(number)

    def action_choose(self, number: int) -> None:
        """Choose an option by its number, 0 for none; say so where there is no such option."""
        count = len(self.question.decision.options)
        if number > count:
            here = f"They go from 1 to {count}." if count > 1 else "There is one." if count else "A text is wanted."
            self._fault(f"There is no option {number}. {here}")
            return
        self._fault("")
        self.choose(number)

    def choose(self, number: int) -> None:
        """Choose an option that there is; 0 for none."""
        if number <= len(self.question.decision.options):
            self._chosen = number
            self._draw()
            self._show_chosen()

    def action_clear(self) -> None:
        """Take the text out, to write it anew."""
        if self.question.decision.open_:
            self.query_one("#own", TextArea).clear()
            self.query_one("#own").focus()

    def _show_chosen(self) -> None:
        """Scroll to the chosen option, where the form is too short for all of them."""
        top, lines = self.query_one(Options).place(self._chosen)
        form = self.query_one("#form")
        if self._chosen and not form.scroll_y <= top <= form.scroll_y + form.size.height - lines:
            form.scroll_to(y=top, animate=False)

    def action_step(self, by: int) -> None:
        """Choose a neighbouring option."""
        count = len(self.question.decision.options)
        if count and self.focused is self.query_one("#options"):
            self._chosen = (self._chosen - 1 + by) % count + 1 if self._chosen else (1 if by > 0 else count)
            self._draw()
            self._show_chosen()

    def action_other(self, by: int) -> None:
        """Go to another question; what was typed stays with its own."""
        self._go((self._at + by) % len(self._questions))

    def _go(self, at: int) -> None:
        if at == self._at:
            return
        values = self._values()
        if self._chosen or self._worth_keeping(values):
            self._kept[self._at] = values
            self._typed_at |= {self._at} if self._worth_keeping(values) else set()
        self._at, self._chosen, self._warned = at, 0, False
        kept = at in self._kept
        self._show()
        if not kept:
            drafts.fetch(self)

    def action_list(self) -> None:
        """Choose from all that can be answered; what was typed stays with its question."""
        index, glance = self._glance.state.index, look(self._glance.session)

        def label(each: Question) -> str:
            who = words.joint_names(each.cells, index)
            return f"{who}: {one_line(each.decision.question)} ({each.now(glance)})"

        def chosen(at: str | None) -> None:
            if at is not None:
                self._go(int(at))

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
            self._fault(str(error))
            elsewhere.offer(self, self._glance.session, error)
            return
        drafts.end(self)
        if self.also_typed:
            tell(self.app, f"Not recorded yet, and kept in its form: {'; '.join(self.also_typed)}", "information")
        counted = command.get("option") or command.get("counts_as")
        self.dismiss(Recorded(self.question.decision, counted, self.question.cells, command.get("text", "")))

    def gone_on(self) -> None:
        """The session goes on in a new log: this can be recorded now."""
        self._fault(not_yet(self))

    def action_leave(self) -> None:
        """Go back; a second time where something typed would be lost."""
        if self.typed and not self._warned:
            self._warned = True
            self._fault(unrecorded(self))
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
            replaces=self.question.revises.seq if self.question.revises else None,
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


def _own_label(decision: Decision) -> str:
    """What the text is for; how long it should be."""
    long = f", about {decision.words} words" if decision.words else ""
    if not decision.options:
        return f"The answer, in words{long}"
    return f"Own words{long} (with an option chosen above: they count as it)"


def dissents(text: str) -> list[dict[str, str]]:
    """Lines of ``name: view``; a line without a name is a view alone."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        who, colon, view = line.partition(":")
        found.append({"who": who.strip(), "view": view.strip()} if colon and view.strip() else {"view": line})
    return found
