"""Keys by the names that people know, as they were remapped, and each a place to click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.keys import key_to_character
from textual.style import Style

from tabletop.console.safe import one_line

if TYPE_CHECKING:
    from textual.app import App

_NAMES = {
    "escape": "Esc",
    "pageup": "PgUp",
    "page_up": "PgUp",
    "pagedown": "PgDn",
    "page_down": "PgDn",
    "backspace": "Bksp",
    "space": "space",
    "plus": "+",
    "minus": "-",
    "question_mark": "?",
    "slash": "/",
}


def key_name(key: str) -> str:
    """A key of Textual's as people write it: ``ctrl+s`` is Ctrl+S, ``plus`` is +."""
    *held, last = key.split("+")
    sign = key_to_character(last) if last not in _NAMES else None
    name = _NAMES.get(last) or (sign if sign and sign.isprintable() and not sign.isspace() else last.capitalize())
    return "+".join([each.capitalize() for each in held] + [name.upper() if held and len(name) == 1 else name])


def key_of(app: App[Any], id: str, key: str) -> str:
    """The name of the first key that a binding has now: as the user remapped it, else as it was made."""
    remapped: Mapping[str, str] = getattr(app, "remapped", {})
    return key_name(remapped.get(id, key).partition(",")[0])


def linked(words: str, action: str, style: str = "") -> Content:
    """Words that run an action when they are clicked."""
    return clicked(Content.styled(one_line(words), style) if style else Content(one_line(words)), action)


def clicked(content: Content, action: str) -> Content:
    """The content, running an action when it is clicked."""
    return content.stylize(Style.from_meta({"@click": action}))
