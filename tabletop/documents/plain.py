"""Plain text laid out for a terminal: entries that wrap at one width, whatever script they are written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

WIDTH = 100

_SIGN = re.compile(r"(?:[-*+]|\d+[.)])\s+")
"""What an entry of a list begins with."""
_PARTS = re.compile(r"\n\s*\n|\n\s*(?=(?:[-*+]|\d+[.)])\s)")


def entry(text: str, indent: int = 0, lead: str | None = None) -> Iterator[str]:
    """The text in lines of at most WIDTH columns, indented; ``lead`` stands before the first instead."""
    line, empty = " " * indent if lead is None else lead, True
    for word in text.split():
        if not empty and columns(line) + 1 + columns(word) > WIDTH:
            yield line.rstrip()
            line, empty = " " * indent, True
        line += word if empty else f" {word}"
        empty = False
    yield line.rstrip()


def columns(text: str) -> int:
    """The columns that a text takes: wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def prose(text: str | None, indent: int) -> Iterator[str]:
    """A longer text after an empty line, its paragraphs and lists kept apart; nothing of an empty one."""
    for number, part in enumerate(_PARTS.split((text or "").strip())):
        sign = _SIGN.match(part)
        if part and not (number and sign):
            yield ""
        if part:
            yield from entry(part, indent + len(sign[0]) if sign else indent, " " * indent)


def listed(title: str, texts: Iterable[str], indent: int) -> Iterator[str]:
    """A heading and its entries, a line or more each; nothing where there are none."""
    for number, text in enumerate(texts):
        if not number:
            yield ""
            yield from entry(f"{title}:", indent)
        yield from entry(text, indent + 4, " " * (indent + 2) + "- ")


def purpose(trains: Iterable[str], audience: Iterable[str], read_before: Iterable[str], indent: int) -> Iterator[str]:
    """What an exercise trains, for whom, and what to read before: an entry each, those that are told."""
    for name, texts in (("Trains", trains), ("In the room", audience), ("Read before", read_before)):
        if told := "; ".join(" ".join(text.split()) for text in texts):
            yield from entry(f"{name}: {told}.", indent + 2, " " * indent)
