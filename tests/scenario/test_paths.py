"""The search over all paths finds what walking each of them would find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from exercise_making import decision, exercise, exercises, inject, move
from hypothesis import assume, given, settings

from tabletop.scenario.index import Index
from tabletop.scenario.model import Condition, Decision, Exercise
from tabletop.scenario.paths import Explored, Way, explore
from tabletop.scenario.paths.reaching import within_reach
from tabletop.scenario.paths.sampling import sample
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


Findings = set[tuple[object, ...]]


def every_path(index: Index, asked: Findings) -> list[list[Happening]] | None:
    """All paths, walked one by one, with what their conditions said; None where there are very many."""
    ends: list[list[Happening]] = []
    open_ends: list[tuple[PlannedPlay, list[Happening]]] = [(PlannedPlay(index), [])]
    while open_ends:
        planned, story = open_ends.pop()
        while (task := planned.next_choice()) is None:
            if planned.move is None:
                asked |= turns(planned)
            happening = planned.step(lambda asked, cells: "")
            if happening is None:
                ends.append(story)
                break
            asked |= conditions(planned)
            story.append(happening)
        else:
            assert task.decision is not None
            for option in task.decision.options:
                fork = planned.fork()
                happening = fork.step(lambda asked, cells, chosen=option.id: chosen)
                asked |= conditions(fork)
                open_ends.append((fork, [*story, happening]))
        if len(ends) + len(open_ends) > MANY:
            return None
    return ends


def turns(planned: PlannedPlay) -> Findings:
    """What the conditions of the moves say whose turn comes."""
    found: Findings = set()
    for on in planned.index.exercise.moves[planned.place :]:
        holds = planned.index.move_conditions[on.id](planned.tracks, planned.released, planned.chosen)
        found |= says(planned, "move", on.id, on.when, holds)
        if holds:
            break
    return found


def conditions(planned: PlannedPlay) -> Findings:
    """What the conditions of the injects say that are pending now."""
    found: Findings = set()
    for out in planned.move.injects if planned.move else ():
        if not out.contingency and out.id not in planned.released:
            holds = planned.index.condition(out.id)(planned.tracks, planned.released, planned.chosen)
            found |= says(planned, "inject", out.id, out.when, holds)
    return found


def says(planned: PlannedPlay, kind: str, id: str, when: Condition | None, holds: bool) -> Findings:
    if when is None:
        return set()
    early = (asked for asked in negated(when, False) if planned.index.inject_of[asked].id not in planned.released)
    return {("when", kind, id, holds), *(("early", kind, id, asked) for asked in early if holds)}


def negated(when: Condition, inside: bool) -> set[str]:
    """The decisions that a `not` asks about."""
    here = {place.partition("/")[0] for place in when.chose} if inside else set()
    for part in when.any_ or ():
        here |= negated(part, inside)
    return here | (negated(when.not_, True) if when.not_ is not None else set())


def shown(index: Index, happened: Iterable[Happening]) -> Findings:
    """What one path shows, as the search would tell it."""
    found: Findings = set()
    limit = 0
    told: set[tuple[str, str]] = set()  # of what, which cell
    for each in happened:
        match each:
            case MoveStarted(move=on):
                limit = on.minutes
                found.add(("move", on.id))
                found |= {
                    ("untold", "move", on.id, *lack) for lack in lacking(index, on.refers_to, index.players, told)
                }
            case Released(inject=out, minute=minute):
                found.add(("inject", out.id))
                found |= {("untold", "inject", out.id, *lack) for lack in lacking(index, out.refers_to, out.to, told)}
                told |= {(out.id, cell) for cell in out.to}
                found |= {("effect", out.id, *counts) for counts in counting(out.effects, each.tracks)}
                if minute > limit:
                    found.add(("late", out.id))
            case Decided() | Discussed():
                told |= heard(each) if isinstance(each, Decided) else set()
                about = each.decision.id if isinstance(each, Decided) else None
                if isinstance(each, Decided) and (option := each.decision.option(each.option or "")):
                    place = (each.inject.id, about, option.id)
                    found |= {("effect", *place, *counts) for counts in counting(option.effects, each.tracks)}
                if each.taken_up - each.asked > CROWDED:
                    found.add(("crowded", each.inject.id, about))
            case MoveOver(move=on, minute=minute, idle=idle):
                if minute > on.minutes:
                    found.add(("overrun", on.id))
                long = (one for one in idle if one.end - one.start >= IDLE and one.cell in index.players)
                found |= {("idle", on.id, one.cell) for one in long}
    return found


def lacking(index: Index, refers_to: Sequence[str], cells: Sequence[str], told: set[tuple[str, str]]) -> Findings:
    """What those cells, but for control, were not told of that they should know."""
    known = [of for of in refers_to if of in index.injects or of.partition("/")[0] in index.decisions]
    return {(of, cell) for of in known for cell in cells if cell != "control" and (of, cell) not in told}


def heard(answer: Decided) -> set[tuple[str, str]]:
    """Who knows of an answer: those who gave it, and those who hear its consequence."""
    option = answer.decision.option(answer.option or "")
    hearing = option.reveal_to or () if option and option.consequence else ()
    names = [answer.decision.id, *(f"{answer.decision.id}/{cell}" for cell in answer.cells)]
    return {(name, cell) for name in names for cell in (*answer.cells, *hearing)}


def counting(effects: Mapping[str, object], moved: Mapping[str, tuple[int, int]]) -> Findings:
    """Which of the effects that add moved their track, and which did not."""
    added = {track for track, effect in effects.items() if isinstance(effect, int) and effect}
    return {(track, moved[track][0] != moved[track][1]) for track in added}


def told(explored: Explored) -> Findings:
    return {
        *(("move", id) for id in explored.moves),
        *(("inject", id) for id in explored.injects),
        *(("late", id) for id in explored.late),
        *(("overrun", id) for id in explored.overrun),
        *(("crowded", *key) for key in explored.crowded),
        *(("idle", *key) for key in explored.idle),
        *(("untold", *what, of, cell) for what, of, cell in explored.untold),
    }


def ever(found: Findings, kind: str) -> dict[tuple[object, ...], bool]:
    """Findings that end on a truth value, by what they are about: whether one of them was true."""
    last: dict[tuple[object, ...], bool] = {}
    for each in found:
        if each[0] == kind:
            last[each[1:-1]] = last.get(each[1:-1], False) or bool(each[-1])
    return last


def witnessed(index: Index, way: Way) -> Findings:
    """What the play shows that a way leads to; choices that it does not name are the first ones."""
    given = dict(choice.split("=") for choice in way.choices())

    def choose(asked: Decision, cells: tuple[str, ...]) -> str:
        named = given.get(asked.id) if asked.together else given.get(f"{asked.id}/{cells[0]}")
        return named or asked.options[0].id

    return shown(index, play(index, choose))


@given(exercises())
@settings(max_examples=200, deadline=None)
def test_the_search_finds_what_walking_every_path_finds(drill: Exercise) -> None:
    index = Index(drill)
    asked: Findings = set()
    paths = every_path(index, asked)
    assume(paths is not None)
    explored = explore(index, IDLE, CROWDED)
    assert explored.complete
    seen: Findings = set().union(*(shown(index, path) for path in paths or ()))
    assert told(explored) == {each for each in seen if each[0] != "effect"}
    assert explored.effects == ever(seen, "effect")
    false = {(*each[:-1], not each[-1]) for each in asked if each[0] == "when"}
    assert explored.conditions == ever(false, "when")
    assert {("early", *key) for key in explored.before_question} == {each for each in asked if each[0] == "early"}


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
    for (what, *about), (_, way) in explored.untold.items():
        assert ("untold", *what, *about) in witnessed(index, way)


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


def test_a_track_keeps_room_only_for_what_all_effects_together_lead_to() -> None:
    wide = {"id": "u", "name": "U", "start": 500, "min": 0, "max": 1000}
    options = [{"id": "x", "text": "X", "effects": {"u": 30}}, {"id": "y", "text": "Y"}]
    asks = inject("i", 0, decision("d", cells="a b", options=options), effects={"u": -7})
    index = Index(exercise(move(asks, inject("j", 5, effects={"t": "=9"})), tracks=(wide,)))
    bounds = {track.id: (track.min, track.max) for track in within_reach(index)}
    assert bounds == {"u": (493, 560), "t": (5, 9)}


def test_random_plays_count_what_they_come_to() -> None:
    index = Index(exercise(move(inject("i", 0, decision("d")), inject("j", 5, when={"chose": {"d": ["yes"]}}))))
    played = sample(index, 100)
    assert played.moves == {"m": 100}
    assert played.injects["i"] == 100
    assert 20 < played.injects["j"] < 80
    assert played.effects == {("i", "d", "yes", "t"), ("i", "d", "no", "t")}
    assert sample(index, 100) == played
