"""How a check names the place of what it tells."""

from __future__ import annotations

from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.reading.nodes import Map, Scalar, Seq, Steps, down, shown


def fault(root: Map, rule: str, message: str, steps: Steps, help: str = "", witness: tuple[str, ...] = ()) -> Fault:
    """A fault at what stands at the end of the way, or at the last thing on the way that is there."""
    node: object = None
    while node is None:
        node = down(root, steps)
        if node is None:
            steps = steps[:-1]
    assert isinstance(node, Scalar | Seq | Map)
    place = node.place
    return Fault(rule, message, place.file, place.line, place.column, shown(steps), help, witness)
