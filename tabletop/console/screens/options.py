"""The options of a question: numbered, each with what its authors note of it, and what it does and brings."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tabletop.console.asking import Question
from tabletop.console.glance import Glance
from tabletop.console.keynames import clicked
from tabletop.console.safe import hang, say
from tabletop.console.screens.consequences import brings


class Options(Static, can_focus=True):
    """Takes the focus first, so that a digit chooses; a click does too."""

    _rows: tuple[str, ...] = ()

    def show(self, glance: Glance, question: Question, chosen: int) -> None:
        """Show a question's options, the chosen one (from 1; 0: none) marked."""
        rows = []
        width = self.content_size.width or 70
        for number, option in enumerate(question.decision.options, 1):
            lead = f"{'(o)' if number == chosen else '( )'} {number}  "
            line = say(hang(lead, option.text, width), "bold reverse" if number == chosen else "")
            more = brings(glance, question.decision, question.cells, option.id, question.revises)
            lines = [line]
            lines += [say(hang(" " * 7, option.notes, width), "italic")] if option.notes else []
            lines += [say(hang(" " * 7, more, width), "dim")] if more else []
            rows.append(clicked(Content("\n").join(lines), f"screen.choose({number})"))
        self._rows = tuple(row.plain for row in rows)
        self.update(Content("\n").join(rows))

    def place(self, number: int) -> tuple[int, int]:
        """At which line an option begins, and how many it has."""
        lines = [row.count("\n") + 1 for row in self._rows]
        return sum(lines[: number - 1]), lines[number - 1] if number else 0
