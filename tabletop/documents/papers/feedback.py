"""The participant feedback form, with the questions of HSEEP (FEMA, January 2020) in our words."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.papers.pieces import BOX, Block, Grid, Heading, Lines, Paper, para, words
from tabletop.documents.papers.prose import plain
from tabletop.scenario.model import Exercise

_STATEMENTS = (
    "The exercise was well structured and organised.",
    "The scenario was plausible.",
    "The facilitator kept the exercise on target.",
    "The documents that I was given were useful.",
    "Taking part fitted someone in my position.",
    "The right people were in the room.",
    "The exercise let us practise what matters.",
)


def feedback_form(exercise: Exercise, language: str) -> Paper:
    """The form; it says nothing of the exercise but its name."""
    return Paper(
        marking=plain(exercise.marking),
        title=plain(exercise.title),
        kind="Participant feedback form",
        reader="For everyone who took part",
        cover=(
            para("Your answers help to improve this exercise and what it is about. Leave out what you cannot judge."),
            para("Name (if you like): ", "_" * 22, "   Cell: ", "_" * 15, "   Role: ", "_" * 15),
        ),
        blocks=tuple(_blocks()),
        contents=0,
        language=language,
    )


def _blocks() -> Iterator[Block]:
    yield Heading(1, "Part 1: what you saw")
    for question, lines in (
        ("Three things that went well (strengths)", 3),
        ("Three things that should go better (areas for improvement)", 3),
        ("What was good or lacking that evaluators cannot have seen or heard", 3),
    ):
        yield Heading(2, question)
        yield Lines(lines)
    yield Heading(2, "What should be done about it")
    blank = (words(f"{BOX} high  {BOX} middle  {BOX} low"), words(""))
    rows = tuple((words(f"{number}."), *blank) for number in (1, 2, 3))
    columns = ("Corrective action", "Priority", "Who should own it")
    yield Grid("Corrective actions", columns, rows, (6, 4, 3), roomy=True)
    yield Heading(1, "Part 2: the exercise itself")
    yield para("Tick one box a line: 1 I disagree strongly, 5 I agree strongly.")
    ticks = (words(BOX),) * 5
    rated = tuple((words(each), *ticks) for each in _STATEMENTS)
    yield Grid("How far you agree", ("", "1", "2", "3", "4", "5"), rated, (12, 1, 1, 1, 1, 1))
    yield Heading(1, "Part 3: anything else")
    yield Lines(5)
