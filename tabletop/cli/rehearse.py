"""``tabletop rehearse``: planned play with nobody in the room."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.scenario.index import Index
    from tabletop.scenario.planned import Happening
    from tabletop.session.choosing import Choices, Place
    from tabletop.session.tallying import Tally

_LONG = 500
"""Runs that take long enough to be waited for."""

HELP = "play an exercise as planned, with nobody in the room"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="what chance draws from (default: 0)")
    parser.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="DECISION[/CELL]=OPTION",
        help="what is chosen, by every cell or by one; may be given several times",
    )
    parser.add_argument("--log", type=Path, metavar="FILE", help="write a real log of the run to this new file")
    parser.add_argument("--runs", type=int, metavar="N", help="play so many times, and tell shares and ranges")
    parser.add_argument(
        "--every-path", action="store_true", help="prove how long every path takes, how far tracks go, on what it ends"
    )
    parser.add_argument(
        "--budget", type=int, metavar="N", help="how much --every-path may look at (default: 100000, about a second)"
    )
    parser.add_argument("--json", action="store_true", help="the numbers as JSON")


def run(options: argparse.Namespace) -> int:
    """Play once and tell the story, or many times and tell the numbers."""
    from tabletop.scenario.index import Index
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise
    from tabletop.session.choosing import read_choices

    _check(options)
    index = Index(load_exercise(find_exercise(options.exercise)))
    if options.every_path:
        _tell(_every_path(index, options))
        return 0
    choices = read_choices(options.choose, index)
    asked = _once(options, index, choices) if options.runs is None else _many(options, index, choices)
    _complain(choices, asked)
    return 0


def _check(options: argparse.Namespace) -> None:
    """Refuse arguments that do not go together, before anything is read."""
    from tabletop.errors import UsageError

    if options.every_path and (options.runs is not None or options.log is not None or options.choose):
        raise UsageError("--every-path plays nothing, and leaves nothing out.", "Leave out --runs, --log and --choose.")
    if options.budget is not None and not options.every_path:
        raise UsageError("--budget is for --every-path.", "Give both, or neither.")
    if options.budget is not None and options.budget < 1:
        raise UsageError(f"A budget of {options.budget} proves nothing.", "Give a whole number from 1 on.")
    if options.runs is None:
        return
    if options.log is not None:
        raise UsageError("--log is for one run, and --runs for many.", "Give one of them.")
    if options.runs < 1:
        raise UsageError(f"--runs {options.runs} is no number of runs.", "Give 1 or more.")


def _once(options: argparse.Namespace, index: Index, choices: Choices) -> set[Place]:
    from tabletop.cli import rehearsed
    from tabletop.scenario.planned import play
    from tabletop.session.choosing import Chooser
    from tabletop.session.tallying import Tally

    chooser, counted = Chooser(options.seed, choices), Tally(index)
    happenings = list(play(index, chooser))
    counted.add(happenings)
    if options.log is not None:
        _write(options.log, index, happenings)
    story = rehearsed.story(index, happenings, options.seed)
    _tell(_as_json(counted, options.seed) if options.json else story)
    return chooser.asked


def _many(options: argparse.Namespace, index: Index, choices: Choices) -> set[Place]:
    from tabletop.cli import rehearsed
    from tabletop.session.tallying import tally

    with _progress(options.runs) as told:
        counted, asked = tally(index, options.seed, options.runs, choices, told)
    _tell(_as_json(counted, options.seed) if options.json else rehearsed.numbers(index, counted, options.seed))
    return asked


def _every_path(index: Index, options: argparse.Namespace) -> Iterable[str]:
    from tabletop.cli import rehearsed
    from tabletop.scenario.paths import BUDGET
    from tabletop.scenario.paths.ranges import every_path

    found = every_path(index, options.budget or BUDGET)
    return [json.dumps(found.as_json(), indent=2)] if options.json else rehearsed.proof(index, found)


@contextmanager
def _progress(runs: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on the terminal while many runs are played; nothing where nobody looks."""
    if not sys.stderr.isatty() or runs < _LONG:
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Playing", total=runs)
        yield lambda done: progress.update(task, completed=done)


def _write(path: Path, index: Index, happenings: Sequence[Happening]) -> None:
    """Write the log of a run to a new file; NameTaken, with the next free name, if something is there."""
    from tabletop.journal import FileJournal
    from tabletop.session.rehearsal import record, rehearsal_name

    with FileJournal.create(path) as journal:
        record(index.exercise, happenings, journal, rehearsal_name(index.exercise))


def _as_json(counted: Tally, seed: int) -> Iterable[str]:
    return [json.dumps(counted.as_json(seed), indent=2)]


def _tell(lines: Iterable[str]) -> None:
    from tabletop.cli.output import say

    for line in lines:
        say(line)


def _complain(choices: Choices, asked: set[Place]) -> None:
    from tabletop.cli.output import warn

    for given in choices.never_asked(asked):
        warn(f"--choose {given} was never asked for.")
