"""What no page shows, whoever wrote it: characters that steer a screen."""

from __future__ import annotations

import re
import unicodedata

from tabletop.session.text import clean

_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069]")


def clean_word(text: str) -> str:
    """The text without what steers; its spaces stay, since it may be a piece of a sentence."""
    if unicodedata.is_normalized("NFC", text) and not _STEERS.search(text):
        return text
    return clean(f"x{text}x")[1:-1]
