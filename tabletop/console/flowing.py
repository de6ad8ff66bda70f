"""A text of an exercise as it flows: the line breaks of its file go, its paragraphs, lists and verses stay."""

from __future__ import annotations

import re

_OWN_LINE = re.compile(r"\s*([-*+>#|]|\d+[.)])(\s|$)|\s{4,}|\t")
"""A line that begins something of its own: an entry, a heading, a quotation, a table, a verse."""
_GAP = re.compile(r"\n[ \t]*\n\s*")


def flowing(text: str) -> str:
    """The text with each paragraph in one line."""
    return "\n\n".join(_flowed(block) for block in _blocks(text))


def as_written(new: str, old: str) -> str:
    """A flowing text that was changed, its unchanged paragraphs with the line breaks that they had in the old one."""
    were = {_flowed(block): block for block in _blocks(old)}
    return "\n\n".join(were.get(block, block) for block in _blocks(new))


def _blocks(text: str) -> list[str]:
    return [block for block in _GAP.split(text.strip("\n").rstrip()) if block.strip()]


def _flowed(block: str) -> str:
    lines: list[str] = []
    for line in block.split("\n"):
        hard = lines and (lines[-1].endswith("  ") or lines[-1].endswith("\\"))
        if not lines or hard or _OWN_LINE.match(line):
            lines.append(line)
        else:
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
    return "\n".join(lines)
