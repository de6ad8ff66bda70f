"""What the seal beside a log says of the head that the report is of, in words; nothing here is looked up elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tabletop.documents.words import count
from tabletop.errors import TabletopError
from tabletop.journal.proving import verify
from tabletop.journal.reading import Reading
from tabletop.journal.sealing import Seal, check_seal, read_seal, seal_path, signers_file
from tabletop.review.reviewing import Review


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
        return Sealed(path.name, None, f"{path.name} lies beside the log, and was not checked: {cause.sentence}")


def _judged(seal: Seal, log: Path, review: Review) -> Sealed:
    name, head = seal.path.name, seal.head or review.head
    events = review.events if head == review.head else verify(log, heads=True).up_to(head)
    if events is None or events > review.events:
        return Sealed(
            name, False, f"{name} lies beside the log, and is the seal of another head: it vouches for nothing here."
        )
    signers = signers_file(log)
    checked = check_seal(seal, head, signers)
    if not checked.good:
        return Sealed(name, False, f"{name} lies beside the log, and is not good: {checked.words}.", events)
    return Sealed(
        name,
        True,
        f"{name} is a good seal {_covers(events, review)}, {checked_by(checked.who, checked.key, signers)}.",
        events,
        checked.who,
        checked.key,
    )


def _covers(events: int, review: Review) -> str:
    if events == review.events:
        return "of this head"
    after = count(review.events - events, "later entry", "later entries")
    return f"of the head at #{events - 1}, and does not cover the {after}"


def checked_by(who: str, key: str, signers: Path | None) -> str:
    """Who made a seal that is good, as far as it is known."""
    if not who:
        return f"made with {key}; whose key that is was not checked"
    return f"made by {who} with {key}, whom {signers} allows"
