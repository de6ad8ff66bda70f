"""``tabletop export``: papers made from an exercise."""

from __future__ import annotations

import argparse
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tabletop.scenario.model import Exercise


class _Format(NamedTuple):
    """A kind of paper: ``module:function`` of an Exercise makes its bytes, its text, or a `papers.making.Made`.

    ``suffix`` is what its file's name ends in; ``to_stdout`` says whether it goes there where no file is named;
    ``takes`` names what it is told besides: the ``cell`` it is for, the ``language`` it is in.
    """

    make: str
    suffix: str
    to_stdout: bool = False
    takes: tuple[str, ...] = ()


FORMATS = {
    "msel-xlsx": _Format("tabletop.documents.msel.xlsx:msel_workbook", "-msel.xlsx"),
    "msel-csv": _Format("tabletop.documents.msel.csv_text:msel_csv", "-msel.csv", to_stdout=True),
    "manual-docx": _Format("tabletop.documents.papers.making:manual_docx", "-manual.docx", takes=("cell", "language")),
    "manual-pdf": _Format("tabletop.documents.papers.making:manual_pdf", "-manual.pdf", takes=("cell", "language")),
    "facilitator-docx": _Format(
        "tabletop.documents.papers.making:facilitator_docx", "-facilitator.docx", takes=("language",)
    ),
    "evaluation-docx": _Format(
        "tabletop.documents.papers.making:evaluation_docx", "-evaluation.docx", takes=("language",)
    ),
    "handouts-pdf": _Format(
        "tabletop.documents.papers.making:handouts_pdf", "-handouts.pdf", takes=("cell", "language")
    ),
    "feedback-docx": _Format("tabletop.documents.papers.making:feedback_docx", "-feedback.docx", takes=("language",)),
}
"""Every paper by its name; what makes it is loaded when it is asked for."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = (
        "msel-csv goes to stdout unless -o names a file; every other paper to a file named after the exercise. With"
        " -o FOLDER/, manual and handouts are made for each cell, and once for all. Nothing is overwritten."
    )
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise's path, or its id")
    parser.add_argument("--format", choices=tuple(FORMATS), required=True, help="which paper")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this new file")
    parser.add_argument("--cell", metavar="CELL", help="manual and handouts: for this cell alone")
    parser.add_argument("--language", metavar="CODE", help="in another language, where it is translated: ko, ja, ...")
    parser.add_argument(
        "--injects", type=Path, action="append", default=[], metavar="DIR", help="a further folder of inject scripts"
    )


def run(options: argparse.Namespace) -> int:
    """Make the paper; print it, or write it to a new file; in a folder, one for each cell."""
    from tabletop.scenario.library import find_exercise
    from tabletop.scenario.loading import load_exercise

    form = FORMATS[options.format]
    exercise = load_exercise(find_exercise(options.exercise), options.injects)
    _refuse_untaken(options, form, exercise)
    if options.language is not None:
        exercise = _in_language(exercise, options.language)
    if options.output is not None and "cell" in form.takes and _is_folder(options.output):
        return _fill(options, form, exercise)
    path = Path(options.output) if options.output is not None else None
    if path is None and not form.to_stdout:
        path = Path(_name(exercise, form, options.cell))
    if path is not None:
        refuse_taken(path)
    _put(path, _made(options, form, exercise, options.cell))
    return 0


def _in_language(exercise: Exercise, language: str) -> Exercise:
    """The exercise's texts in a language, as far as it has them; UsageError where the paper speaks it neither."""
    from tabletop.cli.output import warn
    from tabletop.review.speech import LANGUAGES
    from tabletop.scenario.translating import translated

    if exercise.translations.get(language) or language not in LANGUAGES:
        return translated(exercise, language)
    if language != LANGUAGES[0]:
        warn(f"`{exercise.id}` is not translated into '{language}': its own texts stand as they are.")
    return exercise


def _refuse_untaken(options: argparse.Namespace, form: _Format, exercise: Exercise) -> None:
    """Raise UsageError where something is asked that the paper has no place for."""
    from tabletop.errors import UsageError
    from tabletop.scenario.model import CONTROL

    for each in ("cell", "language"):
        if getattr(options, each) is not None and each not in form.takes:
            able = ", ".join(name for name, other in FORMATS.items() if each in other.takes)
            raise UsageError(f"`{options.format}` takes no --{each}.", f"Those that do: {able}.")
    cells = [cell.id for cell in exercise.cells]
    if options.cell is not None and options.cell not in cells:
        why = "Control's paper is facilitator-docx." if options.cell == CONTROL else f"Its cells: {', '.join(cells)}."
        raise UsageError(f"`{exercise.id}` has no cell '{options.cell}'.", why)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _name(exercise: Exercise, form: _Format, cell: str | None) -> str:
    stem, _, ending = form.suffix.rpartition(".")
    return f"{exercise.id}{stem}{f'-{cell}' if cell else ''}.{ending}"


def _fill(options: argparse.Namespace, form: _Format, exercise: Exercise) -> int:
    """One paper for each cell, and one for all, in a folder; none is written where one of them is there already."""
    from tabletop.errors import UsageError

    folder = Path(options.output)
    cells = [None, *(cell.id for cell in exercise.cells)] if options.cell is None else [options.cell]
    paths = {cell: folder / _name(exercise, form, cell) for cell in cells}
    for path in paths.values():
        refuse_taken(path)
    made = {cell: _made(options, form, exercise, cell) for cell in cells}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise UsageError(f"{folder} cannot be made: {cause.strerror or cause}.") from cause
    for cell, raw in made.items():
        _put(paths[cell], raw)
    return 0


def _made(options: argparse.Namespace, form: _Format, exercise: Exercise, cell: str | None) -> bytes:
    """The paper; what there is to know about it is said on stderr."""
    from tabletop.cli.output import warn

    module, _, function = form.make.partition(":")
    told = {"cell": cell, "language": options.language}
    made: Any = getattr(import_module(module), function)(exercise, **{name: told[name] for name in form.takes})
    for doubt in getattr(made, "doubts", ()):
        warn(doubt)
    raw: bytes | str = getattr(made, "raw", made)
    return raw.encode() if isinstance(raw, str) else raw


def _put(path: Path | None, raw: bytes) -> None:
    from tabletop.cli.output import say
    from tabletop.cli.piping import put

    if path is None:
        put(raw)
        return
    write_new(path, raw)
    say(f"{path} is written.")


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
