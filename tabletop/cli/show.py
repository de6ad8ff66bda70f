"""``tabletop show``: an exercise as one readable page, or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument("--json", action="store_true", help="as JSON, scripts resolved and defaults filled in")
    parser.add_argument("--language", metavar="CODE", help="in another language, where it is translated: ko, ja, ...")
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )


def run(options: argparse.Namespace) -> int:
    """Print it."""
    import json

    from tabletop.cli.output import say
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise
    from tabletop.scenario.model import exercise_as_json
    from tabletop.scenario.translating import translated

    exercise = load_exercise(find_exercise(options.exercise), options.injects)
    if options.language is not None:
        exercise = translated(exercise, options.language)
    if options.json:
        say(json.dumps(exercise_as_json(exercise), indent=2, ensure_ascii=False))
        return 0
    from tabletop.documents.page import page

    for line in page(exercise):
        say(line)
    return 0
