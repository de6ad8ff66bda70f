"""From a workbook or CSV to an exercise, with an account of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.documents.msel.account import Account, quoted
from tabletop.documents.msel.as_yaml import translation_files
from tabletop.documents.msel.carrying import carried, is_carried
from tabletop.documents.msel.draft import Draft, Thing, slug, squeezed
from tabletop.documents.msel.edits import apply_edits
from tabletop.documents.msel.grid import Sheet, place
from tabletop.documents.msel.guarding import unguarded
from tabletop.documents.msel.header import Header, find_header
from tabletop.documents.msel.names import KEYS, simple
from tabletop.documents.msel.opening import open_sheets
from tabletop.documents.msel.placing import place as place_injects
from tabletop.documents.msel.placing import tell_story_times
from tabletop.documents.msel.rows import SECTION, Taken, columns_told, take_rows, unseen
from tabletop.documents.words import count
from tabletop.errors import TabletopError, UsageError
from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import did_you_mean
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json

_MARKING = re.compile(r"\bUNCLASSIFIED\b|\bFOR EXERCISE\b|\bEXERCISE USE\b|\bFOUO\b|\bEXERCISE EXERCISE\b|\bOFFICIAL\b")
_GENERIC = re.compile(
    r"(the )?((master scenario events?|main events|inject|events) list|msel|exercise|list of injects|injects|sheet)"
    r"( msel| final| draft| version| v?[0-9]+)*[0-9]*"
)


@dataclass(frozen=True)
class Brought:
    """What came in: the exercise, and the account of what was taken, guessed and left."""

    exercise: Exercise
    account: Account
    translations: dict[str, str] = field(default_factory=dict)
    """The text of each translation's file, by language, where the workbook carried any."""


def bring_in(path: Path, mapping: Sequence[str] = (), only: str | None = None, id: str = "") -> Brought:
    """Read a workbook or CSV as an exercise; ``mapping`` has ``COLUMN=key``, ``only`` names the one sheet to read.

    The exercise bears ``id``, or its own, or one made of the file's name. Raises UsageError for what is not
    there, TabletopError for what is no MSEL.
    """
    mapped = _mapped(mapping)
    sheets = open_sheets(path)
    account = Account(taken=[sentence for sheet in sheets for sentence in sheet.said])
    carrier = next((sheet for sheet in sheets if is_carried(sheet.first_column())), None)
    others = [sheet for sheet in sheets if sheet is not carrier]
    original = carried(carrier.first_column()) if carrier is not None else None
    if carrier is not None and original is None:
        account.guess(
            f'The sheet "{carrier.name}" was changed, so that only what stands in the other sheets was taken.'
        )
    chosen = _chosen(others, only, path)
    headed = _tables([(sheet, header) for sheet in chosen if (header := find_header(sheet, mapped)) is not None])
    _check_mapped(mapped, [header for _, header in headed], path)
    if original is not None:
        draft = Draft(exercise_as_json(original), account)
        taken = apply_edits(draft, original, others, chosen, mapped)
        _leave([sheet for sheet in others if sheet not in taken], account, chosen)
    else:
        draft = Draft({"format": 1, "id": "", "title": "", "cells": [], "moves": []}, account)
        _take(headed, draft, path)
        _leave([sheet for sheet in others if sheet not in [each for each, _ in headed]], account, chosen)
    own = draft.value["id"]
    draft.value["id"] = id or (own if scalars.is_id(own) else "") or slug(path.stem) or "imported"
    exercise = exercise_from_json(draft.value)
    return Brought(exercise, account, translation_files(original, exercise.id) if original is not None else {})


def _mapped(mapping: Sequence[str]) -> dict[str, str]:
    """The columns that the user named, simplified, with their keys."""
    mapped = {}
    for given in mapping:
        column, equals, key = given.rpartition("=")
        key = key.strip().replace("-", "_")
        if not equals or not simple(column):
            raise UsageError(f"--map '{given}' names no column.", "Write it so: --map 'Injected by=from'.")
        if key not in KEYS:
            near = did_you_mean(key, KEYS)
            raise UsageError(
                f"--map: there is no key '{key}'{f'; {near}' if near else '.'}", f"Known: {', '.join(KEYS)}."
            )
        mapped[simple(column)] = key
    return mapped


def _check_mapped(mapped: Mapping[str, str], headers: Sequence[Header], path: Path) -> None:
    known = {simple(heading): header.name(column) for header in headers for column, heading in header.headings.items()}
    for column in mapped:
        if headers and column not in known:
            raise UsageError(f"--map: {path} has no column '{column}'.", f"Its columns: {', '.join(known.values())}.")


def _chosen(sheets: Sequence[Sheet], only: str | None, path: Path) -> list[Sheet]:
    if only is None:
        return list(sheets)
    found = [sheet for sheet in sheets if simple(sheet.name) == simple(only)]
    if not found:
        raise UsageError(f"{path} has no sheet '{only}'.", f"Its sheets: {', '.join(sheet.name for sheet in sheets)}.")
    return found


def _tables(headed: Sequence[tuple[Sheet, Header]]) -> list[tuple[Sheet, Header]]:
    """The sheets that hold a MSEL, and not a table of something else that has a name and notes, too."""
    sizes = [len(set(header.keys.values()) - {""}) for _, header in headed]
    most = max(sizes, default=0)
    return [each for each, size in zip(headed, sizes, strict=True) if size * 2 > most]


# --- a sheet from elsewhere ---------------------------------------------------------------------------


def _take(headed: Sequence[tuple[Sheet, Header]], draft: Draft, path: Path) -> None:
    account = draft.account
    takens = []
    for sheet, header in headed:
        ours = _unguarded(sheet) if header.ours else sheet
        taken = take_rows(ours, header, draft)
        if taken.entries:
            takens.append(taken)
            last = max(entry.row for entry in taken.entries)
            found = f"headings in row {header.row}, {count(len(taken.entries), 'inject')} down to row {last}"
            account.taken.append(f'Sheet "{sheet.name}": {found}. {columns_told(header)}.')
        else:
            _leave([sheet], account, [sheet])
    if not takens:
        raise _no_table(headed, path)
    for taken in takens:
        place_injects(taken, draft)
    tell_story_times(takens, draft)
    _headline(takens, draft, path)
    if not draft.value["cells"]:
        draft.value["cells"].append({"id": "players", "name": "Players"})
        account.guess("No column says whom injects go to: there is one cell, `players`.")
    for kind, made in draft.made.items():
        account.guess(f"{kind.capitalize()} made of names in the sheet: {', '.join(made)}.")
    lengths = ", ".join(f"`{move['id']}` {move['minutes']} min" for move in draft.moves)
    account.guess(f"How long the moves last: {lengths}.")
    for taken in takens:
        _sweep(taken, draft)


def _no_table(headed: Sequence[tuple[Sheet, Header]], path: Path) -> TabletopError:
    if headed:
        return TabletopError(f"{path} has headings and no inject below them.", "Fill it in, or name another file.")
    return TabletopError(
        f"{path} has no row of headings that tells which column is which.",
        "Name at least two, such as Time and Description, or say so: --map 'COLUMN=text'.",
    )


def _unguarded(sheet: Sheet) -> Sheet:
    """The sheet without the apostrophes that `export` puts before what might be a formula."""
    plain = Sheet(sheet.name, comments=sheet.comments)
    for cell in sheet.cells():
        plain.put(cell.row, cell.column, unguarded(cell.value) if isinstance(cell.value, str) else cell.value)
    return plain


def _headline(takens: Sequence[Taken], draft: Draft, path: Path) -> None:
    """The title and the marking, out of the rows above the first table; the rest into the first move's notes."""
    value = draft.value
    for taken in takens:
        for cell in [cell for cell in taken.sheet.cells() if cell.row < taken.header.row]:
            if squeezed(cell.text) in draft.kept:
                continue
            if not value.get("marking") and _MARKING.search(cell.text.upper()) and len(cell.text) < 200:
                value["marking"] = squeezed(draft.keep(cell.text))
            elif not value["title"] and isinstance(cell.value, str) and not _is_generic(cell.text):
                value["title"] = squeezed(draft.keep(cell.text))
                draft.account.guess(f"The title is {quoted(value['title'])}, from {place(cell.row, cell.column)}.")
            else:
                draft.note(_first_move(taken, draft), f"Above the table, {place(cell.row, cell.column)}", cell.text)
    if not value["title"]:
        value["title"] = path.stem.replace("-", " ").replace("_", " ").strip() or "Imported exercise"
        draft.account.guess(f"The title is {quoted(value['title'])}, from the file's name.")


def _is_generic(text: str) -> bool:
    """Whether a text is what every such sheet says above its table."""
    return bool(_GENERIC.fullmatch(simple(text)) or SECTION.match(text))


def _first_move(taken: Taken, draft: Draft) -> Thing:
    first = taken.entries[0].inject
    return next(move for move in draft.moves if first in move["injects"])


def _sweep(taken: Taken, draft: Draft) -> None:
    """Tell the text of every cell that does not stand in the exercise as it was written."""
    read: dict[str, dict[str, list[str]]] = {}
    for heading, at, text, used in unseen(taken, draft):
        if used and heading:
            read.setdefault(heading, {}).setdefault(text, []).append(at)
        else:
            draft.account.left.append(f'"{taken.sheet.name}" {at}: {quoted(text)}')
    for heading, texts in read.items():
        told = "; ".join(f"{quoted(text)} {', '.join(places)}" for text, places in texts.items())
        draft.account.read.append(f'"{taken.sheet.name}", {heading}: {told}')
    _leave_comments(taken.sheet, draft.account)


def _leave(sheets: Iterable[Sheet], account: Account, asked: Sequence[Sheet]) -> None:
    """Tell all that stands in sheets that hold no injects, or were not asked for."""
    for sheet in sheets:
        cells = [f"{place(cell.row, cell.column)} {quoted(cell.text)}" for cell in sheet.cells()]
        if cells:
            why = "has no table of injects" if sheet in asked else "was not asked for"
            account.left.append(f'The sheet "{sheet.name}", which {why}:\n' + "\n".join(cells))
        _leave_comments(sheet, account)


def _leave_comments(sheet: Sheet, account: Account) -> None:
    for (row, column), text in sheet.comments.items():
        account.left.append(f'A comment on "{sheet.name}" {place(row, column)}: {quoted(text)}')
