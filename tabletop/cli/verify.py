"""``tabletop verify``: proves the chain of logs."""

from __future__ import annotations

import argparse
from pathlib import Path

from tabletop.errors import NotALog, TabletopError

HELP = "prove that logs are whole and unchanged"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", nargs="+", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Tell of each log whether it is whole; the highest exit code of all."""
    return max(_verified(log, options.logs) for log in options.log)


def _verified(log: str, logs: Path | None) -> int:
    from tabletop.cli.output import complain, say
    from tabletop.journal.folder import log_path, logs_folder
    from tabletop.journal.proving import verify

    path = log_path(log, logs_folder(logs))
    try:
        report = verify(path)
    except NotALog as error:
        say(f"{path}:1: {error}")
        return error.exit_code
    except TabletopError as error:
        complain(error)
        return error.exit_code
    say(str(report))
    return 0 if report.ok else 1
