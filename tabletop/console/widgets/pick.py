"""One choice of a few, all of them in sight, side by side or one a line: quicker than a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tabletop.console.keynames import clicked
from tabletop.console.safe import fit, one_line

_SHORT = 28
"""Choices longer than this stand one a line."""


class Pick(Static, can_focus=True):
    """The arrows choose, a first letter goes to its choice (with ``letters``); with ``many``, Space ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", "Previous", show=False, id="pick.previous"),
        Binding("right,down", "step(1)", "Next", show=False, id="pick.next"),
        Binding("space", "tick", "Choose", show=False, id="pick.tick"),
    ]

    class Changed(Message):
        """Another choice stands."""

        def __init__(self, pick: Pick) -> None:
            super().__init__()
            self.pick = pick

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        value: str = "",
        *,
        many: bool = False,
        letters: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id, markup=False)
        self.choices = tuple(choices)
        self.many, self._letters = many, letters
        values = [each for each, _ in self.choices]
        self.at = values.index(value) if value in values else 0
        self.ticked: set[str] = set()

    @property
    def value(self) -> str:
        """What is chosen; with ``many``, the choices joined by spaces."""
        if self.many:
            return " ".join(each for each, _ in self.choices if each in self.ticked)
        return self.choices[self.at][0] if self.choices else ""

    def choose(self, value: str) -> None:
        """Choose a value; with ``many``, those that it names between spaces, and no others."""
        values = [each for each, _ in self.choices]
        if self.many:
            self.ticked = set(value.split()) & set(values)
        elif value in values:
            self.at = values.index(value)
        self._tell()

    def on_mount(self) -> None:
        """Show the choices."""
        self._draw()

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self._draw()

    def on_focus(self) -> None:
        """The cursor shows only while in focus."""
        self._draw()

    def on_blur(self) -> None:
        """The cursor shows only while in focus."""
        self._draw()

    def action_step(self, by: int) -> None:
        """Go to a neighbouring choice."""
        if self.choices:
            self.at = (self.at + by) % len(self.choices)
            self._tell()

    def action_pick(self, at: int) -> None:
        """Choose what was clicked; with ``many``, tick or untick it."""
        self.focus()
        self.at = at
        if self.many:
            self.action_tick()
        else:
            self._tell()

    def action_tick(self) -> None:
        """With ``many``, tick or untick; else what stands under the cursor is chosen already, and stays."""
        if self.many and self.choices:
            self.ticked ^= {self.choices[self.at][0]}
            self._tell()

    def on_key(self, event: object) -> None:
        """A first letter, or a number, goes to its choice."""
        if not self._letters:
            return
        sign = getattr(event, "character", None)
        if not sign or not sign.strip() or not sign.isalnum():
            return
        for step in range(1, len(self.choices) + 1):
            at = (self.at + step) % len(self.choices)
            if one_line(self.choices[at][1]).casefold().startswith(sign.casefold()):
                self.at = at
                self._tell()
                return

    def _tell(self) -> None:
        self._draw()
        self.post_message(self.Changed(self))

    def _draw(self) -> None:
        width = self.content_size.width or 70
        long = any(cell_len(one_line(label)) > _SHORT for _, label in self.choices)
        lines: list[list[Content | str]] = []
        used = width
        for at, (value, label) in enumerate(self.choices):
            chosen = value in self.ticked if self.many else at == self.at
            mark = ("[x]" if chosen else "[ ]") if self.many else ("(o)" if chosen else "( )")
            style = "bold" if chosen else ""
            if self.has_focus and at == self.at:
                style = "bold reverse"
            said = fit(f"{mark} {one_line(label)}", width)
            part = clicked(Content.styled(said, style) if style else Content(said), f"pick({at})")
            if long or used + 2 + cell_len(said) > width:
                lines.append([])
                used = -2
            lines[-1] += ["  " if used > 0 else "", part]
            used += 2 + cell_len(said)
        self.update(Content("\n").join(Content.assemble(*line) for line in lines))
