"""A `when` in the words of a paper for control: tracks and injects by name, answers by the ids that the paper gives."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.papers.prose import plain
from tabletop.documents.words import quoted
from tabletop.review.phrases import or_listed
from tabletop.review.speech import fixed, key
from tabletop.scenario.index import Index
from tabletop.scenario.model import CONTROL, Condition
from tabletop.scenario.scalars import comparison

_IS = {
    "<": key("below {number}"),
    "<=": key("{number} or less"),
    "==": key("{number}"),
    "!=": key("not {number}"),
    ">=": key("{number} or more"),
    ">": key("above {number}"),
}


def condition(when: Condition | None, index: Index) -> str:
    """The condition, such as `Japan chose keep (reply) and Trust is 4 or less`; empty where it always holds."""
    return _all(when, index) if when is not None else ""


def cell_name(index: Index, cell: str) -> str:
    """What a cell is called in a paper."""
    if cell == CONTROL:
        return fixed("Control")
    return plain(index.cells[cell].name) if cell in index.cells else cell


def _all(when: Condition, index: Index) -> str:
    parts = list(_parts(when, index))
    alone = len(parts) == 1 and when.any_ is not None and len(when.any_) > 1
    return parts[0][1:-1] if alone else fixed(" and ").join(parts)  # what stands alone needs no brackets


def _parts(when: Condition, index: Index) -> Iterator[str]:
    for place, options in when.chose.items():
        yield _chose(place, options, index)
    for track, text in when.track.items():
        name = plain(index.tracks[track].name) if track in index.tracks else track
        bounds = fixed(" and ").join(fixed(_IS[sign], number=number) for sign, number in comparison(text))
        yield fixed("{track} is {value}", track=name, value=bounds)
    for inject in when.released:
        yield fixed("{inject} was given out", inject=_title(inject, index))
    if when.any_ is not None:
        parts = [_all(part, index) or fixed("always") for part in when.any_]
        yield f"({fixed(' or ').join(parts)})" if len(parts) > 1 else parts[0]
    if when.not_ is not None:
        shut_out = _releases(when.not_)
        if len(shut_out) == 1:
            yield fixed("{inject} was not given out", inject=_title(shut_out[0], index))
        elif shut_out:
            yield fixed("none of {injects} was given out", injects=or_listed(_title(each, index) for each in shut_out))
        else:
            yield fixed("it is not so that ({condition})", condition=_all(when.not_, index) or fixed("always"))


def _chose(place: str, options: tuple[str, ...], index: Index) -> str:
    decision, _, cell = place.partition("/")
    cells = (cell,) if cell else index.decision_cells(decision) if decision in index.decisions else ()
    who = cell_name(index, cells[0]) if len(cells) == 1 else fixed("a cell")
    return fixed("{who} chose {options} ({decision})", who=who, options=or_listed(options), decision=decision)


def _releases(when: Condition) -> tuple[str, ...]:
    """The injects any one of which makes the condition hold, where it asks of nothing but them."""
    if when.chose or when.track or when.not_ is not None:
        return ()
    if when.any_ is None:
        return when.released if len(when.released) == 1 else ()
    each = [_releases(part) for part in when.any_]
    return () if when.released or not all(each) else tuple(id for ids in each for id in ids)


def _title(inject: str, index: Index) -> str:
    return quoted(plain(index.injects[inject].title)) if inject in index.injects else inject
