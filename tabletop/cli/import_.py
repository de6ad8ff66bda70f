"""``tabletop import``: an existing MSEL as an exercise."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.documents.msel.bringing import Brought


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = (
        "The YAML goes to stdout unless -o names a new file; what was taken, guessed and left is told on stderr. A"
        " workbook that `tabletop export` wrote comes back whole, with its edits."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx, .xlsm) or a CSV file")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this new .yaml file")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=KEY",
        help="what a column holds, such as 'Injected by=from'",
    )
    parser.add_argument("--sheet", metavar="NAME", help="read this sheet alone")


def run(options: argparse.Namespace) -> int:
    """Make the exercise and tell how; exit code 1 where what came of it does not load."""
    from tabletop.cli.output import warn
    from tabletop.cli.piping import put
    from tabletop.documents.msel.as_yaml import exercise_yaml
    from tabletop.documents.msel.bringing import bring_in

    output: Path | None = options.output
    if output is not None:
        _check_output(output)
    brought = bring_in(options.file, options.map, options.sheet, output.stem if output is not None else "")
    text = exercise_yaml(brought.exercise)
    fault = _fault(text, brought.exercise.id)
    _say_what_is_left(brought, to_file=output is not None)
    if output is None:
        put(text.encode())
    else:
        _write(output, text, brought)
    warn("\n".join([_headline(options.file, brought), *brought.account.lines()]))
    if fault:
        warn(f"What came of it does not load yet: {fault}")
        return 1
    return 0


def _check_output(path: Path) -> None:
    from tabletop.cli.export import refuse_taken
    from tabletop.errors import UsageError
    from tabletop.scenario.scalars import is_id

    if path.suffix != ".yaml" or not is_id(path.stem):
        raise UsageError(
            f"'{path.name}' cannot be an exercise's file.",
            "Use lower-case words joined by hyphens, and .yaml: -o exercises/harbour-strike.yaml.",
        )
    refuse_taken(path)


def _fault(text: str, id: str) -> str:
    """The first error that loading the YAML finds; nothing where it loads."""
    from tempfile import TemporaryDirectory

    from tabletop.scenario.diagnostics import ExerciseInvalid
    from tabletop.scenario.loading import load_exercise

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{id}.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
        try:
            load_exercise(path)
        except ExerciseInvalid as invalid:
            first = invalid.faults[0]
            return f"line {first.line}, {first.message} {first.help}".strip()
    return ""


def _say_what_is_left(brought: Brought, *, to_file: bool) -> None:
    account = brought.account
    drawn = sorted({inject.drawn_from for inject in brought.exercise.injects() if inject.drawn_from})
    if drawn:
        account.taken.append(f"Injects that were drawn from scripts stand in the exercise itself: {', '.join(drawn)}.")
    if brought.translations and not to_file:
        account.left.append(f"The translations ({', '.join(brought.translations)}), which are written with -o alone.")


def _write(path: Path, text: str, brought: Brought) -> None:
    from tabletop.cli.export import refuse_taken, write_new
    from tabletop.cli.output import say

    beside = {path.with_name(f"{path.stem}.{language}.yaml"): made for language, made in brought.translations.items()}
    for each in beside:
        refuse_taken(each)
    for each, made in {path: text, **beside}.items():
        write_new(each, made.encode())
        say(f"{each} is written.")


def _headline(file: Path, brought: Brought) -> str:
    from tabletop.documents.words import count

    exercise = brought.exercise
    sizes = [
        count(sum(1 for _ in exercise.injects()), "inject"),
        count(len(exercise.moves), "move"),
        count(len(exercise.cells), "cell"),
        count(len(exercise.objectives), "objective"),
    ]
    return f"{file} became the exercise `{exercise.id}`: {', '.join(sizes)}."
