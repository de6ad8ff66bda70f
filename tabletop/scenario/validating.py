"""From nodes to models: Pydantic validates, and what it finds wrong is told at the place, in plain words."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from tabletop.scenario.diagnostics import Fault, did_you_mean
from tabletop.scenario.nodes import Map, Node, Place, Scalar, Seq, Steps, down, nearest, shown
from tabletop.scenario.nodes import walk as walk_nodes

Checked = TypeVar("Checked", bound=BaseModel)

_PYTHON_NAMES = {"from_": "from", "not_": "not", "any_": "any", "open_": "open"}
_BY_TOOL = {"drawn_from", "translations"}


def validate(model: type[Checked], root: Map) -> tuple[Checked | None, list[Fault]]:
    """The model made of the nodes; None, with every fault of form, where it cannot be made."""
    try:
        return model.model_validate(root), []
    except ValidationError as cause:
        return None, list(_told(model, root, cause.errors(include_url=False)))


def hidden(root: Map) -> list[Fault]:
    """What the models would let pass: names that are Python's or the tool's, list entries that are not there."""
    return list(_hidden(root))


def _hidden(root: Map) -> Iterator[Fault]:
    for steps, node in walk_nodes(root):
        if isinstance(node, Map):
            for key in node:
                if str(key) in _PYTHON_NAMES:
                    help = f"did you mean `{_PYTHON_NAMES[str(key)]}`?"
                    yield _fault("unknown-key", f"`{key}` is not a key of this.", key.place, (*steps, str(key)), help)
                elif str(key) in _BY_TOOL:
                    message = f"`{key}` is written by the tool, never by an author."
                    yield _fault("unknown-key", message, key.place, (*steps, str(key)), "Delete it.")
        elif isinstance(node, Seq):
            for at, entry in enumerate(node):
                if isinstance(entry, Scalar) and entry.plain and entry in ("", "null"):
                    yield _fault("wrong-type", "This entry of the list is empty.", entry.place, (*steps, at), _EMPTY)


_EMPTY = "Write it after the dash, or delete the dash."


def _fault(rule: str, message: str, place: Place, steps: Steps, help: str = "") -> Fault:
    return Fault(rule, message, place.file, place.line, place.column, shown(steps), help)


def _told(model: type[BaseModel], root: Map, errors: Iterable[Any]) -> Iterator[Fault]:
    before: set[tuple[Place, Steps]] = set()
    for error in errors:
        steps = _steps(error["loc"], root)
        fault = _translated(model, root, steps, error)
        mark = (Place(fault.file, fault.line, fault.column), steps)
        if mark not in before:
            before.add(mark)
            yield fault


def _steps(loc: Iterable[Any], root: Map) -> Steps:
    """The way as it is in the file: without Pydantic's own words, and no further than the file goes."""
    steps: list[str | int] = []
    for step in loc:
        if step == "[key]":
            break
        node = down(root, tuple(steps))
        if isinstance(step, int) and not isinstance(node, Seq):
            break
        if isinstance(step, str) and not isinstance(node, Map):
            break
        steps.append(step)
    return tuple(steps)


def _translated(model: type[BaseModel], root: Map, steps: Steps, error: Any) -> Fault:
    kind = error["type"]
    above = down(root, steps[:-1])
    if kind == "missing":
        holder: Map = above if isinstance(above, Map) else root
        lacking = holder.drawn if holder.drawn and str(steps[-1]) not in holder.absent else holder
        message = f"`{steps[-1]}` is missing."
        return _fault("missing-key", message, lacking.place, steps[:-1], f"Add `{steps[-1]}:`.")
    if kind == "extra_forbidden" and isinstance(above, Map):
        return _unknown(model, above, steps)
    if "[key]" in error["loc"] and isinstance(above, Map):
        place = above.key(str(steps[-1]))
        return _fault("wrong-type", f"`{steps[-1]}`: {_reason(error)}.", place, steps)
    node = nearest(root, steps)
    return _fault("wrong-type", _wrong(steps, node, error), node.place, steps, _remedy(node, error))


def _unknown(model: type[BaseModel], above: Map, steps: Steps) -> Fault:
    name = str(steps[-1])
    place = above.key(name)
    if name == "use":
        message = "`use` stands only where a move lists its injects."
        return _fault("unknown-key", message, place, steps, "An inject of a script cannot draw on another.")
    keys = _keys_at(model, steps[:-1])
    help = did_you_mean(name, keys) or f"Known here: {', '.join(keys)}."
    return _fault("unknown-key", f"`{name}` is not a key of this.", place, steps, help)


def _keys_at(model: type[BaseModel], steps: Steps) -> list[str]:
    """The keys that a model knows, some steps down."""
    kind: Any = model
    for step in steps:
        if isinstance(step, str) and isinstance(kind, type) and issubclass(kind, BaseModel):
            by_key = {field.alias or name: field for name, field in kind.model_fields.items()}
            kind = by_key[step].annotation if step in by_key else None
        inner = list(_models_in(kind))
        kind = inner[0] if inner else None
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    keys = [field.alias or name for name, field in kind.model_fields.items()]
    return [key for key in keys if key not in _BY_TOOL]


def _models_in(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and get_origin(kind) is None:
        if issubclass(kind, BaseModel):
            yield kind
    elif get_origin(kind) in (tuple, dict, Union, types.UnionType):
        for part in get_args(kind):
            yield from _models_in(part)


def _reason(error: Any) -> str:
    """Our own validators say it themselves."""
    return str(error["ctx"]["error"]) if error["type"] == "value_error" else str(error["msg"]).lower()


_WANTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "dict_type": "a map (`key: value`)",
    "model_type": "a map (`key: value`)",
    "model_attributes_type": "a map (`key: value`)",
}


def _wrong(steps: Steps, node: Node, error: Any) -> str:
    name = f"`{next((step for step in reversed(steps) if isinstance(step, str)), 'the file')}`"
    wanted = _WANTED.get(error["type"])
    if wanted:
        return f"{name}: {wanted} is wanted here, and this is {_what(node)}."
    if error["type"] == "literal_error":
        return f"{name} is {error['ctx']['expected']}, not '{node if isinstance(node, Scalar) else '...'}'."
    given = f", not '{node}'" if isinstance(node, Scalar) and len(node) <= 40 else ""
    return f"{name}: {_reason(error)}{given}."


def _what(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a text"
    return "a list" if isinstance(node, Seq) else "a map"


def _remedy(node: Node, error: Any) -> str:
    if error["type"] == "literal_error" and isinstance(node, Scalar):
        words = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return did_you_mean(str(node), words)
    if error["type"] == "string_type" and isinstance(node, Map):
        return "A text with `: ` in it needs quotes."
    if error["type"] == "tuple_type":
        return "Write each entry on its own line, after `- `."
    return ""
