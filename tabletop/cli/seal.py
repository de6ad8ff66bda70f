"""``tabletop seal``: signs a log's head with an ssh key."""

from __future__ import annotations

import argparse
from pathlib import Path

from tabletop.errors import LogDamaged

HELP = "sign a log's head with an ssh key"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--key", type=Path, metavar="FILE", help="an ssh key; default: your own in ~/.ssh")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Prove the log and seal it; only a whole one is."""
    from tabletop.cli.output import say
    from tabletop.journal.folder import log_path, logs_folder
    from tabletop.journal.proving import verify
    from tabletop.journal.sealing import default_key, write_seal

    report = verify(log_path(options.log, logs_folder(options.logs)))
    if not report.ok:
        raise LogDamaged(str(report), "It is not sealed.")
    sealed = write_seal(report.path, report.head, report.events, options.key or default_key())
    say(str(report))
    say(f"{report.path}: sealed in {sealed}")
    return 0
