"""Text that no spreadsheet takes for a formula, and that fits into a cell."""

from __future__ import annotations

LARGEST = 32_767
"""The UTF-16 units that a cell of a workbook holds."""
CUT = "\n[... cut here: a cell holds no more. The whole text is on the sheet Exercise.]"

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def _is_risky(text: str) -> bool:
    return text.lstrip("'").startswith(_RISKY)


def guarded(text: str) -> str:
    """The text with an apostrophe before what might be run as a formula."""
    return f"'{text}" if _is_risky(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` made this of."""
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def units(text: str) -> int:
    """The length of a text as workbooks count it."""
    return len(text) + sum(char > "\uffff" for char in text)


def fitted(text: str) -> str:
    """The text, cut with a word about it where no cell can hold it whole."""
    if units(text) <= LARGEST:
        return text
    return text[: (LARGEST - len(CUT)) // 2] + CUT
