"""What people wrote, made fit for the screen: the one place through which all of it goes.

Textual reads a plain ``str`` as markup (``[/]`` crashes, ``[@click=app.quit]`` is a live link) and passes
escape sequences on to the terminal. So text becomes ``Content`` (widgets) or ``rich.text.Text`` (tables)
here, without control and bidi-override characters; ``CleanFilter`` deletes what slipped past.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.content import Content
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.app import App
    from textual.color import Color

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNWANTED = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ufeff]")
_NEVER = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ufeff]")


def clean(text: object) -> str:
    """The text in NFC, tabs as spaces, without characters that steer a terminal; line ends stay."""
    plain = str(text).replace("\r\n", "\n").replace("\t", "    ")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", plain))


def one_line(text: object) -> str:
    """The text cleaned, on one line."""
    return " ".join(clean(text).split())


def say(text: object, style: str = "") -> Content:
    """What somebody wrote, for a widget: never markup."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def cell(text: object, style: str = "") -> Text:
    """What somebody wrote, for a table's cell: never markup, on one line."""
    return Text(one_line(text), style=style, no_wrap=True, overflow="ellipsis")


def fit(text: object, width: int) -> str:
    """The text on one line in at most so many terminal cells, cut with an ellipsis."""
    line = one_line(text)
    if cell_len(line) <= width:
        return line
    used, kept = 0, []
    for sign in line:
        used += cell_len(sign)
        if used > width - 1:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…" if width > 0 else ""


def cut(text: object, width: int) -> str:
    """The text on one line in at most so many terminal cells, cut between words where it has any."""
    line = fit(text, width)
    head, space, _ = line.rpartition(" ")
    return f"{head.rstrip(' ,;:')}…" if space and line != one_line(text) else line


def wrapped(text: object, width: int) -> list[str]:
    """The text in lines of at most so many terminal cells; a word wider than a line is cut."""
    lines = [""]
    for word in one_line(text).split(" "):
        for piece in _pieces(word, max(2, width)):
            line = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cell_len(line) <= width:
                lines[-1] = line
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for sign in word if cell_len(word) > width else [word]:
        if piece and cell_len(piece + sign) > width:
            yield piece
            piece = ""
        piece += sign
    yield piece


def hang(lead: str, text: object, width: int) -> str:
    """The text after a lead, its further lines standing below its first word."""
    margin = cell_len(lead)
    return lead + ("\n" + " " * margin).join(wrapped(text, width - margin))


def column(text: object, width: int) -> str:
    """The text in exactly so many terminal cells."""
    line = fit(text, width)
    return line + " " * (width - cell_len(line))


def tell(app: App[Any], sentence: str, severity: Literal["information", "warning", "error"] = "warning") -> None:
    """Say something in the corner of the screen, above the record and the keys; faults stand longer."""
    app.notify(clean(sentence), severity=severity, markup=False, timeout=12 if severity == "error" else 5)


class CleanFilter(LineFilter):
    """Deletes control and bidi-override characters from every line that goes to the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without such characters."""
        if not any(_NEVER.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_NEVER.sub("", segment.text), segment.style) for segment in segments
        ]
