"""The foot of the screen: the newest line of the record, and what the keys do now."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tabletop.console import words
from tabletop.console.actions import bar
from tabletop.console.glance import Glance
from tabletop.console.safe import column, fit, one_line, say
from tabletop.console.widgets.painted import Painted


class RecordLine(Painted):
    """The newest event and that it is recorded; or, impossible to miss, that it is not."""

    def show(self, glance: Glance, failure: str = "") -> None:
        """Show the newest event, or a failed write."""
        width = max(20, self.app.size.width - 2)
        self.set_class(bool(failure), "failed")
        if failure:
            self.paint(say(fit(f"NOT RECORDED: {failure}", width), "bold"))
            return
        event = glance.session.events[-1]
        from tabletop.review.wording import describe

        said = one_line(describe(event, glance.state.index))
        room = width - len("  recorded")
        self.paint(say(column(f"#{event.seq} {words.wall(event.at)} {said}", room) + "  recorded"))


class KeyBar(Painted):
    """What Space does, then the other keys that do something now, as many as there is room for."""

    def show(self, glance: Glance, space: str) -> None:
        """Show the keys."""
        width = max(20, self.app.size.width - 2)
        lines, used, shown = 2, 0, []
        first = fit(f"space {space}", width)
        line = [say(first, "bold reverse")]
        used = cell_len(first)
        for act in bar(glance)[1:]:
            need = 2 + cell_len(act.name) + 1 + cell_len(act.label)
            if used + need > width:
                shown.append(Content.assemble(*line))
                line, used = [], 0
                if len(shown) == lines:
                    break
            line.append(Content.assemble("  " if used else "", (act.name, "bold"), f" {act.label}"))
            used += need
        if line and len(shown) < lines:
            shown.append(Content.assemble(*line))
        self.paint(Content("\n").join(shown))
