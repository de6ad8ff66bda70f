"""A paper as PDF, set by typst.

The paper goes to typst as JSON, and `paper.typ` shows what it says there. No text ever becomes typst's code, so that
none needs to be escaped. Nothing is fetched: the template uses no packages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.documents.extras import needs
from tabletop.documents.papers import fonts
from tabletop.documents.papers.pieces import Paper
from tabletop.documents.templating.folder import Templates, wrong
from tabletop.errors import TabletopError
from tabletop.review.speech import fixed

if TYPE_CHECKING:
    from typst import Fonts, TypstError

_TEMPLATE = Path(__file__).with_name("paper.typ")


def as_pdf(paper: Paper, by: Templates | None = None) -> bytes:
    """The PDF; the same bytes for the same paper and fonts. ``by`` is an organisation's own template.

    Raises TabletopError where typst is not installed, or the template is wrong.
    """
    needs("typst", "pdf", "PDF needs typst")
    import typst

    data = as_data(paper)
    data["fonts"] = fonts.families(_text(paper), paper.language, installed())
    code = paper.language.partition("-")[0].lower()
    data["words"] = _words(paper)
    data["language"] = code if re.fullmatch("[a-z]{2,3}", code) else "en"  # typst knows no others
    template, root = (_TEMPLATE, _TEMPLATE.parent) if by is None else (by.main.resolve(), by.folder.resolve())
    if by is not None:
        _refuse_packages(by)
    how: Any = {"format": "pdf", "sys_inputs": {"paper": json.dumps(data)}, "font_paths": _found(), "timestamp": 0}
    try:
        made = typst.compile(template, root=root, **how)
    except typst.TypstError as cause:
        if by is None:
            raise
        raise _wrong(by, cause) from cause
    assert isinstance(made, bytes)
    return made


_PACKAGE = re.compile(r"@[\w-]+/")
_PLACE = re.compile(r"┌─ (.+?):(\d+):\d+")


def _refuse_packages(by: Templates) -> None:
    """Packages of typst would be fetched, and nothing is."""
    for path in sorted(by.folder.rglob("*.typ")):
        lines = by.text(str(path.relative_to(by.folder))).splitlines()
        for number, line in enumerate(lines, start=1):
            if _PACKAGE.search(line):
                raise wrong(path, number, "the template asks for a package of typst, which would have to be fetched")


def _wrong(by: Templates, cause: TypstError) -> TabletopError:
    """What typst says of a template, in a sentence with file and line."""
    found = _PLACE.search(cause.diagnostic)
    path = by.folder / Path(found[1]).name if found else by.main
    return wrong(
        path, int(found[2]) if found else None, f"the template cannot be set: {' '.join(cause.message.split())}"
    )


def _words(paper: Paper) -> dict[str, str]:
    """What the template says itself; the numbers of pages come in by name, for it alone knows them."""
    return {
        "contents": fixed("Contents"),
        "table": fixed("Table"),
        "figure": fixed("Figure"),
        "page": fixed("Page {page}", page="{page}"),
        "page_of": fixed("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "foot": fixed("{kind}: {title}. {reader}", kind=paper.kind, title=paper.title, reader=paper.reader),
    }


def missing_letters(paper: Paper) -> tuple[str, ...]:
    """What to know where no installed font holds the paper's letters."""
    told = fonts.missing(_text(paper), installed())
    return (told,) if told else ()


def as_data(piece: Any) -> Any:
    """A piece as JSON: a map with its ``kind``, named as in `pieces` but in lower case."""
    if is_dataclass(piece):
        named = {field.name: as_data(getattr(piece, field.name)) for field in fields(piece)}
        return {"piece": type(piece).__name__.lower(), **named}
    return [as_data(each) for each in piece] if isinstance(piece, tuple) else piece


def _text(piece: Any) -> str:
    return json.dumps(as_data(piece), ensure_ascii=False)


def installed() -> Collection[str]:
    """The families of fonts that are here, those that typst brings along among them."""
    return frozenset(_found().families())


@cache
def _found() -> Fonts:
    """The fonts of this machine: looking for them takes longer than setting a paper."""
    import typst

    return typst.Fonts()
