"""What was agreed to improve, is still open and bears on the exercise at hand; and the form that closes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.errors import TabletopError
from tabletop.scenario.model import Exercise

if TYPE_CHECKING:
    from tabletop.review.improvement import AgreedAction
    from tabletop.review.logs import Log

NOTHING = "No action is open: none that bears on the objectives of this exercise, in the logs of this folder."


def still_open(folder: Path, exercise: Exercise) -> list[AgreedAction]:
    """Such actions of all sessions in a folder of logs, the first due first; logs that cannot be read are left out."""
    from tabletop.review.improvement import open_actions

    return [each.action for each in open_actions(_logs(folder), exercise)]


def told(action: AgreedAction) -> str:
    """What is to be done, by whom, until when, and which session agreed it."""
    who = ", ".join(one_line(part) for part in (action.owner, action.due, action.session) if part)
    return f"{one_line(action.action)} ({who})"


def closing(action: AgreedAction, text: str, log: str = "") -> dict[str, Any]:
    """The command that closes an action, in whichever log; ``log`` is what the one is called that it is written to."""
    return given(do="close_action", log="" if action.log == log else action.log, id=action.id, text=text)


def close_form(
    found: Sequence[AgreedAction],
    close: Callable[[AgreedAction, Values], None],
    *,
    more: Sequence[Field] = (),
    about: str = "",
) -> FormScreen:
    """Which action is done, and how."""

    def submit(values: Values) -> None:
        close(found[int(values["action"])], values)

    fields = [
        Field("action", "Which", "pick", [(str(at), told(action)) for at, action in enumerate(found)], letters=False),
        Field("text", "How it was done", "text", needed="Say in a word how it was done."),
        *more,
    ]
    return FormScreen("Action done", fields, submit, about=about, record="close it")


def _logs(folder: Path) -> Iterator[Log]:
    from tabletop.journal import list_logs, name_of, read_log
    from tabletop.review.logs import Log

    try:
        paths = list_logs(folder)
    except TabletopError:
        return
    for path in paths:
        try:
            yield Log(name_of(path), read_log(path))
        except (TabletopError, OSError):
            continue
