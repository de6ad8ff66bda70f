"""Every path in numbers: how long play takes, how far each track goes, and on what it ends.

The search goes on as it does for findings, but keeps apart what these numbers tell apart: plays of another length so
far, and in a move that may be the last one, those in which something else went out on a condition.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tabletop.scenario.index import Index
from tabletop.scenario.model import Move
from tabletop.scenario.paths import BUDGET, Search, Way
from tabletop.scenario.paths.groups import Group
from tabletop.scenario.paths.reaching import within_reach
from tabletop.scenario.paths.spaces import Values
from tabletop.scenario.planned import Decided, Happening, MoveOver, Released

_NEVER = 10**9

Ending = tuple[str, ...]
"""What a play ends on: the injects of the last move played that went out by a `when` of theirs."""


class Reached(NamedTuple):
    """The least and the greatest value that some path comes to, with choices that lead to each.

    `proven` says that no path comes to less, and none to more.
    """

    least: int
    greatest: int
    to_least: tuple[str, ...]
    to_greatest: tuple[str, ...]
    proven: bool

    def as_json(self) -> dict[str, Any]:
        """As ``rehearse --every-path --json`` gives it."""
        return {
            "least": self.least,
            "greatest": self.greatest,
            "proven": self.proven,
            "witness_least": list(self.to_least),
            "witness_greatest": list(self.to_greatest),
        }


class EveryPath(NamedTuple):
    """What all paths come to; `complete` says that all were looked at. Endings come with choices that lead there.

    ``minutes`` is None where no path was followed to its end; ``within`` are values that a track surely keeps within.
    """

    complete: bool
    minutes: Reached | None
    tracks: dict[str, Reached]
    within: dict[str, tuple[int, int]]
    endings: dict[Ending, tuple[str, ...]]

    def as_json(self) -> dict[str, Any]:
        """As ``rehearse --every-path --json`` gives it."""
        return {
            "proven": self.complete,
            "minutes": self.minutes.as_json() if self.minutes else None,
            "tracks": {track: reached.as_json() for track, reached in self.tracks.items()},
            "endings": [{"injects": list(ending), "witness": list(way)} for ending, way in self.endings.items()],
        }


def every_path(index: Index, budget: int = BUDGET) -> EveryPath:
    """Search all paths for these numbers, as far as the budget goes."""
    search = _Ranging(index, budget)
    search.run()
    return search.told()


class _Ranging(Search):
    """A search that looks at numbers alone."""

    def __init__(self, index: Index, budget: int) -> None:
        super().__init__(index, _NEVER, _NEVER, budget)
        self._seen = self._space.start()
        start = Way(self._space, self._seen, None)
        self._least = {track: (value, start) for track, value in self._starts()}
        self._greatest = dict(self._least)
        self._beyond = {track: self._outside(track, value, value) for track, value in self._starts()}
        self._lengths: dict[int, Way] = {}
        self._endings: dict[Ending, Way] = {}
        self._every_stretch = frozenset((move, cell) for move in index.moves for cell in index.players)
        self._may_be_last = _may_be_last(index)

    def _starts(self) -> list[tuple[str, int]]:
        return [(track, self._space.has(self._seen, track)[0]) for track in self._index.tracks]

    def _key(self, group: Group) -> object:
        assert group.move is not None
        return group.began, self._ending(group, group.move), self._futures.key(group, self._every_stretch)

    def _ending(self, group: Group, move: Move) -> Ending:
        """What went out on a condition in this move, if play may end with it."""
        if move.id not in self._may_be_last:
            return ()
        of_this_move = {inject.id for inject in move.injects}
        return tuple(each for each in group.released if each in of_this_move and self._index.conditional(each))

    def _look(self, group: Group, happening: Happening | None) -> None:
        match happening:
            case Released(tracks=tracks) | Decided(tracks=tracks) if tracks:
                self._moved(group)
            case MoveOver(move=move):
                group.ending = self._ending(group, move)

    def _moved(self, group: Group) -> None:
        new = group.values & ~self._seen
        if not new:
            return
        self._seen |= new
        for track in self._index.tracks:
            if beyond := new & self._beyond[track]:
                self._further(group, track, *self._space.has(beyond, track))

    def _further(self, group: Group, track: str, least: int, greatest: int) -> None:
        """A track came to values beyond all that it had come to before."""
        if least < self._least[track][0]:
            self._least[track] = least, self._way_to(group, track, least)
        if greatest > self._greatest[track][0]:
            self._greatest[track] = greatest, self._way_to(group, track, greatest)
        self._beyond[track] = self._outside(track, self._least[track][0], self._greatest[track][0])

    def _outside(self, track: str, least: int, greatest: int) -> Values:
        return self._space.where(track, lambda value: not least <= value <= greatest)

    def _way_to(self, group: Group, track: str, value: int) -> Way:
        return self._way(group)._replace(values=group.values & self._space.masked(track, value))

    def _ended(self, group: Group) -> None:
        way = self._way(group)
        self._lengths.setdefault(group.began, way)
        self._endings.setdefault(group.ending, way)

    def told(self) -> EveryPath:
        """What was found."""
        complete = self.found.complete
        minutes = None
        if self._lengths:
            least, greatest = min(self._lengths), max(self._lengths)
            ways = self._lengths[least].choices(), self._lengths[greatest].choices()
            minutes = Reached(least, greatest, *ways, proven=complete)
        within = {track.id: (track.min, track.max) for track in within_reach(self._index)}
        tracks = {}
        for track, (least, to_least) in self._least.items():
            greatest, to_greatest = self._greatest[track]
            proven = complete or within[track] == (least, greatest)
            tracks[track] = Reached(least, greatest, to_least.choices(), to_greatest.choices(), proven)
        endings = {ending: way.choices() for ending, way in sorted(self._endings.items(), key=lambda each: each[0])}
        return EveryPath(complete, minutes, tracks, within, endings)


def _may_be_last(index: Index) -> frozenset[str]:
    """The moves after which there may be no other: those from the last one on that is always played."""
    found = []
    for move in reversed(index.exercise.moves):
        found.append(move.id)
        if move.when is None:
            break
    return frozenset(found)
