"""Doubts about an exercise that loads: what a seasoned designer would ask about before the day."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.checks import branches, forms, structure, wording
from tabletop.scenario.checks.ignoring import without_ignored
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.loading import Loaded
from tabletop.scenario.paths import BUDGET


def doubts(loaded: Loaded, budget: int = BUDGET) -> list[Fault]:
    """Every doubt about what was loaded, but for those that the author says to ignore.

    What stands in the file is doubted even where it does not load; its branches only where it does, as far as the
    budget of the search goes.
    """
    return without_ignored(_doubts(loaded, budget), loaded)


def _doubts(loaded: Loaded, budget: int) -> Iterator[Fault]:
    if loaded.tree is None or loaded.kind == "translation":
        return
    yield from forms.check(loaded.tree)
    if loaded.kind == "script":
        yield from structure.check_script(loaded.tree)
        yield from wording.check_empty(loaded.tree)
        return
    if loaded.exercise is not None:
        yield from structure.check(loaded.tree, loaded.exercise)
        yield from wording.check(loaded.tree, loaded.exercise)
        yield from branches.check(loaded.tree, loaded.exercise, budget)
