"""The course of play: moves, the timeline, tracks, what was held to be so, the hot wash."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.authored import marked
from tabletop.documents.blocks import Block, Bullets, Paragraph, Ref, Said, Section, Table, Words, refs, say
from tabletop.documents.report.figures import course_figure, pace_figure, tracks_figure
from tabletop.documents.report.happenings import cause, happening, hearers
from tabletop.documents.report.injects import injects, road
from tabletop.documents.words import and_listed, clock, count, joined_lines, listed, sentence, time_of_day
from tabletop.review.course import MovePlayed
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.talk import Request
from tabletop.review.tracks import TrackChange, TrackCourse
from tabletop.scenario.model import Move
from tabletop.session.events import Answer, ArgumentMade, ConsequenceRead, FactRecorded, HotWashNoted, Payload


def timeline(review: Review) -> Section:
    """Moves against plan, the road through the branches, injects against plan, then every entry in effect."""
    parts = (_moves(review), road(review), injects(review), _entries(review))
    return Section("Timeline", tuple(course_figure(review)), parts)


def _moves(review: Review) -> Section:
    if not review.moves:
        return Section("Moves", (Paragraph(("No move was started.",)),))
    columns = ("Move", "Began", "Planned", "Minutes added", "Actual", "Log")
    begun = {played.move for played in review.moves}
    rows = [_move(played) for played in review.moves]
    rows += [_not_played(move, review) for move in review.exercise.moves if move.id not in begun]
    return Section("Moves", (*pace_figure(review), Table(columns, tuple(rows))))


def _not_played(move: Move, review: Review) -> tuple[Words, ...]:
    asked = review.explained.asked(move.when) if move.when is not None else ""
    only = f"; it is played only if {asked}" if asked else ""
    return (move.title,), (), (f"{move.minutes} min",), (), (f"not played{only}",), ()


def _move(played: MovePlayed) -> tuple[Words, ...]:
    unfinished = "" if played.finished else ", not finished"
    return (
        (played.title,),
        (clock(played.started),),
        (f"{played.planned_minutes} min",),
        (f"{played.granted_minutes} min" if played.granted_minutes else "",),
        (f"{f'{played.minutes:.0f}' if played.minutes >= 1 else 'under 1'} min{unfinished}",),
        (Ref(played.seq),),
    )


def _entries(review: Review) -> Section:
    opening = Paragraph(
        (
            "Wall times are UTC; play is the exercise clock, pauses left out, at which the thing "
            "happened. Entries that were undone or withdrawn are told where they were taken back, and "
            "stand in the appendix on corrections. A stroke (/) stands where a written text began a new line.",
        )
    )
    table = Table(("Log", "Time", "Play", "What happened"), tuple(_rows(review)))
    return Section("Entries of the log", (opening, table))


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
    return f"{words} What follows was read to {review.names.each(cells)}." if cells else words


def tracks(review: Review) -> Section:
    """Where each track began and ended, and every change with its cause."""
    if not review.tracks:
        return Section("Tracks", (Paragraph(("The exercise has no track.",)),))
    rows = tuple(_track(course) for course in review.tracks)
    table = Table(("Track", "Start", "End", "Least", "Greatest", "Wished for", "At the end"), rows)
    parts = tuple(_changes(course, review) for course in review.tracks)
    return Section("Tracks", (table, *tracks_figure(review)), parts)


def _track(course: TrackCourse) -> tuple[Words, ...]:
    track, values = course.track, course.values
    numbers = (track.start, course.end, min(values), max(values))
    wished = {"high": f"high (of {track.min} to {track.max})", "low": f"low (of {track.min} to {track.max})"}
    last = course.changes[-1].entry.seq if course.changes else None
    name = say(track.name, refs(last) if last is not None else "")
    return (name, *((str(number),) for number in numbers), (wished.get(track.good, "neither"),), say(course.meaning))


def _changes(course: TrackCourse, review: Review) -> Section:
    if not course.changes:
        return Section(course.track.name, (Paragraph((f"It stayed at {course.track.start}.",)), *_lost(course)))
    rows = tuple(_change(change, review) for change in course.changes)
    return Section(course.track.name, (Table(("Play", "From", "To", "Cause", "Log"), rows), *_lost(course)))


def _lost(course: TrackCourse) -> Iterator[Paragraph]:
    """The changes that came to nothing at a bound."""
    for bound, name in ((course.track.min, "lowest"), (course.track.max, "highest")):
        seqs = [change.entry.seq for change in course.lost if change.after == bound]
        if seqs:
            lost = count(len(seqs), "further change")
            yield Paragraph(say(f"It was at its {name} value, {bound}, when {lost} came to nothing", refs(*seqs), "."))


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
        ("Established facts", _facts("fact", review)),
        ("Assumptions", _facts("assumption", review)),
        ("Arguments", tuple(_argument(entry, review) for entry in review.arguments)),
        ("Requests for information", tuple(_request(request, review) for request in review.requests)),
        ("Rulings of control", tuple(_rulings(review))),
    )
    none = [title.lower() for title, items in parts if not items]
    opening = (Paragraph((f"Nothing was recorded under {and_listed(none)}.",)),) if none else ()
    sections = tuple(Section(title, (Bullets(items),)) for title, items in parts if items)
    return Section("Facts, assumptions, arguments and rulings", opening, sections)


def _facts(kind: str, review: Review) -> tuple[Words, ...]:
    return tuple(_said(entry, review) for entry in review.facts if entry.data.kind == kind)


def _said(entry: Entry[FactRecorded] | Entry[HotWashNoted], review: Review) -> Words:
    cell = f"{review.names.cell(entry.data.cell)}: " if entry.data.cell else ""
    return say(cell, Said(entry.data.text), refs(entry.seq))


def _argument(entry: Entry[ArgumentMade], review: Review) -> Words:
    said = entry.data
    return say(
        f"{review.names.cell(said.cell)} proposed: ",
        Said(sentence(said.proposal)),
        refs(entry.seq),
        f" For it: {sentence('; '.join(said.for_))}" if said.for_ else " No reason for it was recorded.",
        f" Against it: {sentence('; '.join(said.against))}" if said.against else " No reason against it was recorded.",
    )


def _request(request: Request, review: Review) -> Words:
    return say(
        f"{review.names.cell(request.raised.data.cell)} asked: ",
        Said(sentence(request.raised.data.text)),
        refs(request.raised.seq),
        " ",
        listed(say("Control answered: ", Said(sentence(each.data.text)), refs(each.seq)) for each in request.answers)
        or "No answer was recorded.",
    )


def _rulings(review: Review) -> Iterator[Words]:
    for entry in sorted((*review.rulings, *review.tracks_set), key=lambda entry: entry.seq):
        yield say(happening(entry, review), refs(entry.seq))


def hot_wash(review: Review) -> Section:
    """The closing discussion: what was asked, what was said."""
    blocks: list[Block] = []
    if review.exercise.hot_wash:
        blocks.append(Paragraph(("Questions put to the room by the exercise:",)))
        blocks.append(Bullets(tuple(marked(question) for question in review.exercise.hot_wash)))
    if not review.hot_wash:
        return Section("Hot wash", (*blocks, Paragraph(("No remark of the hot wash was recorded.",))))
    said = Bullets(tuple(_said(entry, review) for entry in review.hot_wash))
    return Section("Hot wash", (*blocks, Paragraph(("What was said:",)), said))
