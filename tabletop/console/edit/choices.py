"""The course of play: which answers are given on the way, and by which seed the others are drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tabletop.console import words
from tabletop.console.edit.course import Course, Point, Reached, reach
from tabletop.console.safe import fit, one_line
from tabletop.console.widgets.keyline import KeyLine, key
from tabletop.console.widgets.listing import Listing, Parts, Row
from tabletop.console.widgets.painted import Painted
from tabletop.scenario.index import Index
from tabletop.scenario.planned import Decided, MoveStarted


class ChoicesScreen(ModalScreen[Course | None]):
    """Each answer on the way, to be chosen or left to the weights; hands back the course that was agreed on.

    With a point, only what comes before it is shown, and a course that passes the point by is not taken.
    """

    CSS_PATH = "edit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="choices.leave"),
        Binding("enter,f10", "take", "Take this course", priority=True, id="choices.take"),
        Binding("right", "step(1)", "Next answer", show=False, id="choices.next"),
        Binding("left", "step(-1)", "Answer before", show=False, id="choices.before"),
        Binding("x,backspace,delete", "weigh", "By weight", show=False, id="choices.weigh"),
        Binding("plus,equals_sign", "seed(1)", "Next seed", show=False, id="choices.seed"),
        Binding("minus", "seed(-1)", "Seed before", show=False, id="choices.seed-back"),
    ]

    def __init__(self, index: Index, course: Course, point: Point | None = None) -> None:
        super().__init__()
        self._index, self._course, self._point = index, course, point
        self._reached = self._play()

    def compose(self) -> ComposeResult:
        """Where it leads, the answers, the keys."""
        yield Painted(id="course-head", markup=False)
        yield Listing(id="course")
        yield KeyLine(
            key("plays from there" if self._point else "takes it", "choices.take", strong=True),
            key("other answer", "choices.before", "choices.next"),
            key("by weight", "choices.weigh"),
            key("seed", "choices.seed-back", "choices.seed"),
            key("back", "choices.leave"),
            id="course-keys",
        )

    def on_mount(self) -> None:
        """Show the course."""
        self.query_one(Listing).focus()
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Lines are fitted to the width: fit them again."""
        self.call_after_refresh(self._show)

    def _play(self) -> Reached:
        if self._point is not None:
            return reach(self._index, self._course, self._point)
        happenings = tuple(self._course.happenings(self._index))
        return Reached(happenings, happenings[-1].total if happenings else 0)

    def _asked(self) -> list[tuple[str, Decided]]:
        """The answers with options on the way, each with the title of its move."""
        found, move = [], ""
        for happening in self._reached.before:
            if isinstance(happening, MoveStarted):
                move = happening.move.title
            elif isinstance(happening, Decided) and happening.option is not None:
                found.append((move, happening))
        return found

    def _show(self) -> None:
        listing = self.query_one(Listing)
        own = {str(given).partition("=")[0] for given in self._course.choices(self._index).given}
        rows = []
        before = ""
        for move, decided in self._asked():
            rows.append(Row(_key(decided), None, partial(self._draw, decided, own, move if move != before else "")))
            before = move
        key = listing.row.key if listing.row else ""
        listing.show(rows, tall=True, nothing="No answer with options is given before it.", key=key)
        self.query_one("#course-head", Painted).paint(self._head())

    def _head(self) -> Content:
        title = "The course of play" if self._point is None else f"Play from: {self._called(self._point)}"
        seed = f"What is not chosen is drawn by weight, seed {self._course.seed}."
        return Content.assemble((fit(title, self.size.width - 4), "bold"), "\n", self._where(), "\n", seed)

    def _called(self, point: Point) -> str:
        if point.kind == "move":
            return f"{one_line(self._index.moves[point.id].title)} ({point.id})"
        return f"{one_line(self._index.injects[point.id].title)} ({point.id})"

    def _where(self) -> Content:
        total = self._reached.total
        if total is None:
            return Content.styled("NOT REACHED on this course: choose what opens it, or another seed.", "bold reverse")
        if self._point is None:
            return Content(f"It takes {words.minutes(total)} of play, {len(self._asked())} answers.")
        return Content(f"Come to after {words.minutes(total)} of play.")

    def _draw(self, decided: Decided, own: set[str], head: str, width: int) -> list[Parts]:
        index, decision = self._index, decided.decision
        names = words.joint_names if decision.together else words.cell_names
        option = decision.option(decided.option or "")
        chosen = not own.isdisjoint({decision.id, *(f"{decision.id}/{cell}" for cell in decided.cells)})
        lead = f"{words.plan_time(decided.minute * 60):>6} {names(decided.cells, index)}, {decision.id}"
        answer = f"       ({'o' if chosen else ' '}) {one_line(option.text) if option else ''}"
        how = "  chosen" if chosen else "  by weight"
        return [
            *([[(fit(head, width), "bold underline")]] if head else []),
            [(fit(lead, width), "")],
            [(fit(answer, width - len(how)), "bold" if chosen else ""), (how, "")],
        ]

    # --- changing it ----------------------------------------------------------------------------------

    def _here(self) -> Decided | None:
        row = self.query_one(Listing).row
        return next((each for _, each in self._asked() if row and _key(each) == row.key), None)

    def _now(self, course: Course) -> None:
        self._course = course
        self._reached = self._play()
        self._show()

    def action_step(self, by: int) -> None:
        """Another answer."""
        if decided := self._here():
            ids = [option.id for option in decided.decision.options]
            option = ids[(ids.index(decided.option or "") + by) % len(ids)]
            self._now(self._course.choosing(decided.decision.id, decided.cells, option))

    def action_weigh(self) -> None:
        """Leave it to the weights."""
        if decided := self._here():
            self._now(self._course.choosing(decided.decision.id, decided.cells, None))

    def action_seed(self, by: int) -> None:
        """Another seed, for all that is not chosen."""
        self._now(replace(self._course, seed=max(0, self._course.seed + by)))

    def action_take(self) -> None:
        """This course it is."""
        if self._reached.total is None:
            self.app.bell()
            return
        self.dismiss(self._course)

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)


def _key(decided: Decided) -> str:
    return f"{decided.decision.id}/{'+'.join(decided.cells)}/{decided.asked}"
