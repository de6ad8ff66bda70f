"""Markdown for reading on a terminal: paragraphs flow, emphasis shows, links stay text."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from textual.content import Content

from tabletop.console.safe import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKS = {"strong": "bold", "em": "italic"}


@cache
def _parser() -> MarkdownIt:
    """Loaded with the first text, not with the first frame."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=256)
def prose(text: str, style: str = "") -> Content:
    """The text with its line breaks left to the screen; never markup of the screen, never a live link."""
    blocks: list[Content] = []
    lists: list[int | None] = []
    lead, heading, fresh = "", False, False
    for token in _parser().parse(clean(text)):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            fresh = not lists
            lists.append(None if token.type.startswith("bullet") else int(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            lead = "  " * len(lists)
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "list_item_open":
            lead, lists[-1] = _marker(lists)
        elif token.type == "inline":
            block = _inline(token.children or [], "bold" if heading else "")
            gap = "\n\n" if fresh and blocks else _gap(blocks, lists)
            blocks.append(Content.assemble(gap, lead, block))
            fresh = False
            lead = "  " * len(lists)
        elif token.type in ("fence", "code_block"):
            blocks.append(Content.assemble(_gap(blocks, lists), token.content.rstrip("\n")))
        elif token.type == "hr":
            blocks.append(Content.assemble(_gap(blocks, lists), "-----"))
    whole = Content.assemble(*blocks)
    return whole.stylize(style) if style else whole


def _gap(blocks: list[Content], lists: list[int | None]) -> str:
    return "" if not blocks else "\n" if lists else "\n\n"


def _marker(lists: list[int | None]) -> tuple[str, int | None]:
    indent, number = "  " * (len(lists) - 1), lists[-1]
    return (f"{indent}- ", None) if number is None else (f"{indent}{number}. ", number + 1)


def _inline(tokens: list[Token], style: str) -> Content:
    parts: list[tuple[str, str]] = []
    on: list[str] = [style] if style else []
    links: list[str] = []
    for token in tokens:
        name, _, way = token.type.rpartition("_")
        if token.type in ("text", "code_inline"):
            parts.append((token.content, " ".join(on)))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append((" " if token.type == "softbreak" else "\n", ""))
        elif token.type == "image":
            parts.append((token.content, " ".join(on)))
        elif name == "link":
            _link(parts, links, token, way)
        elif name in _MARKS and way == "open":
            on.append(_MARKS[name])
        elif name in _MARKS:
            on.remove(_MARKS[name])
    return Content.assemble(*parts)


def _link(parts: list[tuple[str, str]], links: list[str], token: Token, way: str) -> None:
    if way == "open":
        links.append(str(token.attrGet("href") or ""))
    else:
        href = links.pop()
        if href and not any(href == text for text, _ in parts):
            parts.append((f" ({href})", ""))
