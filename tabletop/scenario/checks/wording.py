"""What is written to be read: texts that say nothing or too much, secrets that slip, questions nobody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabletop.scenario.checks.telling import fault
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.model import CONTROL, Exercise, Inject, Move
from tabletop.scenario.reading.nodes import Map, Scalar, Steps, walk

READ_ALOUD = 260
"""Words that take two minutes to read aloud, at 130 a minute."""

WORDS_A_MINUTE = 130

_TEXTS = {"title", "name", "text", "summary", "background", "briefing", "question", "notes", "consequence", "brief"}


def check(root: Map, exercise: Exercise) -> Iterator[Fault]:
    """Every doubt of this kind about an exercise."""
    yield from check_empty(root)
    yield from _long(root, "background", exercise.background, ("background",))
    for place, move in enumerate(exercise.moves):
        steps: Steps = ("moves", place)
        yield from _long(root, "briefing", move.briefing, (*steps, "briefing"))
        yield from _too_full(root, exercise, move, steps)
        for at, inject in enumerate(move.injects):
            yield from _inject(root, inject, (*steps, "injects", at))
    yield from _nothing_asked(root, exercise)
    yield from _slips(root, exercise)
    yield from _unsourced(root, exercise)


def check_empty(root: Map) -> Iterator[Fault]:
    """Texts that are there and say nothing."""
    for steps, node in walk(root):
        if isinstance(node, Scalar) and steps and steps[-1] in _TEXTS and not node.strip():
            message = f"The text under `{steps[-1]}` is empty."
            yield fault(root, "empty-text", message, steps, "Write it, or leave the key out.")


def _inject(root: Map, inject: Inject, steps: Steps) -> Iterator[Fault]:
    yield from _long(root, "text", inject.text, (*steps, "text"))
    for at, decision in enumerate(inject.decisions):
        for cell in decision.cells:
            if cell != CONTROL and cell not in inject.to:
                message = f"`{cell}` is asked `{decision.id}`, and `{inject.id}` does not go to it."
                help = f"Send the inject to `{cell}` too, or ask only cells that it goes to."
                yield fault(root, "asked-unaddressed", message, (*steps, "decisions", at), help)


def _long(root: Map, what: str, text: str | None, steps: Steps) -> Iterator[Fault]:
    words = len((text or "").split())
    if words > READ_ALOUD:
        message = f"This {what} has {words} words: read aloud, it takes over two minutes."
        yield fault(root, "long-text", message, steps, f"Keep it within {READ_ALOUD} words, or hand it out on paper.")


def _nothing_asked(root: Map, exercise: Exercise) -> Iterator[Fault]:
    """Moves without a question among moves that have some: nobody forgets it in all of them."""
    asking = [_asks(move) for move in exercise.moves]
    for place, move in enumerate(exercise.moves):
        if any(asking) and not asking[place] and any(not inject.contingency for inject in move.injects):
            message = f"Nobody is asked anything in `{move.id}`."
            help = "Add `questions:` to it, or a decision to an inject."
            yield fault(root, "no-questions", message, ("moves", place), help)


def _asks(move: Move) -> bool:
    return bool(move.questions) or any(inject.questions or inject.decisions for inject in move.injects)


def _too_full(root: Map, exercise: Exercise, move: Move, steps: Steps) -> Iterator[Fault]:
    """What goes out on every path, read aloud, and what the busiest cell then does, against the move's minutes."""
    certain = [inject for inject in move.injects if inject.when is None and not inject.contingency]
    reading = round(sum(len((inject.text or "").split()) for inject in certain) / WORDS_A_MINUTE)
    cells = [cell.id for cell in exercise.cells]
    busiest = max((sum(_busy(inject, cell) for inject in certain) for cell in cells), default=0)
    if reading + busiest > move.minutes >= busiest:
        message = (
            f"`{move.id}` has {move.minutes} minutes; reading takes {reading}, and the busiest cell {busiest} more."
        )
        yield fault(root, "move-too-full", message, (*steps, "minutes"), "Give it more time, or shorten what is read.")


def _busy(inject: Inject, cell: str) -> int:
    """The minutes that an inject keeps a cell busy: its discussion, and its decisions."""
    discussed = inject.minutes if cell in inject.to else 0
    return discussed + sum(decision.minutes for decision in inject.decisions if cell in decision.cells)


# --- code names --------------------------------------------------------------------------------------

_CODE_NAME = re.compile(r"\b[A-Z]{4,}(?: [A-Z]{4,})+\b")


def _slips(root: Map, exercise: Exercise) -> Iterator[Fault]:
    """Code names, two words in capitals or more, that one brief gives away and a text to others then uses."""
    public = " ".join([exercise.title, exercise.summary or "", exercise.background or "", exercise.marking])
    for cell in exercise.cells:
        private = " ".join([cell.brief or "", *cell.aims])
        others = [each for each in exercise.cells if each.id != cell.id]
        for name in dict.fromkeys(_CODE_NAME.findall(private)):
            if name in public or any(name in " ".join([each.brief or "", *each.aims]) for each in others):
                continue
            for steps, text in _told_to_others(exercise, cell.id):
                if name in text:
                    message = f"This text says {name}, which only the brief of `{cell.id}` tells of."
                    help = "Tell the others of it first, or find other words."
                    yield fault(root, "private-name", message, steps, help)


def _told_to_others(exercise: Exercise, cell: str) -> Iterator[tuple[Steps, str]]:
    for place, move in enumerate(exercise.moves):
        yield ("moves", place, "briefing"), move.briefing or ""
        for at, inject in enumerate(move.injects):
            if any(each not in (cell, CONTROL) for each in inject.to):
                yield ("moves", place, "injects", at, "text"), inject.text or ""


# --- sources ------------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![\d.,:/-])(?:19|20)\d\d(?![\d:/-]|[.,]\d|\s*(?:hours|hrs|local|KST|JST|UTC|Z)\b)")


def _unsourced(root: Map, exercise: Exercise) -> Iterator[Fault]:
    """Where an exercise names its sources, injects that tell of a real year and rest on none of them.

    Years of the story's own times are no real ones.
    """
    if not exercise.sources:
        return
    times = [exercise.scenario_starts, *(move.scenario_time for move in exercise.moves)]
    times += [inject.scenario_time for inject in exercise.injects()]
    of_the_story = set(re.findall(r"\d{4}", " ".join(filter(None, times))))
    for place, move in enumerate(exercise.moves):
        for at, inject in enumerate(move.injects):
            years = [year for year in _YEAR.findall(inject.text or "") if year not in of_the_story]
            if years and not inject.sources:
                message = f"`{inject.id}` tells of {years[0]}, and names no source."
                help = "Name in its `sources` what that rests on."
                yield fault(root, "missing-source", message, ("moves", place, "injects", at, "text"), help)
