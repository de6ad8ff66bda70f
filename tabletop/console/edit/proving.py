"""The proof of the branches, by `tabletop check` in a process of its own: one that can be stopped at any moment."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tabletop
from tabletop.errors import TabletopError
from tabletop.scenario.diagnostics import Fault

_PROGRAM = "import sys; sys.path.append(sys.argv.pop(1)); from tabletop.cli import main; sys.exit(main())"
"""The package that runs here is found last, and nothing of the author's folder is ever imported."""


async def proven(path: Path, scripts: Sequence[Path] = ()) -> list[Fault]:
    """Everything that `tabletop check` tells of the exercise; whoever cancels this stops the process too.

    Raises TabletopError where it did not come to an end.
    """
    process = await asyncio.create_subprocess_exec(
        *_command(path, scripts),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        return [_fault(each) for each in json.loads(out)]
    except ValueError as cause:
        raise TabletopError("The branches could not be checked.", "`tabletop check` tells why.") from cause


def _command(path: Path, scripts: Sequence[Path]) -> list[str]:
    package = str(Path(tabletop.__file__).parent.parent)
    given = [f"--injects={folder}" for folder in scripts]
    return [sys.executable, "-P", "-c", _PROGRAM, package, "check", "--format=json", *given, "--", str(path)]


def _fault(told: dict[str, Any]) -> Fault:
    given = {key: told[key] for key in ("rule", "message", "file", "line", "column", "path", "help")}
    return Fault(**given, witness=tuple(told.get("witness", ())))
