"""The command line: one small module a command, loaded when it is called.

A command's module has ``HELP``, ``configure(parser)`` and ``run(options) -> exit code``. Exit codes: 0 fine;
1 found wanting, or refused; 2 wrong arguments, or a path that cannot be read; 130 Ctrl-C; 143 SIGTERM.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from tabletop import __version__
from tabletop.errors import TabletopError, UsageError

COMMANDS = {
    "run": "run an exercise: the facilitator's console on a new session",
    "resume": "go on with a session where it stood, clock paused",
    "list": "list exercises and sessions",
    "show": "an exercise as one readable page, as HTML, or its branches as a diagram",
    "edit": "an author's screen: faults, branches and each cell's view, as you write",
    "check": "tell every fault and doubt of exercises and scripts",
    "fmt": "lay out exercises and scripts in one order; comments and values stay",
    "diff": "tell what changed between two versions of an exercise",
    "new": "write a commented exercise to start from",
    "schema": "print the JSON Schema of the format, for editors",
    "rehearse": "play an exercise as planned, with nobody in the room",
    "play": "drive a session by one JSON command a line; no screen",
    "log": "print the record of a session",
    "verify": "prove that logs are whole and unchanged",
    "seal": "sign a log's head with an ssh key",
    "redact": "copy a log for sharing, without names or chosen texts",
    "review": "walk a recorded session: timeline, tracks, decisions, notes",
    "report": "write the after-action report of a log",
    "compare": "compare sessions of the same exercise: choices, paths, tracks, ratings",
    "actions": "list the actions that sessions agreed: who, until when, open or closed",
    "export": "write papers of an exercise: MSEL workbook, manuals, guides, handouts",
    "import": "make an exercise of an existing MSEL, a workbook or CSV",
    "display": "the players' screen: follows a session and shows what a cell may see",
}
_INTERRUPTED = 130
_NOTHING = 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and leaves the page of usage to ``--help``."""

    def error(self, message: str) -> NoReturn:
        sentence = _no_command(message) if self.prog == "tabletop" else ""
        sentence = sentence or f"{message[:1].upper()}{message[1:]}".rstrip(".") + "."
        raise UsageError(sentence, f"`{self.prog} --help` tells what it takes.")


def _no_command(message: str) -> str:
    """What to say of a command that does not exist; nothing where the message is about something else."""
    if "invalid choice" not in message:
        return ""
    from tabletop.scenario.diagnostics import nearest_word

    word = message.partition("'")[2].partition("'")[0]
    near = nearest_word(word, COMMANDS)
    return f"There is no command '{word}'{f'; did you mean `{near}`?' if near else '.'}"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    # What a command loads stays: looking for garbage among it, some hundred times at the start, finds none.
    gc.set_threshold(50_000, 20, 50)
    atexit.register(gc.freeze)  # nor does the search at the end
    words = list(sys.argv[1:] if words is None else words)
    try:
        return _main(words)
    except TabletopError as error:
        from tabletop.cli.output import complain

        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED


def _main(words: list[str]) -> int:
    parser = _Parser(
        prog="tabletop",
        description="Run, author and review tabletop exercises. Without a command: the library.",
    )
    parser.add_argument("--version", action="version", version=f"tabletop {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    called = next((word for word in words if not word.startswith("-")), None)
    modules = {}
    # Only the page of help, and a word that is no command, need all of them.
    known = {called: COMMANDS[called]} if words and words[0] == called and called in COMMANDS else COMMANDS
    for name, help in known.items():
        command = commands.add_parser(name, help=help, description=f"{help[:1].upper()}{help[1:]}.")
        if name == called:
            modules[name] = import_module(f"tabletop.cli.{_MODULES.get(name, name)}")
            modules[name].configure(command)
    options = parser.parse_args(words)
    if options.command is None:
        from tabletop.console.app import run_console

        return run_console()
    from tabletop.cli.output import flush

    code: int = modules[options.command].run(options)
    flush()
    return code


_MODULES = {"list": "listing", "import": "import_"}
