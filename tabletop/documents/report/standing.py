"""What a reader must know about the record before trusting the report: damage, a torn end, no close."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.blocks import Notice, Ref, refs, say
from tabletop.documents.words import capital, count, date_time, was
from tabletop.journal.reading import Reading
from tabletop.review.reviewing import Review
from tabletop.session.events import Answer, ExerciseStarted, MoveStarted, Redacted


def rehearsed(review: Review) -> bool:
    """Whether nobody was at the keys while it was played; notes and ratings may have been added since."""
    played = [entry for entry in review.record.known if isinstance(entry.data, ExerciseStarted | MoveStarted | Answer)]
    return all(entry.by == "auto" for entry in played or review.record.known)


def notices(review: Review, reading: Reading) -> Iterator[Notice]:
    """One notice for each fault of the record; none where it is whole."""
    last = review.events - 1
    if rehearsed(review):
        yield Notice(
            (
                "This was a rehearsal: nobody was in the room, each choice was drawn or given beforehand, "
                "and the times are made up.",
            )
        )
    if _names_left_out(reading):
        yield Notice(("Roles stand in place of the names of those who took part.",))
    if reading.damage:
        yield Notice(
            say(
                f"The log is damaged: line {reading.damage.line}: {reading.damage.wrong} "
                "This report covers what stands before it, to ",
                Ref(last),
                ".",
            )
        )
    if reading.torn:
        yield Notice(
            (
                f"The log breaks off within its last command, at line {reading.torn.line}: "
                f"{count(reading.torn.bytes, 'byte')} that were never acknowledged are left out.",
            )
        )
    if not review.finished:
        at = date_time(review.times.last_at)
        yield Notice(say(f"The session was not closed: the record ends on {at}", refs(last), "."))
    if reading.newer:
        yield Notice(("A newer version of tabletop wrote this log; some of it may be left out here.",))
    if withheld := review.record.of(Redacted):
        entries = count(len(withheld), "entry", "entries")
        seqs = refs(*(entry.seq for entry in withheld))
        yield Notice(
            say(f"{capital(entries)} {was(len(withheld))} withheld when the log was made for sharing", seqs, ".")
        )
    if review.record.unknown:
        seqs = refs(*(event.seq for event in review.record.unknown))
        entries = count(len(review.record.unknown), "entry", "entries")
        yield Notice(say(f"The log holds {entries} that this version does not know", seqs, "."))


def _names_left_out(reading: Reading) -> bool:
    said = reading.events[0].data.get("redacted")
    return isinstance(said, dict) and said.get("names") is True
