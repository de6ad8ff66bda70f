"""What a reader must know about the record before trusting the report: damage, a torn end, no close."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.blocks import Notice, Ref, refs, woven
from tabletop.documents.words import date_time
from tabletop.journal.reading import Reading
from tabletop.review.faults import fault
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed
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
                fixed(
                    "This was a rehearsal: nobody was in the room, each choice was drawn or given beforehand, "
                    "and the times are made up."
                ),
            )
        )
    if _names_left_out(reading):
        yield Notice((fixed("Roles stand in place of the names of those who took part."),))
    if reading.damage:
        yield Notice(
            woven(
                "The log is damaged: line {line}: {wrong} This report covers what stands before it, to {last}.",
                line=reading.damage.line,
                wrong=fault(reading.damage.wrong),
                last=Ref(last),
            )
        )
    if reading.torn:
        yield Notice(
            (
                fixed(
                    "The log breaks off within its last command, at line {line}: "
                    "{bytes:byte|bytes} that were never acknowledged are left out.",
                    line=reading.torn.line,
                    bytes=reading.torn.bytes,
                ),
            )
        )
    if not review.finished:
        at = date_time(review.times.last_at)
        yield Notice(woven("The session was not closed: the record ends on {at}{seqs}.", at=at, seqs=refs(last)))
    if reading.newer:
        yield Notice((fixed("A newer version of tabletop wrote this log; some of it may be left out here."),))
    if withheld := review.record.of(Redacted):
        seqs = refs(*(entry.seq for entry in withheld))
        yield Notice(
            woven(
                "{entries:entry|entries} {entries:~was|were} withheld when the log was made for sharing{seqs}.",
                entries=len(withheld),
                seqs=seqs,
            )
        )
    if review.record.unknown:
        seqs = refs(*(event.seq for event in review.record.unknown))
        number = len(review.record.unknown)
        yield Notice(
            woven(
                "The log holds {entries:entry|entries} that this version does not know{seqs}.",
                entries=number,
                seqs=seqs,
            )
        )


def _names_left_out(reading: Reading) -> bool:
    said = reading.events[0].data.get("redacted")
    return isinstance(said, dict) and said.get("names") is True
