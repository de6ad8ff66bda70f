"""``tabletop actions``: the improvement plans of all sessions as one list."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.cli.output import say, warn
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.review.improvement import AgreedAction

HELP = "list the actions that sessions agreed: who, until when, open or closed"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "log", nargs="*", metavar="LOG", help="a log's path, or a session's name (default: all in the logs' folder)"
    )
    parser.add_argument(
        "--due", metavar="SPAN", help="only what is open and due within so many days: 30d, 6w; overdue actions too"
    )
    parser.add_argument("--json", action="store_true", help="the list as JSON")
    parser.add_argument("--logs", type=Path, metavar="DIR", help="the folder of the logs")


def run(options: argparse.Namespace) -> int:
    """Print the list; a log that cannot be read is said, and the others go on."""
    from tabletop.cli.several import Logs
    from tabletop.journal.folder import list_logs, logs_folder
    from tabletop.review.improvement import agreed_actions
    from tabletop.session.clock import SystemTime

    within = _span(options.due)
    logs = Logs(logs_folder(options.logs))
    logs.read(options.log or list_logs(logs.folder))
    today = SystemTime().wall().date()
    actions = agreed_actions(logs.logs())
    undated: list[AgreedAction] = []
    if within is not None:
        until = today + timedelta(days=within)
        still = [action for action in actions if action.closed is None]
        undated = [action for action in still if action.due_on is None]
        actions = tuple(action for action in still if action.due_on is not None and action.due_on <= until)
    if options.json:
        say(json.dumps([_value(action, today) for action in actions], indent=2, ensure_ascii=False))
    else:
        for line in _page(actions, today, len(logs.found)):
            say(line)
    if undated:
        warn(f"{_count(len(undated), 'open action')} with no day that can be read, left out: {_named(undated)}.")
    return logs.code


def _span(text: str | None) -> int | None:
    from tabletop.review.due import days

    if text is None:
        return None
    found = days(text)
    if found is None:
        raise UsageError(f"--due {text} is no span of time.", "Give days or weeks: --due 30d, --due 6w.")
    return found


def _value(action: AgreedAction, today: date) -> dict[str, Any]:
    closed = action.closed
    return {
        "log": action.log,
        "session": action.session,
        "exercise": action.exercise,
        "id": action.id,
        "action": action.action,
        "objective": action.objective.id if action.objective else None,
        "objective_text": action.objective.text if action.objective else None,
        "owner": action.owner,
        "start": action.start,
        "due": action.due,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "status": action.status(today),
        "agreed_at": action.agreed_at,
        "seq": action.seq,
        "closed": {"log": closed.log, "at": closed.at, "text": closed.text} if closed else None,
    }


_HEADINGS = {"overdue": "OVERDUE", "open": "Open", "closed": "Closed"}


def _page(actions: Sequence[AgreedAction], today: date, logs: int) -> Iterator[str]:
    if not actions:
        yield f"No action in {_count(logs, 'log')}."
        return
    for status, heading in _HEADINGS.items():
        found = [action for action in actions if action.status(today) == status]
        if found:
            yield f"{heading} ({len(found)})"
            for action in found:
                yield from _entry(action, today)
            yield ""
    yield f"{_count(len(actions), 'action')} in {_count(logs, 'log')}, as of {today.isoformat()}."


def _entry(action: AgreedAction, today: date) -> Iterator[str]:
    yield f"  {action.action}"
    objective = f"for {action.objective.id}: {action.objective.text}" if action.objective else "for no objective"
    yield f"      {action.owner or 'nobody named'}; {_due(action, today)}; {objective}"
    yield f"      {action.id} of {action.log}, #{action.seq}"
    if action.closed:
        words = f": {action.closed.text}" if action.closed.text else ""
        yield f"      closed in {action.closed.log} on {action.closed.at[:10]}{words}"


def _due(action: AgreedAction, today: date) -> str:
    if not action.due:
        return "no day set"
    if action.due_on is None:
        return f"due {action.due} (no day that can be read)"
    day = action.due_on.isoformat()
    typed = "" if action.due.strip() == day else f" ({action.due})"
    if action.closed:
        return f"was due {day}{typed}"
    left = (action.due_on - today).days
    when = f"{_count(-left, 'day')} ago" if left < 0 else "today" if left == 0 else f"in {_count(left, 'day')}"
    return f"due {day}{typed}, {when}"


def _named(actions: Iterable[AgreedAction]) -> str:
    return ", ".join(f"{action.id} of {action.log}" for action in actions)


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
