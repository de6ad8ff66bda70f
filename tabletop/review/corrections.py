"""Corrections: what was taken back or changed afterwards, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tabletop.review.record import Entry, Record
from tabletop.session.events import DecisionRevised, EntryWithdrawn, EventUndone, Payload


@dataclass(frozen=True, slots=True)
class Correction:
    """One act of correcting, and the entries that it took back or replaced.

    ``standing`` is False for a correction that was itself undone.
    """

    entry: Entry[Payload]
    kind: Literal["undone", "withdrawn", "revised"]
    of: tuple[Entry[Payload], ...]
    reason: str
    standing: bool


def corrections(record: Record) -> tuple[Correction, ...]:
    """Every correction, in order."""
    by_seq = {entry.seq: entry for entry in record.known}
    found: list[Correction] = []
    for entry in record.known:
        match entry.data:
            case EventUndone(undoes=seqs):
                found.append(_correction(record, entry, "undone", [by_seq[seq] for seq in seqs if seq in by_seq]))
            case EntryWithdrawn(withdraws=seq, reason=reason):
                taken = [by_seq[seq]] if seq in by_seq else []
                found.append(_correction(record, entry, "withdrawn", taken, reason))
            case DecisionRevised(replaces=seq):
                taken = [by_seq[seq]] if seq in by_seq else []
                found.append(_correction(record, entry, "revised", taken))
            case _:
                pass
    return tuple(found)


def _correction(
    record: Record,
    entry: Entry[Payload],
    kind: Literal["undone", "withdrawn", "revised"],
    of: list[Entry[Payload]],
    reason: str = "",
) -> Correction:
    return Correction(entry, kind, tuple(of), reason, record.in_effect(entry.seq))
