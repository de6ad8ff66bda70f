"""Papers as Markdown (CommonMark with GitHub's tables), proof against what people wrote in them.

All text is escaped, so that none of it can open a heading, a list, a table column, a link or an HTML tag;
control and bidi-override characters are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.documents.authored import authored
from tabletop.documents.blocks import (
    Block,
    Bullets,
    Figure,
    Notice,
    Paper,
    Paragraph,
    Passage,
    Prose,
    Ref,
    Said,
    Section,
    Strong,
    Table,
    Word,
    Words,
)
from tabletop.review.speech import fixed
from tabletop.session.text import clean

_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BARE_LINK = re.compile(r"(:)(?=//)|(?<=\bwww)(\.)", re.IGNORECASE)
_LINE_START = re.compile(r"(?=[-+=])|(?=##)|(?=#(?:\s|$))")  # some readers want no space after ##
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BREAK = "\x00"  # the end of a line that is kept; no text holds it, for control characters are dropped


def escape(text: str) -> str:
    """Text as Markdown that shows exactly that text, wherever in a line it stands."""
    escaped = _MARKUP.sub(r"\\\1", _kept(text)).translate(_ENTITIES)
    if "://" not in escaped and "www." not in escaped.lower():
        return escaped  # most texts, and looking for the two is ten times as quick
    return _BARE_LINK.sub(lambda found: f"\\{found[0]}", escaped)


def as_markdown(paper: Paper) -> str:
    """The whole paper."""
    banner = f"**{_one_line((paper.marking,))}**"
    parts = [banner, f"# {_one_line((paper.title,))}"]
    parts += [part for block in paper.blocks for part in block_as_markdown(block)]
    parts += [part for section in paper.sections for part in _section(section, 2)]
    return "\n\n".join([*parts, banner]) + "\n"


def one_line(text: str) -> str:
    """Text as Markdown, in one line."""
    return _one_line((text,))


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * min(level, 6)} {_one_line((section.heading,))}"
    for block in section.blocks:
        yield from block_as_markdown(block)
    for part in section.sections:
        yield from _section(part, level + 1)


def block_as_markdown(block: Block) -> Iterator[str]:
    """A block's paragraphs, each without what parts it from the next."""
    match block:
        case Paragraph(words):
            yield from _paragraphs(words)
        case Bullets(items):
            if items:
                yield "\n".join(f"- {_item(item)}" for item in items)
        case Table(columns, rows):
            yield _table(columns, rows)
        case Notice(words):
            yield f"> {_inline((Strong(fixed('Note:')),))} {_one_line(words)}"
        case Passage(text):
            yield from _passage(text)
        case Prose(text):
            for part in authored(text):
                yield from block_as_markdown(part)
        case Figure():
            pass  # a text has no pictures; what they show stands in its tables


def _table(columns: tuple[str, ...], rows: tuple[tuple[Words, ...], ...]) -> str:
    lines = [tuple(_one_line((column,)) for column in columns), ("---",) * len(columns)]
    lines += [tuple(_one_line(cell) for cell in row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _paragraphs(words: Words) -> Iterator[str]:
    """Paragraphs, their lines kept; a line that looks like a list's entry keeps a line of its own."""
    for paragraph in re.split(r"\n\s*\n", _inline(words).strip()):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        guarded = [_guarded(line) for line in lines]
        text = guarded[0] if guarded else ""
        for line, shown in zip(lines[1:], guarded[1:], strict=True):
            text += ("\\\n" if shown != line or line.startswith("\\*") else "\n") + shown
        yield _broken(text, "\\\n")


def _passage(text: str) -> Iterator[str]:
    """A quotation whose lines end where they ended; blank lines separate its paragraphs."""
    paragraphs = [part.split("\n") for part in re.split(r"\n\s*\n", text.strip())]
    shown = ["\\\n> ".join(_guarded(escape(line).strip()) for line in lines if line.strip()) for lines in paragraphs]
    if any(shown):
        yield "> " + "\n>\n> ".join(part for part in shown if part)


def _item(words: Words) -> str:
    """A list's entry; the lines of what was said in it stand under each other."""
    return _broken(" ".join(_inline(words).split()), "\\\n  ")


def _one_line(words: Words) -> str:
    return " ".join(_inline(words).split()).replace(_BREAK, " / ")


def _broken(text: str, ending: str) -> str:
    return ending.join(_guarded(line.strip()) for line in text.split(_BREAK))


def _inline(words: Words) -> str:
    return "".join(_word(word) for word in words)


def _word(word: Word) -> str:
    match word:
        case Ref(seq):
            return f"#{seq}"
        case Strong(text):
            inner = " ".join(escape(text).split())
            return f"**{inner}**" if inner else ""
        case Said(text):
            return _BREAK.join(escape(line) for line in text.strip().splitlines() if line.strip())
        case str():
            return escape(word)


def _guarded(line: str) -> str:
    """A line whose first characters cannot be taken for a heading, a list or a rule."""
    if _LINE_START.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def _kept(text: str) -> str:
    """The text without control characters; the spaces at its ends stay, for words are put together."""
    body = text.strip()
    if not body:
        return " " if text else ""
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{' ' if start else ''}{clean(body)}{' ' if end else ''}"
