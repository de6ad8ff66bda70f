"""What the console's tests share: a small exercise, an app on it, and the screen as text."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.widgets import Static

from tabletop.console.app import Console
from tabletop.console.desk import go_on
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise

HARBOUR = Path(__file__).parent / "harbour.yaml"
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def harbour() -> Exercise:
    """A small exercise with all that the console shows."""
    return load_exercise(HARBOUR)


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """An empty folder for logs."""
    return tmp_path / "logs"


@pytest.fixture
def console(harbour: Exercise, logs: Path) -> Callable[..., Console]:
    """Makes an app on the exercise, or on a log."""

    def make(**given: Any) -> Console:
        if "log" in given:
            return Console(logs=logs, session=go_on(given.pop("log")), **given)
        return Console(logs=logs, name="first", **{"exercise": harbour, **given})

    return make


def text_of(app: App[Any]) -> str:
    """What stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def said(app: App[Any]) -> str:
    """What stands on the screen, its frames and line breaks taken out."""
    return " ".join("".join(" " if sign in "│┃┌┐└┘─━┏┓┗┛▎" else sign for sign in text_of(app)).split())


def asked(app: App[Any]) -> str:
    """What the question that lies over the screen says."""
    return " ".join(str(app.screen.query_one("#question", Static).content).split())


async def shows(app: App[Any], words: str, seconds: float = 10) -> str:
    """What stands on the screen, as soon as the words are part of it."""
    for _ in range(int(seconds / 0.05)):
        if words in said(app):
            return said(app)
        await asyncio.sleep(0.05)
    raise AssertionError(f"{words!r} never came: {said(app)}")


def recorded(log: Path) -> list[dict[str, Any]]:
    """The events of a log."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def types(log: Path) -> list[str]:
    """The events' types of a log."""
    return [event["type"] for event in recorded(log)]
