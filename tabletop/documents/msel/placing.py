"""Injects into moves, and their times into minutes of a move and times of the story."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence

from tabletop.documents.msel.account import quoted
from tabletop.documents.msel.draft import Draft, Thing, squeezed
from tabletop.documents.msel.rows import Entry, Taken
from tabletop.documents.msel.times import DAY, When, axis, story_text

_PREFIX = re.compile(
    r"\s*(?:(?:move|phase|stage|part|module|act|session|turn)\s*)?[0-9]{1,3}\s*[.:)–—-]\s*", re.IGNORECASE
)
_DAY_SHEET = re.compile(r"\s*day\s*([0-9]{1,3})\s*", re.IGNORECASE)
_LEAST, _STEP, _AFTER_LAST, _LONGEST = 30, 15, 10, 480
_BACK = DAY // 2


def place(taken: Taken, draft: Draft) -> None:
    """Put a sheet's injects into moves of the draft, each at its minute."""
    for entry in taken.entries:
        _join(entry)
    groups = _groups(taken, draft)
    _roll_over(taken.entries, _day_of_sheet(taken))
    ends: int | None = None
    starts = [_start(entries) for _, entries in groups]
    for number, (name, entries) in enumerate(groups):
        move = _move(name, entries, draft)
        ends = _minutes(move, entries, ends, draft)
        after = starts[number + 1] if number + 1 < len(starts) else None
        _length(move, starts[number], after)
        for entry in entries:
            _settle(entry, move, draft)
    _strays(taken, draft)


def tell_story_times(takens: Sequence[Taken], draft: Draft) -> None:
    """Write the story's times; a day of the calendar is counted from the first, which is D."""
    entries = [entry for taken in takens for entry in taken.entries]
    told = [(entry, when) for entry in entries if (when := _story(entry)) is not None]
    days = [when.date for _, when in told if when.date is not None]
    first = min(days, default=None)
    written = {id(entry): text for entry, when in told if (text := story_text(when, first))}
    for entry in entries:
        if id(entry) in written:
            entry.inject["scenario_time"] = draft.keep(written[id(entry)])
    if first is not None and any(text.startswith(("D", "H")) for text in written.values()):
        draft.value["d_day"] = first.isoformat()
        draft.account.guess(f"D is {first.isoformat()}, the first day in the sheet; story times are counted from it.")
    if written and not any(entry.times.get("scenario_time") for entry in entries):
        draft.account.guess("The sheet's times were taken as the story's, too.")


def _join(entry: Entry) -> None:
    """One time out of a date or a day in one column, and a time in another."""
    times = entry.times
    when, day = times.get("time"), times.pop("date", None) or times.get("day")
    times.pop("day", None)
    if day is not None and (when is None or (when.form == "clock" and when.date is None and when.day is None)):
        minutes = when.minutes if when is not None else day.minutes
        offset = when.offset if when is not None else day.offset
        times["time"] = When("clock", minutes, day.date, day.day, offset)


def _day_of_sheet(taken: Taken) -> int:
    """The day, counted from 0, that a sheet's name tells of."""
    named = _DAY_SHEET.fullmatch(taken.sheet.name)
    return max(0, int(named[1]) - 1) if named else 0


def _roll_over(entries: Sequence[Entry], day: int) -> None:
    """Times of day without a day are of this one, and the next day's when they go back past midnight."""
    before = -1
    for entry in entries:
        when = entry.times.get("time")
        if (
            when is None
            or when.form != "clock"
            or when.minutes is None
            or when.date is not None
            or when.day is not None
        ):
            continue
        if when.minutes < before - _BACK:
            day += 1
        before = when.minutes
        if day:
            entry.times["time"] = When("clock", when.minutes, None, day, when.offset)


# --- moves --------------------------------------------------------------------------------------------


def _groups(taken: Taken, draft: Draft) -> list[tuple[str, list[Entry]]]:
    """The moves by name, each with its injects: by the column of moves, by rows of titles, by days, or one."""
    entries = taken.entries
    if any(entry.move for entry in entries):
        named: dict[str, list[Entry]] = {}
        for entry in entries:
            named.setdefault(entry.move or entry.section or "", []).append(entry)
        return [(name or "Without a move", group) for name, group in named.items()]
    if any(entry.section for entry in entries):
        runs: list[tuple[str, list[Entry]]] = []
        for entry in entries:
            if not runs or runs[-1][1][-1].section != entry.section:
                runs.append((entry.section or "Before the first move", []))
            runs[-1][1].append(entry)
        return runs
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        days.setdefault(_day(entry.times.get("time")) or next(reversed(days), ""), []).append(entry)
    if len(days) > 1:
        draft.account.guess(f'"{taken.sheet.name}" has no moves: each of its {len(days)} days became one.')
        return [(f"Day {number}", group) for number, group in enumerate(days.values(), 1)]
    draft.account.guess(f'"{taken.sheet.name}" has no moves: all of it became one.')
    name = taken.sheet.name.rpartition(".")[0] or taken.sheet.name
    return [(name if re.search(r"\d$|[A-Za-z]{3} [A-Za-z]", name) else "Play", list(entries))] if entries else []


def _day(when: When | None) -> str:
    if when is None or when.form != "clock":
        return ""
    return when.date.isoformat() if when.date is not None else f"{when.day or 0}"


def _move(name: str, entries: Sequence[Entry], draft: Draft) -> Thing:
    draft.keep(name)
    title = " ".join(name.split())
    bare = _PREFIX.sub("", title, count=1) or title
    wanted = next((entry.move_id for entry in entries if entry.move_id), "")
    same = next((move for move in draft.moves if move["id"] == wanted), None) if wanted else None
    if same is not None:
        return same
    if wanted:
        title = bare
    move: Thing = {"id": draft.keep(draft.new_id("moves", bare, wanted)), "title": title, "minutes": 0, "injects": []}
    draft.moves.append(move)
    return move


def _length(move: Thing, start: int | None, after: int | None) -> None:
    """How long a move is: up to the next, or a while past its last inject."""
    if start is not None and after is not None and 0 < after - start <= _LONGEST:
        move["minutes"] = max(move["minutes"], after - start)


# --- times --------------------------------------------------------------------------------------------


def _start(entries: Sequence[Entry]) -> int | None:
    """When a move begins, on the line of all times of its kind; None where they are counted within it."""
    return min((axis(when) for _, when in _timed(entries)), default=None)


def _timed(entries: Sequence[Entry]) -> list[tuple[Entry, When]]:
    """The injects whose minute follows from a time; the story's counts where it runs no faster than the room."""
    timed = [(entry, when) for entry in entries if entry.at is None and _points(when := entry.times.get("time"))]
    if timed or any(entry.at is not None for entry in entries):
        return [(entry, when) for entry, when in timed if when is not None]
    told = [(entry, when) for entry in entries if (when := entry.times.get("scenario_time")) and _points(when)]
    line = [axis(when) for _, when in told]
    return told if line and max(line) - min(line) <= _LONGEST else []


def _points(when: When | None) -> bool:
    return when is not None and when.minutes is not None


def _minutes(move: Thing, entries: Sequence[Entry], ends: int | None, draft: Draft) -> int | None:
    """Give each inject its minute; what comes back is where the times end, if they run on over moves."""
    timed = _timed(entries)
    base = min((axis(when) for _, when in timed), default=0)
    forms = {when.form for _, when in timed}
    if forms <= {"elapsed"} or (forms <= {"hour"} and ends is None and base >= 0):
        # Counted from the start of the exercise, or anew in each move.
        base = base if ends is not None and base >= ends > 0 else 0
    at = {id(entry): entry.at for entry in entries if entry.at is not None}
    at |= {id(entry): axis(when) - base for entry, when in timed}
    _guess_missing(entries, at, draft)
    for entry in entries:
        if minute := at[id(entry)]:
            entry.inject["at"] = minute
    last = max(at[id(entry)] + entry.inject.get("minutes", _AFTER_LAST) for entry in entries)
    move["minutes"] = max(_LEAST, move["minutes"], -(-last // _STEP) * _STEP)
    return max((axis(when) for _, when in timed), default=ends)


def _guess_missing(entries: Sequence[Entry], at: dict[int, int], draft: Draft) -> None:
    """Injects without a time: with the one before, or, where none has any, ten minutes apart."""
    spaced, minute = not at, 0
    for entry in entries:
        if entry.inject.get("kind") == "contingency":
            at.setdefault(id(entry), 0)
            continue
        if id(entry) not in at and not spaced:
            draft.account.guess(f"The inject in row {entry.row} has no time: it goes out with the one before.")
        minute = at.setdefault(id(entry), minute)
        minute += _AFTER_LAST if spaced else 0
    if spaced and len(entries) > 1:
        draft.account.guess(f"Rows {entries[0].row} to {entries[-1].row} have no times: they are ten minutes apart.")


def _story(entry: Entry) -> When | None:
    """The time in the story: its own column's, or that of the plan where it is no mere stretch of time."""
    return entry.times.get("scenario_time") or entry.times.get("time")


def _settle(entry: Entry, move: Thing, draft: Draft) -> None:
    inject = entry.inject
    wanted = inject.pop("id", "")
    inject["id"] = draft.keep(draft.new_id("injects", inject["title"], wanted))
    if wanted and inject["id"] != wanted:
        draft.note(inject, "ID", wanted)
    move["injects"].append(inject)


def _strays(taken: Taken, draft: Draft) -> None:
    """Texts of rows that opened no move: into the notes of the move around them."""
    rows = [entry.row for entry in taken.entries]
    move_of = {id(inject): move for move in draft.moves for inject in move["injects"]}
    for row, text in taken.stray:
        if squeezed(text) not in draft.kept:
            entry = taken.entries[max(bisect(rows, row) - 1, 0)]
            draft.note(move_of[id(entry.inject)], f"Row {row}", text)
            draft.account.guess(f'"{taken.sheet.name}" row {row} opens no move: {quoted(text)} went into the notes.')
