"""What changed within a text, word by word, with a few words around each place."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

AROUND = 5
_WORDS = re.compile(r"\s+")


def excerpt(old: str, new: str) -> str:
    """``the pact [-ends-]{+stays+} until``; ``...`` where words are left out between the places."""
    before, after = _WORDS.split(old.strip()), _WORDS.split(new.strip())
    if before == after:
        return "only its spaces and line ends"
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    parts: list[str] = []
    for at, (kind, start, end, new_start, new_end) in enumerate(steps):
        if kind == "equal":
            parts += _around(before[start:end], first=not at, last=at == len(steps) - 1)
            continue
        gone, come = " ".join(before[start:end]), " ".join(after[new_start:new_end])
        parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return " ".join(parts)


def _around(words: list[str], first: bool, last: bool) -> list[str]:
    """Words that stayed: those next to a change."""
    ahead, behind = 0 if first else AROUND, 0 if last else AROUND
    if len(words) <= ahead + behind + 1:
        return words
    return [*words[:ahead], "...", *(words[-behind:] if behind else ())]
