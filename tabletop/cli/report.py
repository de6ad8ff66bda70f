"""``tabletop report``: the after-action report and improvement plan of a log."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.piping import put
from tabletop.errors import LogDamaged, TabletopError, UsageError
from tabletop.review.speech import LANGUAGES, speaking

if TYPE_CHECKING:
    from tabletop.documents.templating.folder import Templates
    from tabletop.journal.reading import Reading
    from tabletop.review.reviewing import Review

HELP = "write the after-action report of a log"

_OFFICE = {"docx": "report_docx", "pdf": "report_pdf"}
"""What is no text, and goes to a file always; by which function of `documents.report.on_paper`."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", nargs="?", help="a log's path, or a session's name")
    forms = ("md", "json", "html", *_OFFICE)
    parser.add_argument("--format", choices=forms, default="md", help="md (default), json, html, docx or pdf")
    parser.add_argument(
        "--language", choices=LANGUAGES, help="en, ko or ja; by default that in which the session was run"
    )
    parser.add_argument("--template", type=Path, metavar="DIR", help="an organisation's own templates, in this folder")
    parser.add_argument(
        "--init-template", type=Path, metavar="DIR", help="write the shipped templates there, to be changed"
    )
    parser.add_argument("--anonymous", action="store_true", help="roles such as ROK 2 for the names of participants")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this new file")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Print or write the report; exit code 1, with the report all the same, for a damaged log."""
    if options.init_template is not None:
        return _init_template(options)
    if options.log is None:
        raise UsageError("No log is named.", "Name a log's path, or a session: tabletop report LOG.")
    from tabletop.documents.report.language import in_language, run_in
    from tabletop.documents.templating.folder import templates
    from tabletop.journal.folder import log_path, logs_folder, name_of
    from tabletop.journal.reading import read_log
    from tabletop.review.reviewing import review

    by = templates(options.template, options.format) if options.template is not None else None
    path = log_path(options.log, logs_folder(options.logs))
    reading = read_log(path)
    if not reading.events:
        raise LogDamaged(f"{path} is damaged in its first line: there is nothing to report on.", _wrong(reading))
    language = options.language or run_in(reading)
    with speaking(language):
        shown = in_language(reading, language)
        shown = _nameless(shown) if options.anonymous else shown
        reviewed = review(shown.events, shown.head)
        if options.format in _OFFICE:
            output = options.output or Path(f"{name_of(path)}.{options.format}")
            _put_on_paper(reviewed, shown, options.format, output, by)
        else:
            _deliver(_written(reviewed, shown, options.format, by), options.output)
    if reading.damage:
        print(f"{path}:{reading.damage.line}: {reading.damage.wrong} The report ends there.", file=sys.stderr)
        return 1
    return 0


def _wrong(reading: Reading) -> str:
    return f"Line {reading.damage.line}: {reading.damage.wrong}" if reading.damage else ""


def _init_template(options: argparse.Namespace) -> int:
    """Write the shipped templates into a folder; a file that is there already is never overwritten."""
    from tabletop.cli.export import refuse_taken, write_new
    from tabletop.cli.output import say, warn
    from tabletop.documents.templating.shipped import shipped

    if options.log is not None or options.template is not None:
        raise UsageError("--init-template writes templates and makes no report.", "Leave LOG and --template out.")
    folder: Path = options.init_template
    files = shipped(options.language or "en")
    for name in files:
        refuse_taken(folder / name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise UsageError(f"{folder} cannot be made: {cause.strerror or cause}.") from cause
    for name, raw in files.items():
        write_new(folder / name, raw)
        say(f"{folder / name} is written.")
    if "report.docx" not in files:
        warn("The template for Word is left out: it needs python-docx. Run: pip install 'tabletop[docx]'")
    return 0


def _written(review: Review, reading: Reading, form: str, by: Templates | None) -> str:
    if form == "json":
        from tabletop.documents.report.as_json import report_json

        return report_json(review, reading)
    from tabletop.documents.report.building import after_action_report

    paper = after_action_report(review, reading)
    if form == "html":
        from tabletop.documents.html.lines import log_lines
        from tabletop.documents.html.page import as_html

        return as_html(paper, log_lines(reading.events), by)
    if by is not None:
        from tabletop.documents.templating.markdown import markdown_by

        return markdown_by(by, paper)
    from tabletop.documents.markdown import as_markdown

    return as_markdown(paper)


def _put_on_paper(review: Review, reading: Reading, form: str, path: Path, by: Templates | None) -> None:
    """Write the file, and say what there is to know about it on stderr."""
    from tabletop.cli.export import refuse_taken, write_new
    from tabletop.cli.output import say, warn
    from tabletop.documents.report import on_paper

    refuse_taken(path)
    made = getattr(on_paper, _OFFICE[form])(review, reading, by)
    for doubt in made.doubts:
        warn(doubt)
    write_new(path, made.raw)
    say(f"{path} is written.")


def _nameless(reading: Reading) -> Reading:
    from tabletop.documents.report.nameless import nameless

    return nameless(reading)


def _deliver(text: str, output: Path | None) -> None:
    """Print the text, or write it to a file that must not exist yet: nothing is ever overwritten."""
    if output is None:
        put(text.encode())
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as cause:
        raise TabletopError(f"{output} exists already and is not overwritten.", "Give another -o.") from cause
    except OSError as cause:
        raise UsageError(f"{output} cannot be written: {cause.strerror or cause}.") from cause
