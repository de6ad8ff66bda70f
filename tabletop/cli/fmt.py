"""``tabletop fmt``: one order of keys and one layout for exercises, scripts and translations."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.epilog = "Comments and every value stay to the letter; a file of which that cannot be proved is left alone."
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an exercise, a script or a translation")
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that would change, exit 1")


def run(options: argparse.Namespace) -> int:
    """Lay out each file; exit code 1 where one cannot be, or with ``--check`` would change."""
    from tabletop.cli.output import complain, say
    from tabletop.errors import TabletopError
    from tabletop.scenario.formatting import formatted
    from tabletop.scenario.reading import read_file

    code = 0
    for path in options.files:
        try:
            raw = read_file(path)
            made = formatted(raw, str(path))
            if made == raw:
                continue
            if options.check:
                code = max(code, 1)
            else:
                _replace(path, made)
        except TabletopError as error:
            complain(error)
            code = max(code, error.exit_code)
        else:
            say(f"{path} {'would be laid out' if options.check else 'is laid out'}.")
    return code


def _replace(path: Path, made: bytes) -> None:
    """Put the new bytes in place of the old ones at once; permissions stay, and a link stays a link."""
    import os
    import shutil
    import tempfile

    from tabletop.errors import UsageError

    target = path.resolve()
    name = ""
    try:
        if not os.access(target, os.W_OK):
            raise PermissionError(13, os.strerror(13))
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=f".{target.name}.", suffix=".new", delete=False
        ) as file:
            name = file.name
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, name)
        Path(name).replace(target)
    except OSError as cause:
        if name:
            Path(name).unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {cause.strerror or cause}.", "It is left as it was.") from cause
