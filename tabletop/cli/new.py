"""``tabletop new``: a commented exercise to start from."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = "Nothing is overwritten. The first line tells editors where the schema is, for completion."
    parser.add_argument("name", metavar="NAME", help="the exercise's id, such as harbour-strike, or a path")
    parser.add_argument("--cells", metavar="IDS", help="with these cells, such as rok,jpn,usa")
    parser.add_argument("--moves", type=int, metavar="N", help="with so many moves (default with --cells: 3)")
    parser.add_argument("--schema", action="store_true", help="write the schema for editors beside it, too")


def run(options: argparse.Namespace) -> int:
    """Write ``NAME.yaml`` into ``exercises/``, or where the path says; nothing is ever overwritten."""
    from tabletop.cli.output import say
    from tabletop.errors import TabletopError, UsageError
    from tabletop.scenario.scalars import is_id
    from tabletop.scenario.starting import SCHEMA

    path = _path(options.name)
    if not is_id(path.stem):
        raise UsageError(f"'{path.stem}' is not an id.", "Use lower-case words joined by hyphens: harbour-strike.")
    text = _text(path.stem, options.cells, options.moves)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as cause:
        raise TabletopError(f"{path} exists already and is not overwritten.", "Give another name.") from cause
    except OSError as cause:
        raise UsageError(f"{path} cannot be written: {cause.strerror or cause}.") from cause
    say(f"{path} is written. Next: tabletop check {path}")
    schema = path.with_name(SCHEMA)
    if options.schema:
        _write_schema(schema)
    elif not schema.exists():
        say(f"For completion in your editor: tabletop schema > {schema}")
    return 0


def _text(id: str, cells: str | None, moves: int | None) -> str:
    from tabletop.scenario.starting import laid_out_exercise, starting_exercise

    if cells is None and moves is None:
        return starting_exercise(id)
    return laid_out_exercise(id, _cells("transport,interior" if cells is None else cells), _moves(moves))


def _cells(given: str) -> list[str]:
    """The cells' ids; UsageError where one cannot be one."""
    from tabletop.errors import UsageError
    from tabletop.scenario.scalars import RESERVED_CELLS, is_id
    from tabletop.scenario.starting import MOST

    cells = [each.strip() for each in given.split(",")]
    for cell in cells:
        if not is_id(cell):
            raise UsageError(f"'{cell}' is not an id.", "Write ids with commas between them: --cells rok,jpn,usa.")
        if cell in RESERVED_CELLS:
            raise UsageError(f"The name '{cell}' is reserved.", "Give the cell another id.")
        if cells.count(cell) > 1:
            raise UsageError(f"There are two cells '{cell}'.", "Give each an id of its own.")
    if len(cells) > MOST:
        raise UsageError(f"{len(cells)} cells are too many to start from.", f"Name {MOST} at most, and write the rest.")
    return cells


def _moves(given: int | None) -> int:
    from tabletop.errors import UsageError
    from tabletop.scenario.starting import MOST

    if given is not None and not 1 <= given <= MOST:
        raise UsageError(f"An exercise cannot start from {given} moves.", f"Give a number from 1 to {MOST}.")
    return 3 if given is None else given


def _write_schema(path: Path) -> None:
    """Write the schema, unless something is there already."""
    import json

    from tabletop.cli.output import say
    from tabletop.errors import UsageError
    from tabletop.scenario.schema import json_schema

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(json_schema("exercise"), indent=2, ensure_ascii=False) + "\n")
    except FileExistsError:
        say(f"{path} is there already.")
    except OSError as cause:
        raise UsageError(f"{path} cannot be written: {cause.strerror or cause}.") from cause
    else:
        say(f"{path} is written.")


def _path(name: str) -> Path:
    path = Path(name)
    if name.endswith((".yaml", ".yml")):
        return path.with_suffix(".yaml")
    return Path("exercises") / f"{name}.yaml" if path.name == name else path.with_name(f"{path.name}.yaml")
