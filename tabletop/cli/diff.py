"""``tabletop diff``: what changed between two versions of an exercise, in its own terms."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.scenario.model import Exercise


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = "A log (.jsonl) stands for the exercise that was played in it."
    parser.add_argument("old", metavar="OLD", help="an exercise's path or id, or a log's path")
    parser.add_argument("new", metavar="NEW", help="the same")
    parser.add_argument("--json", action="store_true", help="as JSON: a list of changes with old and new values")
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )


def run(options: argparse.Namespace) -> int:
    """Print the changes; exit code 0, whether there are any or not."""
    import json

    from tabletop.cli.output import say
    from tabletop.documents.exercise.changes import change_lines
    from tabletop.documents.words import count
    from tabletop.scenario.comparing import compare

    old, new = _exercise(options.old, options.injects), _exercise(options.new, options.injects)
    changes = compare(old, new)
    if options.json:
        say(json.dumps([change.as_json() for change in changes], indent=2, ensure_ascii=False))
        return 0
    say(f"{options.old} -> {options.new}: {count(len(changes), 'change')}")
    for line in change_lines(changes, old, new):
        say(line)
    return 0


def _exercise(name: str, injects: list[Path]) -> Exercise:
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise

    if name.endswith(".jsonl"):
        return _played(Path(name))
    return load_exercise(find_exercise(name), injects)


def _played(log: Path) -> Exercise:
    """The exercise that stands in a log's first line."""
    from tabletop.errors import LogDamaged
    from tabletop.journal.reading import read_log
    from tabletop.session.evolve import opening

    reading = read_log(log)
    if not reading.events:
        raise LogDamaged(f"{log} is damaged in its first line, where the exercise stands.", "Name another file.")
    return opening(reading.events[0]).exercise
