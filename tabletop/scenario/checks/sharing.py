"""What only shows when exercises and their scripts are looked at together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tabletop.scenario.checks.ignoring import without_ignored
from tabletop.scenario.checks.telling import fault
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.loading import Loaded
from tabletop.scenario.reading.looking import injects_of, text_of


def unused_injects(loaded: Sequence[Loaded]) -> list[Fault]:
    """Injects of scripts that none of the exercises draws on; nothing where there are no exercises."""
    exercises = [one for one in loaded if one.kind == "exercise" and one.tree is not None]
    if not exercises:
        return []
    drawn = {(path.resolve(), inject) for one in exercises for path, inject in one.drawn}
    return [each for one in loaded if one.kind == "script" for each in without_ignored(_unused(one, drawn), one)]


def _unused(script: Loaded, drawn: set[tuple[Path, str]]) -> Iterator[Fault]:
    if script.tree is None:
        return
    for inject, steps in injects_of(script.tree):
        id = text_of(inject, "id")
        if id is not None and (script.path.resolve(), id) not in drawn:
            help = f"Draw on it by `{script.path.stem}/{id}`, or leave it out."
            yield fault(script.tree, "unused-inject", f"No exercise draws on `{id}`.", steps, help)
