"""The JSON Schema of the format, from the models, in the words of an author's file rather than of play.

An editor reads it for completion and first checks; ``check`` knows more.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from tabletop.scenario.model import Exercise, Script

_DURATION = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9hm:]+$"}]}
_EFFECTS = {
    "type": "object",
    "additionalProperties": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^=? ?[-+]?[0-9]+$"}]},
}
_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_DURATIONS = {"minutes", "at", "delay", "idle_after"}
_LISTS_OR_ONE = {"to", "cells", "objectives", "sources", "reveal_to", "shown_to", "released", "refers_to"}
_BY_TOOL = {"drawn_from", "translations"}


def json_schema(of: Literal["exercise", "script"]) -> dict[str, Any]:
    """The schema of an exercise's file, or of an inject script's."""
    model: type[BaseModel] = Exercise if of == "exercise" else Script
    made = model.model_json_schema(by_alias=True)
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    for part in (schema, *schema["$defs"].values()):
        _as_written(part)
    if of == "exercise":
        schema["$defs"]["Drawn"] = _drawn(schema["$defs"]["Inject"])
        schema["$defs"]["Move"]["properties"]["injects"]["items"] = {
            "anyOf": [
                {"type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9-]+$"},
                {"$ref": "#/$defs/Drawn"},
                {"$ref": "#/$defs/Inject"},
            ]
        }
    for part in (schema, *schema["$defs"].values()):
        _left_empty(part)
    _texts_as_written(schema)
    return schema


def _as_written(part: dict[str, Any]) -> None:
    """Values as authors write them: durations, effects, one text for a list of one."""
    properties = part.get("properties", {})
    for name in _BY_TOOL & set(properties):
        del properties[name]
    for name, about in properties.items():
        if about.get("type") == "object" and name == "effects":
            properties[name] = {**_EFFECTS, "description": about["description"]}
        elif name in _DURATIONS:
            properties[name] = {**_DURATION, "description": about["description"]}
        elif name in _LISTS_OR_ONE and "$ref" not in about.get("items", {}):
            properties[name] = {**_TEXTS, "description": about["description"]}
        elif name == "chose":
            about["additionalProperties"] = _TEXTS
        elif name == "track":
            about["additionalProperties"] = {"type": ["string", "integer"]}
        elif name == "any":
            properties[name] = {"anyOf": [*about["anyOf"], {"$ref": "#/$defs/Condition"}], **_described(about)}


def _left_empty(part: dict[str, Any]) -> None:
    """A key with nothing after it is as good as none, where it may be left out."""
    for name, about in part.get("properties", {}).items():
        if name not in part.get("required", ()) and {"type": "null"} not in about.get("anyOf", ()):
            part["properties"][name] = {"anyOf": [about, {"type": "null"}], **_described(about)}


def _texts_as_written(value: Any) -> None:
    """A text takes its characters as written: what an editor reads as a number or a truth value is one, too."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _texts_as_written(each)
    if isinstance(value, dict) and value.get("type") == "string" and not {"pattern", "enum", "const"} & set(value):
        value["type"] = ["string", "number", "boolean"]


def _described(about: dict[str, Any]) -> dict[str, Any]:
    return {"description": about.get("description", "")}


def _drawn(inject: dict[str, Any]) -> dict[str, Any]:
    """An inject drawn from a script, with keys put over it; `null` takes one away."""
    over = {
        name: {"anyOf": [about, {"type": "null"}], "description": about.get("description", "")}
        for name, about in inject["properties"].items()
    }
    use = {"type": "string", "description": "script/inject to draw on"}
    return {"type": "object", "additionalProperties": False, "required": ["use"], "properties": {"use": use, **over}}
