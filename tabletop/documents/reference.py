"""The format reference: a guide in plain words, then tables made from the models' own descriptions.

``python -m tabletop.documents.reference`` prints it; ``docs/format.md`` is that text, and a test says so.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from tabletop.scenario import model

_PARTS: tuple[tuple[str, type[model.Model]], ...] = (
    ("An exercise", model.Exercise),
    ("An objective", model.Objective),
    ("A cell", model.Cell),
    ("A track", model.Track),
    ("A source", model.Source),
    ("A move", model.Move),
    ("An entry of an agenda", model.AgendaItem),
    ("An inject", model.Inject),
    ("A decision", model.Decision),
    ("An option", model.Option),
    ("A condition (`when`)", model.Condition),
    ("An inject script", model.Script),
)
_BY_TOOL = {"drawn_from", "translations"}
_SHAPES = {str: "text", int: "whole number", bool: "true or false"}


def reference() -> str:
    """The whole page, as Markdown."""
    guide = files("tabletop.documents").joinpath("format_guide.md").read_text(encoding="utf-8")
    tables = "\n".join(_table(title, part) for title, part in _PARTS)
    return f"{guide.rstrip()}\n\n## Every key\n\nKeys in **bold** must be there.\n\n{tables}"


def _table(title: str, part: type[model.Model]) -> str:
    rows = "".join(_rows(part))
    return f"### {title}\n\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n{rows}"


def _rows(part: type[model.Model]) -> Iterator[str]:
    for name, field in part.model_fields.items():
        if name in _BY_TOOL:
            continue
        key = field.alias or name
        shown = f"**`{key}`**" if field.is_required() else f"`{key}`"
        meaning = (field.description or "").replace("|", "\\|")
        yield f"| {shown} | {_shape(name, field)} | {_default(field)} | {meaning} |\n"


def _shape(name: str, field: FieldInfo) -> str:
    """What may stand there, in words; the named scalars go by what validates them, not by their type."""
    validators = {getattr(getattr(each, "func", None), "__name__", "") for each in field.metadata}
    if "duration" in validators:
        return "duration"
    if name == "effects":
        return "map of track to effect"
    if name == "when":
        return "condition"
    if "_one_or_many" in validators or "Names" in str(field.annotation):
        return "text, or list of texts"
    return _words(field.annotation)


def _words(kind: Any) -> str:
    """A type in words."""
    origin, parts = get_origin(kind), [part for part in get_args(kind) if part not in (type(None), Ellipsis)]
    if kind in _SHAPES:
        return _SHAPES[kind]
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin in (Union, types.UnionType):
        return " or ".join(_words(part) for part in parts)
    if origin is tuple:
        return f"list of {_plural(_words(parts[0]))}"
    if origin is dict:
        return f"map of {_words(parts[0])} to {_words(parts[1])}"
    if origin is not None and parts:
        return _words(parts[0])
    return _named(kind)


def _named(kind: Any) -> str:
    names = {model.AgendaItem: "agenda entry", model.Condition: "condition"}
    return names.get(kind, getattr(kind, "__name__", str(kind)).lower())


def _plural(words: str) -> str:
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return words if words.endswith("s") else f"{words}s"


def _default(field: FieldInfo) -> str:
    if field.is_required() or field.default in ("", (), {}, None):
        return ""
    if field.default in (model.GROUND_RULES, model.HOT_WASH):
        return "four usual ones"
    value = field.default
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    print(reference(), end="")
