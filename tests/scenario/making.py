"""Small exercises for tests, in few words; and random ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tabletop.scenario.model import Exercise, exercise_from_json

Keys = dict[str, Any]


def exercise(*moves: Keys, cells: str = "a b c", tracks: tuple[Keys, ...] = (), **keys: Any) -> Exercise:
    """An exercise of these moves; track `t` from 0 to 10 starts at 5."""
    given: Keys = {
        "format": 1,
        "id": "drill",
        "title": "The drill",
        "cells": [{"id": cell, "name": cell.upper()} for cell in cells.split()],
        "tracks": [{"id": "t", "name": "Trust", "start": 5}, *tracks],
        "moves": list(moves),
        **keys,
    }
    return exercise_from_json(given)


def move(*injects: Keys, id: str = "m", minutes: int = 60, **keys: Any) -> Keys:
    """A move of an hour."""
    return {"id": id, "title": id.title(), "minutes": minutes, "injects": list(injects), **keys}


def inject(id: str, at: int = 0, *decisions: Keys, to: str = "a", **keys: Any) -> Keys:
    """An inject to cell a."""
    return {"id": id, "title": id.title(), "at": at, "to": to.split(), "decisions": list(decisions), **keys}


def decision(id: str, minutes: int = 0, cells: str = "", **keys: Any) -> Keys:
    """A decision between yes (t + 1) and no (t - 1)."""
    yes = {"id": "yes", "text": "Yes", "effects": {"t": 1}}
    no = {"id": "no", "text": "No", "effects": {"t": -1}}
    given = {"id": id, "question": f"{id}?", "minutes": minutes, "options": [yes, no], **keys}
    return {**given, "cells": cells.split()} if cells else given


# --- random ------------------------------------------------------------------------------------------

CELLS = ["a", "b", "control"]
_minutes = st.sampled_from([0, 0, 1, 2, 3, 5, 8])
_effects = st.dictionaries(st.sampled_from(["t", "u"]), st.sampled_from([-3, -1, 1, 2, "=0", "=4"]), max_size=2)
_cells = st.lists(st.sampled_from(CELLS), min_size=1, max_size=3, unique=True)


@st.composite
def _condition(draw: st.DrawFn, decisions: Mapping[str, list[str]], injects: list[str], depth: int = 1) -> Keys:
    kinds = ["track", "released", *(["chose"] if decisions else []), *(["any", "not"] if depth else [])]
    when: Keys = {}
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique=True)):
        if kind == "track":
            sign = draw(st.sampled_from(["<=", ">=", "==", "!=", "<", ">"]))
            when[kind] = {draw(st.sampled_from(["t", "u"])): f"{sign} {draw(st.integers(0, 8))}"}
        elif kind == "released":
            when[kind] = [draw(st.sampled_from(injects))]
        elif kind == "chose":
            asked = draw(st.sampled_from(sorted(decisions)))
            place = draw(st.sampled_from([asked, *(f"{asked}/{cell}" for cell in decisions[asked])]))
            when[kind] = {place: [draw(st.sampled_from(["yes", "no"]))]}
        elif kind == "any":
            when[kind] = draw(st.lists(_condition(decisions, injects, depth - 1), min_size=1, max_size=2))
        else:
            when[kind] = draw(_condition(decisions, injects, depth - 1))
    return when


@st.composite
def _decision(draw: st.DrawFn, id: str, to: list[str]) -> Keys:
    options = [
        {
            "id": name,
            "text": name,
            "effects": draw(_effects),
            "weight": draw(st.integers(0, 3)),
            **draw(
                st.sampled_from([{}, {}, {"consequence": "So it goes."}, {"consequence": "So.", "reveal_to": ["b"]}])
            ),
        }
        for name in ("yes", "no")
    ]
    return {
        "id": id,
        "question": f"{id}?",
        "minutes": draw(_minutes),
        "cells": draw(st.one_of(st.just(to), _cells)),
        "together": draw(st.booleans()),
        "options": options if draw(st.integers(0, 5)) else [],
    }


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """A random exercise: up to three moves, each with up to five injects that read and move everything."""
    names = [f"i{number}" for number in range(15)]
    decisions: dict[str, list[str]] = {}
    moves = []
    for number in range(draw(st.integers(1, 3))):
        injects = []
        for place in range(draw(st.integers(0, 5))):
            to, id = draw(_cells), names[number * 5 + place]
            asked = [draw(_decision(f"d-{id}-{n}", to)) for n in range(draw(st.integers(0, 2)))]
            decisions |= {each["id"]: each["cells"] for each in asked}
            injects.append(
                {
                    **inject(id, draw(_minutes), *asked, to=" ".join(to)),
                    "delay": draw(_minutes),
                    "minutes": draw(_minutes),
                    "effects": draw(_effects),
                    "kind": "standard" if draw(st.integers(0, 6)) else "contingency",
                }
            )
        moves.append(move(*injects, id=f"m{number}", minutes=draw(st.integers(0, 20))))
    spoken_of = [*names[:10], *decisions, *(f"{asked}/{cell}" for asked, cells in decisions.items() for cell in cells)]
    for each in [*moves, *(inject for move in moves for inject in move["injects"])]:
        if draw(st.integers(0, 3)) == 0:
            each["refers_to"] = draw(st.lists(st.sampled_from(spoken_of), min_size=1, max_size=2, unique=True))
        if draw(st.booleans()):
            each["when"] = draw(_condition(decisions, names))
    tracks = ({"id": "u", "name": "Fuel", "start": 2, "max": 6},)
    return exercise(*moves, cells="a b", tracks=tracks)
