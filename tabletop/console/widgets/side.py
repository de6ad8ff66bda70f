"""What stands at the side: what is owed, the tracks, the cells."""

from __future__ import annotations

from textual.content import Content

from tabletop.console import words
from tabletop.console.glance import Glance, cell_standing
from tabletop.console.safe import column, fit, one_line, say
from tabletop.console.widgets.painted import Painted
from tabletop.scenario.model import Track
from tabletop.session.schedule import Owed


class OwedPane(Painted):
    """Who owes which answer, and how much time is left; the most overdue first."""

    def show(self, glance: Glance) -> None:
        """Show what is owed now, requests with their age below."""
        self.border_title = f"Owed {len(glance.owed)}" if glance.owed else "Owed"
        width = max(16, self.content_size.width or 22)
        rows = [_owed(each, glance, width) for each in glance.owed]
        for request in glance.state.play.requests.values():
            if request.answered is None:
                age = int((glance.now.clock - request.clock) // 60)
                name = words.cell_name(request.cell, glance.state.index)
                rows.append(say(f"{fit(name, width - 14)} asks, {age} min\n  {fit(request.text, width - 2)}"))
        self.paint(Content("\n").join(rows) if rows else say("nobody owes an answer", "dim"))


def _owed(each: Owed, glance: Glance, width: int) -> Content:
    over = each.left is not None and each.left < 0
    names = " + ".join(words.cell_name(cell, glance.state.index) for cell in each.cells)
    countdown = words.left(each.left)
    who = column(names, max(4, width - len(countdown) - 1))
    line = say(f"{who} {countdown}", "bold reverse" if over else "bold")
    return Content.assemble(line, "\n", say("  " + fit(each.decision.question, width - 2), "dim"))


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
    value = glance.state.play.tracks.get(track.id, track.start)
    moved = words.change(value - track.start)
    figures = f"{value:>3} {moved:<3}"
    room = width - len(figures)
    length = min(10, max(5, room // 2 - 1))
    filled = round(length * (value - track.min) / max(1, track.max - track.min))
    bar = "#" * filled + "." * (length - filled)
    mark = _mark(track, value)
    line = say(f"{column(track.name, max(4, room - length - 1))} {bar}{figures}")
    return Content.assemble(line, "\n", say("  " + fit(mark, width - 2), "dim")) if mark else line


def _mark(track: Track, value: int) -> str:
    """What the value means, in words: the nearest mark."""
    nearest = min(track.marks, key=lambda at: abs(at - value), default=None)
    return one_line(track.marks[nearest]) if nearest is not None else ""


class CellsPane(Painted):
    """What each cell is at: deciding, done, or idle for how long."""

    def show(self, glance: Glance) -> None:
        """Show the cells as they stand."""
        self.border_title = "Cells"
        width = max(16, self.content_size.width or 22)
        limit = glance.state.exercise.idle_after
        rows = []
        for cell in glance.state.index.players:
            standing, since = cell_standing(glance, cell)
            said = f"{standing} {since}m" + (" !" if standing == "idle" and since >= limit else "")
            name = column(words.cell_name(cell, glance.state.index), max(4, width - 14))
            rows.append(say(f"{name} {said}", "bold" if said.endswith("!") else ""))
        self.paint(Content("\n").join(rows))


class OneLine(Painted):
    """Owed and tracks as one line each, where there is no room for panes."""

    def show(self, glance: Glance) -> None:
        """Show both lines."""
        width = max(20, self.app.size.width - 2)
        index = glance.state.index
        owed = "; ".join(
            f"{' + '.join(words.cell_name(cell, index) for cell in each.cells)} {words.left(each.left)}"
            for each in glance.owed
        )
        values = glance.state.play.tracks
        tracks = "; ".join(
            f"{one_line(track.name)} {values.get(track.id, track.start)} "
            f"{words.change(values.get(track.id, track.start) - track.start)}".rstrip()
            for track in glance.state.exercise.tracks
        )
        over = any(each.left is not None and each.left < 0 for each in glance.owed)
        first = say("Owed    " + fit(owed or "nobody owes an answer", width - 8), "bold" if over else "")
        second = say("Tracks  " + fit(tracks or "none", width - 8))
        self.paint(Content.assemble(first, "\n", second))
