"""Workbooks need openpyxl, which is an extra; CSV needs nothing."""

from __future__ import annotations

from importlib.util import find_spec

from tabletop.errors import TabletopError


def openpyxl_here() -> None:
    """Raise TabletopError, with what to install, where openpyxl is not there."""
    if find_spec("openpyxl") is None:
        raise TabletopError(
            "Workbooks need openpyxl, which is not installed.",
            "Install it with: pip install 'tabletop[xlsx]'; or use CSV, which needs nothing.",
        )
