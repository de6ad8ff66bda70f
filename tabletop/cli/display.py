"""``tabletop display``: the players' screen of a session that is being run elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--cell", metavar="CELL", help="what this cell may see; without it, what every player may")
    parser.add_argument("--language", metavar="CODE", help="in another language, where it is translated: ko, ja, ...")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Open the screen; its exit code."""
    from tabletop.console.display import run_display
    from tabletop.console.terminal import needs_terminal
    from tabletop.journal.folder import log_path, logs_folder

    needs_terminal()
    return run_display(log_path(options.log, logs_folder(options.logs)), options.cell, options.language)
