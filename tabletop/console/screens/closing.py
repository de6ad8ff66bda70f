"""The steps after play: the hot wash, the ratings of the objectives, the actions agreed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from tabletop.console import drafts
from tabletop.console.safe import one_line, say, tell
from tabletop.console.screens import elsewhere
from tabletop.console.screens.form import RECORD, Field, FormScreen, Values, given, unrecorded
from tabletop.console.screens.forms import action_form
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.console.widgets.pick import Pick
from tabletop.errors import Refused, TabletopError
from tabletop.session.session import Session

RATINGS = (
    ("p", "P", "performed without challenges"),
    ("s", "S", "performed with some challenges"),
    ("m", "M", "performed with major challenges"),
    ("u", "U", "unable to be performed"),
)


class HotWashScreen(Screen[None]):
    """The prompts, and one note after the other."""

    CSS_PATH = "after.tcss"
    BINDINGS: ClassVar[list[BindingType]] = RECORD

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._warned = session, False

    def compose(self) -> ComposeResult:
        """Prompts above, the note below."""
        exercise = self._session.exercise
        prompts = [Content.assemble("?  ", one_line(text)) for text in exercise.hot_wash]
        cells = [("", "the room"), *((cell.id, cell.name) for cell in exercise.cells)]
        yield Static(say("Hot wash", "bold"), id="after-title")
        with VerticalScroll(id="prompts", can_focus=False):
            yield Static(Content("\n").join(prompts))
            yield Static(id="said", markup=False)
        yield TextArea(id="text", tab_behavior="focus", compact=True)
        yield Pick(cells, id="cell")
        yield Static(id="form-fault", markup=False)
        yield KeyLine(
            key("records the note, the next can follow", "form.record"),
            key("Tab by whom"),
            key("done", "form.leave"),
            id="after-keys",
        )

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one(TextArea).focus()
        drafts.begin(self)
        self._draw()

    def _draw(self) -> None:
        taken = self._session.state.taken_back
        notes = (event for event in self._session.events if event.type == "hot_wash_noted" and event.seq not in taken)
        noted = [event.data.get("text", "") for event in notes]
        self.query_one("#said", Static).update(
            Content("\n").join([Content(""), *(say(f"- {one_line(text)}") for text in noted)])
        )
        if noted:
            self.call_after_refresh(self.query_one("#prompts").scroll_end, animate=False)

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""
        return bool(self.query_one(TextArea).text.strip())

    @property
    def draft_key(self) -> str:
        """The name of its draft."""
        return "Hot wash"

    def action_record(self) -> None:
        """Record the note and make room for the next."""
        area = self.query_one(TextArea)
        fault = self.query_one("#form-fault", Static)
        if not area.text.strip():
            fault.update(say("Write what was said.", "bold"))
            area.focus()
            return
        try:
            self._session.do(given(do="hot_wash", text=area.text.strip(), cell=self.query_one(Pick).value))
        except TabletopError as error:
            fault.update(say(error, "bold"))
            elsewhere.offer(self, self._session, error)
            return
        area.text = ""
        fault.update("")
        area.focus()
        self._draw()

    def action_leave(self) -> None:
        """Done; a second time where something typed would be lost."""
        if self.typed and not self._warned:
            self._warned = True
            self.query_one("#form-fault", Static).update(say(unrecorded(self), "bold"))
        else:
            drafts.drop(self)
            self.dismiss(None)


class Objectives(OptionList):
    """The objectives; ``went_on``: a rating has just gone on to the next, which Down then does not do twice."""

    went_on = False

    def action_cursor_down(self) -> None:
        """To the next, unless the rating has gone there already."""
        if not self.went_on:
            super().action_cursor_down()
        self.went_on = False

    def action_cursor_up(self) -> None:
        """Back."""
        self.went_on = False
        super().action_cursor_up()


class RatingsScreen(Screen[None]):
    """P, S, M or U for the objective under the cursor."""

    CSS_PATH = "after.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"rate('{grade}')", about, id=f"rate.{key}") for key, grade, about in RATINGS),
        Binding("escape", "close", "Done", id="rate.close"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """The objectives, and what the letters mean."""
        yield Static(say("Ratings of the objectives", "bold"), id="after-title")
        yield Objectives(*self._rows(), id="objectives", markup=False)
        meaning = "\n".join(f"{grade}  {about}" for _, grade, about in RATINGS)
        yield Static(say(meaning), id="meaning")
        yield KeyLine(
            key("rates", *(f"rate.{letter}" for letter, _, _ in RATINGS)),
            key("Enter rates with a reason"),
            key("arrows choose"),
            key("done", "rate.close"),
            id="after-keys",
        )

    def on_mount(self) -> None:
        """The cursor stands on the first."""
        self.query_one(Objectives).focus()

    def _rows(self) -> list[Option]:
        rows = []
        for objective in self._session.exercise.objectives:
            rating = self._session.state.play.ratings.get(objective.id)
            head = say(f"[{rating.rating if rating else ' '}] {one_line(objective.text)}", "bold")
            reason = f"\n      {one_line(rating.text)}" if rating and rating.text else ""
            tasks = "".join(f"\n      - {one_line(task)}" for task in objective.tasks)
            rows.append(Option(Content.assemble(head, say(reason), say(tasks, "dim"))))
        return rows or [Option(say("This exercise names no objectives."), disabled=True)]

    def action_rate(self, grade: str) -> None:
        """Rate the one under the cursor and go on to the next without a rating; else stay, to rate it otherwise."""
        at, goals = self.query_one(Objectives).highlighted, self._session.exercise.objectives
        if at is None or not goals:
            return
        try:
            old = self._session.state.play.ratings.get(goals[at].id)
            reason = old.text if old else ""
            self._session.do(given(do="rate", objective=goals[at].id, rating=grade, text=reason))
        except TabletopError as error:
            tell(self.app, str(error))
            elsewhere.offer(self, self._session, error)
            return
        rated = self._session.state.play.ratings
        rest = [*range(at + 1, len(goals)), *range(at)]
        to = next((each for each in rest if goals[each].id not in rated), at)
        self._draw(to)
        self.query_one(Objectives).went_on = to == at + 1

    def _draw(self, at: int) -> None:
        listed = self.query_one(Objectives)
        listed.set_options(self._rows())
        listed.highlighted = at

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A rating with its reason."""
        self.query_one(Objectives).went_on = False
        objective, at = self._session.exercise.objectives[event.option_index], event.option_index

        def submit(values: Values) -> None:
            if not values["rating"]:
                raise Refused("No rating is chosen.", "Choose P, S, M or U.")
            self._session.do(given(do="rate", objective=objective.id, **values))

        grades = [(grade, f"{grade} {about}") for _, grade, about in RATINGS]
        old = self._session.state.play.ratings.get(objective.id)
        fields = [
            Field("rating", "Rating", "pick", [("", "not yet"), *grades], old.rating if old else ""),
            Field("text", "Why", "text", value=old.text if old else ""),
        ]
        self.app.push_screen(FormScreen(one_line(objective.text), fields, submit), lambda _: self._draw(at))

    def action_close(self) -> None:
        """Done."""
        self.dismiss(None)


class ActionsScreen(Screen[None]):
    """What was agreed; a new one with one key."""

    CSS_PATH = "after.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter,a", "add", "Another", id="actions.add"),
        Binding("escape", "close", "Done", id="actions.close"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """The list so far."""
        yield Static(say("Actions agreed", "bold"), id="after-title")
        with VerticalScroll(id="prompts"):
            yield Static(id="agreed", markup=False)
        yield KeyLine(key("another action", "actions.add", strong=True), key("done", "actions.close"), id="after-keys")

    def on_mount(self) -> None:
        """Show what there is."""
        self._draw()

    def _draw(self) -> None:
        rows = []
        for id, action in sorted(self._session.state.play.actions.items(), key=lambda item: item[1].seq):
            who = ", ".join(one_line(part) for part in (action.owner, action.due) if part)
            rows.append(say(f"{one_line(id)}  {one_line(action.action)}" + (f"  ({who})" if who else "")))
        self.query_one("#agreed", Static).update(Content("\n").join(rows) if rows else say("None yet.", "dim"))

    def action_add(self) -> None:
        """Agree on another."""
        goals = tuple((each.id, one_line(each.text)) for each in self._session.exercise.objectives)
        form = action_form(self._session, (("", "none"), *goals))
        self.app.push_screen(form, lambda _: self._draw())

    def action_close(self) -> None:
        """Done."""
        self.dismiss(None)
