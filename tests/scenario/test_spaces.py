"""Sets of track values move and part as the values themselves would, one by one."""

from __future__ import annotations

from itertools import product

from exercise_making import exercise
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.index import Index
from tabletop.scenario.model import Effect, Track
from tabletop.scenario.paths.carried import Carried
from tabletop.scenario.paths.spaces import Space

TRACKS = (
    Track(id="t", name="T", start=5),
    Track(id="u", name="U", start=-1, min=-2, max=1),
    Track(id="v", name="V", start=0, max=2),
)
SPACE = Space(TRACKS, Carried(Index(exercise()), TRACKS))
EVERY = list(product(*(range(track.min, track.max + 1) for track in TRACKS)))
Combination = tuple[int, ...]

combinations = st.sets(st.sampled_from(EVERY), max_size=12)
tracks = st.sampled_from(range(len(TRACKS)))
effects: st.SearchStrategy[Effect] = st.one_of(st.integers(-12, 12), st.integers(-4, 12).map(lambda value: f"={value}"))


def values(some: set[Combination]) -> int:
    """The set as the space writes it: through single values, each sifted out."""
    return sum(one(each) for each in some)


def one(combination: Combination) -> int:
    found = (1 << SPACE.size) - 1
    for track, value in zip(TRACKS, combination, strict=True):
        found &= SPACE.where(track.id, lambda seen, wanted=value: seen == wanted)
    return found


def moved(combination: Combination, at: int, effect: Effect) -> Combination:
    value = int(effect[1:]) if isinstance(effect, str) else combination[at] + effect
    return (*combination[:at], TRACKS[at].clamp(value), *combination[at + 1 :])


def test_each_combination_is_one_bit_of_its_own() -> None:
    assert len({one(each) for each in EVERY}) == SPACE.size == len(EVERY)
    assert all(one(each).bit_count() == 1 for each in EVERY)
    assert SPACE.start() == one((5, -1, 0))


@given(combinations, tracks, effects)
def test_an_effect_moves_every_combination_within_its_bounds(some: set[Combination], at: int, effect: Effect) -> None:
    after = {moved(each, at, effect) for each in some}
    assert SPACE.apply(values(some), TRACKS[at].id, effect) == values(after)
    stays = all(moved(each, at, effect) == each for each in some)
    if isinstance(effect, int):
        assert (values(after) == values(some)) == stays


@given(combinations, tracks, effects)
def test_the_way_back_of_an_effect_leads_to_all_that_it_may_have_come_from(
    some: set[Combination], at: int, effect: Effect
) -> None:
    came = {each for each in EVERY if moved(each, at, effect) in some}
    assert SPACE.before(values(some), TRACKS[at].id, effect) == values(came)
