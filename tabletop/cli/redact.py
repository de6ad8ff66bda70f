"""``tabletop redact``: a copy of a log for sharing, without names or chosen texts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.errors import LogDamaged, NameTaken, UsageError

if TYPE_CHECKING:
    from tabletop.journal.event import Event
    from tabletop.review.redacting import Redaction

HELP = "copy a log for sharing, without names or chosen texts"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("log", metavar="LOG", help="a log's path, or a session's name")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="NEW", help="the new log")
    parser.add_argument("--names", action="store_true", help="put roles such as ROK 2 for the names of participants")
    parser.add_argument("--also", nargs="+", action="extend", default=[], metavar="NAME", help="further names")
    parser.add_argument(
        "--text", nargs="+", action="extend", default=[], type=int, metavar="SEQ", help="events to withhold"
    )
    parser.add_argument(
        "--kind", nargs="+", action="extend", default=[], metavar="TYPE", help="types of events to withhold"
    )
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Write the new log and say what was taken out; the old one is only read."""
    from tabletop.journal.folder import log_path, logs_folder
    from tabletop.journal.reading import read_log
    from tabletop.review.redacting import redact

    if not (options.names or options.also or options.text or options.kind):
        raise UsageError("Nothing is to be taken out.", "Give --names, --text SEQ or --kind TYPE.")
    path = log_path(options.log, logs_folder(options.logs))
    reading = read_log(path)
    if reading.damage:
        raise LogDamaged(f"{path}:{reading.damage.line}: {reading.damage.wrong}", "Only a whole log is redacted.")
    chosen = _chosen(reading.events, options.text, options.kind)
    redaction = redact(reading.events, reading.head, names=options.names, others=options.also, chosen=chosen)
    _deliver(redaction.raw, options.output)
    _tell(redaction, options.output)
    return 0


def _chosen(events: Sequence[Event], seqs: Sequence[int], kinds: Sequence[str]) -> frozenset[int]:
    """The seqs of the events to withhold; raises UsageError for one that is not there, or the first."""
    types = {event.type for event in events[1:]}
    for kind in kinds:
        if kind not in types:
            raise UsageError(f"No event of the type '{kind}' is in the log.", f"There are: {', '.join(sorted(types))}.")
    for seq in seqs:
        if seq == 0:
            raise UsageError("#0 holds the exercise and cannot be withheld.", "Without it the log is none.")
        if not 0 < seq < len(events):
            raise UsageError(f"There is no event #{seq}: the last is #{len(events) - 1}.")
    return frozenset(seqs) | {event.seq for event in events if event.type in kinds}


def _deliver(raw: bytes, output: Path) -> None:
    """Write a file that must not exist yet, for its owner alone: nothing is ever overwritten."""
    from tabletop.journal import disk
    from tabletop.journal.folder import reason

    try:
        disk.write_new(output, raw)
    except FileExistsError as cause:
        raise NameTaken(f"{output} exists already and is not overwritten.", "Give another -o.") from cause
    except OSError as cause:
        with suppress(OSError):
            output.unlink()
        raise UsageError(f"{output} cannot be written: {reason(cause)}.") from cause


def _tell(done: Redaction, output: Path) -> None:
    from tabletop.cli.output import say, warn

    say(f"{output}: {done.events} events, head {done.head}")
    mentions = _counted(done.mentions, "mention")
    say(f"{output}: {_counted(done.withheld, 'event')} withheld, {mentions} of names replaced")
    if done.left:
        where = ", ".join(f"#{seq}" for seq in done.left)
        warn(f"a name still stands in {where}, where other events refer by it: look, and withhold with --text.")
    if done.in_exercise:
        times = _counted(done.in_exercise, "time")
        warn(f"the exercise itself holds such a name {times}: it is left as its authors wrote it.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
