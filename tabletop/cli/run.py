"""``tabletop run``: the facilitator's console on a new session."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "run an exercise: the facilitator's console on a new session"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument("--name", help="the session's name; asked for in the console where not given")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    parser.add_argument("--language", metavar="CODE", help="in another language, where it is translated: ko, ja, ...")
    parser.add_argument("--auto", action="store_true", help="release what is due, and go on to the next move, unasked")


def run(options: argparse.Namespace) -> int:
    """Open the console; its exit code."""
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise

    exercise = load_exercise(find_exercise(options.exercise))
    if options.language is not None:
        from tabletop.scenario.translating import translated

        exercise = translated(exercise, options.language)
    if options.name is not None:
        _check_free(options.name, options.logs)
    from tabletop.console.app import run_console

    return run_console(exercise=exercise, name=options.name, logs=options.logs, auto=options.auto)


def _check_free(name: str, logs: Path | None) -> None:
    """A name that is taken is refused before any screen opens, with the next free one named."""
    from tabletop.errors import NameTaken
    from tabletop.journal.folder import logs_folder, new_log_path, next_free

    path = new_log_path(name, logs_folder(logs))
    if path.exists():
        raise NameTaken(f"There is a session '{name}' already: {path}.", f"{next_free(path).stem} is free.")
