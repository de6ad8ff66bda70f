"""``tabletop list``: exercises to run, sessions to resume or review, and inject scripts to draw on."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabletop.scenario.library import ShelfEntry


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    parser.add_argument("--injects", action="store_true", help="list inject scripts, and who draws on their injects")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Print both lists, or that of the inject scripts."""
    return _scripts(as_json=options.json) if options.injects else _exercises_and_sessions(options)


def _exercises_and_sessions(options: argparse.Namespace) -> int:
    from tabletop.cli.output import say
    from tabletop.journal.folder import list_logs, logs_folder
    from tabletop.journal.sessions import SessionEntry
    from tabletop.scenario.library import shelf

    exercises, folder = shelf(), logs_folder(options.logs)
    sessions = [SessionEntry.read(path) for path in list_logs(folder)]
    if options.json:
        value: dict[str, Any] = {
            "exercises": [entry.as_json() for entry in exercises],
            "sessions": [entry.as_json() for entry in sessions],
        }
        say(json.dumps(value, indent=2, ensure_ascii=False))
        return 0
    say("Exercises")
    for entry in exercises:
        for line in _about(entry):
            say(line)
    if not exercises:
        say("  none; tabletop new NAME writes one")
    say(f"\nSessions in {folder}")
    for session in sessions:
        about = f"{session.exercise}, {session.standing}, last written {session.last}"
        say(f"  {session.name}  {about if session.exercise else 'no log that can be read'}")
    if not sessions:
        say("  none yet; tabletop run EXERCISE begins one")
    return 0


def _about(exercise: ShelfEntry) -> Iterator[str]:
    """How long, for how many, on what; then what it trains, for whom, and what to read before."""
    from tabletop.documents.plain import entry, purpose

    length = f"{exercise.minutes // 60}:{exercise.minutes % 60:02} h"
    measures = f"{length}, {_count(exercise.cells, 'cell')}, {_count(exercise.moves, 'move')}"
    topics = f"; {', '.join(exercise.topics)}" if exercise.topics else ""
    yield from entry(f"{exercise.title} ({measures}{topics})", 6, f"  {exercise.id}  ")
    yield from purpose(exercise.trains, exercise.audience, exercise.read_before, 6)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def _scripts(*, as_json: bool) -> int:
    from tabletop.cli.output import say
    from tabletop.scenario.scriptshelf import script_shelf

    scripts = script_shelf()
    if as_json:
        say(json.dumps({"scripts": [script.as_json() for script in scripts]}, indent=2, ensure_ascii=False))
        return 0
    for script in scripts:
        say(f"{script.id}: {script.title} ({script.path})")
        width = max((len(inject.id) for inject in script.injects), default=0)
        for inject in script.injects:
            used = ", ".join(inject.exercises) or "drawn on by nobody"
            say(f"  {inject.id:<{width}}  {inject.title} ({used})")
        say()
    nobodys = sum(not inject.exercises for script in scripts for inject in script.injects)
    count = sum(len(script.injects) for script in scripts)
    say(f"{len(scripts)} scripts, {count} injects, {nobodys} of them drawn on by nobody.")
    return 0
