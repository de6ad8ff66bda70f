"""The foot of the screen: the newest line of the record, and what the keys do now."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tabletop.console import words
from tabletop.console.actions import BY_ID, Act, bar
from tabletop.console.glance import Glance
from tabletop.console.keynames import key_of, linked
from tabletop.console.recalled import describe
from tabletop.console.safe import column, cut, fit, one_line, say
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
        said = one_line(describe(event, glance.session))
        room = width - len("  recorded")
        self.paint(say(column(f"#{event.seq} {words.wall(event.at)} {said}", room) + "  recorded"))


class KeyBar(Painted):
    """What Space does, then the other keys that do something now, as many as there is room for."""

    def show(self, glance: Glance, space: str) -> None:
        """Show the keys."""
        width = max(20, self.app.size.width - 2)
        first = cut(f"{self._key_name(BY_ID['next'])} {space}", width)
        lines = [[linked(first, "screen.next", "bold reverse")]]
        used, room = cell_len(first), width
        rest = [act for act in bar(glance)[1:] if act.id != "help"]
        for act in rest:
            need = (2 if used else 0) + self._length(act)
            if used + need > room:
                if len(lines) == 2:
                    break
                # The last place is kept for the key that shows all the others.
                lines.append([])
                used, need, room = 0, self._length(act), width - 2 - self._length(BY_ID["help"])
            lines[-1].append(self._key(act, "  " if used else ""))
            used += need
        if used + 2 + self._length(BY_ID["help"]) > width:
            lines.append([])
        lines[-1].append(self._key(BY_ID["help"], "  " if lines[-1] else ""))
        self.paint(Content("\n").join(Content.assemble(*line) for line in lines))

    def _key_name(self, act: Act) -> str:
        return key_of(self.app, f"act.{act.id}", act.key)

    def _length(self, act: Act) -> int:
        return cell_len(self._key_name(act)) + 1 + cell_len(act.label)

    def _key(self, act: Act, gap: str) -> Content:
        name = self._key_name(act)
        said = linked(f"{name} {act.label}", f"screen.{act.id}").stylize("bold", 0, len(name))
        return Content.assemble(gap, said)
