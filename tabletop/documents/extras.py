"""Pages and papers need libraries that are extras: where one is absent, one sentence says what to install."""

from __future__ import annotations

from tabletop.errors import TabletopError


def needs(module: str, extra: str, sentence: str) -> None:
    """Raise TabletopError, with what to install, where a module is not there."""
    try:
        __import__(module)
    except ImportError as cause:
        raise TabletopError(f"{sentence}, which is not installed.", f"Run: pip install 'tabletop[{extra}]'") from cause
