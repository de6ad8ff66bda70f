"""What an import took, guessed and left: told to whoever brings a sheet in, and complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Account:
    """The account of one import, in sentences; ``read`` and ``left`` quote cells, so that no text is lost."""

    taken: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    guessed: dict[str, None] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def guess(self, sentence: str) -> None:
        """Tell a guess, once."""
        self.guessed[sentence] = None

    def lines(self) -> Iterator[str]:
        """The account as text."""
        parts = (
            ("Taken:", self.taken),
            ("Edits that count, since the workbook was exported:", self.edited),
            ("Guessed; look at these:", self.guessed),
            ("Read into times, names and choices; in the sheet it said:", self.read),
            ("Left out of the exercise:", self.left),
        )
        for title, entries in parts:
            if entries:
                yield title
                for entry in entries:
                    yield "  - " + entry.replace("\n", "\n    ")


def quoted(text: str) -> str:
    """A cell's text as it is quoted in notes and in the account."""
    return f'"{text}"'
