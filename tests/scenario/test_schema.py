"""The JSON Schema for editors: it never complains of what loads, and tells the commonest faults."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from exercise_writing import changed, loading

from tabletop.scenario.loading import load
from tabletop.scenario.reading import read_file, read_yaml
from tabletop.scenario.reading.nodes import Map, Node, Nothing, Seq
from tabletop.scenario.schema import json_schema
from tabletop.scenario.shipped import shipped_folder
from tabletop.scenario.starting import starting_exercise

_FOUND = (*shipped_folder("exercises").glob("*.yaml"), *shipped_folder("injects").glob("*.yaml"))
SHIPPED = sorted(path for path in _FOUND if "." not in path.stem)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def as_editors_read(node: Node | None) -> Any:
    """The value that an editor, which reads YAML 1.2 by itself, holds against the schema."""
    if isinstance(node, Map):
        return {key: as_editors_read(node.get(key)) for key in node.keys_at}
    if isinstance(node, Seq):
        return [as_editors_read(each) for each in node]
    if node is None or isinstance(node, Nothing) or (node.plain and node == "~"):
        return None
    text = str(node)
    if not node.plain:
        return text
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def complaints(raw: bytes) -> list[str]:
    """What an editor underlines."""
    root, faults = read_yaml(raw, "x.yaml")
    assert not faults
    assert isinstance(root, Map)
    schema = json_schema("script" if "injects" in root else "exercise")
    found = jsonschema.Draft202012Validator(schema).iter_errors(as_editors_read(root))
    return [error.message for error in found]


@pytest.mark.parametrize("of", ["exercise", "script"])
def test_the_schema_is_one(of: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(of))
    json.dumps(json_schema(of))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_nothing_is_underlined_in_what_is_shipped(path: Path) -> None:
    loaded = load(path)
    assert loaded.exercise or loaded.script
    assert complaints(read_file(path)) == []


def test_nothing_is_underlined_in_a_new_exercise() -> None:
    assert complaints(starting_exercise("harbour").encode()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The drill", "title: 2019"),
        ("title: The drill", "title: true"),
        ("title: The drill", "title: The drill\ntopics:"),
        ("title: The drill", "title: The drill\nauthors: [1.10, no]"),
        ("    minutes: 20", "    minutes: 1:30"),
        ("    minutes: 20", "    minutes: 1h30m"),
        ("effects: {trust: +1}", 'effects: {trust: "=3"}'),
        ("chose: {answer: yes}", "chose: {answer: [yes, no]}"),
        ('track: {trust: ">= 4"}', "track: {trust: 4}"),
        ('track: {trust: ">= 4"}', "any: {released: call}"),
        ('track: {trust: ">= 4"}', "not: {any: [{released: call}, {track: {trust: 3}}]}"),
        ("        minutes: 10", "        to: rok"),
        ("        minutes: 10", "        private: {rok: 12}"),
        ("    start: 5", "    start: 5\n    marks: {0: none, 5: some}\n    shown_to: rok"),
        ("              - id: yes\n", "              - reveal_to: jpn\n                id: yes\n"),
        ("cells:\n", "cells:\n  - id: usa\n    name: 1\n    roles: []\n"),
    ],
)
def test_what_loads_is_not_underlined(tmp_path: Path, old: str, new: str) -> None:
    text = changed(old, new)
    assert loading(tmp_path, text).faults == []
    assert complaints(text.encode()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The drill", "titel: The drill"),
        ("title: The drill", "title: [The drill]"),
        ("    minutes: 20", "    minutes: soon"),
        ("    minutes: 20", "    minutes: -3"),
        ("    minutes: 20", "    minuts: 20"),
        ("    name: Trust\n", ""),
        ("    start: 5", "    start: high"),
        ("    start: 5", "    start: 5\n    good: hi"),
        ("effects: {trust: +1}", "effects: {trust: much}"),
        ("effects: {trust: +1}", "effects: [trust]"),
        ("chose: {answer: yes}", "chose: answer"),
        ("            question: Well?\n", ""),
        ("      - id: echo", "      - id: echo\n        kind: sometimes"),
        ("chose: {answer: yes}", "chosen: {answer: yes}"),
        ("    injects:\n", "    injects:\n      - echo\n"),
    ],
)
def test_what_is_underlined_does_not_load(tmp_path: Path, old: str, new: str) -> None:
    text = changed(old, new)
    assert complaints(text.encode())
    assert loading(tmp_path, text).faults
