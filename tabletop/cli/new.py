"""``tabletop new``: a commented exercise to start from."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("name", metavar="NAME", help="the exercise's id, such as harbour-strike, or a path")


def run(options: argparse.Namespace) -> int:
    """Write ``NAME.yaml`` into ``exercises/``, or where the path says; nothing is ever overwritten."""
    from tabletop.cli.output import say
    from tabletop.errors import TabletopError, UsageError
    from tabletop.scenario.scalars import is_id
    from tabletop.scenario.starting import starting_exercise

    path = _path(options.name)
    if not is_id(path.stem):
        raise UsageError(f"'{path.stem}' is not an id.", "Use lower-case words joined by hyphens: harbour-strike.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(starting_exercise(path.stem))
    except FileExistsError as cause:
        raise TabletopError(f"{path} exists already and is not overwritten.", "Give another name.") from cause
    except OSError as cause:
        raise UsageError(f"{path} cannot be written: {cause.strerror or cause}.") from cause
    say(f"{path} is written. Next: tabletop check {path}")
    return 0


def _path(name: str) -> Path:
    path = Path(name)
    if name.endswith((".yaml", ".yml")):
        return path.with_suffix(".yaml")
    return Path("exercises") / f"{name}.yaml" if path.name == name else path.with_name(f"{path.name}.yaml")
