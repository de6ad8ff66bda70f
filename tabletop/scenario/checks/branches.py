"""What planned play shows on some path, or on every one: told with the choices that lead there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tabletop.scenario.checks.telling import fault
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.index import Index
from tabletop.scenario.model import Exercise
from tabletop.scenario.paths import BUDGET, Explored, Way, explore
from tabletop.scenario.reading.nodes import Map, Steps

if TYPE_CHECKING:
    from tabletop.scenario.paths.sampling import Sampled

CROWDED_AFTER = 10
"""Minutes that a cell may take to take something up before it counts as crowded."""


def check(root: Map, exercise: Exercise, budget: int = BUDGET) -> Iterator[Fault]:
    """Every doubt of this kind. Where not all paths could be looked at, what is not proven is told one by one."""
    index = Index(exercise)
    found = explore(index, exercise.idle_after, CROWDED_AFTER, budget)
    yield from _Branches(root, exercise, found, index).all()


class _Branches:
    def __init__(self, root: Map, exercise: Exercise, found: Explored, index: Index) -> None:
        self._root, self._exercise, self._found, self._index = root, exercise, found, index
        self._moves: dict[str, Steps] = {}
        self._injects: dict[str, Steps] = {}
        for place, move in enumerate(exercise.moves):
            self._moves[move.id] = ("moves", place)
            for at, inject in enumerate(move.injects):
                self._injects[inject.id] = ("moves", place, "injects", at)

    def all(self) -> Iterator[Fault]:
        if self._found.complete:
            yield from self._unreachable()
            yield from self._always_true()
            yield from self._saturated()
        else:
            yield from self._not_proven()
        yield from self._before_the_question()
        yield from self._untold()
        yield from self._late()
        yield from self._overrun()
        yield from self._crowded()
        yield from self._idle()

    def _tell(self, rule: str, message: str, steps: Steps, help: str, way: Way | None = None) -> Fault:
        return fault(self._root, rule, message, steps, help, way.choices() if way else ())

    # --- not every path ------------------------------------------------------------------------------

    def _not_proven(self) -> Iterator[Fault]:
        """What only a search of all paths could have said, where neither it nor random plays show the contrary."""
        message = (
            "Not every path could be looked at: that no move is late, too long or idle on any other is not proven."
        )
        yield self._doubt(message, ())
        from tabletop.scenario.paths.sampling import PLAYS, sample  # seldom wanted

        played = sample(self._index, PLAYS)
        yield from self._perhaps_unreachable(played, f"none of {PLAYS} random plays does")
        for (kind, id), sometimes_false in self._found.conditions.items():
            if not sometimes_false:
                steps = self._moves[id] if kind == "move" else self._injects[id]
                yield self._doubt(f"That the `when` of `{id}` is ever false is not proven.", (*steps, "when"))
        for (*place, track), ever_counts in self._found.effects.items():
            if not ever_counts and (*place, track) not in played.effects:
                message = f"That this effect on `{track}` ever counts is not proven."
                yield self._doubt(message, self._effect(place, track))

    def _perhaps_unreachable(self, played: Sampled, none: str) -> Iterator[Fault]:
        for move in self._exercise.moves:
            if move.id not in self._found.moves and move.id not in played.moves:
                message = f"That any path reaches `{move.id}` is not proven; {none}."
                yield self._doubt(message, self._moves[move.id])
                continue
            for inject in move.injects:
                if not inject.contingency and inject.id not in self._found.injects | played.injects.keys():
                    message = f"That any path releases `{inject.id}` is not proven; {none}."
                    yield self._doubt(message, self._injects[inject.id])

    def _doubt(self, message: str, steps: Steps) -> Fault:
        help = "A larger `--budget`, fewer answers that are read much later, or tracks with fewer values may prove it."
        return self._tell("not-proven", message, steps, help)

    # --- true of every path -------------------------------------------------------------------------

    def _unreachable(self) -> Iterator[Fault]:
        for move in self._exercise.moves:
            if move.id not in self._found.moves:
                message = f"No path of planned play reaches the move `{move.id}`."
                yield self._tell("unreachable-move", message, self._moves[move.id], "Look at its `when`.")
                continue
            for inject in move.injects:
                if not inject.contingency and inject.id not in self._found.injects:
                    message = f"No path of planned play releases `{inject.id}`."
                    help = "Look at its `when`, or make it a contingency inject."
                    yield self._tell("unreachable-inject", message, self._injects[inject.id], help)

    def _always_true(self) -> Iterator[Fault]:
        for (kind, id), sometimes_false in self._found.conditions.items():
            if not sometimes_false:
                steps = self._moves[id] if kind == "move" else self._injects[id]
                message = f"The `when` of `{id}` holds whenever it is asked, on every path."
                help = "Leave it out, or ask what can be false."
                yield self._tell("always-true-condition", message, (*steps, "when"), help)

    def _saturated(self) -> Iterator[Fault]:
        for (*place, track), ever_counts in self._found.effects.items():
            if not ever_counts:
                message = f"The effect on `{track}` is lost at a bound of the track, on every path."
                help = "Start the track elsewhere, widen its bounds, or leave the effect out."
                yield self._tell("track-saturates", message, self._effect(place, track), help)

    def _effect(self, place: Sequence[str], track: str) -> Steps:
        """The way to an effect: of an inject, or of an option of a decision of it."""
        inject, *choice = place
        steps = self._injects[inject]
        if choice:
            decisions = self._exercise.moves[int(steps[1])].injects[int(steps[3])].decisions
            at = next(at for at, each in enumerate(decisions) if each.id == choice[0])
            option = next(n for n, each in enumerate(decisions[at].options) if each.id == choice[1])
            steps = (*steps, "decisions", at, "options", option)
        return (*steps, "effects", track)

    # --- true of some path --------------------------------------------------------------------------

    def _before_the_question(self) -> Iterator[Fault]:
        for (kind, id, decision), way in self._found.before_question.items():
            steps = self._moves[id] if kind == "move" else self._injects[id]
            message = f"`not: chose` holds before `{decision}` is asked."
            help = "Ask for an answer (`chose:` with the other options), or for the inject that asks (`released:`)."
            yield self._tell("condition-before-question", message, (*steps, "when"), help, way)

    def _untold(self) -> Iterator[Fault]:
        """Once for each thing spoken of, with all cells that are not told of it."""
        cells: dict[tuple[Steps, str, bool], dict[str, Way]] = {}
        for ((kind, id), of, cell), (may, way) in self._found.untold.items():
            steps = self._moves[id] if kind == "move" else self._injects[id]
            cells.setdefault((steps, of, may), {})[cell] = way
        for (steps, of, may), ways in cells.items():
            move = self._exercise.moves[int(steps[1])]
            by = move if len(steps) == 2 else move.injects[int(steps[3])]
            at = (*steps, "refers_to", by.refers_to.index(of))
            who = " and ".join(f"`{cell}`" for cell in ways)
            told = f"before {who} {'is' if len(ways) == 1 else 'are'} told of it"
            message = (
                f"On some path `{by.id}` speaks of `{of}` {told}."
                if may
                else (f"`{by.id}` speaks of `{of}`, and nothing tells {who} of it.")
            )
            yield self._tell("not-told-yet", message, at, self._remedy(of, may), next(iter(ways.values())))

    def _remedy(self, of: str, may: bool) -> str:
        inject = self._index.injects.get(of)
        if not may:
            how = "Send it to them as well" if inject else "Let a consequence tell them (`reveal_to`)"
            return f"{how}, or do not speak of it."
        if inject and inject.contingency:
            return "It is kept in the pocket, so do not build on it."
        asks = f"released: {of}" if inject else "chose"
        return f"Let the `when` ask for it (`{asks}`), bring it forward, or do not speak of it."

    def _late(self) -> Iterator[Fault]:
        for id, (minute, way) in self._found.late.items():
            steps = self._injects[id]
            minutes = self._exercise.moves[int(steps[1])].minutes
            message = f"`{id}` goes out at {_clock(minute)}, after the {minutes} minutes of its move."
            yield self._tell(
                "late-inject", message, (*steps, "at"), "Bring it forward, or give the move more time.", way
            )
        for move in self._exercise.moves:
            for inject in move.injects:
                if inject.at > move.minutes and inject.id not in self._found.late and not inject.contingency:
                    message = f"`{inject.id}` is at {_clock(inject.at)}, after the {move.minutes} minutes of its move."
                    help = "Bring it forward, or give the move more time."
                    yield self._tell("late-inject", message, (*self._injects[inject.id], "at"), help)

    def _overrun(self) -> Iterator[Fault]:
        for id, (minute, way) in self._found.overrun.items():
            steps = self._moves[id]
            minutes = self._exercise.moves[int(steps[1])].minutes
            message = f"`{id}` has {minutes} minutes and ends at {_clock(minute)}."
            yield self._tell("time-overrun", message, (*steps, "minutes"), "Give it more, or ask less in it.", way)

    def _crowded(self) -> Iterator[Fault]:
        for (id, decision), (waited, way) in self._found.crowded.items():
            steps = self._injects[id]
            if decision is not None:
                inject = self._exercise.moves[int(steps[1])].injects[int(steps[3])]
                at = next(at for at, each in enumerate(inject.decisions) if each.id == decision)
                steps = (*steps, "decisions", at)
            message = f"`{waited.cell}` takes up `{decision or id}` {waited.minutes} minutes after it was asked."
            yield self._tell("crowded-cell", message, steps, "Space out what this cell is asked.", way)

    def _idle(self) -> Iterator[Fault]:
        for (move, cell), (idle, way) in self._found.idle.items():
            message = f"`{cell}` has nothing to do in `{move}` from {_clock(idle.start)} to {_clock(idle.end)}."
            help = "Send it something, or let it discuss (`minutes`)."
            yield self._tell("idle-cell", message, self._moves[move], help, way)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
