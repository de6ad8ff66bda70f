"""Planned play written a second time, as plainly as the format tells it, to compare with.

Nothing is kept that could be worked out: before each happening every inject, every queue and every
condition is looked at anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tabletop.scenario.model import Condition, Exercise, Inject
from tabletop.scenario.scalars import comparison

SIGNS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


class Naive:
    """One play; ``story`` tells what happened as (minute of the move, words)."""

    def __init__(self, exercise: Exercise, choose: Callable[[str, str], str]) -> None:
        self.exercise, self.choose = exercise, choose
        self.tracks = {track.id: track.start for track in exercise.tracks}
        self.released: list[str] = []
        self.answers: list[tuple[str, str, str]] = []
        self.story: list[tuple[int, str]] = []
        self.total = 0
        for move in exercise.moves:
            if self.holds(move.when):
                self.play(move)

    def holds(self, when: Condition | None) -> bool:
        if when is None:
            return True
        newest = {(decision, cell): option for decision, cell, option in self.answers}
        parts = [
            any(
                option in options
                for (decision, cell), option in newest.items()
                if place in (decision, f"{decision}/{cell}")
            )
            for place, options in when.chose.items()
        ]
        for track, text in when.track.items():
            parts += [SIGNS[sign](self.tracks[track], number) for sign, number in comparison(text)]
        parts += [inject in self.released for inject in when.released]
        if when.any_ is not None:
            parts.append(any(self.holds(part) for part in when.any_))
        if when.not_ is not None:
            parts.append(not self.holds(when.not_))
        return all(parts)

    def play(self, move: Any) -> None:
        self.minute = 0
        self.waiting: list[dict[str, Any]] = []  # all that was asked and is not done, in the order asked
        left: list[Inject] = [inject for inject in move.injects if inject.kind == "standard"]
        since = {inject.id: 0 for inject in left if self.holds(inject.when)}
        self.story.append((0, f"move {move.id}"))
        while True:
            events: list[tuple[Any, ...]] = []
            for number, task in enumerate(self.waiting):
                if task["done"] is not None:
                    events.append((task["done"], 0, number, 0, task))
            for number, inject in enumerate(left):
                if inject.id in since:
                    moment = max(inject.at, since[inject.id] + inject.delay)
                    events.append((moment, 1, inject.at, number, inject))
            if not events:
                break
            self.minute, kind, *_, what = min(events, key=lambda event: event[:4])
            if kind == 0:
                self.waiting.remove(what)
                self.finish(what)
            else:
                left.remove(what)
                self.release(what)
            for inject in left:
                if not self.holds(inject.when):
                    since.pop(inject.id, None)
                else:
                    since.setdefault(inject.id, self.minute)
            self.take_up()
        over = max(self.minute, move.minutes)
        self.total += over
        self.story.append((over, "over"))

    def release(self, inject: Inject) -> None:
        self.story.append((self.minute, f"inject {inject.id}"))
        self.released.append(inject.id)
        self.apply(inject.effects)
        to = inject.to or [cell.id for cell in self.exercise.cells]
        asked: list[tuple[Any, list[str], int]] = []
        if inject.minutes:
            asked += [(None, [cell], inject.minutes) for cell in to]
        for decision in inject.decisions:
            cells = list(decision.cells or to)
            groups = [cells] if decision.together else [[cell] for cell in cells]
            asked += [(decision, group, decision.minutes) for group in groups]
        for decision, cells, minutes in asked:
            task = {"inject": inject.id, "what": decision, "cells": cells, "minutes": minutes, "done": None}
            self.waiting.append(task)

    def take_up(self) -> None:
        seen: set[str] = set()
        for task in self.waiting:
            if task["done"] is None and not seen.intersection(task["cells"]):
                task["done"] = self.minute + task["minutes"]
            seen.update(task["cells"])

    def finish(self, task: dict[str, Any]) -> None:
        cells = "+".join(task["cells"])
        if task["what"] is None:
            self.story.append((self.minute, f"discussed {task['inject']} {cells}"))
            return
        decision = task["what"]
        option = self.choose(decision.id, cells) if decision.options else None
        self.story.append((self.minute, f"decided {decision.id} {cells} {option}"))
        if option is not None:
            self.answers += [(decision.id, cell, option) for cell in task["cells"]]
            self.apply(next(each for each in decision.options if each.id == option).effects)

    def apply(self, effects: dict[str, int | str]) -> None:
        for track in self.exercise.tracks:
            if track.id in effects:
                effect = effects[track.id]
                value = int(effect[1:]) if isinstance(effect, str) else self.tracks[track.id] + effect
                self.tracks[track.id] = min(track.max, max(track.min, value))
