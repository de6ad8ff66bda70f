"""Ways of writing that are read otherwise than they look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.scenario.checks.telling import fault
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.reading.nodes import Map, Scalar, Seq, Steps, walk

_READ_BY_PEOPLE = {"ground_rules", "hot_wash", "questions", "tasks", "aims", "expects"}
_NUMBERS = {"format", "minutes", "at", "delay", "idle_after", "weight", "words", "min", "max"}
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_COMPARED = re.compile(r"(?:<=|==|!=|>=|<|>)\s*[-+]?0[0-9]+\b")


def check(root: Map) -> Iterator[Fault]:
    """Bare texts in brackets, and numbers with a leading zero."""
    for steps, node in walk(root):
        if isinstance(node, Seq) and node.flow and steps and steps[-1] in _READ_BY_PEOPLE:
            yield from _bare_texts(root, node, steps)
        elif isinstance(node, Scalar) and _is_number(steps) and _leads_with_zero(node, steps):
            help = f"Write {node.lstrip('+-').lstrip('0') or '0'}." if "track" not in steps else "Leave the 0 out."
            yield fault(root, "leading-zero", f"`{node}` is read as a decimal number.", steps, help)


def _bare_texts(root: Map, listed: Seq, steps: Steps) -> Iterator[Fault]:
    for at, entry in enumerate(listed):
        if isinstance(entry, Scalar) and entry.plain:
            message = f"`{entry}` stands in brackets without quotes: a comma in it would cut it in two."
            help = "Quote each text, or write the list with dashes."
            yield fault(root, "bare-text-in-brackets", message, (*steps, at), help)


def _is_number(steps: Steps) -> bool:
    if not steps:
        return False
    within = steps[-2] if len(steps) > 1 else None
    if steps[-1] in _NUMBERS and within != "texts":
        return True
    return within in ("effects", "track") or (steps[0] == "tracks" and steps[-1] == "start")


def _leads_with_zero(node: Scalar, steps: Steps) -> bool:
    if len(steps) > 1 and steps[-2] == "track":
        parts = [part.strip() for part in node.split(",")]
        return any(_COMPARED.fullmatch(part) or (node.plain and _LEADING_ZERO.fullmatch(part)) for part in parts)
    if len(steps) > 1 and steps[-2] == "effects":
        return bool(_LEADING_ZERO.fullmatch(node.removeprefix("=").strip()))
    return node.plain and bool(_LEADING_ZERO.fullmatch(node))
