"""The exercise evaluation guide (EEG): for each objective what to watch for, where, and room to say how it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.documents.papers.pieces import (
    BOX,
    Block,
    Break,
    Grid,
    Heading,
    Lines,
    Paper,
    Words,
    bold,
    para,
    words,
)
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.wording import blanks, cell_names, hangs_on, inject_columns, label, moment
from tabletop.documents.words import MEANINGS, RATINGS
from tabletop.review.speech import fixed, key
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise, Inject, Objective

_TICKS: tuple[Words, ...] = (words(BOX),) * 3


def evaluation_guide(exercise: Exercise, language: str) -> Paper:
    """The guide."""
    index = Index(exercise)
    return Paper(
        marking=plain(exercise.marking),
        title=plain(exercise.title),
        kind=fixed("Exercise evaluation guide"),
        reader=fixed("For evaluators and control only"),
        cover=(
            blanks((key("Evaluator"), 32), (key("Cell"), 16), (key("Date"), 12)),
            para(fixed("Players never see objectives or expected actions: do not leave this guide where they sit.")),
            para(
                fixed(
                    "Watch what players do, and note it as it happens, with the exercise clock. Tick an expected action"
                    " as done, partly done or not done. Rate each objective after play, with the other evaluators."
                )
            ),
        ),
        blocks=tuple(_blocks(index)),
        language=language,
        authors=tuple(map(plain, exercise.authors)),
    )


def _blocks(index: Index) -> Iterator[Block]:
    yield Heading(1, fixed("How objectives are rated"))
    yield para(
        fixed(
            "The four ratings and their names are those of the Homeland Security Exercise and Evaluation Program, HSEEP"
            " (FEMA, January 2020); what they mean is said here in our words."
        )
    )
    rows = tuple((words(bold(each)), words(fixed(RATINGS[each])), words(fixed(MEANINGS[each]))) for each in RATINGS)
    yield Grid(fixed("Ratings"), ("", fixed("Rating"), fixed("It means")), rows, (1, 5, 9))
    for number, objective in enumerate(index.exercise.objectives, 1):
        yield from _objective(number, objective, index)
    loose = [inject for inject in index.exercise.injects() if inject.expects and not inject.objectives]
    if loose:
        yield Heading(1, fixed("Expected actions beside the objectives"), fresh=True)
        yield _expected(loose, index)
        yield Heading(2, fixed("Observations"))
        yield Lines(8)
    yield Heading(1, fixed("What nobody expected"), fresh=True)
    yield para(fixed("What players did that no plan speaks of, good or bad; what you would have liked to see."))
    yield Lines(16)


def _objective(number: int, objective: Objective, index: Index) -> Iterator[Block]:
    injects = [inject for inject in index.exercise.injects() if objective.id in inject.objectives]
    yield Heading(1, fixed("Objective {number}: {text}", number=number, text=objective.id), fresh=True)
    yield from prose(objective.text)
    if objective.capability:
        yield para(label("Capability"), plain(objective.capability))
    if objective.tasks:
        yield Heading(2, fixed("Critical tasks"))
        ticked = tuple((inline(task), *_TICKS) for task in objective.tasks)
        yield Grid(fixed("What to watch for"), (fixed("Task"), *_answers()), ticked, (11, 1, 2, 1))
    yield Heading(2, fixed("Where it is exercised"))
    if not injects:
        yield para(fixed("No inject says that it exercises this objective: watch for it throughout."))
    else:
        yield _where(injects, index)
    if any(inject.expects for inject in injects):
        yield Heading(2, fixed("Expected actions"))
        yield _expected(injects, index)
    yield Heading(2, fixed("Observations"))
    for each in (key("Strengths"), key("Areas for improvement")):
        yield Heading(3, fixed("{kind}, with the clock, and who said or did it", kind=fixed(each)))
        yield Lines(6)
    yield Heading(2, fixed("Rating"))
    rated = ((f"{BOX} ", bold(each), f"  {fixed(name)}", Break()) for each, name in RATINGS.items())
    yield para(*[part for parts in rated for part in parts][:-1])
    yield para(label("Because"))
    yield Lines(3)


def _where(injects: list[Inject], index: Index) -> Grid:
    rows = [
        tuple(
            words(each)
            for each in (
                plain(index.move_of[inject.id].title),
                moment(inject),
                plain(inject.title),
                cell_names(index, index.addressees(inject)),
                hangs_on(inject, index),
            )
        )
        for inject in injects
    ]
    return Grid(fixed("Injects"), (fixed("Move"), *inject_columns()), tuple(rows), (3, 2, 5, 3, 7))


def _expected(injects: Iterable[Inject], index: Index) -> Grid:
    rows = [(words(plain(inject.title)), inline(each), *_TICKS) for inject in injects for each in inject.expects]
    return Grid(fixed("Expected actions"), (fixed("On"), fixed("Expected"), *_answers()), tuple(rows), (4, 7, 1, 2, 1))


def _answers() -> tuple[str, ...]:
    return fixed("Yes"), fixed("Partly"), fixed("No")
