"""``tabletop check``: every fault and doubt of exercises and scripts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
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
        "what", nargs="+", metavar="EXERCISE|FILE|FOLDER", help="an exercise's id, a file, or a folder of files"
    )
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
    from tabletop.scenario.checks import doubts
    from tabletop.scenario.checks.sharing import unused_injects
    from tabletop.scenario.loading import load

    files, code = _files(options.what)
    loaded: list[Loaded] = []
    found: list[Fault] = []
    for path, shown in files:
        try:
            one = load(path, options.injects, shown)
        except UsageError as error:
            complain(error)
            code = 2
            continue
        loaded.append(one)
        found += [*one.faults, *doubts(one)]
    found += unused_injects(loaded)
    told = _once(found)
    for line in findings.FORMATS[options.format](told, len(loaded)) if loaded else ():
        say(line)
    return max(code, 1 if any(fault.severity != "note" for fault in told) else 0)


def _files(what: Sequence[str]) -> tuple[list[tuple[Path, str]], int]:
    """The files meant, each with the name it is shown by, and 2 if one is not there."""
    from tabletop.cli.output import complain
    from tabletop.errors import UsageError
    from tabletop.scenario.library import find_exercise

    files: dict[Path, tuple[Path, str]] = {}
    code = 0
    for name in what:
        try:
            found = _in_folder(Path(name)) if Path(name).is_dir() else _with_translations(find_exercise(name))
        except UsageError as error:
            complain(error)
            code = 2
            continue
        for path in found:
            files.setdefault(path.resolve(), (path, str(path)))
    return list(files.values()), code


def _with_translations(path: Path) -> list[Path]:
    from tabletop.scenario.translations import translation_files

    return [path, *translation_files(path)]


def _in_folder(folder: Path) -> list[Path]:
    """Every YAML file in a folder and below it, but for hidden ones."""
    from tabletop.errors import UsageError

    paths = [
        path
        for path in sorted(folder.rglob("*.y*ml"))
        if path.suffix in (".yaml", ".yml")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    if not paths:
        raise UsageError(f"There is no .yaml file in {folder}.", "Name an exercise, a file or another folder.")
    return paths


def _once(found: Sequence[Fault]) -> list[Fault]:
    """A fault in a script is found by the script and by each exercise that draws on it: tell it once."""
    told: dict[tuple[str, int, int, str, str], Fault] = {}
    for fault in found:
        file = str(Path(fault.file).resolve())
        told.setdefault((file, fault.line, fault.column, fault.rule, fault.message), fault)
    return list(told.values())
