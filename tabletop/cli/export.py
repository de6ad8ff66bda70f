"""``tabletop export``: papers made from an exercise."""

from __future__ import annotations

import argparse
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import NamedTuple


class _Format(NamedTuple):
    """A kind of paper: ``module:function`` of an Exercise makes its bytes or its text.

    ``suffix`` is what its file's name ends in; ``to_stdout`` says whether it goes there where no file is named.
    """

    make: str
    suffix: str
    to_stdout: bool = False


FORMATS = {
    "msel-xlsx": _Format("tabletop.documents.msel.xlsx:msel_workbook", "-msel.xlsx"),
    "msel-csv": _Format("tabletop.documents.msel.csv_text:msel_csv", "-msel.csv", to_stdout=True),
}
"""Every paper by its name; what makes it is loaded when it is asked for."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = (
        "msel-csv goes to stdout unless -o names a file; a workbook to NAME-msel.xlsx. Nothing is overwritten."
    )
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument("--format", choices=tuple(FORMATS), required=True, help="which paper")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this new file")
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )


def run(options: argparse.Namespace) -> int:
    """Make the paper; print it, or write it to a new file."""
    from tabletop.cli.output import say
    from tabletop.cli.piping import put
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise

    form = FORMATS[options.format]
    path = options.output
    exercise = load_exercise(find_exercise(options.exercise), options.injects)
    if path is None and not form.to_stdout:
        path = Path(f"{exercise.id}{form.suffix}")
    if path is not None:
        refuse_taken(path)
    module, _, function = form.make.partition(":")
    made: bytes | str = getattr(import_module(module), function)(exercise)
    raw = made.encode() if isinstance(made, str) else made
    if path is None:
        put(raw)
        return 0
    write_new(path, raw)
    say(f"{path} is written.")
    return 0


def refuse_taken(path: Path) -> None:
    """Raise TabletopError, with the next free name, where something is there already."""
    from tabletop.errors import TabletopError, UsageError

    if path.is_dir():
        raise UsageError(f"{path} is a folder, and a file is wanted.", "Name a file in it.")
    if path.exists() or path.is_symlink():
        names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
        free = next(name for name in names if not name.exists())
        raise TabletopError(f"{path} exists already and is not overwritten.", f"Free is: -o {free}")


def write_new(path: Path, raw: bytes) -> None:
    """Write a file that is not there yet; TabletopError where it is, UsageError where it cannot be written."""
    from tabletop.errors import UsageError

    try:
        with path.open("xb") as file:
            file.write(raw)
    except FileExistsError:
        refuse_taken(path)
    except OSError as cause:
        raise UsageError(f"{path} cannot be written: {cause.strerror or cause}.") from cause
