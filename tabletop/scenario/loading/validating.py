"""From nodes to models: Pydantic validates, and what it finds wrong is told at the place, in plain words."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from tabletop.scenario.diagnostics import Fault, did_you_mean, nearest_word
from tabletop.scenario.reading import MERGE, MOST
from tabletop.scenario.reading.nodes import Drawn, Map, Node, Nothing, Scalar, Seq, Steps, down, nearest, shown

Checked = TypeVar("Checked", bound=BaseModel)

BY_TOOL = ("drawn_from", "translations")
"""Keys of the models that are the tool's to write."""


def validate(model: type[Checked], root: Map) -> tuple[Checked | None, list[Fault]]:
    """The model made of the nodes; None, with every fault of form, where it cannot be made."""
    try:
        return model.model_validate(root, by_alias=True, by_name=False), []
    except ValidationError as cause:
        return None, list(_told(model, root, cause.errors(include_url=False)))


def _told(model: type[BaseModel], root: Map, errors: Sequence[Any]) -> Iterator[Fault]:
    found = [(_steps(error["loc"], root), error) for error in errors[:MOST]]
    misspelt = {(*steps[:-1], _meant(model, steps)) for steps, error in found if error["type"] == "extra_forbidden"}
    before: set[tuple[Any, ...]] = set()
    for steps, error in found:
        if error["type"] == "missing" and (steps in misspelt or _merged(root, steps)):
            continue  # what stands there under another name is told at that name
        fault = _translated(model, root, steps, error)
        mark = (fault.file, fault.line, fault.column, steps)
        if mark not in before:
            before.add(mark)
            yield fault
    if (left := len(errors) - MOST) > 0:
        first = errors[MOST]
        fault = _translated(model, root, _steps(first["loc"], root), first)
        yield fault._replace(message=f"{left:,} faults of form more are not told.", help="Mend the others first.")


def _meant(model: type[BaseModel], steps: Steps) -> str:
    return nearest_word(str(steps[-1]), _keys_at(model, steps[:-1]))


def _merged(root: Map, steps: Steps) -> bool:
    """Whether the map that lacks something has a merge key, which is refused and may bring it."""
    above = down(root, steps[:-1])
    return isinstance(above, Map) and MERGE in above.keys_at


def _steps(loc: Iterable[Any], root: Map) -> Steps:
    """The way as it is in the file: without Pydantic's own words, and no further than the file goes."""
    steps: list[str | int] = []
    node: Node | None = root
    for step in loc:
        if step == "[key]" or not isinstance(node, Seq if isinstance(step, int) else Map):
            break
        steps.append(step)
        node = down(node, (step,))
    return tuple(steps)


def _translated(model: type[BaseModel], root: Map, steps: Steps, error: Any) -> Fault:
    kind, path = error["type"], shown(steps)
    above = down(root, steps[:-1])
    if kind == "missing":
        holder = above if isinstance(above, Map) else root
        taken_away = holder.emptied(str(steps[-1]))
        lacking = holder.base if isinstance(holder, Drawn) and not taken_away else holder
        message, help = f"`{steps[-1]}` is missing.", f"Add `{steps[-1]}:`."
        return Fault.at(lacking.place, "missing-key", message, shown(steps[:-1]), help)
    if kind == "extra_forbidden" and isinstance(above, Map):
        return _unknown(model, above, steps)
    if "[key]" in error["loc"] and isinstance(above, Map):
        message = f"`{steps[-1]}`: {_reason(error)}."
        return Fault.at(above.key(str(steps[-1])), "wrong-type", message, path, "Write such a value before the colon.")
    node = nearest(root, steps)
    return Fault.at(node.place, "wrong-type", _wrong(steps, node, error), path, _remedy(node, error))


def _unknown(model: type[BaseModel], above: Map, steps: Steps) -> Fault:
    name = str(steps[-1])
    message = f"`{name}` is not a key of this."
    keys = _keys_at(model, steps[:-1])
    help = did_you_mean(name, keys) or f"Known here: {', '.join(keys)}."
    if name == "use":
        message = "`use` stands only where a move lists its injects."
        help = "An inject of a script cannot draw on another."
    return Fault.at(above.key(name), "unknown-key", message, shown(steps), help)


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
    return [key for key in keys if key not in BY_TOOL]


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
    if isinstance(node, Nothing):
        return f"{name}: this entry of the list is empty."
    wanted = _WANTED.get(error["type"])
    if wanted:
        return f"{name}: {wanted} is wanted here, and this is {_what(node)}."
    if error["type"] == "literal_error":
        return f"{name} is {error['ctx']['expected']}, not '{node if isinstance(node, Scalar) else '...'}'."
    given = f", not '{node}'" if isinstance(node, Scalar) and len(node) <= 40 else ""
    quoted = " in quotes" if given and isinstance(node, Scalar) and not node.plain else ""
    return f"{name}: {_reason(error)}{given}{quoted}."


def _what(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a text"
    return "a list" if isinstance(node, Seq) else "a map"


def _remedy(node: Node, error: Any) -> str:
    if isinstance(node, Nothing):
        return "Write it after the dash, or delete the dash."
    if error["type"] == "literal_error" and isinstance(node, Scalar):
        words = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return did_you_mean(str(node), words) or "Write one of these."
    if error["type"] == "string_type" and isinstance(node, Map):
        return "A text with `: ` in it needs quotes."
    if error["type"] == "tuple_type":
        return "Write each entry on its own line, after `- `."
    if error["type"] in ("dict_type", "model_type", "model_attributes_type"):
        return "Write `key: value`, each on its own line."
    unquoted = isinstance(node, Scalar) and not node.plain and (node.isdigit() or node in ("true", "false"))
    if unquoted:
        return "Leave the quotes out."
    return "Write one text." if error["type"] == "string_type" else "Write such a value there, or delete the key."
