"""What people wrote in Markdown (CommonMark without HTML), as pieces of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tabletop.documents.papers.pieces import Block, Break, Code, Listing, Para, Quote, Run, Word, Words
from tabletop.session.text import clean

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufdd0-\ufdef]")
_SPACE = re.compile(r"[\s\u2028\u2029\u0085]+")
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
"""Letters of Japanese and Chinese, which are written without spaces: none is made of a line end between two."""


def prose(text: str) -> tuple[Block, ...]:
    """The text's blocks. Headings in it stand below the paper's own, and are bold paragraphs."""
    return tuple(_blocks(_tree(text).children))


def inline(text: str) -> Words:
    """The text as words of one paragraph, for a table or a list: its paragraphs come line by line."""
    return _in_lines(prose(text))


def plain(text: str) -> str:
    """A text that is no Markdown, such as a title, in one line and without what no paper can hold."""
    return spaced(text).strip()


def spaced(text: str) -> str:
    """As `plain`, for a text that is put together with others: the spaces at its ends stay."""
    return _SPACE.sub(" ", _writable(text))


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.disable("image")  # a paper shows no pictures from elsewhere
    return reader


def _tree(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(_reader().parse(_UNWRITABLE.sub("", clean(text))))


def _writable(text: str) -> str:
    """The text without what steers; an entity such as `&#x202e;` is a character only once its Markdown was read."""
    return _UNWRITABLE.sub("", clean(f"|{text}|"))[1:-1]


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "paragraph":
                yield Para(_words(node))
            case "heading":
                yield Para(tuple(replace(word, bold=True) if isinstance(word, Run) else word for word in _words(node)))
            case "bullet_list":
                yield Listing(tuple(tuple(_blocks(item.children)) for item in node.children))
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                yield Listing(tuple(tuple(_blocks(item.children)) for item in node.children), start)
            case "blockquote":
                yield Quote(tuple(_blocks(node.children)))
            case "fence" | "code_block":
                yield Code(_writable(node.content.rstrip("\n")))
            case "hr":
                yield Para((Run("* * *"),))


def _words(node: SyntaxTreeNode) -> Words:
    found = [word for child in node.children for word in _inline(child.children, Run(""))]
    return tuple(_joined(found))


def _inline(nodes: Sequence[SyntaxTreeNode], face: Run) -> Iterator[Word]:
    for node in nodes:
        match node.type:
            case "text":
                yield replace(face, text=spaced(node.content))
            case "softbreak":
                yield replace(face, text="\n")
            case "hardbreak":
                yield Break()
            case "strong":
                yield from _inline(node.children, replace(face, bold=True))
            case "em":
                yield from _inline(node.children, replace(face, italic=True))
            case "code_inline":
                yield replace(face, text=spaced(node.content), mono=True)
            case "link":
                said = tuple(_inline(node.children, face))
                yield from said
                url = spaced(str(node.attrs.get("href", "")))
                if url and url != "".join(word.text for word in said if isinstance(word, Run)):
                    yield replace(face, text=f" ({url})")
            case _:
                yield replace(face, text=spaced(node.content))


def _joined(found: list[Word]) -> Iterator[Word]:
    """The words, each line end within a paragraph a space, but between letters that are written without."""
    for at, word in enumerate(found):
        if isinstance(word, Run) and word.text == "\n":
            before, after = found[at - 1 : at], found[at + 1 : at + 2]
            if not all(_UNSPACED.match(_edge(side, end)) for side, end in ((before, -1), (after, 0))):
                yield replace(word, text=" ")
        elif not isinstance(word, Run) or word.text:
            yield word


def _edge(side: list[Word], at: int) -> str:
    return "".join(word.text[at] for word in side if isinstance(word, Run) and word.text)


def _in_lines(blocks: Sequence[Block], lead: str = "") -> Words:
    lines: list[Words] = []
    for block in blocks:
        match block:
            case Para(said):
                lines.append(said)
            case Listing(items, start):
                for number, item in enumerate(items, start or 1):
                    mark = f"{number}. " if start is not None else "– "
                    lines.append((Run(mark), *_in_lines(item)))
            case Quote(inner):
                lines.append(_in_lines(inner))
            case Code(text):
                lines += [(Run(line, mono=True),) for line in text.splitlines()]
    broken: list[Word] = []
    for line in lines:
        broken += [Break(), *line] if broken else line
    return tuple(broken)
