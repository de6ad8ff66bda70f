"""``tabletop check``: every fault and doubt of exercises and scripts."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.scenario.diagnostics import Fault
    from tabletop.scenario.loading import Loaded


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = (
        "Errors keep an exercise from running; warnings and notes never do. Exit code 1 if there is any error or"
        " warning, 2 if something cannot be read, else 0."
    )
    parser.add_argument(
        "what", nargs="*", metavar="EXERCISE|FILE|FOLDER", help="an exercise's id, a file, or a folder of files"
    )
    parser.add_argument(
        "--budget",
        type=int,
        metavar="N",
        help="how much the proof of the branches may look at; more takes longer (default: 100000, about a second)",
    )
    parser.add_argument("--explain", metavar="RULE", help="print the page of a rule, named as TT203 or unread-track")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="how to print (default: text)"
    )
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )


def run(options: argparse.Namespace) -> int:
    """Print every finding; exit code 1 if one is an error or a warning, 2 if something cannot be read."""
    from tabletop.cli import findings
    from tabletop.cli.output import complain, say
    from tabletop.errors import UsageError

    if options.explain is not None:
        from tabletop.scenario.explaining import page

        say(page(options.explain))
        return 0
    if options.budget is not None and options.budget < 1:
        raise UsageError(f"A budget of {options.budget} proves nothing.", "Give a whole number from 1 on.")
    if not options.what:
        remedy = "`tabletop check --help` tells what it takes."
        raise UsageError("The following arguments are required: EXERCISE|FILE|FOLDER.", remedy)
    from tabletop.scenario.checks import doubts
    from tabletop.scenario.checks.sharing import unused_injects
    from tabletop.scenario.loading import load
    from tabletop.scenario.paths import BUDGET

    files, code = _files(options.what)
    loaded: list[Loaded] = []
    known: dict[Path, Loaded] = {}
    found: list[Fault] = []
    for path, shown in files:
        try:
            one = load(path, options.injects, shown, known)
        except UsageError as error:
            complain(error)
            code = 2
            continue
        loaded.append(one)
        known[path.resolve()] = one
        found += [*one.faults, *doubts(one, options.budget or BUDGET)]
    found += unused_injects(loaded)
    told = _once(found)
    for line in findings.FORMATS[options.format](told, len(loaded)) if loaded else ():
        say(line)
    return max(code, 1 if any(fault.severity != "note" for fault in told) else 0)


def _files(what: Sequence[str]) -> tuple[list[tuple[Path, str]], int]:
    """The files meant, each with the name it is shown by, and 2 if one is not there."""
    from tabletop.cli.output import complain
    from tabletop.errors import UsageError

    files: dict[Path, tuple[Path, str]] = {}
    code = 0
    for name in what:
        try:
            found = _in_folder(name) if name and Path(name).is_dir() else _with_translations(name)
        except UsageError as error:
            complain(error)
            code = 2
            continue
        for path, shown in found:
            files.setdefault(path.resolve(), (path, shown))
    return list(files.values()), code


def _with_translations(name: str) -> list[tuple[Path, str]]:
    """The file meant, called as it was given where it was given as a path, and its translations beside it."""
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading.translations import translation_files

    path = find_exercise(name)
    shown = name if path == Path(name) else str(path)
    return [(path, shown), *((each, str(each)) for each in translation_files(path))]


def _in_folder(name: str) -> list[tuple[Path, str]]:
    """Every YAML file in a folder and below it, but for hidden ones."""
    from tabletop.errors import UsageError

    folder = Path(name)
    within = [
        path.relative_to(folder)
        for path in sorted(folder.rglob("*.y*ml"))
        if path.suffix in (".yaml", ".yml") and path.is_file()
    ]
    seen = [path for path in within if not any(part.startswith(".") for part in path.parts)]
    if not seen:
        raise UsageError(f"There is no .yaml file in {folder}.", "Name an exercise, a file or another folder.")
    before = "" if folder == Path() else name
    return [(folder / path, os.path.join(before, path)) for path in seen]  # noqa: PTH118 - a Path forgets how it was given


def _once(found: Sequence[Fault]) -> list[Fault]:
    """A fault in a script is found by the script and by each exercise that draws on it: tell it once."""
    told: dict[tuple[str, int, int, str, str], Fault] = {}
    real = cache(lambda file: str(Path(file).resolve()))
    for fault in found:
        file = real(fault.file)
        told.setdefault((file, fault.line, fault.column, fault.rule, fault.message), fault)
    return list(told.values())
