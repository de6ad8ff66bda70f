"""The participant feedback form, with the questions of HSEEP (FEMA, January 2020) in our words."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.papers.pieces import BOX, Block, Grid, Heading, Lines, Paper, para, words
from tabletop.documents.papers.prose import plain
from tabletop.documents.papers.wording import blanks
from tabletop.review.speech import fixed, key
from tabletop.scenario.model import Exercise

_STATEMENTS = (
    key("The exercise was well structured and organised."),
    key("The scenario was plausible."),
    key("The facilitator kept the exercise on target."),
    key("The documents that I was given were useful."),
    key("Taking part fitted someone in my position."),
    key("The right people were in the room."),
    key("The exercise let us practise what matters."),
)


def feedback_form(exercise: Exercise, language: str) -> Paper:
    """The form; it says nothing of the exercise but its name."""
    return Paper(
        marking=plain(exercise.marking),
        title=plain(exercise.title),
        kind=fixed("Participant feedback form"),
        reader=fixed("For everyone who took part"),
        cover=(
            para(
                fixed(
                    "Your answers help to improve this exercise and what it is about. Leave out what you cannot judge."
                )
            ),
            blanks((key("Name (if you like)"), 22), (key("Cell"), 15), (key("Role"), 15)),
        ),
        blocks=tuple(_blocks()),
        contents=0,
        language=language,
    )


def _blocks() -> Iterator[Block]:
    yield Heading(1, fixed("Part 1: what you saw"))
    for question, lines in (
        (key("Three things that went well (strengths)"), 3),
        (key("Three things that should go better (areas for improvement)"), 3),
        (key("What was good or lacking that evaluators cannot have seen or heard"), 3),
    ):
        yield Heading(2, fixed(question))
        yield Lines(lines)
    yield Heading(2, fixed("What should be done about it"))
    blank = (words("  ".join(f"{BOX} {each}" for each in (fixed("high"), fixed("medium"), fixed("low")))), words(""))
    rows = tuple((words(f"{number}."), *blank) for number in (1, 2, 3))
    columns = (fixed("Corrective action"), fixed("Priority"), fixed("Who should own it"))
    yield Grid(fixed("Corrective actions"), columns, rows, (6, 4, 3), roomy=True)
    yield Heading(1, fixed("Part 2: the exercise itself"))
    yield para(fixed("Tick one box a line: 1 I disagree strongly, 5 I agree strongly."))
    ticks = (words(BOX),) * 5
    rated = tuple((words(fixed(each)), *ticks) for each in _STATEMENTS)
    yield Grid(fixed("How far you agree"), ("", "1", "2", "3", "4", "5"), rated, (12, 1, 1, 1, 1, 1))
    yield Heading(1, fixed("Part 3: anything else"))
    yield Lines(5)
