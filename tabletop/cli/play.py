"""``tabletop play``: a session driven by one JSON command a line, on a simulated clock."""

from __future__ import annotations

import argparse
import io
import json
import math
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, Never

from tabletop.cli.output import warn
from tabletop.cli.piping import put
from tabletop.errors import Refused, UsageError
from tabletop.journal import FileJournal, log_path, logs_folder, new_log_path
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.clock import ExerciseClock, SimulatedTime, SystemTime
from tabletop.session.decide.common import RESERVED
from tabletop.session.faults import did_you_mean
from tabletop.session.session import Session
from tabletop.session.text import clean

HELP = "drive a session by one JSON command a line; no screen"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", metavar="EXERCISE|LOG", help="an exercise to begin, or a session to go on with")
    parser.add_argument("--name", help="the new session's name; default: the first free EXERCISE-1, -2, ...")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    parser.add_argument(
        "--commands", required=True, metavar="FILE", help="one JSON command a line; - reads standard input"
    )


def run(options: argparse.Namespace) -> int:
    """Play the commands: 0, or 1 if any was refused."""
    with _commands(options.commands) as lines:
        session, time, path = _session(options)
        with closing(session), path.open("rb") as log:
            log.seek(0, io.SEEK_SET if options.created else io.SEEK_END)
            return _play(session, time, lines, log)


def _commands(name: str) -> Any:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as cause:
        raise UsageError(f"The commands in {name} cannot be read: {cause.strerror}.") from cause


# --- which session -----------------------------------------------------------------------------------


def _session(options: argparse.Namespace) -> tuple[Session, SimulatedTime, Path]:
    """A new session on the exercise meant, or the one recorded in the log meant."""
    folder = logs_folder(options.logs)
    log = log_path(options.what, folder)
    exercise = None if options.what.endswith(".jsonl") else _exercise(options.what, log)
    options.created = exercise is not None
    if exercise is None:
        return _resumed(options, log)
    loaded = load_exercise(exercise)
    path = new_log_path(options.name, folder) if options.name is not None else _first_free(loaded.id, folder)
    time = SimulatedTime(SystemTime().wall())
    journal = FileJournal.create(path)
    try:
        return Session.create(loaded, journal, ExerciseClock(time), name=journal.name), time, path
    except BaseException:
        journal.close()
        raise


def _exercise(what: str, log: Path) -> Path | None:
    """The exercise meant; None where there is none but a log."""
    try:
        return find_exercise(what)
    except UsageError:
        if log.is_file() and not what.endswith((".yaml", ".yml")):
            return None
        raise


def _resumed(options: argparse.Namespace, log: Path) -> tuple[Session, SimulatedTime, Path]:
    if options.name is not None:
        raise UsageError("--name is for a new session; a session to go on with has its name.")
    journal = FileJournal.open(log)
    if journal.torn:
        warn(f"the last command in {log} was never finished; its bytes are kept in {journal.torn.path}.")
    try:
        time = SimulatedTime(max(SystemTime().wall(), *_last_time(journal)))
        return Session.open(journal, ExerciseClock(time)), time, log
    except BaseException:
        journal.close()
        raise


def _last_time(journal: FileJournal) -> Iterator[datetime]:
    """The wall time of the last event: after waits it may be ahead of the computer's."""
    try:
        last = datetime.fromisoformat(journal.events[-1].at)
    except (ValueError, IndexError):
        return
    if last.tzinfo is not None:
        yield last


def _first_free(id: str, folder: Path) -> Path:
    paths = (new_log_path(f"{id}-{number}", folder) for number in count(1))
    return next(path for path in paths if not path.exists())


# --- the commands ------------------------------------------------------------------------------------


def _play(session: Session, time: SimulatedTime, lines: Iterable[bytes], log: BinaryIO) -> int:
    refused = False
    _print_new(log)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _do(session, time, _parsed(line))
        except Refused as cause:
            refused = True
            print(f"line {number}: {clean(str(cause))}", file=sys.stderr, flush=True)
        _print_new(log)
    return 1 if refused else 0


def _print_new(log: BinaryIO) -> None:
    """Print what was appended since, to the byte as the log has it."""
    put(log.read())


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("This is no JSON.", 'A command is one line such as {"do": "start"}.') from None
    if not isinstance(value, dict):
        raise Refused("A command is a JSON object.", 'Such as {"do": "start"}.')
    return value


def _no_constant(name: str) -> Never:
    raise ValueError(name)


def _do(session: Session, time: SimulatedTime, command: dict[str, Any]) -> None:
    by = command.pop("by", "facilitator")
    known = [*sorted(RESERVED), *session.state.participants]
    if not isinstance(by, str):
        raise Refused("`by` is a participant's id, or facilitator, control or auto.")
    if by not in known:
        raise Refused(f"'{by[:60]}' takes no part in the session.", did_you_mean(by, known))
    if command.get("do") == "wait":
        _wait(time, _minutes(command))
    else:
        session.do(command, by)


def _wait(time: SimulatedTime, minutes: float) -> None:
    try:
        time.wall() + timedelta(minutes=minutes)
    except OverflowError:
        raise Refused("wait: the calendar ends with the year 9999.") from None
    time.advance(minutes * 60)


def _minutes(command: dict[str, Any]) -> float:
    """How long to wait, in minutes; parts of one too."""
    minutes = command.get("minutes")
    unknown = set(command) - {"do", "minutes"}
    if unknown:
        raise Refused(f"wait: '{sorted(unknown)[0]}' is not known.", "It takes `minutes`.")
    if not isinstance(minutes, int | float) or isinstance(minutes, bool) or not math.isfinite(minutes):
        raise Refused("wait: 'minutes' is a number.")
    if not 0 <= minutes <= 100_000:
        raise Refused("wait: 'minutes' goes from 0 to 100000.")
    return minutes
