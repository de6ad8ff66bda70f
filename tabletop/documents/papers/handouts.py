"""Handouts: a page for each inject and cell, for when there is no screen; and an index for the facilitator.

A page holds what `session.sight` shows to its cell. What it hangs on, and when it is due, stands in the index alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tabletop.documents.papers.looking import Given, all_given
from tabletop.documents.papers.pieces import (
    BOX,
    Aside,
    Block,
    Break,
    Grid,
    Heading,
    Listing,
    PageOf,
    Paper,
    Para,
    Run,
    Sheet,
    Word,
    Words,
    bold,
    para,
    words,
)
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.wording import facts, hangs_on, moment
from tabletop.review.speech import fixed, key
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.session.sight import Asked, Card


def handouts(exercise: Exercise, cell: str | None, language: str) -> Paper:
    """The handouts of one cell, or of all, in the order of the schedule."""
    index = Index(exercise)
    given = [
        each
        for each in all_given(index)
        if cell in (None, each.cell) and (each.inject is not None or each.card.own)  # a briefing is read to all
    ]
    named = {f"sheet-{number}": each for number, each in enumerate(given, 1)}
    return Paper(
        marking=plain(exercise.marking),
        title=plain(exercise.title),
        kind=fixed("Handouts") if cell is None else fixed("Handouts for {cell}", cell=plain(index.cells[cell].name)),
        reader=fixed("For control only, to this index's end"),
        cover=tuple(_index(named, index)),
        blocks=tuple(_sheet(anchor, each, index) for anchor, each in named.items()),
        contents=0,
        language=language,
    )


def _index(named: dict[str, Given], index: Index) -> Iterator[Block]:
    yield para(
        fixed(
            "Print one-sided and lay the pages ready in this order. Hand a page over when its inject is released, tick"
            " it, and write the time beside it. Consequences and briefings are read out from the facilitator guide."
        )
    )
    if not named:
        yield para(fixed("Nothing is handed out in this exercise."))
    for move, sheets in groupby(named.items(), key=lambda entry: entry[1].move.id):
        by_inject = groupby(sheets, key=lambda entry: entry[1].inject and entry[1].inject.id)
        rows = [_row(list(same), index) for _, same in by_inject]
        columns = (fixed("At"), fixed("Handout"), fixed("Page and cell"), fixed("Hangs on"), fixed("Given at"))
        yield Grid(plain(index.moves[move].title), columns, tuple(rows), (2, 5, 6, 7, 2))


def _row(same: list[tuple[str, Given]], index: Index) -> tuple[Words, ...]:
    """The pages of one inject, or of a briefing."""
    given = same[0][1]
    pages: list[Word] = []
    for anchor, each in same:
        name = plain(index.cells[each.cell].name)
        pages += [*((Break(),) if pages else ()), Run(f"{BOX} "), PageOf(anchor), Run(f"  {name}")]
    return (
        words(moment(given.inject) if given.inject else fixed("briefing")),
        words(plain(given.card.title)),
        tuple(pages),
        words(hangs_on(given.inject, index) if given.inject else ""),
        (),
    )


def _sheet(anchor: str, given: Given, index: Index) -> Sheet:
    return Sheet(anchor, fixed("For {cell}", cell=plain(index.cells[given.cell].name)), tuple(_card(given.card)))


def _card(card: Card) -> Iterator[Block]:
    yield Heading(1, plain(card.title))
    told = ((key("From"), card.from_), (key("Via"), card.via), (key("Time"), card.story_time))
    if any(value for _, value in told):
        yield facts(*((name, plain(value or "")) for name, value in told))
    yield from prose(card.text)
    if card.own:
        yield Aside(fixed("For you alone"), prose(card.own), private=True)
    if card.questions:
        yield Listing(tuple(prose(question) for question in card.questions))
    for asked in card.asked:
        yield from _asked(asked)


def _asked(asked: Asked) -> Iterator[Block]:
    yield Heading(2, fixed("You decide"))
    yield Para(inline(asked.question))
    if asked.minutes:
        yield para(bold(fixed("You have {minutes} minutes.", minutes=asked.minutes)))
    if asked.options:
        yield Listing(tuple(prose(option) for option in asked.options), 1)
