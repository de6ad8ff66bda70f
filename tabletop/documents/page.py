"""An exercise on one page, as plain text for a terminal: who plays, what is due when, how it branches.

The full page has besides every text that is read out, handed over or kept by control, each in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabletop.documents import texts
from tabletop.documents.plain import columns, entry, prose, purpose
from tabletop.documents.words import count, minute
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Effect, Exercise, Inject, Move, Option
from tabletop.session.schedule import condition_words


def page(exercise: Exercise, *, full: bool = False) -> Iterator[str]:
    """The page, line by line; in full, with every text."""
    index = Index(exercise)
    yield exercise.marking
    yield ""
    title = list(entry(exercise.title, 0))
    yield from title
    yield "=" * max(map(columns, title))
    sizes = f"{minute(exercise.minutes)} h, {count(len(exercise.cells), 'cell')}, {_sizes(exercise)}"
    yield from entry(f"{exercise.id}: {sizes}", 0)
    yield from _paragraph(exercise.summary)
    yield from _for_whom(exercise)
    if full:
        yield from texts.situation(exercise)
    yield from _objectives(exercise)
    yield from _cells(exercise, full)
    yield from _tracks(exercise)
    for number, move in enumerate(exercise.moves, 1):
        yield from _move(number, move, index, full)
    if full:
        yield from texts.ending(exercise)
    yield ""
    yield exercise.marking


def _for_whom(exercise: Exercise) -> Iterator[str]:
    lines = list(purpose(exercise.trains, exercise.audience, exercise.read_before, 2))
    if lines:
        yield ""
        yield from lines


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
    lines = list(entry(title, 0))
    yield from lines
    yield "-" * max(map(columns, lines))


def _objectives(exercise: Exercise) -> Iterator[str]:
    if exercise.objectives:
        yield from _heading("Objectives")
        for objective in exercise.objectives:
            yield from entry(f"{objective.id}: {objective.text}", 2)


def _cells(exercise: Exercise, full: bool) -> Iterator[str]:
    yield from _heading("Cells")
    for number, cell in enumerate(exercise.cells):
        yield from [""] if full and number else ()
        roles = f": {', '.join(cell.roles)}" if cell.roles else ""
        yield from entry(f"{cell.id}, {cell.name}{roles}", 2)
        if full:
            yield from texts.of_cell(cell)


def _tracks(exercise: Exercise) -> Iterator[str]:
    if exercise.tracks:
        yield from _heading("Tracks")
        for track in exercise.tracks:
            marks = "; ".join(f"{value} {words}" for value, words in sorted(track.marks.items()))
            bounds = f"starts at {track.start}, from {track.min} to {track.max}"
            yield from entry(f"{track.id}, {track.name}: {bounds}{f' ({marks})' if marks else ''}", 2)


def _move(number: int, move: Move, index: Index, full: bool) -> Iterator[str]:
    time = f", {move.scenario_time}" if move.scenario_time else ""
    yield from _heading(f"Move {number}: {move.title} ({move.id}, {move.minutes} min{time})")
    if move.when is not None:
        yield from entry(f"played only if {condition_words(move.when, index) or 'always'}", 2)
    if move.refers_to:
        yield from entry(f"speaks of {', '.join(move.refers_to)}", 2)
    if full:
        yield from texts.of_move(move, index)
    planned = [inject for inject in move.injects if not inject.contingency]
    for inject in sorted(planned, key=lambda each: each.at):
        yield from _inject(inject, index, full)
    pocket = [inject for inject in move.injects if inject.contingency]
    if pocket:
        yield ""
        yield "  In the pocket:"
        for inject in pocket:
            yield from _inject(inject, index, full)


def _inject(inject: Inject, index: Index, full: bool) -> Iterator[str]:
    yield ""
    start = "     " if inject.contingency else f"{minute(inject.at):>5}"
    yield from entry(f"{inject.title} ({inject.id})", 7, lead=f"{start}  ")
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
    yield from entry("; ".join(part for part in way if part), 7)
    if inject.use_if:
        yield from entry(f"use if: {inject.use_if}", 7)
    if inject.when is not None:
        delay = f", {inject.delay} min after" if inject.delay else ""
        yield from entry(f"only if {condition_words(inject.when, index) or 'always'}{delay}", 7)
    if inject.refers_to:
        yield from entry(f"speaks of {', '.join(inject.refers_to)}", 7)
    if full:
        yield from texts.of_inject(inject, index)
        yield from [""] if inject.decisions else ()
    for decision in inject.decisions:
        yield from _decision(decision, index, full)


def _decision(decision: Decision, index: Index, full: bool) -> Iterator[str]:
    cells = ", ".join(index.cells[cell].name for cell in index.decision_cells(decision.id))
    who = f"{cells} together" if decision.together else cells
    time = f", {decision.minutes} min" if decision.minutes else ""
    yield from entry(f"? {decision.question} ({decision.id}: {who}{time})", 9, " " * 7)
    if full:
        yield from prose(decision.start, 9)
    for option in decision.options:
        yield from _option(decision, option)
        if full and option.notes:
            yield from entry(f"For control: {option.notes}", 13, " " * 11)


def _option(decision: Decision, option: Option) -> Iterator[str]:
    does = _effects(option.effects)
    silent = ", what silence counts as" if decision.otherwise == option.id else ""
    yield from entry(f"- {option.id}: {option.text}{f' [{does}]' if does else ''}{silent}", 11, " " * 9)
    if option.consequence:
        yield from entry(f"> {option.consequence}", 13, " " * 11)


def _effects(effects: Mapping[str, Effect]) -> str:
    return ", ".join(f"{track} {f'{does:+}' if isinstance(does, int) else does}" for track, does in effects.items())


def _paragraph(text: str) -> Iterator[str]:
    if text.strip():
        yield ""
        yield from entry(text, 0)
