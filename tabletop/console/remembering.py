"""What the console remembers for a user from one start to the next: the theme chosen, that the tour was offered.

It stands in ``console.json`` in the user's state folder, apart from ``tabletop.toml``, which is the user's own.
Nothing rests on it: what cannot be read is forgotten, what cannot be written is not remembered.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

_LONGEST = 4096  # bytes; a file beyond it was not written here


def _file() -> Path:
    import platformdirs

    return platformdirs.user_state_path("tabletop", appauthor=False) / "console.json"


def _read() -> dict[str, Any]:
    try:
        with _file().open("rb") as file:
            found = json.loads(file.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(**told: str) -> None:
    path = _file()
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_text(json.dumps(_read() | told) + "\n", encoding="utf-8")
        new.replace(path)


def theme(configured: str) -> str:
    """The theme to begin with: the one chosen last, unless the configured one has changed since."""
    found = _read()
    chosen = found.get("theme")
    return chosen if isinstance(chosen, str) and found.get("instead of") == configured else configured


def keep_theme(chosen: str, configured: str) -> None:
    """Remember a theme that was chosen in place of the configured one."""
    _keep(**{"theme": chosen, "instead of": configured})


def tour_offered() -> bool:
    """Whether the tour was offered before."""
    return _read().get("tour") == "offered"


def keep_tour_offered() -> None:
    """Offer the tour no more."""
    _keep(tour="offered")
