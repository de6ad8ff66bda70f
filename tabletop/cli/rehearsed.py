"""A rehearsal in words: one run as a story, many as shares and ranges, every path as what is proven.

Ids stand beside titles, because ``--choose`` takes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tabletop.scenario.index import Index
from tabletop.scenario.paths.ranges import EveryPath, Reached
from tabletop.scenario.planned import Decided, Discussed, Happening, Moved, MoveOver, MoveStarted, Released
from tabletop.session.tallying import Tally, whole_median

_BARS = 12
_BAR = 40
_SPAN = 14


def story(index: Index, happenings: Sequence[Happening], seed: int) -> Iterator[str]:
    """What happens in one run, minute by minute of each move; then the tracks and the time."""
    yield f"{index.exercise.title} ({index.exercise.id}): planned play, seed {seed}"
    for happening in happenings:
        yield from _told(index, happening)
    yield ""
    yield from _left_out(index, happenings)
    yield from _tracks(index, happenings)
    total = happenings[-1].total if happenings else 0
    yield f"Time: {_minute(total)}, {_minute(index.exercise.minutes)} planned for all moves"


def _told(index: Index, happening: Happening) -> Iterator[str]:
    minute = f"  {_minute(happening.minute):>5}  "
    match happening:
        case MoveStarted(move=move, total=total):
            yield ""
            yield f"{move.title} ({move.id}), {move.minutes} min, from {_minute(total)}"
        case Released(inject=inject, cells=cells, tracks=tracks):
            yield f"{minute}{inject.id}: {inject.title} -> {_cells(index, cells)}{_moved(index, tracks)}"
        case Discussed(inject=inject, cell=cell):
            yield f"{minute}{inject.id}: discussed by {_cells(index, [cell])}"
        case Decided(tracks=tracks):
            yield f"{minute}{_decided(index, happening)}{_moved(index, tracks)}"
        case MoveOver(move=move):
            late = happening.minute - move.minutes
            yield f"{minute}over{f', {late} min late' if late else ''}"


def _decided(index: Index, decided: Decided) -> str:
    place = f"{decided.decision.id}/{'+'.join(decided.cells)}"
    names = _cells(index, decided.cells)
    option = decided.decision.option(decided.option or "")
    return f"{place}={option.id}: {names}: {option.text}" if option else f"{place}: {names}: a text is written"


def _moved(index: Index, tracks: Moved) -> str:
    parts = [f"{index.tracks[track].name} {before} to {after}" for track, (before, after) in tracks.items()]
    return f"  [{', '.join(parts)}]" if parts else ""


def _cells(index: Index, cells: Iterable[str]) -> str:
    return ", ".join(index.cells[cell].name for cell in cells)


def _minute(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _left_out(index: Index, happenings: Sequence[Happening]) -> Iterator[str]:
    """What this run did not reach; contingency injects never go out by plan."""
    played = {each.move.id for each in happenings if isinstance(each, MoveStarted)}
    released = {each.inject.id for each in happenings if isinstance(each, Released)}
    moves = [move.id for move in index.moves.values() if move.id not in played]
    injects = [each.id for each in index.injects.values() if not each.contingency and each.id not in released]
    for what, ids in (("Moves left out", moves), ("Not released", injects)):
        if ids:
            yield f"{what}: {', '.join(ids)}"


def _tracks(index: Index, happenings: Sequence[Happening]) -> Iterator[str]:
    values = {track.id: [track.start] for track in index.tracks.values()}
    for happening in happenings:
        if isinstance(happening, Released | Decided):
            for track, (_, after) in happening.tracks.items():
                values[track].append(after)
    for id, seen in values.items():
        between = f"between {min(seen)} and {max(seen)}"
        yield f"{index.tracks[id].name} ({id}): {seen[0]} at the start, {seen[-1]} at the end, {between}"


def numbers(index: Index, counted: Tally, seed: int) -> Iterator[str]:
    """Many runs: how long, how often each inject went out and each option was chosen, how far tracks went."""
    runs = len(counted.minutes)
    yield f"{index.exercise.title} ({index.exercise.id}): {runs} runs of planned play, seed {seed}"
    least, greatest = min(counted.minutes), max(counted.minutes)
    yield f"Time: {least} to {greatest} min, median {counted.median}, {index.exercise.minutes} planned"
    yield from _histogram(counted.minutes)
    yield ""
    yield "Injects, by the share of runs in which they went out"
    for id, count in counted.injects.items():
        yield f"  {_share(count, runs)}  {id}: {index.injects[id].title}"
    if counted.decisions:
        yield ""
        yield "Decisions, by the share of runs that asked them, and of answers that chose each option"
    for (decision, cell), chosen in counted.decisions.items():
        asked = sum(chosen.values())
        yield f"  {_share(asked, runs)}  {decision}/{cell}: {_shares(chosen, asked)}"
    if index.tracks:
        yield ""
        yield "Tracks, by their values at any moment"
    for id, track in index.tracks.items():
        seen = f"{counted.least[id]} to {counted.greatest[id]}"
        yield f"  {track.name} ({id}): {seen}, of {track.min} to {track.max}"
    yield from _work(index, counted)
    yield from _endings(index, counted, runs)


def proof(index: Index, found: EveryPath) -> Iterator[str]:
    """Every path: how long at least and at most, how far tracks go, and each ending; or what of it is not proven."""
    all_paths = "every path of planned play" if found.complete else "not every path could be looked at"
    yield f"{index.exercise.title} ({index.exercise.id}): {all_paths}"
    if found.minutes is not None:
        yield f"Time: {_proven(found.minutes, ' min')}; {index.exercise.minutes} planned"
    else:
        yield "Time: not proven, no path was followed to its end"
    if index.tracks:
        yield ""
        yield "Tracks, by their values at any moment"
    for id, track in index.tracks.items():
        least, greatest = found.within[id]
        surely = "" if found.tracks[id].proven else f", though surely within {least} to {greatest}"
        yield f"  {track.name} ({id}): {_proven(found.tracks[id])}{surely}; of {track.min} to {track.max}"
    if any(found.endings):
        yield ""
        more = "" if found.complete else "; that there are no others is not proven"
        yield f"Endings, by what went out on a condition in the last move{more}"
        yield from (f"  {_ending(index, each)}" for each in found.endings)
    yield ""
    if not found.complete:
        yield (
            "A larger --budget, fewer answers that are read much later, or tracks with fewer values may prove it;"
            " --runs plays at random."
        )
    yield "With --json, the choices that lead to each number and each ending stand beside it."


def _proven(reached: Reached, unit: str = "") -> str:
    alike = reached.least == reached.greatest
    span = f"{reached.least}{unit}" if alike else f"{reached.least} to {reached.greatest}{unit}"
    if reached.proven:
        return f"always {span}" if alike else span
    return f"{span} seen, more not ruled out"


def _histogram(minutes: Sequence[int]) -> Iterator[str]:
    """How often each length came: at most a dozen bars, each for as many minutes as the others."""
    least, greatest = min(minutes), max(minutes)
    width = -(-(greatest - least + 1) // _BARS)
    counts = Counter((each - least) // width for each in minutes)
    most = max(counts.values())
    for bar in range((greatest - least) // width + 1):
        first = least + bar * width
        last = min(first + width - 1, greatest)
        span = f"{first} min" if first == last else f"{first} to {last} min"
        filled = "#" * -(-_BAR * counts[bar] // most)
        yield f"  {span:<{_SPAN if width > 1 else 0}}  {filled:<{_BAR}}  {_share(counts[bar], len(minutes))}"


def _work(index: Index, counted: Tally) -> Iterator[str]:
    yield ""
    yield "Cells, by the minutes of a run in which they discuss or decide"
    for cell, busy in counted.busy.items():
        if cell in index.players or any(busy):
            span = f"{min(busy)} to {max(busy)} min, median {whole_median(busy)}"
            yield f"  {index.cells[cell].name} ({cell}): {span}"


def _endings(index: Index, counted: Tally, runs: int) -> Iterator[str]:
    if not any(counted.endings):
        return
    yield ""
    yield "Endings, by what went out on a condition in the last move"
    for ending, count in counted.ranked_endings():
        yield f"  {_share(count, runs)}  {_ending(index, ending)}"


def _ending(index: Index, ending: Iterable[str]) -> str:
    return "; ".join(f"{index.injects[inject].title} ({inject})" for inject in ending) or "nothing"


def _shares(chosen: Mapping[str, int], asked: int) -> str:
    return ", ".join(f"{option} {_share(count, asked).strip()}" for option, count in chosen.items())


def _share(count: int, of: int) -> str:
    """A share in per cent; 0 and 100 only where it is never and always."""
    if count in (0, of):
        return "100 %" if count else "  0 %"
    return f"{min(99, max(1, round(100 * count / of))):>3} %"
