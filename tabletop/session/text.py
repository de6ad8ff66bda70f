"""Text that people type: what of it is kept."""

from __future__ import annotations

import unicodedata
from typing import Any

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_KEPT = "\n\t"


def _is_kept(char: str) -> bool:
    if char in _KEPT:
        return True
    return unicodedata.category(char) not in ("Cc", "Cs") and ord(char) not in _BIDI


def clean(text: str) -> str:
    """The text in NFC, without control and bidi-override characters, and without space at its ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(filter(_is_kept, lines))).strip()


def clean_all(value: Any) -> Any:
    """A JSON value with every text in it cleaned, keys too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_all(key): clean_all(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [clean_all(entry) for entry in value]
    return value
