"""What the tests of the author's screen share: a folder with an exercise, and ways to save it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from tabletop.console.edit.app import EditApp
from tests.console.conftest import HARBOUR

_CONTENT = "ignore: {unread-track: shown, unexercised-objective: short, idle-cell: short}\n"
TEXT = HARBOUR.read_text(encoding="utf-8").replace("zone: KST\n", f"zone: KST\n{_CONTENT}")
TEXT = TEXT.replace("    title: The evening\n", "    title: The evening\n    questions:\n      - What now?\n")
"""An exercise that nothing is found in."""
LEAK = "        text: A newspaper prints the plan."
MISSPELT = "        texts: A newspaper prints the plan."


def changed(old: str, new: str, text: str = TEXT) -> str:
    """The exercise with one piece, which must stand in it once, put otherwise."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def line_of(piece: str, text: str = TEXT) -> int:
    """The line on which a piece stands that is there once."""
    [line] = [number for number, line in enumerate(text.splitlines(), 1) if piece in line]
    return line


def save(path: Path, text: str = TEXT) -> None:
    """Write over the file in place."""
    path.write_text(text, encoding="utf-8")


def rename_over(path: Path, text: str) -> None:
    """Save as most editors do: a new file takes the place of the old one."""
    new = path.with_name(f".{path.name}.swp")
    save(new, text)
    new.replace(path)


def recorder(folder: Path, name: str) -> Path:
    """An editor of that name which writes its arguments down, one a line, in NAME.txt beside it."""
    editor = folder / name
    editor.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        f"pathlib.Path(__file__ + '.txt').write_text('\\n'.join(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    return editor


def opened(editor: Path) -> list[str]:
    """What that editor was called with; nothing while it was not."""
    written = Path(f"{editor}.txt")
    return written.read_text(encoding="utf-8").splitlines() if written.exists() else []


def app_on(path: Path) -> EditApp:
    """The author's screen on a file, the logs of trials beside it."""
    return EditApp(path, logs=path.parent / "logs")
