"""How a paper looks in Word: its page and its styles. Whoever opens it can change them all in one place."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

from tabletop.documents.papers.word_parts import add_bar, add_rule, element

INK = RGBColor(0x1F, 0x2A, 0x44)
GREY = RGBColor(0x55, 0x5B, 0x66)
SHADE = "EEF1F6"

BARS = {"Aside": (f"{INK}", SHADE), "Private Aside": ("9C2F2F", "F9EFEC")}
"""What is set off, by its style: the colour of its bar, and the shade behind it."""
ROOMY = Cm(1.3)
"""How high a table's row is that is written in."""
ABOVE_FOOT = Pt(8)
"""What a foot of several lines keeps off the text."""

_LATIN = "Arial"
_EAST_ASIAN = {"ja": "Yu Gothic", "zh": "Microsoft YaHei"}
_LOCALES = {"ja": "ja-JP", "ko": "ko-KR", "zh": "zh-CN"}
_MARGIN, _WIDTH = Cm(2.2), Cm(21)

USED = (
    "Normal", "Title", "Subtitle", "TOC Heading", "toc 1", "toc 2", "Heading 1", "Heading 2", "Heading 3", "Caption",
    "Quote", "Table Grid", "In Table", "Marking", "Quiet", "Verbatim", "Aside", "Aside Label", "Private Aside",
    "Private Aside Label", "List Bullet", "List Bullet 2", "List Bullet 3", "List Number", "List Number 2",
    "List Number 3", "List Continue", "List Continue 2", "List Continue 3",
)  # fmt: skip
"""The styles that a report is written in."""

LINE_WIDTH = _WIDTH - 2 * _MARGIN
"""How wide a line of text is."""


def dress(document: Document, language: str) -> None:
    """Set the page and every style that papers use."""
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.4)
    section.header_distance = section.footer_distance = Cm(1.0)
    _defaults(document, language)
    for name, size, before, after in (
        ("Title", 26, 72, 6), ("Subtitle", 15, 0, 4), ("TOC Heading", 14, 18, 6), ("Heading 1", 17, 18, 6),
        ("Heading 2", 13, 14, 4), ("Heading 3", 11, 10, 2), ("Caption", 9, 10, 3),
    ):  # fmt: skip
        _head(_style(document, name), size, before, after)
    for name in ("List Bullet", "List Number", "List Continue"):
        for level in ("", " 2", " 3"):
            _style(document, f"{name}{level}").paragraph_format.space_after = Pt(3)
    _own_styles(document)


def _defaults(document: Document, language: str) -> None:
    normal = _style(document, "Normal")
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    code = language.partition("-")[0]
    for style in document.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            _faces(style, _EAST_ASIAN.get(code, "Malgun Gothic"), plain=style.name == "Normal")
    tongues = normal.element.get_or_add_rPr()
    tongues.append(element("w:lang", val="en-US", eastAsia=_LOCALES.get(code, "ko-KR")))


def _faces(style: BaseStyle, east_asian: str, *, plain: bool) -> None:
    """One family for all styles: those that a template's theme gives to headings have no Hangul of their own."""
    properties = style.element.rPr
    fonts = properties.rFonts if properties is not None else None
    if plain:
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    if fonts is not None:
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name, face in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", east_asian)):
            fonts.set(qn(f"w:{name}"), face)


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _head(style: ParagraphStyle, size: float, before: float, after: float) -> None:
    style.font.size, style.font.color.rgb = Pt(size), INK
    style.font.italic = False
    style.font.bold = style.name != "Subtitle"
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = True


def _own_styles(document: Document) -> None:
    marking = _new(document, "Marking")
    marking.font.bold, marking.font.size = True, Pt(9)
    marking.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    marking.paragraph_format.space_after = Pt(0)
    quiet = _new(document, "Quiet")
    quiet.font.size, quiet.font.color.rgb = Pt(9), GREY
    quiet.paragraph_format.keep_with_next = True
    quiet.paragraph_format.tab_stops.add_tab_stop(LINE_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for name, bar in BARS.items():
        aside = _new(document, name)
        add_bar(aside.element.get_or_add_pPr(), *bar)
        _new(document, f"{name} Quote", base=name).font.italic = True
        label = _new(document, f"{name} Label", base=name)
        label.font.bold, label.font.size, label.font.color.rgb = True, Pt(9), RGBColor.from_string(bar[0])
        label.paragraph_format.keep_with_next = True
        label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(8), Pt(3)
    in_table = _new(document, "In Table")
    in_table.font.size = Pt(9.5)
    in_table.paragraph_format.space_after = Pt(1)
    code = _new(document, "Verbatim")
    code.font.name, code.font.size = "Consolas", Pt(9)
    line = _new(document, "Writing Line")
    line.font.size = Pt(15)
    line.paragraph_format.space_after = Pt(0)
    add_rule(line.element.get_or_add_pPr())
    for level in (1, 2):
        entry = _new(document, f"toc {level}", builtin=True)
        entry.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        entry.paragraph_format.space_after = Pt(2)
        entry.paragraph_format.tab_stops.add_tab_stop(LINE_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _new(document: Document, name: str, base: str = "Normal", *, builtin: bool = False) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles[base]
    style.quick_style = True
    return style
