"""A paper as one page of HTML that needs nothing else: its style within it, charts as SVG, no script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tabletop.documents.blocks import Block, Paper
from tabletop.documents.extras import needs
from tabletop.documents.html.lines import LogLine
from tabletop.documents.templating.folder import Templates
from tabletop.review.speech import fixed

_HERE = Path(__file__).parent


def as_html(paper: Paper, lines: Sequence[LogLine], by: Templates | None = None) -> str:
    """The page, with the lines of the log that its references lead to; ``by`` is an organisation's own template.

    Raises TabletopError where a library that it takes is not installed, or the template is wrong.
    """
    needs("jinja2", "html", "The report in HTML needs jinja2")
    from markupsafe import Markup

    from tabletop.documents.html import inline
    from tabletop.documents.html.filling import cleaned, page_environment
    from tabletop.documents.templating.sandbox import rendered, sandbox

    environment = sandbox(by, cleaned) if by else page_environment(_HERE)  # ours needs no sandbox, which costs time
    words = inline.Inline({line.seq for line in lines})
    environment.filters |= {
        "words": words,
        "rows": words.rows,
        "paragraphs": words.paragraphs,
        "prose": inline.prose,
        "quotation": inline.quotation,
        "language": inline.language,
        "css_string": inline.css_string,
    }
    environment.tests["kind"] = _is_kind
    environment.globals |= {"chart": _Charts(Markup), "fixed": fixed}
    if by is not None:
        style = Markup(
            by.text("report.css").replace("</", r"<\/")
        )  # no rule of a style has that, and a tag would end it
        return rendered(environment, by, paper=paper, lines=lines, style=style)
    style = Markup((_HERE / "page.css").read_text(encoding="utf-8"))
    page: str = environment.get_template("page.html.j2").render(paper=paper, lines=lines, style=style)
    return page


def _is_kind(block: Block, kind: str) -> bool:
    return type(block).__name__ == kind


class _Charts:
    """Draws the page's charts, numbered so that no two share an id."""

    def __init__(self, markup: Any) -> None:
        self._markup, self._drawn = markup, 0

    def __call__(self, figure: Any) -> Any:
        from tabletop.documents.charts import svg

        self._drawn += 1
        return self._markup(svg(figure.chart, f"chart{self._drawn}", figure.title, figure.description))
