"""Papers need libraries that are extras: where one is absent, one sentence says what to install."""

from __future__ import annotations

from importlib.util import find_spec

from tabletop.errors import TabletopError


def needs(module: str, extra: str, sentence: str) -> None:
    """Raise TabletopError, with what to install, where a module is not there."""
    if find_spec(module) is None:
        raise TabletopError(f"{sentence}, which is not installed.", f"Run: pip install 'tabletop[{extra}]'")
