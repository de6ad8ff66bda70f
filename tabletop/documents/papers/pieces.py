"""What a paper is made of, whatever it is written out as.

Every text in a piece is data: it says what it says and is never markup. `prose` makes pieces of what people wrote in
Markdown; `word` and `pdf` write them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

BOX = "☐"
"""A box to tick."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face."""

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class PageOf:
    """The number of the page on which a sheet begins."""

    anchor: str


Word: TypeAlias = Run | Break | PageOf
Words: TypeAlias = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; one that is ``fresh`` begins a page."""

    level: int
    text: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; one that is ``quiet`` is small, for facts about what follows."""

    words: Words
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; numbered from ``start`` where that is given."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else says."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines whose spaces count."""

    text: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Something set off under a label; what is ``private`` must not be read out to all, and looks different."""

    label: str
    blocks: tuple[Block, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a header that is repeated on each page; ``widths`` are parts of the line.

    In one that is ``roomy`` there is space to write.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with what it shows in words for those who do not see it; Word is given none."""

    caption: str
    description: str
    svg: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on."""

    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of its own, to be handed to whom its head names."""

    anchor: str
    head: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Heading | Para | Listing | Quote | Code | Aside | Grid | Picture | Lines | Sheet


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. The marking stands at the top and the bottom of every page.

    ``kind`` says what it is and ``reader`` for whom; ``cover`` stands under them. ``contents`` is the
    level down to which headings are listed there; 0: they are not.
    """

    marking: str
    title: str
    kind: str
    reader: str
    cover: tuple[Block, ...]
    blocks: tuple[Block, ...]
    contents: int = 1
    language: str = "en"
    authors: tuple[str, ...] = ()


def words(*parts: str | Run | Break | PageOf) -> Words:
    """Words of parts; empty texts are left out."""
    made = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(word for word in made if not isinstance(word, Run) or word.text)


def bold(text: str) -> Run:
    """Words that stand out."""
    return Run(text, bold=True)


def para(*parts: str | Run | Break | PageOf) -> Para:
    """A paragraph of parts."""
    return Para(words(*parts))


def quiet(*parts: str | Run | Break | PageOf) -> Para:
    """A small paragraph of parts."""
    return Para(words(*parts), quiet=True)
