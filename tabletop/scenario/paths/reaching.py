"""How far each track can get in planned play at most: no need to keep room for values that nothing leads to."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario.index import Index
from tabletop.scenario.model import Effect, Track


def within_reach(index: Index) -> list[Track]:
    """The tracks, their bounds drawn in to what all effects together could lead to."""
    return [_drawn_in(track, list(_moved(index, track.id))) for track in index.tracks.values()]


def _moved(index: Index, track: str) -> Iterator[tuple[int, list[Effect]]]:
    """What may move a track: how often, and by one of which effects."""
    for inject in index.injects.values():
        if not inject.contingency:
            yield 1, [inject.effects.get(track, 0)]
            for decision in inject.decisions:
                times = 1 if decision.together else len(index.decision_cells(decision.id))
                yield times, [option.effects.get(track, 0) for option in decision.options] or [0]


def _drawn_in(track: Track, moved: list[tuple[int, list[Effect]]]) -> Track:
    start = track.clamp(track.start)
    starts = [start, *(track.clamp(int(each[1:])) for _, effects in moved for each in effects if isinstance(each, str))]
    steps = [(times, [each for each in effects if isinstance(each, int)]) for times, effects in moved]
    loss = sum(times * min(0, *effects, 0) for times, effects in steps)
    gain = sum(times * max(0, *effects, 0) for times, effects in steps)
    bounds = {"min": max(track.min, min(starts) + loss), "max": min(track.max, max(starts) + gain)}
    return track.model_copy(update=bounds)
