"""A text as a cell of a workbook shows it."""

from __future__ import annotations

import re

from tabletop.documents.msel.guarding import fitted, guarded

_BROKEN_AFTER = 60
_OWN_LINE = re.compile(r"\s|[-*+>#|\[~`=]|[0-9]+[.)]")  # an indent, a list, a quotation, a heading, a table


def cell_text(text: str, *, prose: bool = False) -> str:
    """A text as a sheet shows it; in ``prose``, lines that an author broke by hand are joined."""
    told = text.strip()
    return fitted(guarded(_flowing(told) if prose else told))


def _flowing(text: str) -> str:
    """Paragraphs whose lines an author broke by hand, as one line each: a cell wraps by itself."""
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n"))


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    broken_by_hand = all(len(line) > _BROKEN_AFTER and not line.endswith(("  ", "\\")) for line in lines[:-1])
    return " ".join(lines) if broken_by_hand and not any(_OWN_LINE.match(line) for line in lines[1:]) else text
