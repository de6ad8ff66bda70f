"""``tabletop verify``: proves the chain of logs, against a head noted elsewhere and against their seals."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.output import complain, say, warn
from tabletop.errors import NotALog, TabletopError, UsageError

if TYPE_CHECKING:
    from tabletop.journal.proving import Report
    from tabletop.journal.sealing import Seal

HELP = "prove that logs are whole and unchanged"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", nargs="+", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    parser.add_argument("--head", metavar="HEX", help="a head noted elsewhere, such as in a report")
    parser.add_argument(
        "--signers", type=Path, metavar="FILE", help="who may seal: a file of allowed signers, as of ssh-keygen"
    )


def run(options: argparse.Namespace) -> int:
    """Tell of each log whether it is whole; the highest exit code of all."""
    head = options.head and options.head.strip().lower()
    if head is not None and not re.fullmatch(r"[0-9a-f]{64}", head):
        raise UsageError("A head is 64 hex digits.", "It stands in the report, and in what `tabletop verify` prints.")
    return max(_verified(log, options.logs, head, options.signers) for log in options.log)


def _verified(log: str, logs: Path | None, head: str | None, signers: Path | None) -> int:
    from tabletop.journal.folder import log_path, logs_folder
    from tabletop.journal.proving import verify
    from tabletop.journal.reading import check_is_file
    from tabletop.journal.sealing import seal_path

    path = log_path(log, logs_folder(logs))
    try:
        check_is_file(path)
        sealed = seal_path(path)
        wanted = signers is not None or sealed.exists()
        report = verify(path, heads=wanted or head is not None)
        say(str(report))
        code = 0 if report.ok else 1
        if head is not None:
            code = max(code, _against(report, head))
        return max(code, _sealed(report, sealed, signers)) if wanted else code
    except NotALog as error:
        say(f"{path}:1: {error}")
        return error.exit_code
    except TabletopError as error:
        complain(error)
        return error.exit_code


def _against(report: Report, head: str) -> int:
    """Tell where in the log the line is that has this head; 1 if none has."""
    place = report.up_to(head)
    if place is None:
        say(
            f"{report.path}:{report.events}: no line up to here has the head given: one was changed, added or taken "
            "out since it was noted, or it is another log's."
        )
        return 1
    say(f"{report.path}: line {place} has the head given: nothing before it was changed{_after(report, place)}")
    return 0


def _after(report: Report, place: int) -> str:
    more = report.events - place
    return f"; {_events(more)} came after it." if more else ", and nothing came after it."


def _events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"


def _sealed(report: Report, path: Path, signers: Path | None) -> int:
    """Tell whether the seal beside the log is good, and what that was checked against; 1 if it is not."""
    from tabletop.journal.sealing import read_seal

    try:
        return _told(report, read_seal(path), signers)
    except TabletopError as error:
        if signers is not None:
            raise
        warn(f"The seal {path} was not checked: {error}")
        return 0


def _told(report: Report, seal: Seal, signers: Path | None) -> int:
    from tabletop.journal.sealing import check_seal

    head = seal.head or report.head
    place = report.up_to(head)
    if place is None:
        say(f"{report.path}:{report.events}: no line up to here has the head that {seal.path} is the seal of.")
        return 1
    checked = check_seal(seal, head, signers)
    if not checked.good:
        say(f"{report.path}:{place}: the seal {seal.path} is not good: {checked.words}.")
        return 1
    say(f"{report.path}: line {place} is sealed by {seal.path}, {checked.words}{_after(report, place)}")
    return 0
