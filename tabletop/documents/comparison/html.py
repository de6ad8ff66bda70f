"""A comparison as one self-contained page of HTML: nothing is fetched, no script runs."""

from __future__ import annotations

from pathlib import Path

from tabletop.documents.comparison import words
from tabletop.documents.comparison.chart import share_svg, track_svg
from tabletop.documents.comparison.tree import tree_svg
from tabletop.documents.extras import needs
from tabletop.documents.words import RATINGS, capital, count, date, lasting
from tabletop.review.comparing import Comparison
from tabletop.review.comparing.choices import CellChoices
from tabletop.review.comparing.paths import told
from tabletop.review.comparing.ratings import GRADES

_HERE = Path(__file__).parent


def comparison_html(comparison: Comparison) -> str:
    """The page. Raises TabletopError where the library that fills it is not installed."""
    needs("jinja2", "html", "The page in HTML needs jinja2")
    from markupsafe import Markup

    from tabletop.documents.html.filling import page_environment

    environment = page_environment(_HERE)
    environment.filters |= {
        "marks": words.marks,
        "percent": words.percent,
        "interval": words.interval,
        "lasting": lasting,
        "capital": capital,
        "date": date,
        "bar": lambda share: Markup(share_svg(share)),
        "chart": lambda spread: Markup(
            track_svg(spread, comparison.against.session.mark if comparison.against else "")
        ),
    }
    titles = {turn.id: turn.title for turn in comparison.paths.turns}
    page: str = environment.get_template("page.html.j2").render(
        comparison=comparison,
        exercise=comparison.exercise,
        words=words,
        count=count,
        questions=_questions(comparison),
        grades=GRADES,
        ratings=RATINGS,
        style=Markup((_HERE / "page.css").read_text(encoding="utf-8")),
        tree=Markup(tree_svg(comparison.paths)) if comparison.paths.parting else "",
        outline=list(told(comparison.paths.tree, titles)),
        only=lambda letters: words.in_versions(letters, len(comparison.versions)),
    )
    return page


def _questions(comparison: Comparison) -> list[tuple[str, list[CellChoices]]]:
    """The decisions, each with the cells that were asked."""
    found: dict[str, list[CellChoices]] = {}
    for asked in comparison.choices:
        found.setdefault(asked.decision, []).append(asked)
    return list(found.items())
