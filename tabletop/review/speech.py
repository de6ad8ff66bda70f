"""What reports and papers say themselves, in the language that is spoken: fixed texts, looked up by their English.

``fixed("{answers:answer|answers} to {question}", answers=2, question="Why?")`` is ``2 answers to Why?`` in English.
Other languages have a catalogue each, ``languages/CODE.yaml``: the English text, and what is said in its place with
the same names in braces, which may come in another order. Only English counts by words: ``{n:one|many}`` is
``no answers``, ``1 answer``, ``2 answers``, and ``{n:~was|were}`` the word alone; elsewhere ``{n}`` is the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

LANGUAGES = ("en", "ko", "ja")
"""The languages that are spoken."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")
_FOLDER = Path(__file__).parent / "languages"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it every fixed text is in this language, one of `LANGUAGES`."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The code of the language that is spoken."""
    return _SPOKEN.get()


def key(english: str) -> str:
    """A fixed text as it stands, for a table out of which `fixed` is given it later."""
    return english


def fixed(english: str, /, **values: object) -> str:
    """A fixed text in the language that is spoken."""
    return "".join(str(piece) for piece in pieces(english, values))


def pieces(english: str, values: Mapping[str, Any]) -> Iterator[Any]:
    """A fixed text piece by piece, with the values as they are; numbers that are counted are words already."""
    for literal, name, form in _parsed(catalogue(spoken()).get(english, english)):
        if literal:
            yield literal
        if name is not None:
            yield _counted(values[name], form) if form else values[name]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The fixed texts of a language by their English; none for English itself."""
    if language == "en":
        return {}
    import yaml

    texts: dict[str, str] = yaml.load((_FOLDER / f"{language}.yaml").read_bytes(), yaml.CSafeLoader)
    return texts


@cache
def _parsed(text: str) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((literal, name, form or "") for literal, name, form, _ in Formatter().parse(text))


def _counted(number: int, form: str) -> str:
    """``no answers``, ``1 answer``; of a form that begins with ``~`` the word alone."""
    one, _, many = form.removeprefix("~").partition("|")
    word = one if number == 1 else many
    return word if form.startswith("~") else f"{number or 'no'} {word}"
