"""The shipped templates, to be changed."""

from __future__ import annotations

from pathlib import Path

from tabletop.documents.papers.pieces import Paper, para
from tabletop.documents.papers.word import as_docx
from tabletop.errors import TabletopError
from tabletop.review.speech import speaking

_DOCUMENTS = Path(__file__).parent.parent
_TEXTS = {
    "report.md.j2": "templating/report.md.j2",
    "report.html.j2": "html/page.html.j2",
    "report.css": "html/page.css",
    "report.typ": "papers/paper.typ",
}
_ABOUT = (
    "This is the template of reports in Word: its page, styles, header and footer are those of the report, and this "
    "text is left out. In header and footer, {marking}, {title}, {kind} and {reader} are put in place."
)


def shipped(language: str) -> dict[str, bytes]:
    """The files by their names; Word's has the fonts of a language, and is left out where python-docx is not there."""
    files = {name: (_DOCUMENTS / path).read_bytes() for name, path in _TEXTS.items()}
    paper = Paper("{marking}", "{title}", "{kind}", "{reader}", (), (para(_ABOUT),), contents=0, language=language)
    try:
        with speaking(language):
            files["report.docx"] = as_docx(paper)
    except TabletopError:
        return files
    return files
