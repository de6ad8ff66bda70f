"""Texts of the exercise, which are written in Markdown, as blocks: bold words, lists, and no marks left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Strong, Words

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_SLANTED = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+?)(?<=[^\s*_])\1(?![\w*])")
_ENTRY = re.compile(r"[-*+]\s+(.*)", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s+(.*)")


def authored(text: str) -> Iterator[Block]:
    """The text's paragraphs and lists."""
    for part in re.split(r"\n\s*\n", text.strip()):
        entries = re.split(r"\n(?=\s*[-*+]\s)", part.strip())
        found = [_ENTRY.fullmatch(entry.strip()) for entry in entries]
        first, *rest = found
        if heading := _HEADING.fullmatch(part.strip()):
            yield Paragraph((Strong(heading[1]),))
        elif first:
            yield Bullets(tuple(marked(match[1]) for match in found if match))
        elif rest:
            yield Paragraph(marked(entries[0].strip()))
            yield Bullets(tuple(marked(match[1]) for match in rest if match))
        elif part.strip():
            yield Paragraph(marked(part.strip()))


def marked(text: str) -> Words:
    """The text with its bold words strong; what slants is told plainly."""
    words: list[str | Strong] = []
    for place, piece in enumerate(_BOLD.split(text)):
        if piece:
            words.append(Strong(piece) if place % 2 else _SLANTED.sub(r"\2", piece))
    return tuple(words)
