"""The report in Markdown by an organisation's own template."""

from __future__ import annotations

from typing import Any

from tabletop.documents.blocks import Block, Paper
from tabletop.documents.extras import needs
from tabletop.documents.markdown import block_as_markdown, one_line
from tabletop.documents.templating.folder import Templates
from tabletop.review.speech import fixed


def markdown_by(found: Templates, paper: Paper) -> str:
    """The whole paper. Raises TabletopError where the template is wrong, or the library is not installed."""
    needs("jinja2", "html", "Templates for Markdown need jinja2")
    from markupsafe import Markup

    from tabletop.documents.templating.sandbox import rendered, sandbox

    def shown(value: Any) -> Any:
        return value if isinstance(value, Markup) else Markup(one_line(str(value)))

    def heading(text: object, level: int) -> Markup:
        return Markup(f"{'#' * min(level, 6)} {one_line(str(text))}")

    def block(each: Block) -> Markup:
        return Markup("".join(f"{part}\n\n" for part in block_as_markdown(each)))

    environment = sandbox(found, shown)
    environment.filters["markdown"] = block
    environment.globals |= {"heading": heading, "fixed": fixed}
    return rendered(environment, found, paper=paper).rstrip("\n") + "\n"
