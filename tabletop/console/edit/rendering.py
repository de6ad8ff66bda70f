"""An exercise as the author's screen shows it: made once a save, kept until the next one that loads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from tabletop.console.edit import rows
from tabletop.console.edit.branching import Branches
from tabletop.console.edit.course import Course, Point
from tabletop.console.edit.describing import Described
from tabletop.console.edit.looking import Looked
from tabletop.console.edit.seen import Eyes, Views, views
from tabletop.console.widgets.listing import Row
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.index import Index
from tabletop.scenario.reading.nodes import Map

_PATH = re.compile(r"moves\[(\d+)\](?:\.injects\[(\d+)\])?")


@dataclass(frozen=True)
class Rendering:
    """A version of the exercise that loaded, ``at`` that time, along a course of play."""

    at: datetime
    index: Index
    tree: Map | None
    course: Course

    @classmethod
    def of(cls, looked: Looked, course: Course) -> Rendering | None:
        """The rendering of what was looked at; None where it does not load."""
        return cls(looked.at, Index(looked.exercise), looked.tree, course) if looked.exercise else None

    @cached_property
    def branches(self) -> Branches:
        """What hangs on what."""
        return Branches.of(self.index)

    @cached_property
    def described(self) -> Described:
        """All that stands behind a row."""
        return Described(self.branches)

    @cached_property
    def schedule(self) -> Sequence[Row]:
        """The plan."""
        return rows.schedule(self.index)

    @cached_property
    def branch_rows(self) -> Sequence[Row]:
        """The branches."""
        return rows.branches(self.branches)

    @cached_property
    def views(self) -> Views:
        """What everybody sees."""
        return views(self.index, self.course)

    def along(self, course: Course) -> Rendering:
        """The same along another course of play."""
        return self if course == self.course else replace(self, course=course)

    def play(self) -> None:
        """Work the views out, wherever there is time for it."""
        _ = self.views

    @property
    def played(self) -> bool:
        """Whether the views are there: a long exercise takes seconds to be played through."""
        return "views" in self.__dict__

    def cards(self, eyes: Eyes) -> Sequence[Row]:
        """What these eyes see."""
        return rows.cards(self.views, eyes, self.index)

    def point(self, about: str) -> Point | None:
        """Where a trial of ``kind:id`` begins; None where it is nothing that happens in play."""
        kind, _, id = about.partition(":")
        if kind == "decision" and id in self.index.inject_of:
            return Point("inject", self.index.inject_of[id].id)
        if kind == "inject" and id in self.index.injects:
            return Point("inject", id)
        return Point("move", id) if kind == "move" and id in self.index.moves else None

    def point_of(self, fault: Fault) -> Point | None:
        """Where a trial of a fault begins: the inject that it stands in, or the move."""
        found = _PATH.match(fault.path)
        moves = self.index.exercise.moves
        if found is None or int(found[1]) >= len(moves):
            return None
        move = moves[int(found[1])]
        if found[2] is not None and int(found[2]) < len(move.injects):
            return Point("inject", move.injects[int(found[2])].id)
        return Point("move", move.id)
