"""Labelled texts as a page: what is short stands behind its label, what is written to be read stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from tabletop.console.edit.describing import Detail
from tabletop.console.prose import prose
from tabletop.console.safe import clean, one_line, wrapped

_WRITTEN = ("Said", "Briefing", "Notes", "Only ", "Rule")
_LABEL = 12


def paper(found: Sequence[Detail], width: int) -> Content:
    """The page, for so many terminal cells."""
    parts: list[Content | str | tuple[str, str]] = []
    below = False
    for at, (label, text) in enumerate(found):
        written = label.startswith(_WRITTEN)
        parts.append("\n\n" if below or (written and at) else "\n" if at else "")
        below = written
        if not label:
            parts.append(("\n".join(wrapped(text, width)), "" if at else "bold"))
        elif written:
            parts += [(one_line(label), "bold reverse"), "\n", prose(text)]
        else:
            lead = f"{one_line(label):<{_LABEL - 1}} "
            parts += [(lead, "bold"), _hanging(text, cell_len(lead), width)]
    return Content.assemble(*parts)


def _hanging(text: str, lead: int, width: int) -> str:
    """The text's lines, each wrapped, below each other; far to the right where the lead is long, the next line."""
    margin = min(lead, _LABEL)
    lines: list[str] = []
    for line in clean(text).strip().split("\n"):
        lines += wrapped(line, max(10, width - max(margin, lead if not lines else 0)))
    return ("\n" + " " * margin).join(lines)
