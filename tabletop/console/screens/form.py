"""A small form: fields, one key to record from any of them, and what was typed stays until it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tabletop.console import drafts
from tabletop.console.keynames import key_of
from tabletop.console.safe import one_line, say
from tabletop.console.screens import elsewhere
from tabletop.console.widgets.keyline import Key, KeyLine, key
from tabletop.console.widgets.pick import Pick
from tabletop.errors import TabletopError

Values = Mapping[str, str]
Submit = Callable[[Values], None]


@dataclass(frozen=True)
class Field:
    """A field: a ``line``, a ``text`` of several lines, a choice of one or of several."""

    id: str
    label: str
    kind: Literal["line", "text", "pick", "picks"] = "line"
    choices: Sequence[tuple[str, str]] = ()
    value: str = ""
    hint: str = ""
    at_end: bool = False  # the cursor of a text stands behind its value, to add to it
    needed: str = ""  # what to do where it stays empty: nothing is recorded without it
    letters: bool = True  # a first letter goes to its choice


# Without priority: a key that overtakes those before it would record a text without its last letters.
RECORD: list[BindingType] = [
    Binding("f10", "record", "Record", tooltip="Record what stands in the fields", id="form.record"),
    Binding("ctrl+s", "record", show=False, tooltip="Record what stands in the fields", id="form.record-too"),
    Binding("escape", "leave", "Back", tooltip="Back; asks where something typed would be lost", id="form.leave"),
]


class FormScreen(ModalScreen[bool]):
    """Asks for a few things; ``submit`` records them, or raises with a sentence that is shown here."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = RECORD
    AUTO_FOCUS = ".field"
    MORE_KEYS: ClassVar[tuple[Key, ...]] = ()
    """Keys of one kind of form, for its line of keys."""

    def __init__(
        self, title: str, fields: Sequence[Field], submit: Submit, *, about: str = "", record: str = "record"
    ) -> None:
        super().__init__()
        self._title, self._about, self._record = title, about, record
        self.fields, self._submit = fields, submit
        self._begun: dict[str, str] = {}
        self._warned = False
        self.drafts: drafts.Drafts | None = None  # where it records to another log than the app's session

    def compose(self) -> ComposeResult:
        """Title, fields, what went wrong, keys."""
        about = f"\n{self._about}" if self._about else ""
        yield Static(Content.assemble(say(self._title, "bold"), say(about)), id="which")
        with VerticalScroll(id="form", can_focus=False):
            for field in self.fields:
                yield Static(say(field.label), classes="label", id=f"{field.id}-label")
                yield _widget(field)
            yield Static("", id="form-fault", markup=False)
        yield KeyLine(
            key(self._record, "form.record", "form.record-too"),
            key("Tab next field"),
            *self.MORE_KEYS,
            key("back", "form.leave"),
            id="form-keys",
        )

    def on_mount(self) -> None:
        """Remember how it began, to know whether anything was typed."""
        self._begun = self.values()
        drafts.begin(self)
        self.call_after_refresh(keep_in_sight, self)

    def on_resize(self) -> None:
        """Another size, another room for the fields."""
        self.call_after_refresh(keep_in_sight, self)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.id: value_of(self.query_one(f"#{field.id}")) for field in self.fields}

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""
        return bool(self._begun) and self.values() != self._begun

    @property
    def draft_key(self) -> str:
        """The name of its draft."""
        return one_line(self._title)

    def fault(self, sentence: str, at: str = "") -> None:
        """Say what went wrong, below the field that it is about or below all of them."""
        fault, form = self.query_one("#form-fault", Static), self.query_one("#form")
        below = self.query_one(f"#{at}") if at else form.children[-1]
        if below is not fault:
            form.move_child(fault, after=below)
        fault.update(say(sentence, "bold"))
        fault.scroll_visible(animate=False)

    def gone_on(self) -> None:
        """The session goes on in a new log: this can be recorded now."""
        self.fault(not_yet(self))

    def _missing(self) -> Field | None:
        """The first field that is needed and empty."""
        values = self.values()
        return next((each for each in self.fields if each.needed and not values[each.id]), None)

    def action_record(self) -> None:
        """Record it; a refusal is shown and what was typed stays."""
        if (missing := self._missing()) is not None:
            self.query_one(f"#{missing.id}").focus()
            self.fault(missing.needed, missing.id)
            return
        try:
            self._submit(self.values())
        except TabletopError as error:
            self.fault(str(error))
            if (session := getattr(self.app, "session", None)) is not None:
                elsewhere.offer(self, session, error)
        else:
            drafts.end(self)
            self.dismiss(True)

    def action_leave(self) -> None:
        """Go back; a second time where something typed would be lost."""
        if self.typed and not self._warned:
            self._warned = True
            self.fault(unrecorded(self))
        else:
            drafts.drop(self)
            self.dismiss(False)


def not_yet(screen: Screen[Any]) -> str:
    """What is to be done with what one log did not take and the next will."""
    return f"Not recorded yet. {key_of(screen.app, 'form.record', 'f10')} records it in the new log."


def unrecorded(screen: Screen[Any]) -> str:
    """What Escape would do to what is typed, in words."""
    record, leave = key_of(screen.app, "form.record", "f10"), key_of(screen.app, "form.leave", "escape")
    after = "keeps it as a draft for the resumed session" if drafts.kept_on_leaving(screen) else "drops it"
    return f"What you typed is not recorded. {record} records it, {leave} again {after}."


def keep_in_sight(screen: Screen[Any]) -> None:
    """Let the fields scroll between the title and the keys, where there is no room for all."""
    above, keys = screen.query_one("#which").outer_size.height, screen.query_one("#form-keys").outer_size.height
    tour = sum(panel.outer_size.height for panel in screen.query("TourPanel"))
    screen.query_one("#form").styles.max_height = max(4, screen.size.height - above - keys - tour)


def _widget(field: Field) -> Widget:
    widget: Widget
    if field.kind == "text":
        widget = TextArea(field.value, id=field.id, tab_behavior="focus", compact=True, placeholder=say(field.hint))
        if field.at_end:
            widget.move_cursor(widget.document.end)
    elif field.kind == "line":
        widget = Input(field.value, id=field.id, compact=True, placeholder=one_line(field.hint), select_on_focus=False)
    else:
        widget = Pick(field.choices, field.value, many=field.kind == "picks", letters=field.letters, id=field.id)
    widget.add_class("field")
    return widget


def value_of(widget: Widget) -> str:
    """What stands in a field."""
    if isinstance(widget, TextArea):
        return widget.text.strip()
    if isinstance(widget, Input | Pick):
        return widget.value.strip()
    return ""


def given(**fields: Any) -> dict[str, Any]:
    """A command without its empty fields."""
    return {key: value for key, value in fields.items() if value not in ("", None, (), [], {})}
