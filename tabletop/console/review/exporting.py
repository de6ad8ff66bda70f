"""The after-action report, written from the screen to a file that does not exist yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tabletop.console.review.walk import Walk
from tabletop.console.screens.form import Field, FormScreen, Values
from tabletop.errors import Refused, UsageError
from tabletop.journal import next_free


def export_form(walk: Walk, written: Callable[[str], None]) -> FormScreen:
    """Asks where to, a free name beside the log filled in; ``written`` is told of the file."""

    def submit(values: Values) -> None:
        write(walk, values["path"])
        written(values["path"])

    field = Field("path", "File", value=str(next_free(walk.path.with_suffix(".md"))))
    return FormScreen("After-action report, as Markdown", [field], submit, record="write")


def write(walk: Walk, name: str) -> None:
    """Write the report to a new file: nothing is ever overwritten."""
    from tabletop.documents.markdown import as_markdown
    from tabletop.documents.report.building import after_action_report
    from tabletop.documents.report.language import run_in
    from tabletop.review.speech import speaking

    if not name:
        raise Refused("No file is named.", "Name one that does not exist yet.")
    path = Path(name).expanduser()
    with speaking(run_in(walk.reading)):
        text = as_markdown(after_action_report(walk.review, walk.reading))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as cause:
        raise Refused(f"{path} exists already and is not overwritten.", "Name another file.") from cause
    except (OSError, ValueError) as cause:
        why = getattr(cause, "strerror", None) or cause
        raise UsageError(f"{path} cannot be written: {why}.") from cause
