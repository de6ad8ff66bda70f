"""One question, answered with one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tabletop.console.safe import say
from tabletop.console.widgets.keyline import KeyLine, key


class AskScreen(ModalScreen[bool]):
    """Space or Enter says yes, Escape says no."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter,y", "answer(True)", "Yes", id="ask.yes"),
        Binding("escape,n", "answer(False)", "No", id="ask.no"),
    ]

    def __init__(self, question: str, *, yes: str = "yes", no: str = "no") -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """The question and the two keys."""
        with Vertical(id="ask"):
            yield Static(say(self._question), id="question")
            yield KeyLine(key(self._yes, "ask.yes", strong=True), key(self._no, "ask.no", strong=True))

    def action_answer(self, yes: bool) -> None:
        """Hand back the answer."""
        self.dismiss(yes)


class TellScreen(ModalScreen[None]):
    """One sentence that nobody must miss; any of the usual keys takes it away."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter,escape", "close", "Go on", id="tell.close")]

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence and the key."""
        with Vertical(id="ask"):
            yield Static(say(self._sentence, "bold"), id="question")
            yield KeyLine(key("go on", "tell.close", strong=True))

    def action_close(self) -> None:
        """Go on."""
        self.dismiss(None)


class ChooseScreen(ModalScreen[str | None]):
    """One of a list; the first stands under the cursor."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="choose.leave"),
        Binding("space", "take", "Choose", show=False, id="choose.take"),
    ]

    def __init__(self, question: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question, self._choices = question, choices

    def compose(self) -> ComposeResult:
        """The question, the list, the keys."""
        with Vertical(id="ask"):
            yield Static(say(self._question, "bold"), id="question")
            yield OptionList(*(Option(say(label)) for _, label in self._choices), markup=False)
            yield KeyLine(key("arrows choose"), key("or Enter takes it", "choose.take"), key("back", "choose.leave"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand back the choice."""
        self.dismiss(self._choices[event.option_index][0])

    def action_take(self) -> None:
        """Take what is under the cursor."""
        self.query_one(OptionList).action_select()

    def action_leave(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)
