"""The course of play: moves, injects that were not released, the timeline, tracks, what was held to be so."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Ref, Section, Table, Words, refs, say
from tabletop.documents.report.happenings import cause, happening
from tabletop.documents.words import and_listed, clock, listed, minute, time_of_day
from tabletop.review.course import InjectPlayed, MovePlayed
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.talk import Request
from tabletop.review.tracks import TrackChange, TrackCourse
from tabletop.session.events import ArgumentMade, FactRecorded, HotWashNoted

_FATES = {
    "skipped": "skipped",
    "held": "held to the end",
    "lost": "not released in its move",
    "not reached": "its move was not played",
    "in the pocket": "contingency, not used",
}


def timeline(review: Review) -> Section:
    """Moves against plan, injects against plan, then every entry in effect."""
    parts = (_moves(review), _injects(review), _entries(review))
    return Section("Timeline", (), parts)


def _moves(review: Review) -> Section:
    if not review.moves:
        return Section("Moves", (Paragraph(("No move was started.",)),))
    columns = ("Move", "Began", "Planned", "Granted", "Actual", "Log")
    return Section("Moves", (Table(columns, tuple(_move(played) for played in review.moves)),))


def _move(played: MovePlayed) -> tuple[Words, ...]:
    unfinished = "" if played.finished else ", not finished"
    return (
        (played.title,),
        (clock(played.started),),
        (f"{played.planned_minutes} min",),
        (f"{played.granted_minutes} min" if played.granted_minutes else "",),
        (f"{played.minutes:.0f} min{unfinished}",),
        (Ref(played.seq),),
    )


def _injects(review: Review) -> Section:
    rows = tuple(_inject(played, review) for played in review.injects)
    if not rows:
        return Section("Injects", (Paragraph(("The exercise has no inject.",)),))
    return Section("Injects", (Table(("Inject", "Move", "Planned", "Released", "What became of it"), rows),))


def _inject(played: InjectPlayed, review: Review) -> tuple[Words, ...]:
    move = next((each.title for each in review.exercise.moves if each.id == played.move), played.move or "")
    return (
        (played.title,),
        (move,),
        ("" if played.planned_minute is None else minute(played.planned_minute),),
        ("" if played.minute is None else minute(played.minute),),
        listed(_fate(played, review)),
    )


def _fate(played: InjectPlayed, review: Review) -> Iterator[Words]:
    if played.written:
        yield say("written on the spot", refs(played.written.seq))
    yield from (say("reworded", refs(entry.seq)) for entry in played.reworded)
    for hold in played.held:
        yield say("held", f": {hold.data.reason}" if hold.data.reason else "", refs(hold.seq))
    for release in played.released:
        yield say(f"released to {review.names.cells(release.data.cells)}", refs(release.seq))
    for reveal in played.revealed:
        yield say(f"shown to {review.names.cells(reveal.data.cells)} too", refs(reveal.seq))
    if played.skipped:
        reason = played.skipped.data.reason
        yield say("skipped", f": {reason}" if reason else ", no reason recorded", refs(played.skipped.seq))
    elif played.fate not in ("released", "held"):
        conditional = ", conditional" if played.inject.when is not None else ""
        yield (f"{_FATES[played.fate]}{conditional}",)


def _entries(review: Review) -> Section:
    rows = tuple(
        (
            (Ref(entry.seq),),
            (time_of_day(entry.at),),
            (clock(entry.clock),),
            (happening(entry, review),),
        )
        for entry in review.record.standing()
    )
    opening = Paragraph(
        (
            "Wall times are UTC; play is the exercise clock, pauses left out, at which the thing "
            "happened. Entries that were undone or withdrawn are left out here and "
            "stand in the appendix on corrections.",
        )
    )
    return Section("Entries of the log", (opening, Table(("Log", "Time", "Play", "What happened"), rows)))


def tracks(review: Review) -> Section:
    """Where each track began and ended, and every change with its cause."""
    if not review.tracks:
        return Section("Tracks", (Paragraph(("The exercise has no track.",)),))
    rows = tuple(_track(course) for course in review.tracks)
    table = Table(("Track", "Start", "End", "Least", "Greatest", "Wished for", "At the end"), rows)
    parts = tuple(_changes(course, review) for course in review.tracks)
    return Section("Tracks", (table,), parts)


def _track(course: TrackCourse) -> tuple[Words, ...]:
    track, values = course.track, course.values
    numbers = (track.start, course.end, min(values), max(values))
    wished = {"high": f"high (of {track.min} to {track.max})", "low": f"low (of {track.min} to {track.max})"}
    marks = [text for value, text in sorted(track.marks.items()) if value <= course.end]
    last = course.changes[-1].entry.seq if course.changes else None
    name = say(track.name, refs(last) if last is not None else "")
    meaning: Words = (marks[-1],) if marks else ()
    return (name, *((str(number),) for number in numbers), (wished.get(track.good, "neither"),), meaning)


def _changes(course: TrackCourse, review: Review) -> Section:
    if not course.changes:
        return Section(course.track.name, (Paragraph((f"It stayed at {course.track.start}.",)),))
    rows = tuple(_change(change, review) for change in course.changes)
    return Section(course.track.name, (Table(("Play", "From", "To", "Cause", "Log"), rows),))


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
    return say(cell, entry.data.text.strip(), refs(entry.seq))


def _argument(entry: Entry[ArgumentMade], review: Review) -> Words:
    said = entry.data
    return say(
        f"{review.names.cell(said.cell)} proposed: {said.proposal.strip()}",
        refs(entry.seq),
        f"; for: {'; '.join(said.for_)}" if said.for_ else "; no reason for it was recorded",
        f"; against: {'; '.join(said.against)}" if said.against else "; no reason against it was recorded",
    )


def _request(request: Request, review: Review) -> Words:
    return say(
        f"{review.names.cell(request.raised.data.cell)} asked: {request.raised.data.text.strip()}",
        refs(request.raised.seq),
        "; ",
        listed(say(f"answer: {each.data.text.strip()}", refs(each.seq)) for each in request.answers)
        or "no answer was recorded",
    )


def _rulings(review: Review) -> Iterator[Words]:
    for entry in sorted((*review.rulings, *review.tracks_set), key=lambda entry: entry.seq):
        yield say(happening(entry, review), refs(entry.seq))


def hot_wash(review: Review) -> Section:
    """The closing discussion: what was asked, what was said."""
    blocks: list[Block] = []
    if review.exercise.hot_wash:
        blocks.append(Paragraph(("Questions put to the room by the exercise:",)))
        blocks.append(Bullets(tuple((question,) for question in review.exercise.hot_wash)))
    if not review.hot_wash:
        return Section("Hot wash", (*blocks, Paragraph(("No remark of the hot wash was recorded.",))))
    said = Bullets(tuple(_said(entry, review) for entry in review.hot_wash))
    return Section("Hot wash", (*blocks, Paragraph(("What was said:",)), said))
