"""An exercise as one self-contained page of HTML: nothing is fetched, no script runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from tabletop.documents.exercise.branches import Branches
from tabletop.documents.exercise.diagram import in_one_sentence, svg
from tabletop.documents.exercise.placing import placed
from tabletop.documents.exercise.prose import prose
from tabletop.documents.exercise.views import views
from tabletop.documents.extras import needs
from tabletop.documents.words import count, minute
from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Effect, Exercise
from tabletop.session.schedule import condition_words

_HERE = Path(__file__).parent


def html_page(exercise: Exercise) -> str:
    """The page. Raises TabletopError where the library that fills it is not installed."""
    needs("jinja2", "html", "The page in HTML needs jinja2")
    from markupsafe import Markup

    from tabletop.documents.html.filling import page_environment

    index = Index(exercise)
    branches = Branches(index)
    environment = page_environment(_HERE)
    environment.filters |= {
        "prose": lambda text: Markup(prose(text)),
        "minute": minute,
        "effects": effect_words,
        "cells": partial(_cell_names, index),
        "condition": partial(_condition, index),
    }
    environment.globals["count"] = count
    size = placed(branches)
    return environment.get_template("page.html.j2").render(
        exercise=exercise,
        index=index,
        branches=branches,
        views=views(index),
        style=Markup((_HERE / "page.css").read_text(encoding="utf-8")),
        diagram=Markup(svg(branches, standing_alone=False)),
        diagram_words=in_one_sentence(branches),
        marking=Markup(_css_string(exercise.marking)),
        width=round(size.width),
        height=round(size.height),
    )


def effect_words(effects: Mapping[str, Effect]) -> str:
    """What is done to tracks: ``trust +1, fuel =3``."""
    return ", ".join(f"{track} {f'{does:+}' if isinstance(does, int) else does}" for track, does in effects.items())


def _css_string(text: str) -> str:
    """A text as a string of a stylesheet, in which nothing can end it or begin a tag."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'


def _cell_names(index: Index, cells: Iterable[str]) -> str:
    listed = list(cells)
    if len(listed) > 1 and set(listed) >= set(index.players):
        return "Everyone"
    return ", ".join(index.cells[cell].name if cell in index.cells else cell for cell in listed)


def _condition(index: Index, when: Condition | None) -> str:
    return condition_words(when, index) or "always"
