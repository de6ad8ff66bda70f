"""An exercise while it is being made of rows: what it has so far, and names for what comes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from tabletop.documents.msel.account import Account, quoted
from tabletop.documents.msel.names import simple
from tabletop.scenario import scalars
from tabletop.scenario.model import CONTROL

_EVERYONE = {
    "all",
    "everyone",
    "everybody",
    "all cells",
    "all participants",
    "all players",
    "all teams",
    "all cell",
} | {
    "all participating cells",
    "players",
    "전원",
    "전체",
    "全員",
}
_CONTROL = {
    "control",
    "white cell",
    "exercise control",
    "control cell",
    "simcell",
    "sim cell",
    "excon",
    "controllers",
} | {
    "controller",
    "통제부",
    "統制部",
}
_WORDS, _LONGEST_ID = 6, 48

Thing = dict[str, Any]
"""A part of an exercise, in the format's keys."""


class Draft:
    """The exercise so far. ``value`` is its JSON; ``kept`` are texts that stand in it word for word.

    ``made`` tells which cells and objectives were made of names.
    """

    def __init__(self, value: Thing, account: Account) -> None:
        self.value, self.account = value, account
        self.kept: set[str] = set()
        self.made: dict[str, list[str]] = {}
        self._cells: dict[str, str] = {}
        self._objectives: dict[str, str] = {}
        self.learn_names()
        self._numbers: dict[tuple[str, str], int] = {}
        self._ids: dict[str, set[str]] = {
            "injects": {inject["id"] for move in self.moves for inject in move.get("injects", ())},
            "moves": {move["id"] for move in self.moves},
            "cells": {cell["id"] for cell in value.get("cells", ())} | scalars.RESERVED_CELLS,
            "objectives": {each["id"] for each in value.get("objectives", ())},
        }

    def learn_names(self) -> None:
        """Know the cells and objectives that there are by id and by name."""
        for cell in self.value.get("cells", ()):
            self._cells[simple(cell["id"])] = self._cells[simple(cell["name"])] = cell["id"]
        for each in self.value.get("objectives", ()):
            self._objectives[simple(each["id"])] = self._objectives[simple(each["text"])] = each["id"]

    @property
    def moves(self) -> list[Thing]:
        """The moves so far."""
        moves: list[Thing] = self.value.setdefault("moves", [])
        return moves

    def ids(self, kind: str) -> list[str]:
        """The ids of sources, tracks or cells."""
        return [each["id"] for each in self.value.get(kind, ())]

    def new_id(self, kind: str, text: str, wanted: str = "") -> str:
        """An id that is free: the one wanted, or one made of the words of a text."""
        base = wanted if scalars.is_id(wanted) else slug(text) or kind.removesuffix("s")
        taken, id = self._ids[kind], base
        while id in taken:
            number = self._numbers[kind, base] = self._numbers.get((kind, base), 1) + 1
            id = f"{base}-{number}"
        taken.add(id)
        return id

    def cells_of(self, names: Iterable[str]) -> list[str] | None:
        """The ids of cells by name, made where they are new; None for everybody."""
        ids: dict[str, None] = {}
        for name in self._apart(names):
            known = simple(name)
            if known in _EVERYONE and known not in self._cells:
                return None
            ids[CONTROL if known in _CONTROL and known not in self._cells else self._cell(name, known)] = None
        return list(ids)

    def _apart(self, names: Iterable[str]) -> Iterator[str]:
        """Names with a stroke between them are taken apart where each is a cell that is known."""
        for name in names:
            pieces = [piece.strip() for piece in name.split("/")]
            yield from pieces if all(simple(piece) in self._cells for piece in pieces) else [name]

    def _cell(self, name: str, known: str) -> str:
        if known not in self._cells:
            self._cells[known] = id = self.new_id("cells", name)
            self.value.setdefault("cells", []).append({"id": id, "name": self.keep(name)})
            self.made.setdefault("cells", []).append(f"`{id}` {quoted(name)}")
        return self._cells[known]

    def objective(self, text: str) -> str:
        """The id of an objective by id or text, made where it is new."""
        known = simple(text)
        if known not in self._objectives:
            named = f"objective {text}" if len(known) < 4 else text
            self._objectives[known] = id = self.new_id("objectives", named)
            self.value.setdefault("objectives", []).append({"id": id, "text": self.keep(text)})
            self.made.setdefault("objectives", []).append(f"`{id}` {quoted(text)}")
        return self._objectives[known]

    def keep(self, text: str) -> str:
        """The text, remembered as one that stands in the exercise."""
        self.kept.add(squeezed(text))
        return text

    def note(self, thing: Thing, heading: str, text: str) -> None:
        """What has no key of its own goes into the notes, quoted with its column's name."""
        self.add_note(thing, f"{heading}: {quoted(self.keep(text))}")

    def add_note(self, thing: Thing, text: str) -> None:
        """Add a line to a thing's notes."""
        before = thing.get("notes", "").rstrip()
        thing["notes"] = f"{before}\n\n{text}" if before else text


def slug(text: str) -> str:
    """The first words of a text as an id; nothing where it has no Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:_WORDS]
    while len(words) > 1 and len("-".join(words)) > _LONGEST_ID:
        words.pop()
    return "-".join(words)[:_LONGEST_ID]


def squeezed(text: str) -> str:
    """A text with its white space made even, for comparison."""
    return " ".join(text.split())
