"""What python-docx has no word for: fields, bookmarks, numbering that begins anew, borders, a file that repeats itself.

The shapes are those of ECMA-376, part 1, section 17.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name; every part bears it, so that the same paper gives the same bytes."""


def element(tag: str, **attributes: str) -> Any:
    """An element such as `w:shd`, with its attributes in the same namespace; `xml_space` is `xml:space`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"xml:{name[4:]}" if name.startswith("xml_") else f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, code: str, shown: str = "") -> None:
    """A field that the reader's program works out; until then it shows what is given."""
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, code: str) -> None:
    """The beginning of a field; what is added from here to its end is what it shows."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    text = element("w:instrText", xml_space="preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Paragraph) -> None:
    """The end of a field that was begun."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Let a field point to the paragraph; ``number`` is unique in the document."""
    start = element("w:bookmarkStart", id=f"{number}", name=name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("w:bookmarkEnd", id=f"{number}"))


def add_link(paragraph: Paragraph, text: str, bookmark: str) -> None:
    """Words that lead to a bookmark."""
    link = element("w:hyperlink", anchor=bookmark, history="1")
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def numbered_from(document: Document, style: str, start: int) -> int:
    """A new numbering like that of a list's style, which begins at ``start``; its id."""
    numbering = document.part.numbering_part.numbering_definitions._numbering
    used = document.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(used).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    number: int = made.numId
    return number


def number_by(paragraph: Paragraph, number: int) -> None:
    """Count the paragraph in a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def add_bar(properties: Any, colour: str, shade: str, level: int = 1) -> None:
    """Set paragraphs off by a bar on their left, as far out at each level of a list, and a shade behind them."""
    borders = element("w:pBdr")
    space = min(8 + 18 * (level - 1), 31)  # points, of which no more are allowed
    borders.append(element("w:left", val="single", sz="18", space=f"{space}", color=colour))
    properties.insert_element_before(borders, *_AFTER_BORDER)
    properties.insert_element_before(element("w:shd", val="clear", color="auto", fill=shade), *_AFTER_SHADE)


def add_rule(properties: Any) -> None:
    """Draw a line below a paragraph, and between it and the next of its kind."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="4", space="1", color="808080"))
    borders.append(element("w:between", val="single", sz="4", space="1", color="808080"))
    properties.insert_element_before(borders, *_AFTER_BORDER)


def shade_cell(cell: Any, shade: str) -> None:
    """Put a shade behind a table's cell."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=shade))


def repeat_header(row: Any) -> None:
    """Repeat the row at the top of each page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Break no page within the row."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def work_out_fields(document: Document) -> None:
    """Have fields worked out when the document is opened: the contents have no page numbers before."""
    document.settings.element.insert_element_before(element("w:updateFields", val="true"), *_AFTER_UPDATING)


def as_bytes(document: Document) -> bytes:
    """The document's file, the same bytes for the same document."""
    written, again = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return again.getvalue()


_AFTER_SHADE = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE",
    "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_AFTER_BORDER = ("w:shd", *_AFTER_SHADE)
"""What may stand behind borders in a paragraph's properties: their order is fixed."""

_AFTER_UPDATING = (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr",
    "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats",
    "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions", "w:readModeInkLockDown", "w:smartTagType",
    "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip
"""What may stand behind it in a document's settings."""
