"""``ignore``: what an author is content with, within the thing that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.loading import Loaded
from tabletop.scenario.reading.nodes import Map, child


def without_ignored(faults: Iterable[Fault], loaded: Loaded) -> list[Fault]:
    """The faults that nothing around them says to ignore; errors always stay."""
    return [fault for fault in faults if fault.severity == "error" or not _ignored(fault, loaded.tree)]


def _ignored(fault: Fault, root: Map | None) -> bool:
    node: object = root
    for step in (None, *_steps(fault.path)):
        node = node if step is None else child(node, step)
        if isinstance(node, Map):
            silenced = node.get("ignore")
            if isinstance(silenced, Map) and fault.rule in silenced:
                return True
    return False


def _steps(path: str) -> list[str | int]:
    found = re.finditer(r"\[([0-9]+)\]|([^.\[]+)", path)
    return [int(each[1]) if each[1] else each[2] for each in found]
