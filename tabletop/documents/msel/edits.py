"""A workbook of ours that was edited: what differs from what was exported counts, all else is as it was carried.

So there is never a conflict between a sheet and what is carried: a cell that nobody touched says nothing, and one
that somebody did is what they meant. Each edit is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tabletop.documents.msel.account import quoted
from tabletop.documents.msel.columns import MSEL, OTHERS, PROSE, Column, Numbered, Table, Written, row_of
from tabletop.documents.msel.draft import Draft, Thing, squeezed
from tabletop.documents.msel.filling import fill
from tabletop.documents.msel.grid import Cell, Sheet, clean, letters, place, text_of
from tabletop.documents.msel.guarding import CUT, unguarded
from tabletop.documents.msel.names import simple
from tabletop.documents.msel.shown import cell_text
from tabletop.scenario.conditions import reads
from tabletop.scenario.model import Exercise

_HEADER_WITHIN = 20
_MOST_TOLD = 60
_NEEDED = ("title", "text", "name", "minutes")
"""Keys that a thing other than an inject cannot do without."""


def apply_edits(
    draft: Draft, exercise: Exercise, sheets: Sequence[Sheet], asked: Sequence[Sheet], mapped: Mapping[str, str]
) -> list[Sheet]:
    """Bring the edits of the asked sheets into the draft of the exercise that was carried; which sheets are ours.

    ``mapped`` are columns that the user named, simplified, with the key that each is to be read as.
    """
    _let_everybody_be_everybody(draft)
    found = {table.name: pair for table in (MSEL, *OTHERS) if (pair := _sheet_of(table, sheets))}
    read = [name for name, (sheet, _) in found.items() if sheet in asked]
    for table in (*OTHERS, MSEL):
        if table.name in read:
            sheet, row = found[table.name]
            _Edits(draft, exercise, table, sheet, row, mapped).apply()
            draft.learn_names()
    draft.account.taken.append(_summary(draft, read))
    return [sheet for sheet, _ in found.values()]


def _let_everybody_be_everybody(draft: Draft) -> None:
    """An inject to all players is to all, those too that a sheet adds."""
    players = draft.ids("cells")
    for move in draft.moves:
        for inject in move.get("injects", ()):
            if inject.get("to") == players:
                del inject["to"]


def _summary(draft: Draft, names: Sequence[str]) -> str:
    edits = len(draft.account.edited)
    said = (
        f"{edits} edit{'s' if edits != 1 else ''} in the sheets {', '.join(names)}" if edits else "nothing was edited"
    )
    return f"The whole exercise, as it was exported; {said}."


def _sheet_of(table: Table, sheets: Sequence[Sheet]) -> tuple[Sheet, int] | None:
    """The sheet that was exported as this table, under whatever name it has now, and the row of its headings."""
    wanted = {simple(column.heading) for column in table.columns}
    best: tuple[int, Sheet, int] | None = None
    for sheet in sheets:
        for number in sorted(sheet.rows)[:_HEADER_WITHIN]:
            there = {simple(cell.text) for cell in sheet.rows[number].values()}
            score = len(wanted & there)
            if "id" in there and score * 2 > len(wanted) and (best is None or score > best[0]):
                best = score, sheet, number
    return best[1:] if best is not None else None


class _Edits:
    """The edits of one sheet."""

    def __init__(
        self, draft: Draft, exercise: Exercise, table: Table, sheet: Sheet, row: int, mapped: Mapping[str, str]
    ) -> None:
        self._draft, self._table, self._sheet, self._top = draft, table, sheet, row
        self._exercise, self._index = exercise, Numbered(exercise)
        by_heading = {simple(column.heading): column for column in table.columns}
        self._columns: dict[int, Column] = {}
        self._keys: dict[int, str] = {}
        self._headings: dict[int, str] = {}
        headings = sorted(sheet.rows[row].items())
        named = {number: column for number, cell in headings if (column := by_heading.pop(simple(cell.text), None))}
        for number, cell in headings:
            column = named.get(number) or self._renamed(number, cell, by_heading)
            if column is not None:
                self._columns[number] = column
            else:
                draft.account.taken.append(f'"{sheet.name}" has a column of its own, {quoted(cell.text)}.')
            self._keys[number] = mapped.get(simple(cell.text), "") or (column.key if column is not None else "")
            self._headings[number] = " ".join(cell.text.split())
        self._things = {thing["id"]: thing for thing in self._values()}
        self._move_of = {inject["id"]: move for move in draft.moves for inject in move.get("injects", ())}

    def _renamed(self, number: int, cell: Cell, missing: Mapping[str, Column]) -> Column | None:
        """The column whose heading was changed: one that is missing, and stood here."""
        there = self._table.columns[number - 1] if number <= len(self._table.columns) else None
        if there is None or simple(there.heading) not in missing:
            return None
        self._draft.account.guess(f'"{self._sheet.name}": the column {quoted(cell.text)} counts as {there.heading}.')
        return there

    def _values(self) -> Iterator[Thing]:
        """The carried things that the rows are about."""
        value = self._draft.value
        if self._table is MSEL:
            for move in value["moves"]:
                yield from move.get("injects", ())
        else:
            yield from value.get(self._table.name.lower(), ())

    def apply(self) -> None:
        """Go through the rows; what stands nowhere any more was taken out."""
        written = {thing.id: row_of(self._table, thing, self._index) for thing in self._table.things(self._exercise)}
        seen: list[str] = []
        for number in sorted(self._sheet.rows):
            row = {column: cell for column, cell in self._sheet.rows[number].items() if cell.own}
            if number < self._top:
                self._leave(row.values())
            elif number > self._top and row:
                id = self._id(row)
                if id in written and id not in seen:
                    self._changed(self._things[id], row, number, written[id])
                else:
                    id = self._added(row, number, seen[-1] if seen else "")
                if id:
                    seen.append(id)
            self._comments(number, self._things.get(seen[-1]) if seen and number > self._top else None)
        if seen:
            self._gone([id for id in written if id not in seen])

    def _id(self, row: Mapping[int, Cell]) -> str:
        return next((cell.text for number, cell in row.items() if self._keys.get(number) == "id"), "")

    def _heading(self, column: int) -> str:
        return self._headings.get(column) or f"Column {letters(column)}"

    # --- cells ------------------------------------------------------------------------------------------

    def _changed(self, thing: Thing, row: Mapping[int, Cell], number: int, written: Sequence[Written]) -> None:
        was = {column.heading: _shown(cell, column) for column, cell in zip(self._table.columns, written, strict=True)}
        for at in sorted({*self._headings, *row}):
            before = was.get(self._columns[at].heading, "") if at in self._columns else ""
            cell = row.get(at)
            now = cell.text if cell is not None else ""
            mapped_away = at in self._columns and self._keys.get(at) != self._columns[at].key
            if squeezed(now) == squeezed(before) and not (mapped_away and now):
                continue
            if cell is None:
                self._emptied(thing, at, number, before)
            else:
                self._put(thing, at, cell, before)

    def _put(self, thing: Thing, at: int, cell: Cell, before: str) -> None:
        """One cell that was changed: under its key where it can be read so, else into the notes."""
        key, heading, text = self._keys.get(at, ""), self._heading(at), unguarded(cell.text)
        where = f'"{self._sheet.name}" {place(cell.row, at)}, {heading} of `{thing["id"]}`'
        if key in ("number", "id", "move-id"):
            if text not in (before, thing["id"]) and not text.isdigit():
                self._draft.account.left.append(f"{where}: {quoted(text)}")
            return
        if key == "move":
            self._to_move(thing, text, where)
            return
        value = text if isinstance(cell.value, str) else cell.value
        old = thing.pop(key, None) if key in thing else None
        if CUT.strip() not in before and fill(self._draft, thing, key, text, value):
            self._draft.account.edited.append(f"{where}: {quoted(text)}{_instead(before)}")
            if key == "to":
                self._addressed(thing)
            return
        if old is not None:
            thing[key] = old
        self._aside(thing, heading, text, where)

    def _aside(self, thing: Thing, heading: str, text: str, where: str) -> None:
        """What cannot be read back: into the notes, where the thing has notes."""
        if self._table is MSEL or self._table.name == "Moves":
            self._draft.note(thing, heading, text)
            self._draft.account.edited.append(f"{where}: {quoted(text)}. It went into the notes: write it in the YAML.")
        else:
            self._draft.account.left.append(f"{where}: {quoted(text)}")

    def _emptied(self, thing: Thing, at: int, number: int, before: str) -> None:
        key = self._keys.get(at, "")
        where = f'"{self._sheet.name}" {place(number, at)}, {self._heading(at)} of `{thing["id"]}`'
        needed = key == "title" or (self._table is not MSEL and key in _NEEDED)
        if key in ("number", "id", "move-id", ""):
            return
        if needed or key in ("move", "decisions", "when", "agenda"):
            self._draft.account.guess(f"{where} was emptied, which cannot be; it is as it was.")
            return
        thing.pop(key, None)
        self._draft.account.edited.append(f"{where}: empty{_instead(before)}")

    def _addressed(self, thing: Thing) -> None:
        """What is private to a cell that the inject no longer goes to: into the notes."""
        to = thing.get("to")
        for cell in list(thing.get("private", {})):
            if to is not None and cell not in to:
                self._draft.note(thing, f"Only for {cell}", thing["private"].pop(cell))
        if not thing.get("private", True):
            del thing["private"]

    # --- rows -------------------------------------------------------------------------------------------

    def _added(self, row: Mapping[int, Cell], number: int, after: str) -> str:
        """A row that was not there; its id, or nothing where too little stands in it."""
        keys = {self._keys.get(at) for at in row}
        if not keys & {"title", "text", "name"}:
            self._leave(row.values())
            return ""
        kind = "injects" if self._table is MSEL else self._table.name.lower()
        titles = [cell.text for at, cell in row.items() if self._keys.get(at) in ("title", "name", "text")]
        thing: Thing = {"id": self._draft.new_id(kind, titles[0], self._id(row))}
        if kind in ("injects", "moves"):
            thing["title"] = ""
        if self._table is MSEL:
            self._insert(thing, after)
        else:
            self._draft.value.setdefault(kind, []).append(thing)
        self._things[thing["id"]] = thing
        for at, cell in row.items():
            self._put(thing, at, cell, "")
        _complete(thing, kind, titles[0])
        self._draft.account.edited.append(f'"{self._sheet.name}" row {number} is new: `{thing["id"]}`.')
        return str(thing["id"])

    def _insert(self, inject: Thing, after: str) -> None:
        """Behind the inject of the row above, in its move."""
        move = self._move_of.get(after, self._draft.moves[0])
        injects = move.setdefault("injects", [])
        places = [number for number, each in enumerate(injects, 1) if each["id"] == after]
        injects.insert(places[0] if places else len(injects), inject)
        self._move_of[inject["id"]] = move

    def _to_move(self, inject: Thing, text: str, where: str) -> None:
        """Into another move, by its number, its title or its id."""
        move = self._move_named(text)
        before = self._move_of.get(inject["id"])
        if move is None:
            self._aside(inject, "Move", text, where)
        elif move is not before:
            if before is not None:
                before["injects"].remove(inject)
            move.setdefault("injects", []).append(inject)
            self._move_of[inject["id"]] = move
            self._draft.account.edited.append(f"{where}: {quoted(text)}")

    def _move_named(self, text: str) -> Thing | None:
        wanted = simple(text)
        for number, move in enumerate(self._draft.moves, 1):
            names = (f"{number} {move['title']}", move["title"], move["id"], f"{number}", f"move {number}")
            if wanted in {simple(name) for name in names}:
                return move
        return None

    def _gone(self, ids: Sequence[str]) -> None:
        """Rows that were taken out; what a condition still asks about, or another text speaks of, stays."""
        asked, spoken_of = _asked_about(self._exercise), _spoken_of(self._exercise)
        for id in ids:
            if self._table is not MSEL:
                what = f"The {self._table.about} `{id}` has no row any more; it stays"
                self._draft.account.guess(f"{what}. Take it out in the YAML.")
                continue
            decisions = [("chose", decision.id) for decision in self._index.injects[id].decisions]
            if asked & {("released", id), *decisions}:
                what = f"The inject `{id}` has no row any more; it stays, because conditions ask about it"
                self._draft.account.guess(f"{what}. Take both out in the YAML.")
                continue
            if spoken_of & {id, *(decision.id for decision in self._index.injects[id].decisions)}:
                what = f"The inject `{id}` has no row any more; it stays, because another text speaks of it"
                self._draft.account.guess(f"{what} (`refers_to`). Take both out in the YAML.")
                continue
            self._move_of[id]["injects"].remove(self._things[id])
            self._draft.account.edited.append(f"The inject `{id}` has no row any more, and was taken out.")

    # --- what is told -------------------------------------------------------------------------------------

    def _leave(self, cells: Any) -> None:
        for cell in cells:
            self._draft.account.left.append(f'"{self._sheet.name}" {place(cell.row, cell.column)}: {quoted(cell.text)}')

    def _comments(self, number: int, thing: Thing | None) -> None:
        for row, column in [at for at in self._sheet.comments if at[0] == number]:
            text = self._sheet.comments.pop((row, column))
            where = f'A comment on "{self._sheet.name}" {place(row, column)}'
            if thing is not None and self._table is MSEL:
                self._draft.note(thing, f"Comment on {self._heading(column)}", text)
            else:
                self._draft.account.left.append(f"{where}: {quoted(text)}")


def _complete(thing: Thing, kind: str, title: str) -> None:
    """What a new thing cannot do without."""
    if kind in ("injects", "moves"):
        thing["title"] = thing["title"] or " ".join(title.split())[:80]
    if kind == "moves":
        thing.setdefault("minutes", 30)
    if kind == "objectives":
        thing.setdefault("text", title)
    if kind == "cells":
        thing.setdefault("name", " ".join(title.split()))


def _shown(written: Written, column: Column) -> str:
    """What a cell said when it was exported."""
    if isinstance(written, str):
        return clean(cell_text(written, prose=column.key in PROSE)).strip()
    return "" if written is None else text_of(written)


def _instead(before: str) -> str:
    if not before:
        return ""
    short = squeezed(before)
    return f", was {quoted(short if len(short) <= _MOST_TOLD else short[:_MOST_TOLD] + '…')}"


def _asked_about(exercise: Exercise) -> set[tuple[str, str]]:
    whens = [*(inject.when for inject in exercise.injects()), *(move.when for move in exercise.moves)]
    return {fact for when in whens for fact in reads(when)}


def _spoken_of(exercise: Exercise) -> set[str]:
    named = [name for inject in exercise.injects() for name in inject.refers_to]
    named += [name for move in exercise.moves for name in move.refers_to]
    return {*named, *(name.partition("/")[0] for name in named)}
