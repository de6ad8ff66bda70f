"""An organisation's own Word document as a template: its page, styles, header and footer, with its logo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docx import Document as read_document
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section

from tabletop.documents.papers.word_styles import USED
from tabletop.documents.templating.folder import BEGIN, wrong
from tabletop.errors import TabletopError

_PLACE = re.compile(r"\{(\w+)\}")
_LINKS = ("/hyperlink",)
"""The ends of the types of what a document may name outside itself."""


def opened(path: Path) -> Document:
    """The document without what stands in its body. Raises TabletopError where it is none, or lacks a style."""
    try:
        document = read_document(str(path))
        styles = {style.name for style in document.styles}
        outside = [each for each in document.part.package.iter_rels() if each.is_external]
    except Exception as cause:  # a broken file can go wrong in every way; none of them is ours
        raise wrong(path, None, "the file cannot be read as a Word document (.docx)") from cause
    if leading := [each.target_ref for each in outside if not each.reltype.endswith(_LINKS)]:
        raise wrong(path, None, f"the template asks for something outside itself: {leading[0]}")
    if missing := [name for name in USED if name not in styles]:
        raise TabletopError(f"{path} has no style '{missing[0]}', which the report needs.", BEGIN)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


def fill_edges(document: Document, values: Mapping[str, str], path: Path) -> None:
    """Put what the paper is in the places of ``{marking}``, ``{title}`` and the like in every header and footer.

    The marking stands on every page: where a kind of page has no place for it, it is put at its top.
    """
    for kind in _edges(document.sections[0], document):
        texts = [found for edge in kind for found in _fill(edge._element, values, path)]
        if "marking" not in texts:
            top = kind[0]
            line = top.paragraphs[0].insert_paragraph_before(values["marking"]) if top.paragraphs else None
            line = line or top.add_paragraph(values["marking"])
            line.style = document.styles["Marking"]


def _edges(section: Section, document: Document) -> Iterator[tuple[Any, Any]]:
    """Header and footer of each kind of page that the section has."""
    yield section.header, section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_header, section.first_page_footer
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header, section.even_page_footer


def _fill(edge: Any, values: Mapping[str, str], path: Path) -> Iterator[str]:
    """Fill the places of a header or footer; the names of those that were there."""
    for paragraph in edge.iter(qn("w:p")):
        texts = list(paragraph.iter(qn("w:t")))
        whole = "".join(text.text or "" for text in texts)
        for found in reversed(list(_PLACE.finditer(whole))):
            if found[1] not in values:
                names = ", ".join(f"{{{name}}}" for name in values)
                raise wrong(path, None, f"the header or footer asks for {found[0]}, and what there is are {names}")
            _put(texts, found.start(), found.end(), values[found[1]])
            yield found[1]


def _put(texts: list[Any], start: int, end: int, value: str) -> None:
    """Put a value in place of these letters of texts that stand in a row, however Word has parted them."""
    at = 0
    for text in texts:
        said = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        at += len(said)
        if first < last:
            text.text = said[:first] + value + said[last:]
            text.set(qn("xml:space"), "preserve")
            value = ""
