"""``tabletop review``: the after-action screen of a recorded session."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "walk a recorded session: timeline, tracks, decisions, notes"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Open the screen; its exit code."""
    from tabletop.console.review.app import run_review
    from tabletop.console.terminal import needs_terminal
    from tabletop.journal.folder import log_path, logs_folder

    needs_terminal()
    return run_review(log_path(options.log, logs_folder(options.logs)))
