"""What other papers are made of, such as the report, as pieces: so they too go into Word and PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tabletop.documents import blocks
from tabletop.documents.papers.pieces import (
    Aside,
    Block,
    Break,
    Grid,
    Heading,
    Listing,
    Para,
    Picture,
    Quote,
    Run,
    Word,
    Words,
)
from tabletop.documents.papers.prose import plain, prose, spaced
from tabletop.documents.plain import columns
from tabletop.review.speech import fixed

Drawn = Callable[[blocks.Figure], str]
"""Draws a figure as SVG."""

_DEEPEST = 3
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LISTED = re.compile(r"\n\s*(?=[-*+]\s|\d{1,9}[.)]\s)")


def pieces_of(paper: blocks.Paper, draw: Drawn | None) -> tuple[Block, ...]:
    """The sections of a paper; its figures are left out where nothing draws them."""
    return tuple(piece for section in paper.sections for piece in _section(section, 1, draw))


def cover_of(paper: blocks.Paper) -> tuple[Block, ...]:
    """What stands before the first section."""
    return tuple(piece for block in paper.blocks for piece in _block(block, paper.title, None))


def _section(section: blocks.Section, level: int, draw: Drawn | None) -> Iterator[Block]:
    title = plain(section.heading)
    yield Heading(level, title) if level <= _DEEPEST else Para((Run(title, bold=True),))
    for block in section.blocks:
        yield from _block(block, plain(section.title), draw)
    for part in section.sections:
        yield from _section(part, level + 1, draw)


def _block(block: blocks.Block, title: str, draw: Drawn | None) -> Iterator[Block]:
    match block:
        case blocks.Paragraph(words):
            yield from map(Para, _paragraphs(words))
        case blocks.Bullets(items):
            if items:
                yield Listing(tuple((Para(_words(item)),) for item in items))
        case blocks.Table(columns, rows):
            cells = tuple(tuple(_words(cell) for cell in row) for row in rows)
            yield Grid(title, tuple(map(plain, columns)), cells, _widths(columns, cells))
        case blocks.Notice(words):
            yield Aside(fixed("Note"), (Para(_words(words)),), private=True)
        case blocks.Passage(text):
            parts = (_lines(part) for part in _BLANK.split(text.strip()))
            if said := tuple(Para(part) for part in parts if part):
                yield Quote(said)
        case blocks.Prose(text):
            yield from prose(text)
        case blocks.Figure(name, description, _, _):
            if draw is not None:
                yield Picture(plain(name), plain(description), draw(block))


def _paragraphs(words: blocks.Words) -> Iterator[Words]:
    """The words, parted where a text has a blank line; what looks like a list's entry keeps a line of its own."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if not isinstance(word, str):
            parts[-1] += _words((word,))
            continue
        first, *others = _BLANK.split(word)
        parts[-1] += _broken(_LISTED.split(first))
        parts += [_broken(_LISTED.split(other)) for other in others]
    return (tuple(part) for part in parts if part)


def _words(words: blocks.Words) -> Words:
    made: list[Word] = []
    for word in words:
        match word:
            case blocks.Ref(seq):
                made.append(Run(f"#{seq}"))
            case blocks.Strong(text):
                made.append(Run(spaced(text), bold=True))
            case blocks.Said(text):
                made += _lines(text)
            case str():
                made.append(Run(spaced(word)))
    return tuple(word for word in made if not isinstance(word, Run) or word.text)


def _lines(text: str) -> Words:
    """A text whose lines end where they ended."""
    return tuple(_broken([line for line in map(plain, text.splitlines()) if line]))


def _broken(lines: Sequence[str]) -> list[Word]:
    made: list[Word] = []
    for number, line in enumerate(lines):
        if number:
            made.append(Break())
        if shown := spaced(line):
            made.append(Run(shown))
    return made


# --- how wide the columns of a table are -------------------------------------------------------------

_LINE, _PADDING, _WORD, _CELL, _MUCH = 96, 3, 14, 60, 120
"""In letters: a table's line, what a column has around its text, and what counts at most of its longest word, of its
longest text, and of all its texts on average."""


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Words]]) -> tuple[int, ...]:
    """Room for the longest word of each column, and the rest to those that have most to say."""
    texts = [[*(_text(row[at]) for row in rows), column] for at, column in enumerate(columns)]
    heads = [_longest([column]) * 1.2 for column in columns]  # they are bold
    least = [max(head, _longest(each)) for head, each in zip(heads, texts, strict=True)]
    wishes = [max(0, _wish(each) - need) for each, need in zip(texts, least, strict=True)]
    spare = max(0, _LINE - sum(need + _PADDING for need in least))
    shares = [spare * wish / (sum(wishes) or 1) for wish in wishes]
    return tuple(round(10 * (need + _PADDING + share)) for need, share in zip(least, shares, strict=True))


def _longest(texts: Sequence[str]) -> float:
    return min(_WORD, max((columns(word) for text in texts for word in text.split()), default=1))


def _wish(texts: Sequence[str]) -> float:
    wide = [columns(text) for text in texts]
    return max(min(_CELL, max(wide)), min(_MUCH, sum(wide) / len(wide)))


def _text(words: Words) -> str:
    return "".join(word.text if isinstance(word, Run) else "\n" for word in words)
