"""A paper as a Word document, with styles, a table of contents, and the marking on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.documents.extras import needs
from tabletop.documents.papers.pieces import (
    Aside,
    Block,
    Break,
    Code,
    Grid,
    Heading,
    Lines,
    Listing,
    PageOf,
    Paper,
    Para,
    Picture,
    Quote,
    Run,
    Sheet,
    Words,
)
from tabletop.documents.templating.folder import Templates
from tabletop.review.speech import fixed, key, pieces

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_DEEPEST = 3
"""Lists have styles for as many levels."""
_FOOT = 76
"""Letters in a page's last line that leave room for its number."""


def as_docx(paper: Paper, by: Templates | None = None) -> bytes:
    """The document's file. ``by`` is an organisation's own template.

    Raises TabletopError where python-docx is not installed, or the template is wrong.
    """
    needs("docx", "docx", "Word documents need python-docx")
    return _Written(paper, by).bytes()


class _Written:
    def __init__(self, paper: Paper, by: Templates | None = None) -> None:
        from tabletop.documents.papers import word_parts, word_styles

        self._paper, self._parts, self._styles = paper, word_parts, word_styles
        self._by = by
        self._document = self._begun()
        self._bookmarks = self._heads = 0
        self._tables = 0
        self._style_ids: dict[str, str] = {}

    def _begun(self) -> Document:
        """The empty document in its styles: those of a template, or ours."""
        if self._by is not None:
            from tabletop.documents.papers.word_reference import opened

            return opened(self._by.main)
        from docx import Document

        document = Document()
        self._styles.dress(document, self._paper.language)
        return document

    def bytes(self) -> bytes:
        self._properties()
        self._edges()
        self._cover()
        self._blocks(self._begun_afresh())
        return self._parts.as_bytes(self._document)

    # --- the frame ----------------------------------------------------------------------------------

    def _properties(self) -> None:
        about = self._document.core_properties
        about.title = self._paper.title[:255]
        about.subject = self._paper.kind
        about.author = ", ".join(self._paper.authors)[:255]
        about.language = self._paper.language
        about.comments = about.keywords = about.last_modified_by = ""
        for tag in ("dcterms:created", "dcterms:modified"):  # the template's, which say nothing of this paper
            for each in about._element.findall(tag, {"dcterms": "http://purl.org/dc/terms/"}):
                about._element.remove(each)

    def _edges(self) -> None:
        if self._by is not None:
            from tabletop.documents.papers.word_reference import fill_edges

            said = self._paper
            values = {"marking": said.marking, "title": said.title, "kind": said.kind, "reader": said.reader}
            fill_edges(self._document, values, self._by.main)
            return
        section = self._document.sections[0]
        self._dress(section.header.paragraphs[0], "Marking")
        section.header.paragraphs[0].add_run(self._paper.marking)
        line = section.footer.paragraphs[0]
        self._dress(line, "Quiet")
        paper = self._paper
        left = fixed("{kind}: {title}. {reader}", kind=paper.kind, title=paper.title, reader=paper.reader)
        if len(left) > _FOOT:
            left += "\n"
            line.paragraph_format.space_before = self._styles.ABOVE_FOOT
        line.add_run(f"{left}\t")
        self._with_fields(line, key("Page {page} of {pages}"), page=("PAGE", "1"), pages=("NUMPAGES", "1"))
        section.footer.add_paragraph(self._paper.marking, "Marking")

    def _cover(self) -> None:
        paper = self._paper
        self._line(paper.title, "Title")
        self._line(paper.kind, "Subtitle")
        self._line(paper.reader, "Subtitle")
        self._blocks(paper.cover)
        if paper.contents:
            self._line(fixed("Contents"), "TOC Heading")
            self._table_of_contents()

    def _begun_afresh(self) -> tuple[Block, ...]:
        """The paper's blocks, which begin a page of their own behind contents."""
        first, *others = self._paper.blocks or (Para(()),)
        if self._paper.contents and isinstance(first, Heading):
            first = replace(first, fresh=True)
        return (first, *others)

    def _table_of_contents(self) -> None:
        """A field; what it shows until it is worked out are the headings, without their pages."""
        deepest = self._paper.contents
        heads = [block for block in self._paper.blocks if isinstance(block, Heading) and block.level <= deepest]
        line = self._line("", "toc 1")
        self._parts.begin_field(line, rf'TOC \o "1-{deepest}" \h \z \u')
        for number, head in enumerate(heads, 1):
            if number > 1:
                line = self._line("", f"toc {head.level}")
            self._parts.add_link(line, head.text, _place_of(number))
        self._parts.end_field(line)
        self._parts.work_out_fields(self._document)

    # --- blocks -------------------------------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block], style: str = "", level: int = 0) -> None:
        for block, follower in zip(blocks, (*blocks[1:], None), strict=False):
            self._block(block, style, level)
            if isinstance(block, Para) and isinstance(follower, Grid | Listing):
                self._document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _block(self, block: Block, style: str, level: int) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Para(said, quiet):
                self._say(self._line("", "Quiet" if quiet else style or "Normal"), said)
            case Listing():
                self._listing(block, style, level)
            case Quote(inner):
                self._blocks(inner, f"{style.removesuffix(' Quote')} Quote".strip(), level)
            case Code(text):
                self._lines_of(self._line("", "Verbatim"), text)
            case Aside(label, inner, private):
                kind = "Private Aside" if private else "Aside"
                self._line(label, f"{kind} Label")
                self._blocks(inner, kind, level)
            case Grid():
                self._grid(block)
            case Picture():
                pass  # Word shows SVG only beside a picture of dots
            case Lines(count):
                for _ in range(count):
                    self._line("", "Writing Line")
            case Sheet(anchor, head, inner):
                self._sheet(anchor, head)
                self._blocks(inner)

    def _heading(self, block: Heading) -> None:
        head = self._line(block.text, f"Heading {block.level}")
        head.paragraph_format.page_break_before = block.fresh or None
        if block.level <= self._paper.contents:
            self._heads += 1
            self._bookmark(head, _place_of(self._heads))

    def _bookmark(self, line: Paragraph, name: str) -> None:
        self._bookmarks += 1
        self._parts.add_bookmark(line, name, self._bookmarks)

    def _sheet(self, anchor: str, head: str) -> None:
        line = self._line(head, "Subtitle")
        line.paragraph_format.page_break_before = True
        self._bookmark(line, anchor)

    def _listing(self, block: Listing, style: str, level: int) -> None:
        deep = min(level + 1, _DEEPEST)
        suffix = f" {deep}" if deep > 1 else ""
        kind = "List Bullet" if block.start is None else "List Number"
        number = None if block.start is None else self._parts.numbered_from(self._document, kind + suffix, block.start)
        for item in block.items:
            first = True
            for part in item or (Para(()),):
                if isinstance(part, Para):
                    line = self._line("", (kind if first else "List Continue") + suffix)
                    self._say(line, part.words)
                    if first and number is not None:
                        self._parts.number_by(line, number)
                    if bar := self._styles.BARS.get(style.removesuffix(" Quote")):
                        self._parts.add_bar(line._p.get_or_add_pPr(), *bar, deep)
                else:
                    self._block(part, style, deep)
                first = False

    def _grid(self, block: Grid) -> None:
        self._tables += 1
        caption = self._line("", "Caption")
        counted = (r"SEQ Table \* ARABIC", f"{self._tables}")
        self._with_fields(caption, key("Table {number}. {caption}"), number=counted, caption=block.caption)
        table = self._document.add_table(rows=1 + len(block.rows), cols=len(block.columns), style="Table Grid")
        table.autofit = False
        widths = [self._line_width() * part // sum(block.widths) for part in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        header = tuple((Run(column, bold=True),) for column in block.columns)
        for number, (row, said) in enumerate(zip(table.rows, (header, *block.rows), strict=True)):
            self._parts.keep_whole(row)
            if number == 0:
                self._parts.repeat_header(row)
            elif block.roomy:
                row.height = self._styles.ROOMY
            for cell, width, words in zip(row.cells, widths, said, strict=True):
                cell.width = width
                self._dress(cell.paragraphs[0], "In Table")
                self._say(cell.paragraphs[0], words)
                if number == 0:
                    self._parts.shade_cell(cell, self._styles.SHADE)
        self._line("", "Quiet").paragraph_format.space_after = 0

    def _line(self, text: str, style: str) -> Paragraph:
        line = self._document.add_paragraph(text)
        self._dress(line, style)
        return line

    def _dress(self, line: Paragraph, style: str) -> None:
        """Give a paragraph its style, which is looked up once: python-docx does so each time, and takes long."""
        if style not in self._style_ids:
            self._style_ids[style] = self._document.styles[style].style_id
        line._p.style = self._style_ids[style]

    # --- words --------------------------------------------------------------------------------------

    def _say(self, line: Paragraph, said: Words) -> None:
        for word in said:
            match word:
                case Run(text, bold, italic, mono):
                    run = line.add_run(text)
                    run.bold, run.italic = bold or None, italic or None
                    if mono:
                        run.font.name = "Consolas"
                case Break():
                    line.add_run().add_break()
                case PageOf(anchor):
                    self._parts.add_field(line, f"PAGEREF {anchor}", "…")

    def _line_width(self) -> int:
        page = self._document.sections[0]
        if page.page_width is None or page.left_margin is None or page.right_margin is None:
            return self._styles.LINE_WIDTH
        return page.page_width - page.left_margin - page.right_margin

    def _with_fields(self, line: Paragraph, english: str, **values: str | tuple[str, str]) -> None:
        """A fixed text in which a value may be a field: its code, and what it shows until it is worked out."""
        for piece in pieces(english, values):
            if isinstance(piece, tuple):
                self._parts.add_field(line, *piece)
            else:
                line.add_run(piece)

    def _lines_of(self, line: Paragraph, text: str) -> None:
        for number, each in enumerate(text.splitlines()):
            if number:
                line.add_run().add_break()
            line.add_run(each)


def _place_of(heading: int) -> str:
    """The bookmark of a heading, named as Word names those that contents lead to."""
    return f"_Toc{heading:06}"
