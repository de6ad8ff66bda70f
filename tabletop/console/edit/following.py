"""How the author's screen keeps up with the files: it looks, reads in a thread, and has the branches proven."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.console.edit.course import Course
from tabletop.console.edit.looking import Looked, look
from tabletop.console.edit.proving import Proof
from tabletop.console.edit.rendering import Rendering
from tabletop.console.edit.watching import Watch
from tabletop.errors import TabletopError
from tabletop.scenario.diagnostics import Fault

if TYPE_CHECKING:
    from textual.screen import Screen

    Base = Screen[None]
else:
    Base = object

LOOK_EVERY = 0.1
"""Seconds between two looks at the files; a save is read at the second look that finds it unchanged."""
PROVING = "proving the branches ..."
_LOOKED_AT = "every branch looked at"
_NOT_ALL = "not every branch could be looked at"


class Follows(Base):
    """Holds what was looked at last, and the last rendering that loaded; ``show`` paints them."""

    def __init__(self, path: Path, scripts: Sequence[Path], looked: Looked) -> None:
        super().__init__()
        self.path, self._scripts = path, scripts
        self.looked, self.course = looked, Course()
        self.rendering = Rendering.of(looked, self.course)
        self.proof = ""
        """How the proof of the branches stands, in words."""
        self._proof: Proof | None = None
        self._version = 0
        self._watch = Watch(path, scripts)

    @abstractmethod
    def show(self) -> None:
        """Paint everything."""

    @abstractmethod
    def views_wanted(self) -> bool:
        """Whether what cells see is being shown."""

    def follow(self) -> None:
        """Begin to follow the files."""
        self._watch.follow(self.looked.names)
        self.set_interval(LOOK_EVERY, self._poll)
        self._prove()

    def _poll(self) -> None:
        if self._watch.changed():
            self._read()

    def _read(self) -> None:
        """Read the files in a thread; only the newest reading counts."""
        self._version += 1
        self._stop_proving()
        self.run_worker(partial(self._look, self._version), thread=True, group="look")

    def _look(self, version: int) -> None:
        looked = look(self.path, self._scripts)
        rendering = Rendering.of(looked, self.course)
        if rendering is not None and self.views_wanted():
            rendering.play()
        self.call_later(self._take, version, looked, rendering)

    def _take(self, version: int, looked: Looked, rendering: Rendering | None) -> None:
        if version != self._version or not self.is_mounted:
            return
        self.looked = looked
        if rendering is not None:
            self.rendering = rendering.along(self.course)
        if not looked.unread:
            self._watch.follow(looked.names)
        self._prove()
        self.show()

    def _prove(self) -> None:
        """Begin to look at every branch, in a process of its own; what an older one finds is of no use."""
        self._stop_proving()
        self.proof = ""
        if self.looked.exercise is None:
            return
        self.proof = PROVING
        try:
            self._proof = Proof(self.path, self._scripts)
        except OSError as error:
            self.proof = f"the branches could not be checked: {error.strerror}"
        else:
            self.run_worker(partial(self._wait_for, self._proof), thread=True, group="proof")

    def _stop_proving(self) -> None:
        if self._proof is not None:
            self._proof.stop()
            self._proof = None

    def _wait_for(self, proof: Proof) -> None:
        try:
            faults, fault = proof.faults(), ""
        except TabletopError as error:
            faults, fault = None, str(error)
        if proof is self._proof:
            self.call_later(self._proven, proof, faults, fault)

    def _proven(self, proof: Proof, faults: Sequence[Fault] | None, fault: str) -> None:
        if proof is not self._proof:
            return
        self.proof = fault
        if faults is not None:
            done = not any(each.rule == "not-proven" for each in faults)
            self.proof = _LOOKED_AT if done else _NOT_ALL
            self.looked = self.looked.telling(faults)
        self.show()

    def on_unmount(self) -> None:
        """No process outlives the screen."""
        self._stop_proving()

    def action_reload(self) -> None:
        """Read the files again."""
        self._read()

    # --- what cells see -------------------------------------------------------------------------------

    def take_course(self, course: Course) -> None:
        """Follow another course of play from now on."""
        self.course = course
        self.rendering = self.rendering.along(course) if self.rendering else None

    def play_through(self) -> None:
        """Work out in a thread what cells see, then show it."""
        if self.rendering is not None:
            self.run_worker(partial(self._play_through, self.rendering), thread=True, group="views", exclusive=True)

    def _play_through(self, shown: Rendering) -> None:
        shown.play()
        if shown is self.rendering:
            self.call_later(self.show)
