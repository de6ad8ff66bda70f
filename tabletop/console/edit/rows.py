"""The rows of each view: findings, the schedule, the branches, what a cell sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from rich.cells import cell_len

from tabletop.console import words
from tabletop.console.edit.branching import Branches, effect_words
from tabletop.console.edit.looking import Looked
from tabletop.console.edit.seen import Eyes, Seen, Views
from tabletop.console.safe import clean, fit, one_line, wrapped
from tabletop.console.widgets.listing import Parts, Row
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Inject, Move
from tabletop.session.schedule import condition_words

_TIME = 6
_SIGNS = {"error": "ERROR", "warning": "doubt", "note": "note"}


def key_of(kind: str, id: str, at: object = "") -> str:
    """A row's key: what it is about, and which of several rows it is."""
    return f"{kind}:{id}#{at}"


def about(row: Row) -> str:
    """What a row is about, as ``kind:id``."""
    return row.key.rpartition("#")[0]


def _hanging(lead: str, text: str, width: int, style: str = "") -> list[Parts]:
    """The text after a lead, its further lines below its first word; the style is the lead's."""
    margin = cell_len(lead)
    lines = wrapped(text, max(10, width - margin))
    first: Parts = [(lead, style), (lines[0], style)] if lead.strip() else [(lead, ""), (lines[0], style)]
    return [first, *([(" " * margin, ""), (line, style)] for line in lines[1:])]


# --- findings -----------------------------------------------------------------------------------------


def findings(looked: Looked) -> list[Row]:
    """Every fault and doubt, the worst first, each with its line, a caret below it and what helps."""
    times: dict[str, int] = {}
    rows = []
    for at, fault in enumerate(looked.faults):
        about = f"{fault.rule} {fault.path or fault.message}"
        times[about] = times.get(about, 0) + 1
        lines = looked.lines.get(fault.file, ())
        source = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
        rows.append(Row(key_of("fault", str(at), f"{about} {times[about]}"), None, partial(_fault, fault, source)))
    return rows


def _fault(fault: Fault, source: str, width: int) -> list[Parts]:
    before, after = f"{_SIGNS[fault.severity]} ", f":{fault.line}:{fault.column} {fault.code}"
    place = f"{before}{_end_of(one_line(fault.file), width - len(before) - len(after))}{after}"
    lines: list[Parts] = [[(fit(place, width), "bold")]]
    lines += _hanging("  ", fault.message, width, "bold" if fault.severity == "error" else "")
    lines += _source(fault, source, width)
    lines += _hanging("  help: ", fault.help, width) if fault.help else []
    if fault.witness:
        many = f"{len(fault.witness)} choice{'s' if len(fault.witness) > 1 else ''}"
        lines += _hanging("  ", f"{many} lead to it: w shows, p plays it", width)
    return [*lines, []]


def _end_of(path: str, width: int) -> str:
    """A path in so many terminal cells; of a long one its end, which tells files apart."""
    if cell_len(path) <= width:
        return path
    while path and cell_len(path) > width - 1:
        path = path[1:]
    return f"…{path}"


def _source(fault: Fault, source: str, width: int) -> list[Parts]:
    """The line with a caret below the column; of a long line, the part around it."""
    lead = f"{fault.line:>5} | "
    room = max(10, width - len(lead))
    before, after = clean(source[: fault.column - 1]), clean(source[fault.column - 1 :])
    if cell_len(before) > room - 6:
        while cell_len(before) > room * 2 // 3:
            before = before[1:]
        before = f"…{before}"
    if not (before + after).strip():
        return []
    text = before + after.split("\n")[0]
    shown = text if cell_len(text) <= room else _cut(text, room)
    return [[(lead, ""), (shown, "")], [(" " * (len(lead) - 2) + "| ", ""), (" " * cell_len(before) + "^", "bold")]]


def _cut(text: str, width: int) -> str:
    """The text as it stands, leading spaces too, in so many terminal cells."""
    kept, used = "", 0
    for sign in text:
        used += cell_len(sign)
        if used > width - 1:
            break
        kept += sign
    return f"{kept}…"


# --- schedule -----------------------------------------------------------------------------------------


def schedule(index: Index) -> list[Row]:
    """Each move, then its injects by the minute they are planned for, then those in its pocket."""
    rows = []
    for number, move in enumerate(index.exercise.moves, 1):
        rows.append(Row(key_of("move", move.id), None, partial(_move, number, move, index)))
        planned = sorted((each for each in move.injects if not each.contingency), key=lambda each: each.at)
        pocket = [each for each in move.injects if each.contingency]
        rows += [Row(key_of("inject", each.id), None, partial(_inject, each, index)) for each in (*planned, *pocket)]
    return rows


def _move(number: int, move: Move, index: Index, width: int) -> list[Parts]:
    head = f"Move {number}: {one_line(move.title)} ({move.id}, {words.minutes(move.minutes)})"
    lines: list[Parts] = [[(fit(head, width), "bold underline")]]
    if move.when is not None:
        lines += _hanging("  only if ", condition_words(move.when, index) or "always", width)
    return lines


def _inject(inject: Inject, index: Index, width: int) -> list[Parts]:
    time = "pocket" if inject.contingency else words.plan_time(inject.at * 60)
    lines: list[Parts] = _hanging(f"{time:>{_TIME}} ", f"{inject.title} ({inject.id})", width)
    to = f"to {words.cell_names(index.addressees(inject), index)}"
    does = effect_words(inject.effects)
    asks = ", ".join(decision.id for decision in inject.decisions)
    said = "; ".join(part for part in (to, f"asks {asks}" if asks else "", does) if part)
    margin = " " * (_TIME + 1)
    lines += _hanging(margin, said, width, "dim")
    if inject.when is not None:
        delay = f", {inject.delay} min after" if inject.delay else ""
        lines += _hanging(f"{margin}if ", f"{condition_words(inject.when, index) or 'always'}{delay}", width, "dim")
    return lines


# --- branches -----------------------------------------------------------------------------------------


def branches(found: Branches) -> list[Row]:
    """Each decision that offers options, then each track and each release that a condition reads."""
    index = found.index
    rows = [
        Row(key_of("decision", id), None, partial(_decision, decision, found))
        for id, decision in index.decisions.items()
        if decision.options
    ]
    for track in index.tracks.values():
        if said := list(found.on_track(track.id)):
            head = f"{track.name} ({track.id}), starts at {track.start}"
            rows.append(Row(key_of("track", track.id), None, partial(_links, head, said)))
    for inject in index.injects.values():
        if said := list(found.on_release(inject.id)):
            head = f"Once {inject.title} ({inject.id}) is out"
            rows.append(Row(key_of("inject", inject.id), None, partial(_links, head, said)))
    return rows


def _links(head: str, said: Iterable[str], width: int) -> list[Parts]:
    lines: list[Parts] = [[(fit(head, width), "bold")]]
    for each in said:
        lines += _hanging("  ", each, width)
    return [*lines, []]


def _decision(decision: Decision, found: Branches, width: int) -> list[Parts]:
    index = found.index
    names = words.joint_names if decision.together else words.cell_names
    cells = names(index.decision_cells(decision.id), index)
    lines: list[Parts] = _hanging("", f"{decision.id}, {cells}: {decision.question}", width, "bold")
    for option in decision.options:
        hangs = [*found.on_choice(decision.id, option.id), effect_words(option.effects)]
        said = "; ".join(each for each in hangs if each) or "nothing hangs on it"
        first, *rest = wrapped(f"{option.id}: {said}", max(10, width - 6))
        lines += [[(f"  {first}", "")], *([(f"      {line}", "")] for line in rest)]
    return [*lines, []]


# --- what a cell sees ---------------------------------------------------------------------------------


def cards(found: Views, eyes: Eyes, index: Index) -> list[Row]:
    """What these eyes see along the course, then what the course passes by."""
    seen = found.cards.get(eyes, ())
    rows = [
        Row(key_of(each.about.partition(":")[0], each.about.partition(":")[2], at), None, draw)
        for at, (each, draw) in enumerate(_draws(seen, index))
    ]
    gauges = [
        f"{one_line(each.name)}: {each.value} of {each.greatest}{_marked(each.mark)}" for each in found.gauges[eyes]
    ]
    if gauges:
        rows.append(Row(key_of("gauges", ""), None, partial(_links, "Tracks it is shown, at the end", gauges)))
    return rows


def _marked(mark: str) -> str:
    return f", {one_line(mark)}" if mark else ""


def _draws(seen: Sequence[Seen], index: Index) -> Iterator[tuple[Seen, partial[list[Parts]]]]:
    move, passed_by = "", False
    for each in seen:
        head = ""
        if not each.planned and not passed_by:
            head, passed_by, move = "NOT ON THIS COURSE OF PLAY (c changes it)", True, each.move
        elif each.planned and each.move != move:
            head, move = index.moves[each.move].title if each.move in index.moves else "", each.move
        yield each, partial(_card, each, head)


def _card(seen: Seen, head: str, width: int) -> list[Parts]:
    lines: list[Parts] = [[(fit(head, width), "bold underline")]] if head else []
    time = "" if not seen.planned else "start" if not seen.move else words.plan_time(seen.clock)
    lines += _hanging(f"{time:>{_TIME}} ", seen.card.title, width)
    sender = seen.card.from_ or seen.card.via
    told = [
        f"from {one_line(sender)}" if sender else one_line(seen.card.text),
        f"only for it: {one_line(seen.card.own)}" if seen.card.own.strip() else "",
        f"asked: {one_line(seen.card.asked[0].question)}" if seen.card.asked else "",
    ]
    margin = " " * (_TIME + 1)
    return [*lines, *([(margin, ""), (fit(part, width - _TIME - 1), "dim")] for part in told if part)]
