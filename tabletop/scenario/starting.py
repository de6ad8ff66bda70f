"""The exercise that `tabletop new` writes: small, commented, playable, and without a finding."""

from __future__ import annotations

from importlib.resources import files


def starting_exercise(id: str) -> str:
    """The text of a new exercise's file."""
    text = files("tabletop.scenario").joinpath("starting.yaml").read_text(encoding="utf-8")
    return text.replace("starting-exercise", id).replace("Starting exercise", id.replace("-", " ").capitalize())
