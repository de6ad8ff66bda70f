"""What a screen needs before it opens."""

from __future__ import annotations

import sys

from tabletop.errors import UsageError


def needs_terminal() -> None:
    """Refuse, in a sentence, where there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("A screen needs a terminal.", "Without one: tabletop list, show, rehearse, play, report.")
