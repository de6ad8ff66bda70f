"""What was read and given out, as it was given: the briefings, and each inject in the order in which it came."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.authored import marked
from tabletop.documents.blocks import Block, Bullets, Paragraph, Prose, Section, refs, woven
from tabletop.documents.words import clock
from tabletop.review.course import InjectPlayed, MovePlayed
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed


def given_out(review: Review) -> Section:
    """The texts, move by move; what one cell alone was given is named and left out."""
    injects = sorted((each for each in review.injects if each.released), key=lambda each: each.released[0].seq)
    opening = Paragraph((fixed("Injects stand as they were given out, reworded where control reworded them."),))
    parts = [_move(played, injects, review) for played in review.moves]
    within = {each.inject.id for played in review.moves for each in _in(played, injects)}
    if others := tuple(_inject(each, review) for each in injects if each.inject.id not in within):
        parts.append(Section(fixed("Outside the moves"), (), others))
    none = Paragraph((fixed("Nothing was."),))
    return Section(fixed("What was read and given out"), (opening if parts else none,), tuple(parts))


def _in(played: MovePlayed, injects: list[InjectPlayed]) -> list[InjectPlayed]:
    return [each for each in injects if played.seq <= each.released[0].seq < played.until]


def _move(played: MovePlayed, injects: list[InjectPlayed], review: Review) -> Section:
    move = review.index.moves.get(played.move)
    parts = tuple(_inject(each, review) for each in _in(played, injects))
    return Section(played.title, (Prose(move.briefing),) if move and move.briefing else (), parts)


def _inject(played: InjectPlayed, review: Review) -> Section:
    return Section(played.title, tuple(_blocks(played, review)))


def _blocks(played: InjectPlayed, review: Review) -> Iterator[Block]:
    inject, first = played.inject, played.released[0]
    way = [
        fixed("from {sender}", sender=inject.from_) if inject.from_ else "",
        fixed("by {channel}", channel=inject.via) if inject.via else "",
        inject.scenario_time or "",
    ]
    how = "".join(f"{fixed(', ')}{part}" for part in way if part)
    cells, seqs = review.names.cells(first.data.cells), refs(first.seq)
    yield Paragraph(
        woven("Given to {cells} at {time}{seqs}{how}.", cells=cells, time=clock(first.clock), seqs=seqs, how=how)
    )
    yield from _changed(played, review)
    if played.text.strip():
        yield Prose(played.text)
    if inject.questions:
        yield Paragraph((fixed("Questions for discussion:"),))
        yield Bullets(tuple(marked(question) for question in inject.questions))
    alone = [id for id in first.data.cells if id in inject.private]
    if alone:
        yield Paragraph((_alone(alone, review),))


def _changed(played: InjectPlayed, review: Review) -> Iterator[Paragraph]:
    if played.written:
        yield Paragraph(woven("Written on the spot{seqs}.", seqs=refs(played.written.seq)))
    if played.reworded:
        yield Paragraph(woven("Reworded by control{seqs}.", seqs=refs(*(entry.seq for entry in played.reworded))))
    for entry in played.revealed:
        later = woven("Given to {cells} later{seqs}.", cells=review.names.cells(entry.data.cells), seqs=refs(entry.seq))
        yield Paragraph(later)


def _alone(cells: list[str], review: Review) -> str:
    return fixed(
        "{cells} {number:~was|each was} given more besides, for itself alone; it is left out here.",
        cells=review.names.each(cells),
        number=len(cells),
    )
