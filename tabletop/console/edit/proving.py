"""The proof of the branches, by `tabletop check` in a process of its own: one that can be stopped at any moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tabletop
from tabletop.errors import TabletopError
from tabletop.scenario.diagnostics import Fault

_PROGRAM = "import sys; sys.path.append(sys.argv.pop(1)); from tabletop.cli import main; sys.exit(main())"
"""The package that runs here is found last, and nothing of the author's folder is ever imported."""


class Proof:
    """A proof that is going on."""

    def __init__(self, path: Path, scripts: Sequence[Path] = ()) -> None:
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            _command(path, scripts),
            stdin=quiet,
            stdout=subprocess.PIPE,
            stderr=quiet,
            env={**os.environ, "PYTHONUTF8": "1"},
            start_new_session=True,  # Ctrl-C in the author's editor is not for it
        )

    def faults(self) -> list[Fault]:
        """Everything that `tabletop check` tells of the exercise, once it is done.

        Raises TabletopError where it did not come to an end.
        """
        out, _ = self._process.communicate()
        try:
            return [_fault(each) for each in json.loads(out)]
        except ValueError as cause:
            raise TabletopError("The branches could not be checked.", "`tabletop check` tells why.") from cause

    def stop(self) -> None:
        """Nobody wants to know any more."""
        if self._process.poll() is None:
            self._process.kill()


def _command(path: Path, scripts: Sequence[Path]) -> list[str]:
    package = str(Path(tabletop.__file__).parent.parent)
    given = [f"--injects={folder}" for folder in scripts]
    return [sys.executable, "-P", "-c", _PROGRAM, package, "check", "--format=json", *given, "--", str(path)]


def _fault(told: dict[str, Any]) -> Fault:
    given = {key: told[key] for key in ("rule", "message", "file", "line", "column", "path", "help")}
    return Fault(**given, witness=tuple(told.get("witness", ())))
