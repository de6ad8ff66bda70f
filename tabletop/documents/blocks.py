"""What a paper is made of, whatever it is written out as.

Every ``str`` in a block is data: it says what it says and is never markup. Writers such as ``markdown``
escape it; only the shapes here decide what is a heading, a table or a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tabletop.review.charts import Chart
from tabletop.review.speech import fixed, pieces


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a line of the log."""

    seq: int


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote: its line ends are kept wherever there is room for lines."""

    text: str


Word: TypeAlias = str | Ref | Strong | Said
Words: TypeAlias = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; blank lines in it separate paragraphs."""

    words: Words


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; an entry is one line, but for the lines of what was said in it."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; each cell is one line."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning that must not be missed."""

    words: Words


@dataclass(frozen=True, slots=True)
class Passage:
    """A longer text that somebody wrote, set off, line by line as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the exercise, written in Markdown: its marks are read as marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of numbers, for papers that have pictures: what it shows in words, and the table behind it."""

    title: str
    description: str
    chart: Chart
    table: Table


Block: TypeAlias = Paragraph | Bullets | Table | Notice | Passage | Prose | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and what is divided off below that; ``label`` is its number."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    label: str = ""

    @property
    def heading(self) -> str:
        """The title with its number before it."""
        return f"{self.label} {self.title}" if self.label else self.title


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; the marking stands at its top and its bottom, and ``language`` is the code of what it speaks."""

    marking: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    language: str = "en"


def say(*parts: Word | Words) -> Words:
    """Put words together, leaving out what is empty."""
    words: list[Word] = []
    for part in parts:
        words.extend(part if isinstance(part, tuple) else (part,))
    return tuple(word for word in words if word not in ("", Said("")))


def woven(english: str, /, **values: Word | Words | int) -> Words:
    """A fixed text in the language that is spoken, with words in the places of its names."""
    said = say(*(str(piece) if isinstance(piece, int) else piece for piece in pieces(english, values)))
    words: list[Word] = []
    for word in said:
        if isinstance(word, str) and words and isinstance(words[-1], str):
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def sentences(*parts: Word | Words) -> Words:
    """Sentences in a row, those that are empty left out."""
    return joined((say(part) for part in parts if say(part)), fixed(" "))


def refs(*seqs: int) -> Words:
    """References in brackets, with a space before: `` (#3, #4)``; nothing where there are none."""
    if not seqs:
        return ()
    return woven(" ({lines})", lines=joined([(Ref(seq),) for seq in dict.fromkeys(seqs)], fixed(", ")))


def joined(parts: Iterable[Words], between: str) -> Words:
    """Words with something between them."""
    words: list[Word] = []
    for part in parts:
        if words:
            words.append(between)
        words.extend(part)
    return tuple(words)
