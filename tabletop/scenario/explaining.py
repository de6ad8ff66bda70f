"""The page of each rule: what it tells, why, a wrong example and a right one."""

from __future__ import annotations

from tabletop.errors import UsageError
from tabletop.scenario.diagnostics import RULES, nearest_word
from tabletop.scenario.shipped import shipped_folder


def page(name: str) -> str:
    """The page of a rule, called by its code or its name, as Markdown; UsageError where there is no such rule."""
    codes = {rule.code: words for words, rule in RULES.items()}
    words = codes.get(name.upper(), name.lower())
    if words not in RULES:
        near = nearest_word(name, RULES)
        meant = f" Did you mean `{near}`?" if near else ""
        raise UsageError(f"There is no rule '{name}'.{meant}", f"Rules run from TT101 to {max(codes)}.")
    return (shipped_folder("docs/rules") / f"{words}.md").read_text(encoding="utf-8").rstrip()
