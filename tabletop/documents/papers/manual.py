"""The situation manual (SitMan): what players read before play, for all of them or for one cell.

It holds what `session.sight` shows before the first move, the players' own roles, and the titles and minutes of the
moves that are always played; never objectives, sources, notes or anything of another cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.papers.looking import before_play
from tabletop.documents.papers.pieces import Block, Grid, Heading, Lines, Listing, Paper, para, words
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.wording import label, spread
from tabletop.documents.words import minute
from tabletop.review.speech import fixed, key
from tabletop.scenario.conditions import always
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.session.sight import Card, Gauge, Sight

KIND = key("Situation manual")
_HEADS = {-3: key("Ground rules"), -2: key("The situation"), -1: key("For {cell} alone")}
"""What stands over the cards that are there before play, by their numbers."""


def manual(exercise: Exercise, cell: str | None, language: str) -> Paper:
    """The manual of one cell; of None: that which every player may read."""
    index = Index(exercise)
    seen = before_play(index, cell)
    return Paper(
        marking=plain(seen.marking),
        title=plain(seen.title),
        kind=fixed(KIND),
        reader=fixed("For every player")
        if cell is None
        else fixed("For {cell} alone", cell=plain(index.cells[cell].name)),
        cover=tuple(_cover(seen, cell)),
        blocks=tuple(_blocks(index, seen, cell)),
        language=language,
    )


def _cover(seen: Sight, cell: str | None) -> Iterator[Block]:
    yield para(
        fixed(
            "This manual is what you need to know before play begins: the situation, the rules of the room, who plays,"
            " and how the time is spent. What happens next you will hear in the room."
        )
    )
    if cell is not None:
        yield para(
            fixed("Part of it was written for your cell. Do not show it to another cell, and do not leave it behind.")
        )
    if seen.story_time:
        yield para(label("Play begins at"), plain(seen.story_time))


def _blocks(index: Index, seen: Sight, cell: str | None) -> Iterator[Block]:
    yield Heading(1, fixed("Purpose"))
    yield para(
        fixed(
            "A tabletop exercise is a talk about hard choices, in roles, against a clock. It tests plans, papers and"
            " arrangements, not persons. Say what you would do with what you know at that minute, and why; say so too"
            " when you disagree. What is decided here is recorded, and binds nobody outside this room."
        )
    )
    for card in seen.cards:
        yield Heading(1, _head(card, index, cell))
        yield from prose(card.text)
    if read := index.exercise.read_before:
        yield Heading(1, fixed("To be read before the day"))
        yield Listing(tuple(prose(text) for text in read))
    yield Heading(1, fixed("Who plays"))
    yield from _players(index, cell)
    if seen.gauges:
        yield Heading(1, fixed("Gauges on your display"))
        yield _gauges(seen.gauges)
    yield Heading(1, fixed("Schedule"))
    yield from _schedule(index)
    yield Heading(1, fixed("Your notes"), fresh=True)
    yield Lines(26)


def _head(card: Card, index: Index, cell: str | None) -> str:
    """What stands over a card, in the paper's language."""
    reader = plain(index.cells[cell].name) if cell is not None else ""
    return fixed(_HEADS[card.seq], cell=reader) if card.seq in _HEADS else plain(card.title)


def _players(index: Index, cell: str | None) -> Iterator[Block]:
    yield para(fixed("Each cell plays one actor. Control plays everybody else, keeps the time and answers questions."))
    yield Listing(tuple((para(plain(each.name)),) for each in index.exercise.cells))
    if cell is not None and index.cells[cell].roles:
        yield para(fixed("In {cell} sit:", cell=plain(index.cells[cell].name)))
        yield Listing(tuple((para(plain(role)),) for role in index.cells[cell].roles))


def _gauges(gauges: tuple[Gauge, ...]) -> Grid:
    rows = (
        (words(plain(each.name)), words(f"{each.value}"), words(spread(each.least, each.greatest)), inline(each.mark))
        for each in gauges
    )
    columns = (fixed("Gauge"), fixed("Now"), fixed("Range"), fixed("Meaning"))
    return Grid(fixed("What your display shows, as play begins"), columns, tuple(rows), (5, 1, 2, 4))


def _schedule(index: Index) -> Iterator[Block]:
    played = [move for move in index.exercise.moves if index.move_conditions[move.id] is always]
    starts = 0
    rows = []
    for number, move in enumerate(played, 1):
        rows.append((words(f"{number}"), words(plain(move.title)), words(minute(starts)), words(f"{move.minutes}")))
        starts += move.minutes
    columns = (fixed("Move"), fixed("Title"), fixed("Starts at"), fixed("Minutes"))
    yield Grid(fixed("The moves, as planned"), columns, tuple(rows), (1, 6, 2, 2))
    yield para(
        fixed(
            "Times are hours and minutes of play, without breaks. Moves may be added, left out or cut short as play"
            " goes. A talk about what was learned, the hot wash, follows the last one."
        )
    )
