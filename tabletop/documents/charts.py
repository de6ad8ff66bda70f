"""Charts as SVG by matplotlib: text stays text, colours are the page's own, the same data give the same bytes."""

from __future__ import annotations

import logging
import re
import warnings
from html import escape
from io import StringIO
from typing import Any

from tabletop.documents.drawing import COLOURS, INK, LINE, SOFT, WIDE, draw, height
from tabletop.documents.extras import needs
from tabletop.review.charts import Chart
from tabletop.review.speech import spoken
from tabletop.session.text import clean

_KOREAN = "'Noto Sans CJK KR', 'Apple SD Gothic Neo', 'Malgun Gothic'"
_JAPANESE = "'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic'"

_STYLE: Any = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a text with $ in it is a text
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "legend.frameon": False,
    "legend.fontsize": 9,
}


def fonts() -> str:
    """The fonts of the texts, in the order in which a reader's system is asked for them."""
    east_asian = (_JAPANESE, _KOREAN) if spoken() == "ja" else (_KOREAN, _JAPANESE)
    return f"system-ui, 'Noto Sans', {', '.join(east_asian)}, sans-serif"


def svg(chart: Chart, name: str, title: str, description: str) -> str:
    """The chart as an ``<svg>`` for a page; ``name`` sets its ids apart from those of others.

    Raises TabletopError where the library that draws is not installed.
    """
    needs("matplotlib", "html", "Charts need matplotlib")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of its cache folder, which is no news
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    written = StringIO()
    with matplotlib.rc_context(_STYLE | {"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that its own font, by which it only measures, lacks a letter
        figure = Figure(figsize=(WIDE, height(chart)))
        draw(figure, chart)
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(written, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return _for_a_page(written.getvalue(), name, title, description)


# --- the page's side ---------------------------------------------------------------------------------

_TAG = re.compile(r"<[^>]+>")  # texts have no < or >: these are escaped
_ID = re.compile(r' id="([^"]+)"')
_FAMILY = re.compile(r"font-family:[^;\"]*;? ?")


def _for_a_page(drawn: str, name: str, title: str, description: str) -> str:
    """The drawing with a name and a description for those who do not see it, and without what a page need not have."""
    body = re.sub(r"<metadata>.*?</metadata>\s*|<!--.*?-->\s*", "", drawn[drawn.index("<svg") :], flags=re.DOTALL)
    used = {id for tag in _TAG.findall(body) for id in re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", tag)}
    opening, _, rest = _TAG.sub(lambda found: _tag(found[0], name, used), body).partition(">")
    box = re.search(r'viewBox="[^"]+"', opening)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{box[0] if box else ""} role="img" aria-labelledby="{name}-title {name}-desc" class="chart" '
        f'style="font-family: {fonts()}">'
        f'<title id="{name}-title">{escape(clean(title))}</title>'
        f'<desc id="{name}-desc">{escape(clean(description))}</desc>{rest.strip()}'
    )


def _tag(tag: str, name: str, used: set[str]) -> str:
    """A tag with ids and colours of the page; ids that nothing refers to are left out."""
    tag = _ID.sub(lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", tag)
    tag = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{name}-", tag)
    for sign, (variable, colour) in COLOURS.items():
        tag = tag.replace(sign, f"var(--{variable}, {colour})")
    return _FAMILY.sub("", tag)
