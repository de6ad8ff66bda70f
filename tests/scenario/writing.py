"""Exercises as files, for tests of reading: a small one that loads, and what is told of another."""

from __future__ import annotations

from pathlib import Path

from tabletop.scenario.checks import doubts
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.loading import Loaded, load

SMALL = """\
format: 1
id: drill
title: The drill
cells:
  - id: rok
    name: Seoul
  - id: jpn
    name: Tokyo
tracks:
  - id: trust
    name: Trust
    start: 5
moves:
  - id: first
    title: First
    minutes: 20
    injects:
      - id: call
        title: A call
        minutes: 10
        decisions:
          - id: answer
            question: Well?
            minutes: 5
            options:
              - id: yes
                text: Yes
                effects: {trust: +1}
              - id: no
                text: No
                effects: {trust: -1}
      - id: echo
        title: An echo
        minutes: 5
        when:
          chose: {answer: yes}
          track: {trust: ">= 4"}
"""


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The small exercise with one piece, which must stand in it once, put otherwise."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def written(folder: Path, text: str | bytes, name: str = "exercises/drill.yaml") -> Path:
    """The path of a file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loading(folder: Path, text: str | bytes, name: str = "exercises/drill.yaml") -> Loaded:
    """What loading a file with this text gives; faults call it by its name alone."""
    path = written(folder, text, name)
    return load(path, (), path.name)


def told(folder: Path, text: str | bytes, name: str = "exercises/drill.yaml") -> list[tuple[str, int, int, str]]:
    """What is told of a file that is loaded: rule, line, column and path of each fault."""
    return [(fault.rule, fault.line, fault.column, fault.path) for fault in loading(folder, text, name).faults]


def fault(folder: Path, text: str | bytes, name: str = "exercises/drill.yaml") -> Fault:
    """The one fault of a file."""
    [only] = loading(folder, text, name).faults
    return only


def doubted(folder: Path, text: str, name: str = "exercises/drill.yaml") -> list[tuple[str, int, int, str]]:
    """What is doubted in a file that loads: rule, line, column and path of each doubt."""
    loaded = loading(folder, text, name)
    assert not loaded.faults, [each.line_text() for each in loaded.faults]
    return [(each.rule, each.line, each.column, each.path) for each in doubts(loaded)]


def spot(text: str, piece: str) -> tuple[int, int]:
    """Line and column of a piece that stands in a text once; `^` in it is left out and marks the place."""
    whole = piece.replace("^", "")
    assert text.count(whole) == 1, f"{whole!r} stands {text.count(whole)} times"
    at = text.index(whole) + max(piece.find("^"), 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
