"""An exercise on one page, as plain text for a terminal: who plays, what is due when, how it branches."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from tabletop.documents.words import count, minute
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Effect, Exercise, Inject, Move, Option
from tabletop.session.schedule import condition_words

WIDTH = 100


def page(exercise: Exercise) -> Iterator[str]:
    """The page, line by line."""
    index = Index(exercise)
    yield exercise.marking
    yield ""
    title = list(_entry(exercise.title, 0))
    yield from title
    yield "=" * max(map(_width, title))
    sizes = f"{minute(exercise.minutes)} h, {count(len(exercise.cells), 'cell')}, {_sizes(exercise)}"
    yield from _entry(f"{exercise.id}: {sizes}", 0)
    yield from _paragraph(exercise.summary)
    yield from _objectives(exercise)
    yield from _cells(exercise)
    yield from _tracks(exercise)
    for number, move in enumerate(exercise.moves, 1):
        yield from _move(number, move, index)
    yield ""
    yield exercise.marking


def _sizes(exercise: Exercise) -> str:
    injects = list(exercise.injects())
    planned = sum(not inject.contingency for inject in injects)
    decisions = sum(len(inject.decisions) for inject in injects)
    return ", ".join(
        [
            count(len(exercise.moves), "move"),
            count(planned, "inject") + " on the plan",
            f"{len(injects) - planned} in the pocket",
            count(decisions, "decision"),
        ]
    )


def _heading(title: str) -> Iterator[str]:
    yield ""
    lines = list(_entry(title, 0))
    yield from lines
    yield "-" * max(map(_width, lines))


def _objectives(exercise: Exercise) -> Iterator[str]:
    if exercise.objectives:
        yield from _heading("Objectives")
        for objective in exercise.objectives:
            yield from _entry(f"{objective.id}: {objective.text}", 2)


def _cells(exercise: Exercise) -> Iterator[str]:
    yield from _heading("Cells")
    for cell in exercise.cells:
        roles = f": {', '.join(cell.roles)}" if cell.roles else ""
        yield from _entry(f"{cell.id}, {cell.name}{roles}", 2)


def _tracks(exercise: Exercise) -> Iterator[str]:
    if exercise.tracks:
        yield from _heading("Tracks")
        for track in exercise.tracks:
            marks = "; ".join(f"{value} {words}" for value, words in sorted(track.marks.items()))
            bounds = f"starts at {track.start}, from {track.min} to {track.max}"
            yield from _entry(f"{track.id}, {track.name}: {bounds}{f' ({marks})' if marks else ''}", 2)


def _move(number: int, move: Move, index: Index) -> Iterator[str]:
    time = f", {move.scenario_time}" if move.scenario_time else ""
    yield from _heading(f"Move {number}: {move.title} ({move.id}, {move.minutes} min{time})")
    if move.when is not None:
        yield from _entry(f"played only if {condition_words(move.when, index) or 'always'}", 2)
    planned = [inject for inject in move.injects if not inject.contingency]
    for inject in sorted(planned, key=lambda each: each.at):
        yield from _inject(inject, index)
    pocket = [inject for inject in move.injects if inject.contingency]
    if pocket:
        yield ""
        yield "  In the pocket:"
        for inject in pocket:
            yield from _inject(inject, index)


def _inject(inject: Inject, index: Index) -> Iterator[str]:
    yield ""
    start = "     " if inject.contingency else f"{minute(inject.at):>5}"
    yield from _entry(f"{inject.title} ({inject.id})", 7, lead=f"{start}  ")
    cells = ", ".join(index.cells[cell].name for cell in index.addressees(inject))
    everyone = set(index.addressees(inject)) >= set(index.players)
    way = [
        f"to {'everyone' if everyone else cells}",
        f"from {inject.from_}" if inject.from_ else "",
        f"via {inject.via}" if inject.via else "",
        inject.scenario_time or "",
        f"{inject.minutes} min to discuss" if inject.minutes else "",
        _effects(inject.effects),
    ]
    yield from _entry("; ".join(part for part in way if part), 7)
    if inject.use_if:
        yield from _entry(f"use if: {inject.use_if}", 7)
    if inject.when is not None:
        delay = f", {inject.delay} min after" if inject.delay else ""
        yield from _entry(f"only if {condition_words(inject.when, index) or 'always'}{delay}", 7)
    for decision in inject.decisions:
        yield from _decision(decision, index)


def _decision(decision: Decision, index: Index) -> Iterator[str]:
    cells = ", ".join(index.cells[cell].name for cell in index.decision_cells(decision.id))
    who = f"{cells} together" if decision.together else cells
    time = f", {decision.minutes} min" if decision.minutes else ""
    yield from _entry(f"? {decision.question} ({decision.id}: {who}{time})", 9, first=7)
    for option in decision.options:
        yield from _option(decision, option)


def _option(decision: Decision, option: Option) -> Iterator[str]:
    does = _effects(option.effects)
    silent = ", what silence counts as" if decision.otherwise == option.id else ""
    yield from _entry(f"- {option.id}: {option.text}{f' [{does}]' if does else ''}{silent}", 11, first=9)
    if option.consequence:
        yield from _entry(f"> {option.consequence}", 13, first=11)


def _effects(effects: Mapping[str, Effect]) -> str:
    return ", ".join(f"{track} {f'{does:+}' if isinstance(does, int) else does}" for track, does in effects.items())


def _paragraph(text: str) -> Iterator[str]:
    if text.strip():
        yield ""
        yield from _entry(text, 0)


def _entry(text: str, indent: int, first: int | None = None, lead: str = "") -> Iterator[str]:
    """The text as one entry, wrapped; `first` is the indent of its first line, or `lead` stands before it."""
    line = lead or " " * (indent if first is None else first)
    empty = True
    for word in text.split():
        if not empty and _width(line) + 1 + _width(word) > WIDTH:
            yield line
            line, empty = " " * indent, True
        line += word if empty else f" {word}"
        empty = False
    yield line


def _width(text: str) -> int:
    """The columns that a text takes: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
