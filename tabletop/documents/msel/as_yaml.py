"""An exercise as the YAML that an author would write: nothing that is a default, texts as blocks."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tabletop.scenario import scalars
from tabletop.scenario.loading.translations import fingerprint
from tabletop.scenario.model import GROUND_RULES, HOT_WASH, Exercise, exercise_as_json
from tabletop.scenario.places import texts_by_place

_WIDTH = 110
_LANGUAGE = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_BY_TOOL = ("drawn_from", "translations")
_NAMES = ("to", "cells", "objectives", "sources", "reveal_to", "shown_to", "released", "refers_to", "topics")
_DEFAULTS: dict[str, Any] = {"kind": "standard", "at": 0, "delay": 0, "open": True, "together": False, "weight": 1}


class _Names(list[Any]):
    """A list that stands in brackets."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _names(dumper: yaml.SafeDumper, names: _Names) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", names, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Names, _names)


def exercise_yaml(exercise: Exercise) -> str:
    """The text of the exercise's file; what only the tool writes is left out."""
    value = exercise_as_json(exercise)
    for key, default in (("ground_rules", GROUND_RULES), ("hot_wash", HOT_WASH)):
        if tuple(value.get(key, ())) == default:
            del value[key]
    if value.get("idle_after") == 30:
        del value["idle_after"]
    players = [cell["id"] for cell in value["cells"]]
    for track in value.get("tracks", ()):
        _drop(track, {"min": 0, "max": 10, "good": "high"})
        if "marks" in track:
            track["marks"] = {int(mark): words for mark, words in track["marks"].items()}
    for move in value["moves"]:
        for inject in move.get("injects", ()):
            _inject(inject, players)
    return to_yaml({key: each for key, each in value.items() if key not in _BY_TOOL})


def translation_files(exercise: Exercise, id: str) -> dict[str, str]:
    """The text of each translation's file, by language; ``id`` is what it will say it translates."""
    texts = texts_by_place(exercise)
    return {
        language: to_yaml(
            {
                "format": 1,
                "translates": id,
                "language": language,
                "texts": {
                    place: {"text": text, "of": fingerprint(texts[place])}
                    for place, text in translated.items()
                    if place in texts
                },
            }
        )
        for language, translated in exercise.translations.items()
        if _LANGUAGE.fullmatch(language)  # it is part of a file's name
    }


def to_yaml(value: dict[str, Any]) -> str:
    """A map as YAML, in the order it has."""
    text: str = yaml.dump(
        _shaped(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=_WIDTH
    )
    return text


def _inject(inject: dict[str, Any], players: list[str]) -> None:
    to = inject.get("to") or players
    for decision in inject.get("decisions", ()):
        if decision.get("cells") == to:
            del decision["cells"]
        _drop(decision, {**_DEFAULTS, "minutes": 0})
        for option in decision.get("options", ()):
            _drop(option, _DEFAULTS)
    _drop(inject, {**_DEFAULTS, "minutes": 0, "to": players})
    inject.pop("drawn_from", None)


def _drop(thing: dict[str, Any], defaults: dict[str, Any]) -> None:
    for key, default in defaults.items():
        if key in thing and thing[key] == default and type(thing[key]) is type(default):
            del thing[key]


def _shaped(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {each: _shaped(below, str(each)) for each, below in value.items()}
    if isinstance(value, list):
        names = key in _NAMES and all(isinstance(each, str) and scalars.is_id(each) for each in value)
        return _Names(value) if names else [_shaped(each) for each in value]
    return value
