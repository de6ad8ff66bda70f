"""``tabletop compare``: the same exercise across sessions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.output import say
from tabletop.errors import TabletopError, UsageError

if TYPE_CHECKING:
    from tabletop.review.comparing import Comparison

HELP = "compare sessions of the same exercise: choices, paths, tracks, ratings"
TABLES = ("choices", "answers", "paths", "tracks", "ratings", "sessions", "against")


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", nargs="+", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument(
        "--format",
        choices=("text", "html", "json", "csv", "parquet"),
        default="text",
        help="text (default), html, json, csv or parquet",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this new file, not to stdout")
    parser.add_argument("--against", metavar="LOG", help="set this session against all the others")
    parser.add_argument(
        "--table", choices=TABLES, help="for csv and parquet: which table (default: choices; against, with --against)"
    )
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Print or write the comparison; exit code 1, with it all the same, where a log is damaged."""
    from tabletop.cli.several import Logs
    from tabletop.journal.folder import logs_folder
    from tabletop.review.comparing import compare

    _check(options)
    logs = Logs(logs_folder(options.logs))
    logs.read(options.log)
    against = logs.one(options.against) if options.against else None
    if not logs.found:
        return logs.code
    comparison = compare(logs.logs(), logs.log(against) if against else None)
    _deliver(_FORMS[options.format](comparison, options), options.output)
    return logs.code


def _check(options: argparse.Namespace) -> None:
    """Refuse arguments that do not go together, before anything is read."""
    tables = options.format in ("csv", "parquet")
    if options.table and not tables:
        raise UsageError("--table is for csv and parquet.", "Give --format csv, for example.")
    if options.table == "against" and not options.against:
        raise UsageError("The table `against` needs a session.", "Name it: --against LOG")
    if options.format == "parquet" and options.output is None and sys.stdout.isatty():
        raise UsageError("Parquet is no text, and a terminal cannot show it.", "Name a file: -o FILE")


def _text(comparison: Comparison, options: argparse.Namespace) -> bytes | None:
    from tabletop.documents.comparison.text import comparison_text

    if options.output is not None:
        from tabletop.session.text import clean

        return "".join(f"{clean(f'.{line}')[1:]}\n" for line in comparison_text(comparison)).encode()
    for line in comparison_text(comparison):
        say(line)
    return None


def _html(comparison: Comparison, options: argparse.Namespace) -> bytes:
    from tabletop.documents.comparison.html import comparison_html

    return comparison_html(comparison).encode()


def _json(comparison: Comparison, options: argparse.Namespace) -> bytes:
    from tabletop.documents.comparison.as_json import comparison_json

    return comparison_json(comparison).encode()


def _csv(comparison: Comparison, options: argparse.Namespace) -> bytes:
    from tabletop.documents.tabular import csv_text
    from tabletop.review.comparing.rows import TABLES as tables

    return csv_text(tables[_table(options)](comparison)).encode()


def _parquet(comparison: Comparison, options: argparse.Namespace) -> bytes:
    from tabletop.documents.tabular import parquet_bytes
    from tabletop.review.comparing.rows import TABLES as tables

    return parquet_bytes(tables[_table(options)](comparison))


def _table(options: argparse.Namespace) -> str:
    return options.table or ("against" if options.against else "choices")


_FORMS: dict[str, Callable[[Comparison, argparse.Namespace], bytes | None]] = {
    "text": _text,
    "html": _html,
    "json": _json,
    "csv": _csv,
    "parquet": _parquet,
}


def _deliver(raw: bytes | None, output: Path | None) -> None:
    """Print it, or write it to a file that must not exist yet: nothing is ever overwritten."""
    from tabletop.cli.piping import put

    if raw is None:
        return
    if output is None:
        put(raw)
        return
    try:
        with output.open("xb") as file:
            file.write(raw)
    except FileExistsError as cause:
        raise TabletopError(f"{output} exists already and is not overwritten.", "Give another -o.") from cause
    except OSError as cause:
        raise UsageError(f"{output} cannot be written: {cause.strerror or cause}.") from cause
