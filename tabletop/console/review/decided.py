"""The decision table: a question, then for each cell its choice, time, reasons, dissent and earlier answers."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len

from tabletop.console import words
from tabletop.console.safe import column, one_line, wrapped
from tabletop.console.widgets.listing import Parts, Row
from tabletop.review.decisions import CellAnswers, DecisionTaken
from tabletop.review.details import choice
from tabletop.review.lines import Lines
from tabletop.review.reviewing import Review
from tabletop.session.events import Dissent

_NARROW, _WIDE = 14, 22
"""Columns for a cell's name, at most, on narrow and on wide screens."""
_MOST = 4
"""Lines that a reason may take in the table; the details have all of them."""


def rows(review: Review, lines: Lines) -> list[Row]:
    """Every question in the order in which it was put, each with its answers."""
    found: list[Row] = []
    for number, taken in enumerate(review.decisions, 1):
        first = taken.asked[0].seq if taken.asked else taken.answers[0].entry.seq
        found.append(Row(question_key(taken), first, partial(_question, number, taken, lines)))
        for thread in taken.by_cells:
            seq = thread.newest.entry.seq
            found.append(Row(answer_key(thread), seq, partial(_answers, thread, lines)))
        for cell in taken.unanswered:
            found.append(Row(f"{question_key(taken)}/{cell}", first, partial(_silent, cell, lines)))
    return found


def question_key(taken: DecisionTaken) -> str:
    """The key of a question's row."""
    return f"d{taken.id}"


def answer_key(thread: CellAnswers) -> str:
    """The key of the row of a cell's answers: the number of the one that counts."""
    return str(thread.newest.entry.seq)


def _names(lines: Lines, width: int) -> int:
    """The columns for the name of a cell."""
    longest = max((cell_len(one_line(cell.name)) for cell in lines.index.cells.values()), default=0)
    return max(_NARROW, min(longest + 1, _WIDE if width >= 100 else _NARROW))


def _question(number: int, taken: DecisionTaken, lines: Lines, width: int) -> list[Parts]:
    asked = f"asked {words.hours(taken.asked[0].clock)}" if taken.asked else "never asked"
    minutes = taken.asked[-1].minutes if taken.asked else 0
    notes = [asked, f"{minutes} min given" if minutes else "", "asked again" if len(taken.asked) > 1 else ""]
    by = f"by {lines.title(taken.inject)}" if taken.inject else "put on the spot"
    notes += [by, "play branched on it" if taken.steers else ""]
    said = [*wrapped(f"{number}. {taken.question or taken.id}", width)[:_MOST]]
    under = column(", ".join(note for note in notes if note), width - 3)
    top: list[Parts] = [[("", "")]] if number > 1 else []
    return [*top, *([(line, "bold underline")] for line in said), [("   ", ""), (under, "")]]


def _answers(thread: CellAnswers, lines: Lines, width: int) -> list[Parts]:
    newest, data = thread.newest, thread.newest.entry.data
    who = " + ".join(lines.cell(cell) for cell in thread.cells)
    dissents = len(data.dissents)
    took = "before asked" if data.early else words.short(data.seconds) if data.seconds is not None else "-"
    tail = [f"took {took}", f"{dissents} dissent{'s' if dissents > 1 else ''}" if dissents else "no dissent"]
    tail += ["revised"] if newest.revises is not None else []
    end = f"  {', '.join(tail)}"
    name = _names(lines, width)
    wide = max(10, width - name - 10 - len(end))
    chosen = wrapped(choice(newest), wide)[:_MOST]
    first = [
        (f"  {words.hours(newest.entry.clock):>7} ", ""),
        (column(who, name - 1) + " ", "bold"),
        (column(chosen[0], wide), "bold"),
        (end, "bold" if dissents else ""),
    ]
    more: list[Parts] = [[(" " * (name + 10), ""), (line, "bold")] for line in chosen[1:]]
    return [first, *more, *_reasons(thread, lines, name, width)]


def _reasons(thread: CellAnswers, lines: Lines, name: int, width: int) -> list[Parts]:
    data = thread.newest.entry.data
    found = [("Why", data.rationale)]
    found += [("Dissent", _dissent(dissent, lines)) for dissent in data.dissents]
    sure = f", confidence {data.confidence}" if data.confidence else ""
    found.append(("By", f"{lines.person(data.decided_by)}{sure}" if data.decided_by else sure[2:]))
    found += [("Assuming", text) for text in data.assumptions]
    found.append(("Would change", data.would_change))
    for earlier in reversed(thread.answers[:-1]):
        before = earlier.entry.data
        why = f". Why: {before.rationale}" if before.rationale else ""
        found.append(("Earlier", f"{words.hours(earlier.entry.clock)} {choice(earlier)}{why}"))
        found += [("  Dissent", _dissent(dissent, lines)) for dissent in before.dissents]
    shown: list[Parts] = []
    for label, text in found:
        if text.strip():
            shown += _reason(label, text, name, width)
    return shown


def _dissent(dissent: Dissent, lines: Lines) -> str:
    return f"{lines.person(dissent.who) if dissent.who else 'somebody'}: {dissent.view}"


def _reason(label: str, text: str, name: int, width: int) -> list[Parts]:
    lead = " " * 10 + f"{label:<{name}}"
    lines = wrapped(one_line(text), max(10, min(90, width - len(lead))))
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], "... (Enter shows all of it)"]
    style = "bold" if label.strip() == "Dissent" else ""
    return [[(lead if not at else " " * len(lead), style), (line, "")] for at, line in enumerate(lines)]


def _silent(cell: str, lines: Lines, width: int) -> list[Parts]:
    return [
        [
            (" " * 10, ""),
            (column(lines.cell(cell), _names(lines, width) - 1) + " ", "bold"),
            ("no answer is recorded", ""),
        ]
    ]
