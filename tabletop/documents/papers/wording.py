"""What several papers for control say of an inject: when, to whom, what it waits for, what it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabletop.documents.papers.conditions import cell_name, condition
from tabletop.documents.papers.pieces import Para, Run, bold, para, quiet
from tabletop.documents.papers.prose import plain
from tabletop.documents.words import bare, minute
from tabletop.review.speech import fixed, key
from tabletop.scenario.index import Index
from tabletop.scenario.model import Effect, Inject


def label(name: str) -> Run:
    """What something is called, before it is said."""
    return bold(fixed("{name}: ", name=fixed(name)))


def facts(*told: tuple[str, str]) -> Para:
    """Facts in one small line, each under its name; those that say nothing are left out."""
    return quiet("  ·  ".join(fixed("{name}: {value}", name=fixed(name), value=value) for name, value in told if value))


def blanks(*asked: tuple[str, int]) -> Para:
    """A line to be filled in: names, each before room for as many letters."""
    return para("   ".join(f"{fixed('{name}: ', name=fixed(name))}{'_' * room}" for name, room in asked))


def spread(least: float, most: float) -> str:
    """From where to where a track goes."""
    return fixed("{least} to {most}", least=least, most=most)


def inject_columns() -> tuple[str, ...]:
    """The columns of a table of injects."""
    return fixed("At"), fixed("Inject"), fixed("To"), fixed("Hangs on")


def everyone(index: Index, cells: Iterable[str]) -> bool:
    """Whether all who play are meant, and they are several."""
    listed = set(cells)
    return len(listed) > 1 and listed >= set(index.players)


def cell_names(index: Index, cells: Iterable[str]) -> str:
    """The cells by name, in a row; `Everyone` where all who play are meant."""
    listed = list(cells)
    if everyone(index, listed):
        return fixed("Everyone")
    return fixed(", ").join(cell_name(index, cell) for cell in listed)


def moment(inject: Inject) -> str:
    """The minute of the move, or that it is in the pocket."""
    if inject.contingency:
        return fixed("pocket")
    return minute(inject.at)


def hangs_on(inject: Inject, index: Index) -> str:
    """What has to be so before it is given out; empty for what is always given out."""
    parts = []
    if inject.contingency:
        use_if = plain(inject.use_if) if inject.use_if else fixed("use it if needed")
        parts.append(fixed("In the pocket: {use_if}", use_if=use_if))
    if when := condition(inject.when, index):
        late = key("Only if {condition}, {minutes} min after it came to be so")
        said = late if inject.delay else key("Only if {condition}")
        parts.append(fixed(said, condition=when, minutes=inject.delay))
    return fixed(". ").join(bare(part) for part in parts)


def effects(does: Mapping[str, Effect], index: Index) -> str:
    """What is done to tracks: `Trust +1, Fuel set to 3`."""
    return fixed(", ").join(_effect(track, effect, index) for track, effect in does.items())


def _effect(track: str, effect: Effect, index: Index) -> str:
    name = plain(index.tracks[track].name) if track in index.tracks else track
    if isinstance(effect, int):
        return f"{name} {effect:+}"
    return fixed("{track} set to {number}", track=name, number=effect.lstrip("="))
