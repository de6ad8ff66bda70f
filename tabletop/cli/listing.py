"""``tabletop list``: exercises to run, and sessions to resume or review."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Print both lists."""
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
    width = max((len(entry.id) for entry in exercises), default=0)
    for entry in exercises:
        length = f"{entry.minutes // 60}:{entry.minutes % 60:02} h"
        about = f"{length}, {entry.cells} cells, {entry.moves} moves"
        say(f"  {entry.id:<{width}}  {entry.title} ({about}; {', '.join(entry.topics)})".replace("; )", ")"))
    if not exercises:
        say("  none; tabletop new NAME writes one")
    say(f"\nSessions in {folder}")
    for session in sessions:
        about = f"{session.exercise}, {session.standing}, last written {session.last}"
        say(f"  {session.name}  {about if session.exercise else 'no log that can be read'}")
    if not sessions:
        say("  none yet; tabletop run EXERCISE begins one")
    return 0
