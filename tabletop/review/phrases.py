"""Small pieces of sentences: times, lists, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable

_INNER_OPENS = re.compile(r'(^|[\s(\[—–-])["“]')
_INNER = re.compile(r'["“”]')


def clock_time(seconds: float) -> str:
    """A reading of the exercise clock: ``1:05:09``."""
    total = max(0, int(seconds))
    return f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"


def lasting(seconds: float) -> str:
    """A stretch of time: ``1 h 5 min``, ``4 min 10 s``, ``40 s``."""
    total = max(0, round(seconds))
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    if hours:
        return f"{hours} h {minutes} min"
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def count(number: int, one: str, many: str = "") -> str:
    """``1 inject``, ``2 injects``, ``no injects``."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def and_listed(parts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def or_listed(parts: Iterable[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} or {last}" if most else last


def because(words: str, reason: str) -> str:
    """The words with the reason behind them, if there is one."""
    return f"{words}: {reason}" if reason else words


def quoted(text: str) -> str:
    """The text in curly quotation marks, those within it single: ``“‘Never’ is long”``."""
    opened = _INNER_OPENS.sub(r"\1‘", _unquoted(text))
    return f"“{_INNER.sub('’', opened)}”"


def straight(text: str) -> str:
    """The text in straight quotation marks, those within it single, for a terminal."""
    return '"{}"'.format(_INNER.sub("'", _unquoted(text)))


def _unquoted(text: str) -> str:
    """The text without the quotation marks that hold the whole of it."""
    said = text.strip()
    inner = said[1:-1]
    whole = len(said) > 1 and said[0] + said[-1] in ('""', "“”") and not _INNER.search(inner)
    return inner if whole else said
