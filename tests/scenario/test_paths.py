"""The search over all paths finds what walking each of them would find."""

from __future__ import annotations

from collections.abc import Iterable

from exercise_making import decision, exercise, exercises, inject, move
from hypothesis import assume, given, settings

from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Exercise
from tabletop.scenario.paths import Explored, Way, explore
from tabletop.scenario.planned import (
    Decided,
    Discussed,
    Happening,
    MoveOver,
    MoveStarted,
    PlannedPlay,
    Released,
    play,
)

IDLE, CROWDED, MANY = 6, 2, 1500


def every_path(index: Index) -> list[list[Happening]] | None:
    """All paths, walked one by one; None where there are very many."""
    ends: list[list[Happening]] = []
    open_ends: list[tuple[PlannedPlay, list[Happening]]] = [(PlannedPlay(index), [])]
    while open_ends:
        planned, story = open_ends.pop()
        while (task := planned.next_choice()) is None:
            happening = planned.step(lambda asked, cells: "")
            if happening is None:
                ends.append(story)
                break
            story.append(happening)
        else:
            assert task.decision is not None
            for option in task.decision.options:
                fork = planned.fork()
                happening = fork.step(lambda asked, cells, chosen=option.id: chosen)
                open_ends.append((fork, [*story, happening]))
        if len(ends) + len(open_ends) > MANY:
            return None
    return ends


def shown(index: Index, happened: Iterable[Happening]) -> set[tuple[object, ...]]:
    """What one path shows, as the search would tell it."""
    found: set[tuple[object, ...]] = set()
    limit = 0
    for each in happened:
        match each:
            case MoveStarted(move=on):
                limit = on.minutes
                found.add(("move", on.id))
            case Released(inject=out, minute=minute):
                found.add(("inject", out.id))
                if minute > limit:
                    found.add(("late", out.id))
            case Decided() | Discussed():
                about = each.decision.id if isinstance(each, Decided) else None
                if each.taken_up - each.asked > CROWDED:
                    found.add(("crowded", each.inject.id, about))
            case MoveOver(move=on, minute=minute, idle=idle):
                if minute > on.minutes:
                    found.add(("overrun", on.id))
                long = (one for one in idle if one.end - one.start >= IDLE and one.cell in index.players)
                found |= {("idle", on.id, one.cell) for one in long}
    return found


def told(explored: Explored) -> set[tuple[object, ...]]:
    return {
        *(("move", id) for id in explored.moves),
        *(("inject", id) for id in explored.injects),
        *(("late", id) for id in explored.late),
        *(("overrun", id) for id in explored.overrun),
        *(("crowded", *key) for key in explored.crowded),
        *(("idle", *key) for key in explored.idle),
    }


def witnessed(index: Index, way: Way | None) -> set[tuple[object, ...]]:
    """What the play shows that a way leads to; choices that it does not name are the first ones."""
    given = dict(choice.split("=") for choice in Way.choices(way))

    def choose(asked: Decision, cells: tuple[str, ...]) -> str:
        named = given.get(asked.id) if asked.together else given.get(f"{asked.id}/{cells[0]}")
        return named or asked.options[0].id

    return shown(index, play(index, choose))


@given(exercises())
@settings(max_examples=200, deadline=None)
def test_the_search_finds_what_walking_every_path_finds(drill: Exercise) -> None:
    index = Index(drill)
    paths = every_path(index)
    assume(paths is not None)
    explored = explore(index, IDLE, CROWDED)
    assert explored.complete
    assert told(explored) == set().union(*(shown(index, path) for path in paths or ()))


@given(exercises())
@settings(max_examples=100, deadline=None)
def test_the_way_to_a_finding_shows_it(drill: Exercise) -> None:
    index = Index(drill)
    explored = explore(index, IDLE, CROWDED, budget=20_000)
    for id, (_, way) in explored.late.items():
        assert ("late", id) in witnessed(index, way)
    for id, (_, way) in explored.overrun.items():
        assert ("overrun", id) in witnessed(index, way)
    for crowd, (_, way) in explored.crowded.items():
        assert ("crowded", *crowd) in witnessed(index, way)
    for idle, (_, way) in explored.idle.items():
        assert ("idle", *idle) in witnessed(index, way)


def forty(reading: int) -> Index:
    """Forty decisions, 2 to the power of 40 paths; each of the last injects reads one of the choices."""
    asking = [inject(f"i{n}", n, decision(f"d{n}")) for n in range(40)]
    answers = [inject(f"a{n}", 50, when={"chose": {f"d{n}": "yes"}}) for n in range(reading)]
    return Index(exercise(move(*asking, *answers)))


def test_paths_that_meet_again_are_gone_on_with_once() -> None:
    explored = explore(forty(reading=6), 30, 10)
    assert explored.complete
    assert {"a0", "a5"} <= explored.injects


def test_a_search_that_runs_out_of_its_budget_says_so() -> None:
    assert not explore(forty(reading=40), 30, 10, budget=5_000).complete
