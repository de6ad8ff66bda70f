"""The report for Word and PDF, by the writers that make the papers before an exercise."""

from __future__ import annotations

import re

from tabletop.documents.blocks import Figure
from tabletop.documents.papers.from_blocks import Drawn, cover_of, pieces_of
from tabletop.documents.papers.making import Made
from tabletop.documents.papers.pdf import as_pdf, missing_letters
from tabletop.documents.papers.pieces import Paper, quiet
from tabletop.documents.papers.prose import plain
from tabletop.documents.papers.word import as_docx
from tabletop.documents.report.building import after_action_report
from tabletop.documents.templating.folder import Templates
from tabletop.errors import TabletopError
from tabletop.journal.reading import Reading
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key

_UNDRAWN = key("The charts are left out here: what they show stands in the tables.")
_ELSEWHERE = key(
    "The charts are left out here: what they show stands in the tables. The report as PDF and as HTML has them."
)
_TAG = re.compile(r"<[^>]+>")  # texts in a chart have no < or >: these are escaped
_VARIABLE = re.compile(r"var\(--\w+, (#\w+)\)")


def report_docx(review: Review, reading: Reading, by: Templates | None = None) -> Made:
    """The report in Word. Raises TabletopError where the library is not installed."""
    return Made(as_docx(_paper(review, reading, None, fixed(_ELSEWHERE)), by))


def report_pdf(review: Review, reading: Reading, by: Templates | None = None) -> Made:
    """The report as PDF; without its charts where what draws them is not installed. Raises TabletopError likewise."""
    doubts: tuple[str, ...] = ()
    try:
        paper = _paper(review, reading, _Drawing())
    except TabletopError as cause:
        paper = _paper(review, reading, None, fixed(_UNDRAWN))
        doubts = (f"The report has no charts. {cause}",)
    return Made(as_pdf(paper, by), (*doubts, *missing_letters(paper)))


def _paper(review: Review, reading: Reading, draw: Drawn | None, remark: str = "") -> Paper:
    made = after_action_report(review, reading)
    remarks = (quiet(remark),) if remark else ()
    return Paper(
        marking=plain(made.marking),
        title=plain(review.exercise.title),
        kind=fixed("After-action report and improvement plan"),
        reader=fixed("Session {name}", name=plain(review.name)),
        cover=(*cover_of(made), *remarks),
        blocks=pieces_of(made, draw),
        contents=2,
        language=made.language,
    )


class _Drawing:
    """Draws charts for a page that cannot change its colours, numbered so that no two share an id."""

    def __init__(self) -> None:
        self._drawn = 0

    def __call__(self, figure: Figure) -> str:
        from tabletop.documents.charts import svg

        self._drawn += 1
        drawn = svg(figure.chart, f"chart{self._drawn}", figure.title, figure.description)
        return _TAG.sub(lambda tag: _VARIABLE.sub(r"\1", tag[0]), drawn)
