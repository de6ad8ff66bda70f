"""What cells deal with in planned play: one thing at a time, in the order asked, side by side."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from tabletop.scenario.model import Decision, Inject


class Task(NamedTuple):
    """Something asked of a cell, or of several together; `decision` is None for a discussion.

    `number` counts in the order asked; `asked` is the minute of the move, `minutes` is how long it takes.
    """

    number: int
    inject: Inject
    decision: Decision | None
    cells: tuple[str, ...]
    minutes: int
    asked: int


class Idle(NamedTuple):
    """A stretch of a move in which nothing asked of a cell was left to do."""

    cell: str
    start: int
    end: int


class Desks:
    """Each cell's queue during one move. What is asked of several at once stands in the queue of each."""

    def __init__(self, cells: Iterable[str]) -> None:
        self.queues: dict[str, deque[Task]] = {cell: deque() for cell in cells}
        self.running: list[tuple[int, int, Task]] = []  # done at, number
        self.busy: set[str] = set()
        self.free_since = dict.fromkeys(self.queues, 0)
        self.idle: list[Idle] = []
        self._asked = 0
        self._look: dict[str, None] = {}  # cells that may have something to take up

    def fork(self) -> Desks:
        """A copy that goes its own way."""
        other = Desks(())
        other.queues = {cell: deque(queue) for cell, queue in self.queues.items()}
        other.running, other.busy = list(self.running), set(self.busy)
        other.free_since, other.idle, other._asked = dict(self.free_since), list(self.idle), self._asked
        return other

    def ask(self, inject: Inject, decision: Decision | None, cells: tuple[str, ...], minutes: int, minute: int) -> None:
        """Put something at the end of the queues; ``take_up`` begins it where it can begin."""
        task = Task(self._asked, inject, decision, cells, minutes, minute)
        self._asked += 1
        for cell in cells:
            if self.is_idle(cell):
                self._end_idle(cell, minute)
            self.queues[cell].append(task)
            self._look[cell] = None

    def take_up(self, minute: int) -> None:
        """Let every cell that is free begin what is next for it, if all whom it takes are ready."""
        for cell in self._look:
            queue = self.queues[cell]
            if queue and all(self._ready(each, queue[0]) for each in queue[0].cells):
                self._begin(queue[0], minute)
        self._look = {}

    def _ready(self, cell: str, task: Task) -> bool:
        return cell not in self.busy and self.queues[cell][0] is task

    def _begin(self, task: Task, minute: int) -> None:
        for cell in task.cells:
            self.queues[cell].popleft()
            self.busy.add(cell)
        heapq.heappush(self.running, (minute + task.minutes, task.number, task))

    def is_idle(self, cell: str) -> bool:
        """Whether nothing asked of a cell is left to do."""
        return not self.queues[cell] and cell not in self.busy

    def next_done(self) -> int | None:
        """The minute at which the next thing is done; None when nothing is being dealt with."""
        return self.running[0][0] if self.running else None

    def next_task(self) -> Task:
        """What is done next; something must be."""
        return self.running[0][2]

    def finish(self) -> tuple[int, Task]:
        """The next thing is done, at that minute, and its cells take up what comes after."""
        minute, _, task = heapq.heappop(self.running)
        for cell in task.cells:
            self.busy.discard(cell)
            if not self.queues[cell]:
                self.free_since[cell] = minute
            self._look[cell] = None
        self.take_up(minute)
        return minute, task

    def close(self, minute: int) -> tuple[Idle, ...]:
        """The move is over: all stretches of it in which a cell had nothing to do."""
        for cell in self.queues:
            self._end_idle(cell, minute)
        return tuple(self.idle)

    def _end_idle(self, cell: str, minute: int) -> None:
        if minute > self.free_since[cell]:
            self.idle.append(Idle(cell, self.free_since[cell], minute))
