"""Small pieces of sentences: times, lists, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tabletop.review.speech import fixed

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
        return fixed("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if not minutes:
        return fixed("{seconds} s", seconds=rest)
    if not rest:
        return fixed("{minutes} min", minutes=minutes)
    return fixed("{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def count(number: int, one: str, many: str = "") -> str:
    """``1 inject``, ``2 injects``, ``no injects``."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def and_listed(parts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = list(parts) or [""]
    return fixed("{most} and {last}", most=fixed(", ").join(most), last=last) if most else last


def or_listed(parts: Iterable[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *most, last = list(parts) or [""]
    return fixed("{most} or {last}", most=fixed(", ").join(most), last=last) if most else last


def because(words: str, reason: str) -> str:
    """The words with the reason behind them, if there is one."""
    return fixed("{words}: {reason}", words=words, reason=reason) if reason else words


def quoted(text: str) -> str:
    """The text in curly quotation marks, those within it single: ``“‘Never’ is long”``."""
    opens, closes = fixed("‘"), fixed("’")
    inner = _INNER.sub(closes, _INNER_OPENS.sub(rf"\1{opens}", _unquoted(text)))
    if opens == "『":
        inner = inner.replace("「", opens).replace("」", closes)
    return fixed("“{text}”", text=inner)


def straight(text: str) -> str:
    """The text in straight quotation marks, those within it single, for a terminal."""
    return '"{}"'.format(_INNER.sub("'", _unquoted(text)))


def _unquoted(text: str) -> str:
    """The text without the quotation marks that hold the whole of it."""
    said = text.strip()
    inner = said[1:-1]
    whole = len(said) > 1 and said[0] + said[-1] in ('""', "“”", "「」") and not re.search('["“”「」]', inner)
    return inner if whole else said
