"""The numbers of every path are those that walking each of them comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exercise_making import decision, exercise, exercises, inject, move
from hypothesis import assume, given, settings

from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Exercise
from tabletop.scenario.paths.ranges import EveryPath, every_path
from tabletop.scenario.planned import Decided, Happening, MoveStarted, PlannedPlay, Released, play

MANY = 1500


def walked(index: Index) -> list[list[Happening]] | None:
    """All paths, one by one; None where there are very many."""
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
                assert happening is not None
                open_ends.append((fork, [*story, happening]))
        if len(ends) + len(open_ends) > MANY:
            return None
    return ends


def length(path: Sequence[Happening]) -> int:
    return path[-1].total if path else 0


def values(index: Index, path: Iterable[Happening], track: str) -> set[int]:
    moved = (each.tracks for each in path if isinstance(each, Released | Decided))
    return {index.tracks[track].start, *(tracks[track][1] for tracks in moved if track in tracks)}


def ending(index: Index, path: Iterable[Happening]) -> tuple[str, ...]:
    found: list[str] = []
    for each in path:
        if isinstance(each, MoveStarted):
            found = []
        if isinstance(each, Released) and index.conditional(each.inject.id):
            found.append(each.inject.id)
    return tuple(found)


def taken(index: Index, choices: Iterable[str]) -> list[Happening]:
    """The play with these choices; those that are not named are the first ones."""
    named = dict(choice.split("=") for choice in choices)

    def choose(asked: Decision, cells: tuple[str, ...]) -> str:
        return named.get(asked.id) or named.get(f"{asked.id}/{cells[0]}") or asked.options[0].id

    return list(play(index, choose))


def told(drill: Exercise) -> tuple[Index, list[list[Happening]], EveryPath]:
    index = Index(drill)
    paths = walked(index)
    assume(paths is not None)
    return index, paths or [], every_path(index)


@given(exercises())
@settings(max_examples=200, deadline=None)
def test_the_numbers_are_those_of_walking_every_path(drill: Exercise) -> None:
    index, paths, found = told(drill)
    assert found.complete
    assert found.minutes is not None
    lengths = [length(path) for path in paths]
    assert found.minutes[:2] == (min(lengths), max(lengths))
    for track, reached in found.tracks.items():
        seen: set[int] = set().union(*(values(index, path, track) for path in paths))
        assert reached[:2] == (min(seen), max(seen))
        assert reached.proven
    assert set(found.endings) == {ending(index, path) for path in paths}


@given(exercises())
@settings(max_examples=100, deadline=None)
def test_the_choices_beside_a_number_lead_to_it(drill: Exercise) -> None:
    index, _, found = told(drill)
    assert found.minutes is not None
    assert length(taken(index, found.minutes.to_least)) == found.minutes.least
    assert length(taken(index, found.minutes.to_greatest)) == found.minutes.greatest
    for track, reached in found.tracks.items():
        assert reached.least in values(index, taken(index, reached.to_least), track)
        assert reached.greatest in values(index, taken(index, reached.to_greatest), track)
    for each, choices in found.endings.items():
        assert ending(index, taken(index, choices)) == each


def test_plays_that_were_longer_are_told_apart_to_the_end() -> None:
    longer = inject("j", 1, minutes=30, when={"chose": {"d": ["yes"]}})
    first = move(inject("i", 0, decision("d")), longer, id="first", minutes=5)
    found = every_path(Index(exercise(first, move(inject("k", 0, decision("e")), id="second"))))
    assert found.minutes is not None
    assert found.minutes[:2] == (65, 91)
    assert "d/a=no" in found.minutes.to_least
    assert "d/a=yes" in found.minutes.to_greatest


def test_what_the_last_move_began_on_is_part_of_its_ending() -> None:
    first = move(inject("i", 0, decision("d")), id="first")
    told = inject("j", 0, when={"chose": {"d": ["yes"]}})
    found = every_path(Index(exercise(first, move(told, inject("k", 5, decision("e")), id="last"))))
    assert set(found.endings) == {(), ("j",)}


def test_a_move_that_is_left_out_leaves_the_ending_to_the_one_before() -> None:
    first = move(inject("i", 0, decision("d")), inject("j", 5, when={"chose": {"d": ["yes"]}}), id="first")
    last = move(inject("k", 0, when={"track": {"t": 4}}), id="last", when={"chose": {"d": ["no"]}})
    found = every_path(Index(exercise(first, last)))
    assert set(found.endings) == {("j",), ("k",)}
    assert found.minutes is not None
    assert found.minutes[:2] == (60, 120)


def test_where_the_budget_runs_out_only_what_all_effects_together_bound_is_proven() -> None:
    tracks = ({"id": "u", "name": "U", "start": 3, "min": 3, "max": 3},)
    asking = [inject(f"i{n}", n, effects={"t": -1}) for n in range(5)]
    found = every_path(Index(exercise(move(*asking), tracks=tracks)), budget=3)
    assert not found.complete
    assert found.minutes is None
    assert {track: reached.proven for track, reached in found.tracks.items()} == {"t": False, "u": True}
    assert found.within["u"] == (3, 3)
