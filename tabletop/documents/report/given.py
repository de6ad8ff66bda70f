"""What was read and given out, as it was given: the briefings, and each inject in the order in which it came."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.authored import marked
from tabletop.documents.blocks import Block, Bullets, Paragraph, Prose, Section, Words, refs, say
from tabletop.documents.words import clock
from tabletop.review.course import InjectPlayed, MovePlayed
from tabletop.review.reviewing import Review


def given_out(review: Review) -> Section:
    """The texts, move by move; what one cell alone was given is named and left out."""
    injects = sorted((each for each in review.injects if each.released), key=lambda each: each.released[0].seq)
    opening = Paragraph(("Injects stand as they were given out, reworded where control reworded them.",))
    parts = [_move(played, injects, review) for played in review.moves]
    within = {each.inject.id for played in review.moves for each in _in(played, injects)}
    if others := tuple(_inject(each, review) for each in injects if each.inject.id not in within):
        parts.append(Section("Outside the moves", (), others))
    return Section(
        "What was read and given out", (opening,) if parts else (Paragraph(("Nothing was.",)),), tuple(parts)
    )


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
        f"from {inject.from_}" if inject.from_ else "",
        f"by {inject.via}" if inject.via else "",
        inject.scenario_time or "",
    ]
    how = "".join(f", {part}" for part in way if part)
    yield Paragraph(
        say(f"Given to {review.names.cells(first.data.cells)} at {clock(first.clock)}", refs(first.seq), f"{how}.")
    )
    yield from _changed(played, review)
    if played.text.strip():
        yield Prose(played.text)
    if inject.questions:
        yield Paragraph(("Questions for discussion:",))
        yield Bullets(tuple(marked(question) for question in inject.questions))
    alone = [id for id in inject.private if id in first.data.cells]
    if alone:
        yield Paragraph((_alone(alone, review),))


def _changed(played: InjectPlayed, review: Review) -> Iterator[Paragraph]:
    words: list[Words] = [say("written on the spot", refs(played.written.seq))] if played.written else []
    if played.reworded:
        words.append(say("reworded by control", refs(*(entry.seq for entry in played.reworded))))
    for entry in played.revealed:
        words.append(say(f"given to {review.names.cells(entry.data.cells)} later", refs(entry.seq)))
    for each in words:
        first, *rest = each
        yield Paragraph(say(str(first)[:1].upper() + str(first)[1:], tuple(rest), "."))


def _alone(cells: list[str], review: Review) -> str:
    each = "each was" if len(cells) > 1 else "was"
    return f"{review.names.each(cells)} {each} given more besides, for itself alone; it is left out here."
