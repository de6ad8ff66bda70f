"""What the seal beside a log says of the head that the report is of, in words; nothing here is looked up elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.journal.proving import verify
from tabletop.journal.reading import Reading
from tabletop.journal.sealing import Seal, check_seal, read_seal, seal_path, signers_file
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed


@dataclass(frozen=True, slots=True)
class Sealed:
    """The seal of a log: ``good`` is None where it could not be checked, ``events`` how many it covers.

    ``by`` is who signed by the file of allowed signers, and ``key`` with what; both empty where that is not known.
    """

    file: str
    good: bool | None
    words: str
    events: int | None = None
    by: str = ""
    key: str = ""


def sealed(review: Review, reading: Reading) -> Sealed | None:
    """What the seal beside the log is worth; None where there is none."""
    if reading.path is None or not (path := seal_path(reading.path)).exists():
        return None
    try:
        return _judged(read_seal(path), reading.path, review)
    except TabletopError as cause:
        unchecked = fixed("{seal} lies beside the log, and was not checked: {why}", seal=path.name, why=cause.sentence)
        return Sealed(path.name, None, unchecked)


def _judged(seal: Seal, log: Path, review: Review) -> Sealed:
    name, head = seal.path.name, seal.head or review.head
    events = review.events if head == review.head else verify(log, heads=True).up_to(head)
    if events is None or events > review.events:
        other = fixed(
            "{seal} lies beside the log, and is the seal of another head: it vouches for nothing here.", seal=name
        )
        return Sealed(name, False, other)
    signers = signers_file(log)
    checked = check_seal(seal, head, signers)
    if not checked.good:
        wrong = fixed("{seal} lies beside the log, and is not good: {why}.", seal=name, why=checked.words)
        return Sealed(name, False, wrong, events)
    good = fixed(
        "{seal} is a good seal {of}, {by}.",
        seal=name,
        of=_covers(events, review),
        by=checked_by(checked.who, checked.key, signers),
    )
    return Sealed(name, True, good, events, checked.who, checked.key)


def _covers(events: int, review: Review) -> str:
    if events == review.events:
        return fixed("of this head")
    return fixed(
        "of the head at #{last}, and does not cover the {later:later entry|later entries}",
        last=events - 1,
        later=review.events - events,
    )


def checked_by(who: str, key: str, signers: Path | None) -> str:
    """Who made a seal that is good, as far as it is known."""
    if not who:
        return fixed("made with {key}; whose key that is was not checked", key=key)
    return fixed("made by {who} with {key}, whom {signers} allows", who=who, key=key, signers=signers)
