"""Where the shipped exercises, scripts and rule pages are, and how a name is looked up within its folder."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder(kind: str) -> Path:
    """The shipped ``exercises``, ``injects`` or ``docs/rules``: in the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def within(folder: Path, name: str) -> Path | None:
    """The file of that name in the folder; None where there is none, or a name or link leads out of it."""
    path = folder / name
    try:
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    except (OSError, ValueError):
        pass
    return None
