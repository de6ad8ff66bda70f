"""The header: what is played, under which marking, and all the clocks."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tabletop.console import words
from tabletop.console.glance import Glance, forecast, minutes_over
from tabletop.console.safe import fit, one_line
from tabletop.console.widgets.painted import Painted
from tabletop.session.once import once_a_state
from tabletop.session.state import State


class Header(Painted):
    """Two lines: title, marking, move; then whether the clock runs, and every time that matters."""

    def show(self, glance: Glance, *, auto: bool = False) -> None:
        """Show the session as it stands, and whether what is due goes out by itself."""
        self.set_class(not glance.running, "paused")
        width = max(20, self.app.size.width - 2)
        standing = f"{_standing(glance)}AUTO " if auto and glance.playing else _standing(glance)
        clock = f"{standing} PRIVATE " if width >= 70 else standing
        self.paint(
            Content.assemble(_names(glance, width), "\n", clock, "  ", _times(glance, width - cell_len(clock) - 2))
        )


def _names(glance: Glance, width: int) -> Content:
    exercise = glance.state.exercise
    marking = one_line(exercise.marking)
    move = _move(glance)
    room = (width - cell_len(marking) - 4) // 2
    number = move.partition(":")[0]
    short = next((each for each in (move, number) if cell_len(each) <= room), number.removeprefix("Move "))
    title = fit(exercise.title, max(8, width - cell_len(marking) - cell_len(short) - 4))
    room = max(2, width - cell_len(title) - cell_len(marking) - cell_len(short))
    return Content.assemble(
        (title, "bold"), " " * (room // 2), (marking, "bold"), " " * (room - room // 2), (short, "bold")
    )


def _move(glance: Glance) -> str:
    move = glance.move
    if move is None:
        return f"{len(glance.state.exercise.moves)} moves"
    ids = [each.id for each in glance.state.exercise.moves]
    return f"Move {ids.index(move.id) + 1} of {len(ids)}: {one_line(move.title)}"


def _standing(glance: Glance) -> str:
    if glance.state.phase == "opened":
        return " NOT STARTED "
    if glance.state.phase == "closed":
        return " ENDED "
    return " RUNNING " if glance.running else " PAUSED "


def _times(glance: Glance, width: int) -> Content:
    """As many of the clocks as there is room for, the most wanted kept longest."""
    exercise, timing = glance.state.exercise, glance.timing
    total = exercise.minutes * 60
    move = glance.move
    parts: list[tuple[int, str, str]] = []
    late = max(0, minutes_over(glance)) if glance.state.deadline else 0
    if glance.due:
        parts.append((0, f" {len(glance.due)} DUE ", "bold reverse"))
    if move is not None:
        parts.append(
            (
                2,
                f"move {words.plan_time(timing.move_elapsed)} of {words.plan_time(timing.move_minutes * 60)}",
                "bold",
            )
        )
        parts.append((5 if late else 1, words.standing(timing.behind), "bold"))
    parts.append((5, f"room {words.hours(glance.now.clock)} of {words.plan_time(total)}", ""))
    # Where an end was asked for, whether it is kept is wanted before story time.
    if late:
        parts.append((1, f"ends {late} min LATE", "bold reverse"))
    parts.append((3 if glance.state.deadline else 6, forecast(glance), ""))
    parts.append((4, _story(glance.state), ""))
    kept = sorted(part for part in parts if part[1])
    while kept and _width(kept, 2) > width:
        kept.pop()
    gap = " " * next((gap for gap in (4, 3) if _width(kept, gap) <= width), 2)
    pieces: list[tuple[str, str]] = []
    for _, said, style in (part for part in parts if part in kept):
        pieces += [(gap, "")] if pieces else []
        pieces.append((said, style))
    return Content.assemble(*pieces)


def _width(parts: list[tuple[int, str, str]], gap: int) -> int:
    return sum(cell_len(said) + gap for _, said, _ in parts) - gap


@once_a_state
def _story(state: State) -> str:
    """The story time of the newest inject that bears one, else of the move, else of the exercise."""
    exercise, play = state.exercise, state.play
    move = state.index.moves.get(play.move.id) if play.move else None
    since = play.move.seq if play.move else 0
    latest = sorted((at.seq, id) for id, at in play.released.items() if at.seq > since)
    for _, id in reversed(latest):
        inject = state.inject(id)
        if inject is not None and inject.scenario_time:
            return words.story(inject.scenario_time, exercise)
    return words.story((move.scenario_time if move else None) or exercise.scenario_starts, exercise)
