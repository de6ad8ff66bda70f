"""Opening the author's editor at a line."""

from __future__ import annotations

import asyncio
import shlex
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from textual.app import App, SuspendNotSupported

from tabletop.errors import TabletopError, UsageError

_GOTO = ("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron")
_WAYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("vi", "vim", "nvi", "nvim", "view", "gvim", "mvim", "joe", "ne", "mg"), ("+{line}", "{file}")),
    **dict.fromkeys(("nano", "pico", "rnano"), ("+{line},{column}", "{file}")),
    **dict.fromkeys(("emacs", "emacsclient", "micro", "kak", "gedit"), ("+{line}:{column}", "{file}")),
    **dict.fromkeys(("hx", "helix", "subl", "zed", "zeditor"), ("{file}:{line}:{column}",)),
    **dict.fromkeys(_GOTO, ("--goto", "{file}:{line}:{column}")),
    "kate": ("-l", "{line}", "-c", "{column}", "{file}"),
}
_WINDOWS = {*_GOTO, "gvim", "mvim", "gedit", "subl", "zed", "zeditor", "kate"}
"""Editors with a window of their own: they do not want the terminal, and nobody waits for them."""


@dataclass(frozen=True, slots=True)
class Editor:
    """The command that opens a file; ``own_window`` says that the terminal stays ours meanwhile."""

    words: tuple[str, ...]
    own_window: bool


def editor_at(file: str, line: int, column: int, environment: Mapping[str, str]) -> Editor:
    """What $VISUAL, or else $EDITOR, calls for at that line; an unknown editor gets the file alone.

    Raises UsageError, with the place to go to by hand, where neither names one.
    """
    place = f"{file}:{line}:{column}"
    variable = next((name for name in ("VISUAL", "EDITOR") if environment.get(name, "").strip()), None)
    if variable is None:
        raise UsageError("Neither VISUAL nor EDITOR names an editor.", f"Set one, or open {place} in yours.")
    try:
        words = shlex.split(environment[variable])
    except ValueError as cause:
        raise UsageError(f"{variable} cannot be read: a quote is left open.", f"Mend it, or open {place}.") from cause
    name = PurePath(words[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    # A name that begins with a dash would be taken for an option.
    known = file if not file.startswith("-") else f"./{file}"
    at = tuple(
        part.replace("{line}", str(line)).replace("{column}", str(column)).replace("{file}", known)
        for part in _WAYS.get(name, ("{file}",))
    )
    return Editor((*words, *at), name in _WINDOWS)


def open_editor(app: App[Any], editor: Editor) -> None:
    """Give the terminal to the editor until it is left; one with a window of its own is started and left alone.

    Raises TabletopError where it cannot be started.
    """
    try:
        if editor.own_window:
            quiet = subprocess.DEVNULL
            subprocess.Popen(editor.words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
            return
        with app.suspend():
            _leave_interrupts_to_the_editor()
            subprocess.run(editor.words, check=False)
    except SuspendNotSupported as cause:
        place = f"{editor.words[0]} cannot be opened from here: this terminal cannot be lent to it."
        raise TabletopError(place, "Open it in another window; this screen follows what you save.") from cause
    except OSError as cause:
        said = cause.strerror or str(cause)
        raise TabletopError(f"The editor {editor.words[0]} does not start: {said}.", "Set VISUAL or EDITOR.") from cause


def _leave_interrupts_to_the_editor() -> None:
    """Ctrl-C reaches every program of the terminal: while the editor has it, ours takes no notice.

    The app listens again by ``catch_signals``, a moment later: what came meanwhile still waits in the loop.
    """
    with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals on this system, or in this thread
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
    # A handler of our own, not SIG_IGN, which the editor would inherit.
    signal.signal(signal.SIGINT, lambda number, frame: None)
