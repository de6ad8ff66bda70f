"""``tabletop log``: the record of a session as readable text, as JSON, or as a table in CSV."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.journal.event import Event
    from tabletop.journal.reading import Reading

HELP = "print the record of a session"
TABLES = ("events", "decisions", "observations")

# What a terminal might obey: control characters beyond those that JSON escapes itself, and bidi overrides.
_UNSAFE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the list of the log's lines as JSON")
    form.add_argument("--csv", action="store_true", help="one of the log's tables as CSV")
    parser.add_argument("--table", choices=TABLES, help="for --csv: which table (default: events)")


def run(options: argparse.Namespace) -> int:
    """Print what is whole; exit code 1 if something after it is damaged."""
    from tabletop.cli.output import say
    from tabletop.cli.piping import put
    from tabletop.errors import UsageError
    from tabletop.journal.folder import log_path, logs_folder
    from tabletop.journal.reading import parse, read_file

    if options.table and not options.csv:
        raise UsageError("--table is for --csv.", "Give both.")
    path = log_path(options.log, logs_folder(options.logs))
    raw = read_file(path)
    reading = parse(raw, path)
    if options.json:
        say(_as_json(raw, len(reading.events)))
    elif options.csv:
        put(_as_csv(reading, options.table or TABLES[0]).encode())
    else:
        for line in _as_text(reading.events):
            say(line)
    return _told(path, reading)


def _told(path: Path, reading: Reading) -> int:
    """Say on stderr what is missing; a torn tail was never acknowledged, so nothing of the record is."""
    sys.stdout.flush()
    if reading.damage:
        print(f"{path}:{reading.damage.line}: {reading.damage.wrong} The record ends there.", file=sys.stderr)
        return 1
    if reading.torn:
        print(f"{path}:{reading.torn.line}: the last command was never finished.", file=sys.stderr)
    return 0


def _as_json(raw: bytes, count: int) -> str:
    """The lines themselves, as they stand: what they hold was proved, and floats keep their form."""
    lines = raw.split(b"\n", count)[:count]
    text = ",\n".join(line.decode() for line in lines)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", f"[\n{text}\n]" if lines else "[]")


def _as_csv(reading: Reading, name: str) -> str:
    """One of the tables; only its headings where nothing can be read."""
    from tabletop.documents.tabular import csv_text
    from tabletop.review import tables
    from tabletop.review.reviewing import review

    if not reading.events:
        return csv_text(tables.Table(name, tables.TABLES[name][0], ()))
    return csv_text(tables.table(name, review(reading.events, reading.head), reading.events))


def _as_text(events: Sequence[Event]) -> Iterator[str]:
    """One line an event: number, wall time, exercise clock, who was at the keys, what happened."""
    if not events:
        return
    from tabletop.review.record import opened, read_record
    from tabletop.review.wording import clock_time, describe, made_on_the_spot
    from tabletop.scenario.index import Index

    record = read_record(events)
    index, names = Index(opened(record)[1]), made_on_the_spot(events)
    seq, by = len(str(events[-1].seq)), max(len(event.by) for event in events)
    for event in events:
        back = "" if record.in_effect(event.seq) else "(taken back) "
        at = event.at.replace("T", " ")
        said = describe(event, index, names)
        yield f"{event.seq:>{seq}}  {at}  {clock_time(event.clock):>7}  {event.by:<{by}}  {back}{said}"
