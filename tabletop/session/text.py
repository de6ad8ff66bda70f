"""Text that people type: what of it is kept."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069]")


def clean(text: str) -> str:
    """The text in NFC, without control and bidi-override characters, and without space at its ends."""
    return clean_word(text).strip()


def clean_word(text: str) -> str:
    """The same, and its spaces stay: it may be a piece of a sentence."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _STEERS.sub("", lines))


def clean_all(value: Any) -> Any:
    """A JSON value with every text in it cleaned, keys too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_all(key): clean_all(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [clean_all(entry) for entry in value]
    return value
