"""Words and texts as HTML: everything that people wrote is escaped, and only the shapes of a paper are tags."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from tabletop.documents.blocks import Ref, Said, Strong, Table, Word, Words
from tabletop.session.text import clean, clean_word

_EMPTY = '<td role="cell" class="empty"></td>'
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KANA = re.compile(r"[\u3040-\u30ff]")


class Inline:
    """Words as HTML, in which a reference to one of these lines is a link to it."""

    def __init__(self, lines: Container[int]) -> None:
        """``lines`` are the lines that stand on the page."""
        self._lines = lines

    def __call__(self, words: Words) -> Markup:
        """The words in a row."""
        return Markup("".join(map(self._word, words)))

    def paragraphs(self, words: Words) -> list[Markup]:
        """The words, parted where a text has a blank line."""
        return [Markup(part) for part in re.split(r"\n\s*\n", self(words).strip())]

    def rows(self, table: Table) -> Markup:
        """The rows of a table; each cell says of which column it is, for screens too narrow for columns."""
        columns = [plain(column) for column in table.columns]
        return Markup("\n".join(f'<tr role="row">{self._cells(row, columns)}</tr>' for row in table.rows))

    def _cells(self, row: tuple[Words, ...], columns: list[str]) -> str:
        shown = [(self(cell), column) for cell, column in zip(row, columns, strict=True)]
        (first, column), *others = shown
        cells = [
            f'<th role="rowheader" scope="row" data-is="{column}">{first}</th>' if first else _EMPTY,
            *(f'<td role="cell" data-is="{column}">{cell}</td>' if cell else _EMPTY for cell, column in others),
        ]
        return "".join(cells)

    def _word(self, word: Word) -> str:
        match word:
            case Ref(seq):
                return f'<a class="ref" href="#{seq}">#{seq}</a>' if seq in self._lines else f"#{seq}"
            case Strong(text):
                return f"<strong>{plain(text)}</strong>"
            case Said(text):
                return in_language("<br>".join(plain(line) for line in text.strip().splitlines() if line.strip()), text)
            case str():
                return plain(word)


def plain(text: str) -> str:
    """A text that shows as it stands, without what steers a screen; its spaces stay, for it may be a piece."""
    return str(escape(clean_word(text)))


def language(text: str) -> str:
    """The language that a text's letters give away: by it a reader's voice and fonts are chosen. Else empty."""
    if text.isascii():
        return ""
    if _HANGUL.search(text):
        return "ko"
    return "ja" if _KANA.search(text) else ""


def in_language(html: str, text: str) -> str:
    """The HTML of a text, marked with its language where that is not the page's."""
    code = language(text)
    return f'<span lang="{code}">{html}</span>' if code else html


def prose(text: str) -> Markup:
    """A text of the exercise, its Markdown read. Links stand as they were written, for nothing here leads away."""
    rendered = _reader().render(clean(text))
    code = language(text)
    return Markup(f'<div lang="{code}">{rendered}</div>' if code else rendered)


def quotation(text: str) -> list[list[Markup]]:
    """What somebody wrote: its paragraphs, each with its lines."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [
        [Markup(plain(line.strip())) for line in part.split("\n") if line.strip()] for part in parts if part.strip()
    ]


def css_string(text: str) -> Markup:
    """A text as a string of a stylesheet, in which nothing can end it or begin a tag."""
    return Markup('"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in clean(text)) + '"')


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.disable(["image", "link", "autolink", "reference"])
    reader.add_render_rule("heading_open", _bold)  # headings in it would stand among the page's own
    reader.add_render_rule("heading_close", _bold_ends)
    return reader


def _bold(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    return "<p><strong>"


def _bold_ends(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    return "</strong></p>\n"
