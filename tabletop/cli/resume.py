"""``tabletop resume``: goes on where a session stood, its clock paused."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "go on with a session where it stood, clock paused"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    parser.add_argument("--auto", action="store_true", help="release what is due, and go on to the next move, unasked")


def run(options: argparse.Namespace) -> int:
    """Open the console; its exit code."""
    from tabletop.console.app import run_console
    from tabletop.journal.folder import log_path, logs_folder

    return run_console(log=log_path(options.log, logs_folder(options.logs)), logs=options.logs, auto=options.auto)
