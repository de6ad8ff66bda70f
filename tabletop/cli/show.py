"""``tabletop show``: an exercise as one readable page, its branches as a diagram, or all of it as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.scenario.model import Exercise

FORMATS = ("text", "html", "mermaid", "dot", "svg")


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = (
        "html is one page that needs no network, with what each cell sees side by side; mermaid, dot and svg are the"
        " diagram of the branches. All of it goes to stdout unless -o names a new file."
    )
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to show it (default: text)")
    parser.add_argument("--full", action="store_true", help="the page with every text that is read out or handed over")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this new file, not to stdout")
    parser.add_argument("--json", action="store_true", help="as JSON, scripts resolved and defaults filled in")
    parser.add_argument("--language", metavar="CODE", help="in another language, where it is translated: ko, ja, ...")
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )


def run(options: argparse.Namespace) -> int:
    """Print it, or write it to a new file."""
    from tabletop.cli.output import say
    from tabletop.errors import UsageError
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise
    from tabletop.scenario.translating import translated

    form = "json" if options.json else options.format
    if options.json and options.format != "text":
        raise UsageError("--json and --format ask for two different things.", "Leave one of them out.")
    if options.full and form != "text":
        raise UsageError("--full is for the page in the terminal.", "Leave it out: html and json have every text.")
    exercise = load_exercise(find_exercise(options.exercise), options.injects)
    if options.language is not None:
        exercise = translated(exercise, options.language)
    if options.output is None:
        for piece in _pieces(exercise, form, full=options.full):
            say(piece)
        return 0
    from tabletop.cli.export import refuse_taken, write_new

    refuse_taken(options.output)
    text = "".join(f"{piece}\n" for piece in _pieces(exercise, form, full=options.full))
    write_new(options.output, text.encode())
    say(f"{options.output} is written.")
    return 0


def _pieces(exercise: Exercise, form: str, *, full: bool) -> Iterable[str]:
    """What is shown, in pieces that each end a line; only what makes it is loaded."""
    if form == "json":
        import json

        from tabletop.scenario.model import exercise_as_json

        return [json.dumps(exercise_as_json(exercise), indent=2, ensure_ascii=False)]
    if form == "text":
        from tabletop.documents.page import page

        return page(exercise, full=full)
    if form == "html":
        from tabletop.documents.exercise.html import html_page

        return [html_page(exercise)]
    return [_diagram(exercise, form).rstrip("\n")]


def _diagram(exercise: Exercise, form: str) -> str:
    from tabletop.documents.exercise.branches import Branches
    from tabletop.documents.exercise.diagram import svg
    from tabletop.documents.exercise.graphs import dot, mermaid
    from tabletop.scenario.index import Index

    return {"mermaid": mermaid, "dot": dot, "svg": svg}[form](Branches(Index(exercise)))
