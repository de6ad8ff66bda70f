"""``tabletop edit``: the author's screen, beside the editor in which the exercise is written."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = (
        "Write in any editor: each save is shown at once. Enter opens the editor that VISUAL or EDITOR names, p plays"
        " from the inject under the cursor, F1 shows every key."
    )
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )
    parser.add_argument("--logs", type=Path, metavar="DIR", help="where the logs of trials go that are kept")


def run(options: argparse.Namespace) -> int:
    """Open the screen; its exit code."""
    path = _found(options.exercise)
    from tabletop.console.terminal import needs_terminal

    needs_terminal()
    from tabletop.console.edit.app import run_edit

    return run_edit(path, options.injects, options.logs)


def _found(name: str) -> Path:
    """The exercise's file; UsageError, with the way to a new one, where there is none yet."""
    from tabletop.errors import UsageError
    from tabletop.scenario.library import find_exercise

    try:
        return find_exercise(name)
    except UsageError as cause:
        if not name or Path(name).exists():
            raise
        near = f"{cause.remedy} " if cause.remedy.startswith("Did you mean") else ""
        raise UsageError(cause.sentence, f"{near}`tabletop new {name}` writes one to start from.") from cause
