"""What an inject waits for, in words that need no file beside them: names, titles, what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.console import words
from tabletop.console.safe import cut, one_line
from tabletop.scenario.model import Condition
from tabletop.scenario.scalars import comparison
from tabletop.session.state import State

_AT = {"<": "below {}", "<=": "{} or less", "==": "{}", "!=": "not {}", ">=": "{} or more", ">": "above {}"}


def waits_for(when: Condition | None, state: State, longest: int = 0) -> str:
    """A `when` in words, such as ``Trust 3 or less, Seoul: Keep it, unless after The leak``; empty for always.

    With ``longest``, names and titles are cut to so many columns, so that a row holds what matters of all parts.
    """
    return ", ".join(_parts(when, state, longest)) if when is not None else ""


def _parts(when: Condition, state: State, longest: int) -> Iterator[str]:
    for place, options in when.chose.items():
        yield _chose(place, options, state, longest)
    for track, bounds in when.track.items():
        known = state.index.tracks.get(track)
        said = " and ".join(_AT[sign].format(number) for sign, number in comparison(bounds))
        yield f"{_cut(known.name if known else track, longest)} {said}"
    for inject in when.released:
        title = known_as.title if (known_as := state.inject(inject)) else inject
        yield f"after {_cut(title, longest)}"
    if when.any_ is not None:
        said = " or ".join(_within(part, state, longest) for part in when.any_)
        yield f"({said})" if len(when.any_) > 1 and _count(when) > 1 else said
    if when.not_ is not None:
        yield f"unless {_within(when.not_, state, longest)}"


def _cut(name: str, longest: int) -> str:
    return cut(name, longest) if longest else one_line(name)


def _within(when: Condition, state: State, longest: int) -> str:
    """A condition as part of another."""
    parts = list(_parts(when, state, longest))
    return f"({' and '.join(parts)})" if len(parts) > 1 else (parts or ["at any time"])[0]


def _count(when: Condition) -> int:
    more = (when.any_ is not None) + (when.not_ is not None)
    return len(when.chose) + len(when.track) + len(when.released) + more


def _chose(place: str, options: tuple[str, ...], state: State, longest: int) -> str:
    id, _, cell = place.partition("/")
    decision = state.decision(id)
    cells = (cell,) if cell else state.decision_cells(id)
    who = words.joint_names(cells, state.index) if len(cells) == 1 or (decision and decision.together) else "a cell"
    said = [option.text if decision and (option := decision.option(each)) else each for each in options]
    return f"{_cut(who, longest)}: {' or '.join(_cut(each, longest) for each in said)}"
