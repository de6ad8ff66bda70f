"""What several papers for control say of an inject: when, to whom, what it waits for, what it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabletop.documents.papers.conditions import condition
from tabletop.documents.papers.prose import plain
from tabletop.documents.words import minute
from tabletop.scenario.index import Index
from tabletop.scenario.model import Effect, Inject

EVERYONE = "Everyone"


def cell_names(index: Index, cells: Iterable[str]) -> str:
    """The cells by name, in a row; `Everyone` where all who play are meant."""
    listed = list(cells)
    if len(listed) > 1 and set(listed) >= set(index.players):
        return EVERYONE
    return ", ".join(plain(index.cells[cell].name) if cell in index.cells else cell for cell in listed)


def moment(inject: Inject) -> str:
    """The minute of the move, or that it is in the pocket."""
    if inject.contingency:
        return "pocket"
    return minute(inject.at)


def hangs_on(inject: Inject, index: Index) -> str:
    """What has to be so before it is given out; empty for what is always given out."""
    parts = []
    if inject.contingency:
        parts.append(f"In the pocket: {plain(inject.use_if) if inject.use_if else 'use it if needed'}")
    if when := condition(inject.when, index):
        parts.append(f"Only if {when}{f', {inject.delay} min after it came to be so' if inject.delay else ''}")
    return ". ".join(part.rstrip(".") for part in parts)


def effects(does: Mapping[str, Effect], index: Index) -> str:
    """What is done to tracks: `Trust +1, Fuel set to 3`."""
    return ", ".join(
        f"{plain(index.tracks[track].name) if track in index.tracks else track} "
        + (f"{effect:+}" if isinstance(effect, int) else f"set to {effect.lstrip('=')}")
        for track, effect in does.items()
    )
