"""What is typed and not yet recorded: kept beside the log as it is typed, fetched when its form opens again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tabletop.console import words
from tabletop.console.keynames import key_of
from tabletop.console.safe import say
from tabletop.console.widgets.pick import Pick
from tabletop.journal import Typed, read_drafts, write_drafts
from tabletop.session.clock import stamp

_LOOK_EVERY = 0.4
"""Seconds between two looks at what is typed."""
_AGAIN = 2.0
"""Seconds until what the disk did not take is tried again."""


@runtime_checkable
class Form(Protocol):
    """A screen whose fields are kept: ``draft_key`` is the form's name, ``typed`` whether there is anything."""

    @property
    def draft_key(self) -> str:
        """The form's name, the same when it opens again."""

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""


class Drafts:
    """The drafts of one session; a thread of their own writes them, so that typing never waits for a disk."""

    def __init__(self, log: Path, opened: str, wall: Callable[[], datetime]) -> None:
        self._log, self._opened, self._wall = log, opened, wall
        self._kept = read_drafts(log, opened)
        self._open: dict[Screen[Any], str] = {}
        self._changed = threading.Condition()
        self._wanted = self._written = 0
        self._writer: threading.Thread | None = None
        self._closed = False

    def listed(self) -> str:
        """The drafts there are, in words: which form, and when it was typed in."""
        return ", ".join(f"{form} ({_when(typed)})" for form, typed in self._kept.items())

    def begin(self, screen: Screen[Any]) -> None:
        """A form opens: fill in its draft, say so, and keep from here on what is typed."""
        assert isinstance(screen, Form)
        self._open[screen] = screen.draft_key
        self.fetch(screen)
        screen.set_interval(_LOOK_EVERY, lambda: self.look(screen))

    def fetch(self, screen: Screen[Any]) -> None:
        """Fill in the draft of what a form now asks, if there is one, and say so."""
        if isinstance(screen, Form) and (found := self._kept.get(screen.draft_key)):
            _fill(screen, found.values)
            leave = key_of(screen.app, "form.leave", "escape")
            said = f"A draft, typed {_when(found)} and never recorded. Record it, or drop it with {leave}, twice."
            screen.query_one("#form-fault", Static).update(say(said, "bold"))

    def look(self, screen: Screen[Any]) -> None:
        """Keep what stands in a form now."""
        if screen not in self._open or not isinstance(screen, Form):
            return
        before, key = self._open[screen], screen.draft_key
        others: Mapping[str, Mapping[str, str]] = getattr(screen, "also_typed", {})
        if key != before:
            self._open[screen] = key
            if before not in others:
                self._drop(before)
        for other, values in others.items():
            self._keep(other, values)
        if screen.typed:
            self._keep(key, _values(screen))
        else:
            self._drop(key)

    def end(self, screen: Screen[Any]) -> None:
        """A form was recorded: its draft goes."""
        self.look(screen)
        if key := self._open.pop(screen, ""):
            self._drop(key)

    def drop(self, screen: Screen[Any]) -> None:
        """A form is left without recording: so goes all that was typed in it."""
        for other in getattr(screen, "also_typed", {}):
            self._drop(other)
        if key := self._open.pop(screen, ""):
            self._drop(key)

    def leave(self, screen: Screen[Any]) -> None:
        """A form is left and its draft stays, for want of a log that takes anything."""
        self.look(screen)
        self._open.pop(screen, None)

    def forget(self) -> None:
        """Drop all of them, on the disk too: what was typed is recorded."""
        self._open.clear()
        self._change(self._kept.clear)
        self.settle()

    def go_on_beside(self, log: Path) -> None:
        """Keep the drafts beside another log from now on: the session goes on there."""
        self._log = log
        self._change(lambda: None)

    def settle(self, seconds: float = 1.0) -> bool:
        """Take in what is typed now and wait for the disk; says whether all of it is there."""
        for screen in tuple(self._open):
            if screen.is_attached:
                self.look(screen)
        with self._changed:
            return self._changed.wait_for(lambda: self._written == self._wanted, seconds)

    def close(self) -> None:
        """Write what there is; from now on the file is another's."""
        self.settle()
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    # --- the file -------------------------------------------------------------------------------------

    def _keep(self, key: str, values: Mapping[str, str]) -> None:
        old = self._kept.get(key)
        if old is None or old.values != values:
            self._change(lambda: self._kept.update({key: Typed(stamp(self._wall()), values)}))

    def _drop(self, key: str) -> None:
        if key in self._kept:
            self._change(lambda: self._kept.pop(key))

    def _change(self, change: Callable[[], object]) -> None:
        with self._changed:
            change()
            self._wanted += 1
            self._changed.notify_all()
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="drafts", daemon=True)
            self._writer.start()

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._written != self._wanted)
                if self._closed:
                    return
                version, drafts = self._wanted, dict(self._kept)
            taken = write_drafts(self._log, self._opened, drafts)
            with self._changed:
                if taken:
                    self._written = version
                    self._changed.notify_all()
                else:
                    self._changed.wait(_AGAIN)


def begin(screen: Screen[Any]) -> None:
    """A form opens: fetch its draft, where the app keeps any."""
    if (drafts := _drafts(screen)) is not None:
        drafts.begin(screen)


def fetch(screen: Screen[Any]) -> None:
    """A form asks for something else: fetch the draft of that."""
    if (drafts := _drafts(screen)) is not None:
        drafts.fetch(screen)


def end(screen: Screen[Any]) -> None:
    """A form was recorded."""
    if (drafts := _drafts(screen)) is not None:
        drafts.end(screen)


def drop(screen: Screen[Any]) -> None:
    """A form is left without recording: its draft goes, unless nothing could have been recorded."""
    if (drafts := _drafts(screen)) is None:
        return
    if kept_on_leaving(screen):
        drafts.leave(screen)
    else:
        drafts.drop(screen)


def kept_on_leaving(screen: Screen[Any]) -> bool:
    """Whether a draft outlives its form: where the log takes nothing more, so that a resumed session has it."""
    session, kept = getattr(screen.app, "session", None), getattr(screen.app, "drafts", None)
    return kept is not None and kept is _drafts(screen) and session is not None and not session.journal.writable


def settled(app: App[Any]) -> bool:
    """Whether all that is typed in the forms of an app is kept on the disk."""
    typed = [screen for screen in app.screen_stack if getattr(screen, "typed", False)]
    return all(kept is not None and kept.settle() for kept in {_drafts(screen) for screen in typed})


def _drafts(screen: Screen[Any]) -> Drafts | None:
    """Those of a form that writes to a log of its own; else those of the app's session."""
    drafts: Drafts | None = getattr(screen, "drafts", None) or getattr(screen.app, "drafts", None)
    return drafts


def _fields(screen: Screen[Any]) -> dict[str, Widget]:
    return {widget.id: widget for widget in screen.query("Input, TextArea, Pick") if widget.id}


def _values(screen: Screen[Any]) -> dict[str, str]:
    more: dict[str, str] = getattr(screen, "more_typed", {})
    return {id: _text_of(widget) for id, widget in _fields(screen).items()} | more


def _text_of(widget: Widget) -> str:
    if isinstance(widget, TextArea):
        return widget.text
    return widget.value if isinstance(widget, Input | Pick) else ""


def _fill(screen: Screen[Any], values: Mapping[str, str]) -> None:
    for id, widget in _fields(screen).items():
        if id not in values:
            continue
        if isinstance(widget, TextArea):
            widget.load_text(values[id])
            widget.move_cursor(widget.document.end)
        elif isinstance(widget, Input):
            widget.value = values[id]
        elif isinstance(widget, Pick):
            widget.choose(values[id])
    if fill_more := getattr(screen, "fill_more", None):
        fill_more(values)


def _when(typed: Typed) -> str:
    return f"{words.parse(typed.at).astimezone():%Y-%m-%d %H:%M}"
