"""What stands at the side: what is owed, the tracks, the cells."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tabletop.console import words
from tabletop.console.glance import Glance, cell_standings
from tabletop.console.safe import column, cut, fit, one_line, say, wrapped
from tabletop.console.widgets.painted import Painted
from tabletop.scenario.model import Track
from tabletop.session.schedule import Owed
from tabletop.session.sight import mark as marked

_BAR = 8
PRESSING = {"over": "bold reverse $text-error", "last": "bold $text-warning", "": "bold"}
"""How a countdown looks; what it says differs too."""


class OwedPane(Painted):
    """Who owes which answer, and how much time is left; the most overdue first."""

    def show(self, glance: Glance) -> None:
        """Show what is owed now, requests with their age below."""
        count = len(glance.owed) + len(glance.requests)
        self.border_title = f"Owed {count}" if count else "Owed"
        width = max(16, self.content_size.width or 22)
        rows = [_owed(each, glance, width) for each in glance.owed]
        rows += [_request(id, glance, width) for id in glance.requests]
        self.paint(Content("\n").join(rows) if rows else say("nobody owes an answer", "dim"))


def _request(id: str, glance: Glance, width: int) -> Content:
    """Who waits for an answer of control's, for how long, and what was asked."""
    asked = glance.state.play.requests[id]
    age = f"asks, {_age(id, glance)} min"
    who = column(words.cell_name(asked.cell, glance.state.index), max(4, width - len(age) - 1))
    return Content.assemble(say(f"{who} {age}", "bold"), "\n", say(f"  {fit(asked.text, width - 2)}", "dim"))


def _age(id: str, glance: Glance) -> int:
    return int((glance.now.clock - glance.state.play.requests[id].clock) // 60)


def _owed(each: Owed, glance: Glance, width: int) -> Content:
    names = words.joint_names(each.cells, glance.state.index)
    countdown = words.owed_left(each)
    room = max(4, width - len(countdown) - 1)
    who = column(names, room) + " " if cell_len(names) <= room else f"{fit(names, width)}\n{'':{room + 1}}"
    line = say(who + countdown, PRESSING[words.owed_pressing(each)])
    asked, *more = wrapped(fit(each.decision.question, 3 * width), width - 2)
    asked += f"\n  {fit(' '.join(more), width - 2)}" if more else ""
    return Content.assemble(line, "\n", say(f"  {asked}", "dim"))


class TracksPane(Painted):
    """The tracks as gauges, with the newest change."""

    def show(self, glance: Glance) -> None:
        """Show the tracks as they stand."""
        self.border_title = "Tracks"
        width = max(16, self.content_size.width or 22)
        rows = [_gauge(track, glance, width) for track in glance.state.exercise.tracks]
        self.display = bool(rows)
        self.paint(Content("\n").join(rows))


def _gauge(track: Track, glance: Glance, width: int) -> Content:
    """The name in full, and below it the bar, the value, its change since the start, and what it means."""
    value = glance.state.play.tracks.get(track.id, track.start)
    moved = words.change(value - track.start)
    filled = round(_BAR * (value - track.min) / max(1, track.max - track.min))
    bar = "#" * filled + "." * (_BAR - filled)
    figures = f"{bar} {value:>2} {moved:<3}"
    mark = one_line(marked(track.marks, value))
    beside = cell_len(mark) < width - len(figures)
    below = f" {mark}" if beside else f"\n  {cut(mark, width - 2)}"
    style = "bold" if moved else ""
    return Content.assemble(say(fit(track.name, width), style), "\n", say(figures, style), say(below, "dim"))


class CellsPane(Painted):
    """What each cell is at: owes an answer, talking, done, or idle for how long."""

    def show(self, glance: Glance) -> None:
        """Show the cells as they stand."""
        self.border_title = "Cells"
        width = max(16, self.content_size.width or 22)
        limit = glance.state.exercise.idle_after
        rows = []
        for cell, (standing, since) in cell_standings(glance).items():
            said = f"{standing} {since}m" + (" !" if standing == "idle" and since >= limit else "")
            name = column(words.cell_name(cell, glance.state.index), max(4, width - 1 - max(10, len(said))))
            rows.append(say(f"{name} {said:<10}", "bold" if said.endswith("!") else ""))
        self.paint(Content("\n").join(rows))


class OneLine(Painted):
    """Owed and tracks as one line each, where there is no room for panes."""

    def show(self, glance: Glance) -> None:
        """Show both lines."""
        width = max(20, self.app.size.width - 2)
        index = glance.state.index
        said = [(words.joint_names(each.cells, index), words.owed_left(each)) for each in glance.owed]
        for id in glance.requests:
            who = words.cell_name(glance.state.play.requests[id].cell, index)
            said.append((who, f"asks, {_age(id, glance)} min"))
        owed = _shared(said, width - 8)
        states = {words.owed_pressing(each) for each in glance.owed}
        style = PRESSING[next((state for state in ("over", "last") if state in states), "")] if states else ""
        first = say("Owed    " + fit(owed or "nobody owes an answer", width - 8), style)
        second = say("Tracks  " + fit(_values(glance, width - 8) or "none", width - 8))
        self.paint(Content.assemble(first, "\n", second))


def _shared(pairs: list[tuple[str, str]], width: int) -> str:
    """Names and what is said of each on one line; long names give way, so that nobody is left out of it."""
    room = width - sum(cell_len(said) + 3 for _, said in pairs)
    least = max(6, room // max(1, len(pairs)))
    spare = sum(max(0, least - cell_len(name)) for name, _ in pairs)
    longer = sum(cell_len(name) > least for name, _ in pairs)
    share = least + spare // max(1, longer)
    return "; ".join(f"{fit(name, share)} {said}" for name, said in pairs)


def _values(glance: Glance, width: int) -> str:
    """Every track with its value; the names share the room that there is."""
    values, tracks = glance.state.play.tracks, glance.state.exercise.tracks
    now = [values.get(track.id, track.start) for track in tracks]
    said = [f" {value} {words.change(value - track.start)}".rstrip() for value, track in zip(now, tracks, strict=True)]
    names = [one_line(track.name) for track in tracks]
    room = width - sum(map(len, said)) - 2 * (len(said) - 1)
    for count, at in zip(
        range(len(names), 0, -1), sorted(range(len(names)), key=lambda at: cell_len(names[at])), strict=True
    ):
        names[at] = fit(names[at], max(1, room // count))
        room -= cell_len(names[at])
    return "; ".join(name + value for name, value in zip(names, said, strict=True))
