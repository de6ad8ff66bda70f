"""The course of play: moves, the timeline, tracks, what was held to be so, the hot wash."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.authored import marked
from tabletop.documents.blocks import (
    Block,
    Bullets,
    Paragraph,
    Ref,
    Said,
    Section,
    Table,
    Words,
    refs,
    say,
    sentences,
    woven,
)
from tabletop.documents.report.figures import course_figure, pace_figure, tracks_figure
from tabletop.documents.report.happenings import cause, happening, hearers
from tabletop.documents.report.injects import injects, road
from tabletop.documents.words import and_listed, clock, joined_lines, listed, sentence, time_of_day
from tabletop.review.course import MovePlayed
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.review.talk import Request
from tabletop.review.tracks import TrackChange, TrackCourse
from tabletop.scenario.model import Move
from tabletop.session.events import Answer, ArgumentMade, ConsequenceRead, FactRecorded, HotWashNoted, Payload


def timeline(review: Review) -> Section:
    """Moves against plan, the road through the branches, injects against plan, then every entry in effect."""
    parts = (_moves(review), road(review), injects(review), _entries(review))
    return Section(fixed("Timeline"), tuple(course_figure(review)), parts)


def _moves(review: Review) -> Section:
    if not review.moves:
        return Section(fixed("Moves"), (Paragraph((fixed("No move was started."),)),))
    columns = (
        fixed("Move"),
        fixed("Began"),
        fixed("Planned"),
        fixed("Minutes added"),
        fixed("Actual"),
        fixed("Log"),
    )
    begun = {played.move for played in review.moves}
    rows = [_move(played) for played in review.moves]
    rows += [_not_played(move, review) for move in review.exercise.moves if move.id not in begun]
    return Section(fixed("Moves"), (*pace_figure(review), Table(columns, tuple(rows))))


def _not_played(move: Move, review: Review) -> tuple[Words, ...]:
    asked = review.explained.asked(move.when) if move.when is not None else ""
    told = fixed("not played; it is played only if {condition}", condition=asked) if asked else fixed("not played")
    return (move.title,), (), (_minutes(move.minutes),), (), (told,), ()


def _move(played: MovePlayed) -> tuple[Words, ...]:
    took = _minutes(f"{played.minutes:.0f}") if played.minutes >= 1 else fixed("under 1 min")
    return (
        (played.title,),
        (clock(played.started),),
        (_minutes(played.planned_minutes),),
        (_minutes(played.granted_minutes) if played.granted_minutes else "",),
        (took if played.finished else fixed("{time}, not finished", time=took),),
        (Ref(played.seq),),
    )


def _minutes(minutes: int | str) -> str:
    return fixed("{minutes} min", minutes=minutes)


def _entries(review: Review) -> Section:
    opening = Paragraph(
        (
            fixed(
                "Wall times are UTC; play is the exercise clock, pauses left out, at which the thing "
                "happened. Entries that were undone or withdrawn are told where they were taken back, and "
                "stand in the appendix on corrections. A stroke (/) stands where a written text began a new line."
            ),
        )
    )
    columns = (fixed("Log"), fixed("Time"), fixed("Play"), fixed("What happened"))
    table = Table(columns, tuple(_rows(review)))
    return Section(fixed("Entries of the log"), (opening, table))


def _rows(review: Review) -> Iterator[tuple[Words, ...]]:
    """A row an entry; a consequence that was read out at once stands with the answer it follows from."""
    standing = review.record.standing()
    at = 0
    while at < len(standing):
        entry = standing[at]
        read = list(_read_at_once(standing, at))
        at += 1 + len(read)
        seqs = joined_lines((Ref(each.seq),) for each in (entry, *read))
        yield seqs, (time_of_day(entry.at),), (clock(entry.clock),), (_told(entry, read, review),)


def _read_at_once(standing: tuple[Entry[Payload], ...], at: int) -> Iterator[Entry[ConsequenceRead]]:
    answer = standing[at].data
    if not isinstance(answer, Answer):
        return
    for entry in standing[at + 1 :]:
        data = entry.data
        chosen = answer.option or answer.counts_as
        if not isinstance(data, ConsequenceRead) or (data.decision, data.option) != (answer.decision, chosen):
            return
        yield Entry(entry.seq, entry.at, entry.clock, entry.by, entry.type, data)


def _told(entry: Entry[Payload], read: list[Entry[ConsequenceRead]], review: Review) -> str:
    words = happening(entry, review)
    cells = hearers(read)
    if not cells:
        return words
    return fixed("{words} What follows was read to {cells}.", words=words, cells=review.names.each(cells))


def tracks(review: Review) -> Section:
    """Where each track began and ended, and every change with its cause."""
    if not review.tracks:
        return Section(fixed("Tracks"), (Paragraph((fixed("The exercise has no track."),)),))
    rows = tuple(_track(course) for course in review.tracks)
    columns = (
        fixed("Track"),
        fixed("Start"),
        fixed("End"),
        fixed("Least"),
        fixed("Greatest"),
        fixed("Wished for"),
        fixed("At the end"),
    )
    table = Table(columns, rows)
    parts = tuple(_changes(course, review) for course in review.tracks)
    return Section(fixed("Tracks"), (table, *tracks_figure(review)), parts)


def _track(course: TrackCourse) -> tuple[Words, ...]:
    track, values = course.track, course.values
    numbers = (track.start, course.end, min(values), max(values))
    wished = {"high": key("high (of {least} to {greatest})"), "low": key("low (of {least} to {greatest})")}
    good = fixed(wished.get(track.good, key("neither")), least=track.min, greatest=track.max)
    last = course.changes[-1].entry.seq if course.changes else None
    name = say(track.name, refs(last) if last is not None else "")
    return (name, *((str(number),) for number in numbers), (good,), say(course.meaning))


def _changes(course: TrackCourse, review: Review) -> Section:
    if not course.changes:
        stayed = fixed("It stayed at {value}.", value=course.track.start)
        return Section(course.track.name, (Paragraph((stayed,)), *_lost(course)))
    rows = tuple(_change(change, review) for change in course.changes)
    columns = (fixed("Play"), fixed("Before"), fixed("After"), fixed("Cause"), fixed("Log"))
    return Section(course.track.name, (Table(columns, rows), *_lost(course)))


def _lost(course: TrackCourse) -> Iterator[Paragraph]:
    """The changes that came to nothing at a bound."""
    lowest = key(
        "It was at its lowest value, {bound}, when {changes:further change|further changes} came to nothing{seqs}."
    )
    highest = key(
        "It was at its highest value, {bound}, when {changes:further change|further changes} came to nothing{seqs}."
    )
    for bound, told in ((course.track.min, lowest), (course.track.max, highest)):
        seqs = [change.entry.seq for change in course.lost if change.after == bound]
        if seqs:
            yield Paragraph(woven(told, bound=bound, changes=len(seqs), seqs=refs(*seqs)))


def _change(change: TrackChange, review: Review) -> tuple[Words, ...]:
    return (
        (clock(change.entry.clock),),
        (str(change.before),),
        (str(change.after),),
        (cause(change.entry, review),),
        (Ref(change.entry.seq),),
    )


def positions(review: Review) -> Section:
    """What each cell took as established or assumed, what it argued, what it asked of control."""
    parts = (
        (fixed("Established facts"), _facts("fact", review)),
        (fixed("Assumptions"), _facts("assumption", review)),
        (fixed("Arguments"), tuple(_argument(entry, review) for entry in review.arguments)),
        (fixed("Requests for information"), tuple(_request(request, review) for request in review.requests)),
        (fixed("Rulings of control"), tuple(_rulings(review))),
    )
    none = [title.lower() for title, items in parts if not items]
    told = fixed("Nothing was recorded under {headings}.", headings=and_listed(none))
    opening = (Paragraph((told,)),) if none else ()
    sections = tuple(Section(title, (Bullets(items),)) for title, items in parts if items)
    return Section(fixed("Facts, assumptions, arguments and rulings"), opening, sections)


def _facts(kind: str, review: Review) -> tuple[Words, ...]:
    return tuple(_said(entry, review) for entry in review.facts if entry.data.kind == kind)


def _said(entry: Entry[FactRecorded] | Entry[HotWashNoted], review: Review) -> Words:
    text = woven("{text}{seqs}", text=Said(entry.data.text), seqs=refs(entry.seq))
    if not entry.data.cell:
        return text
    return woven("{cell}: {text}", cell=review.names.cell(entry.data.cell), text=text)


def _argument(entry: Entry[ArgumentMade], review: Review) -> Words:
    said = entry.data
    reasons, doubts = fixed("; ").join(said.for_), fixed("; ").join(said.against)
    return sentences(
        woven(
            "{cell} proposed: {proposal}{seqs}",
            cell=review.names.cell(said.cell),
            proposal=Said(sentence(said.proposal)),
            seqs=refs(entry.seq),
        ),
        fixed("For it: {reasons}", reasons=sentence(reasons)) if reasons else fixed("No reason for it was recorded."),
        fixed("Against it: {reasons}", reasons=sentence(doubts))
        if doubts
        else fixed("No reason against it was recorded."),
    )


def _request(request: Request, review: Review) -> Words:
    asked = woven(
        "{cell} asked: {question}{seqs}",
        cell=review.names.cell(request.raised.data.cell),
        question=Said(sentence(request.raised.data.text)),
        seqs=refs(request.raised.seq),
    )
    answers = (
        woven("Control answered: {answer}{seqs}", answer=Said(sentence(each.data.text)), seqs=refs(each.seq))
        for each in request.answers
    )
    return sentences(asked, listed(answers) or fixed("No answer was recorded."))


def _rulings(review: Review) -> Iterator[Words]:
    for entry in sorted((*review.rulings, *review.tracks_set), key=lambda entry: entry.seq):
        yield say(happening(entry, review), refs(entry.seq))


def hot_wash(review: Review) -> Section:
    """The closing discussion: what was asked, what was said."""
    blocks: list[Block] = []
    if review.exercise.hot_wash:
        blocks.append(Paragraph((fixed("Questions put to the room by the exercise:"),)))
        blocks.append(Bullets(tuple(marked(question) for question in review.exercise.hot_wash)))
    if not review.hot_wash:
        none = Paragraph((fixed("No remark of the hot wash was recorded."),))
        return Section(fixed("Hot wash"), (*blocks, none))
    said = Bullets(tuple(_said(entry, review) for entry in review.hot_wash))
    return Section(fixed("Hot wash"), (*blocks, Paragraph((fixed("What was said:"),)), said))
