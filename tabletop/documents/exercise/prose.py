"""What people wrote, as HTML: CommonMark without HTML, without pictures, and with links to http and https alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tabletop.session.text import clean


def prose(text: str) -> str:
    """The text's HTML. Headings in it stand below the page's own, and are bold paragraphs here."""
    rendered: str = _reader().render(clean(text))
    return rendered


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Whether a link may be followed; of any other, its Markdown is what is shown."""
        return url.lower().startswith(("http://", "https://"))


@cache
def _reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"html": False})
    reader.disable("image")  # a picture would be fetched from elsewhere
    reader.add_render_rule("heading_open", _heading_open)
    reader.add_render_rule("heading_close", _heading_close)
    reader.add_render_rule("link_open", _link_open)
    return reader


def _heading_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "<p><strong>"


def _heading_close(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</strong></p>\n"


def _link_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    token.attrSet("rel", "noopener noreferrer")
    opened: str = self.renderToken(tokens, at, options, env)
    return opened
