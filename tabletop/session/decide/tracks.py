"""What moves a track, and how far: kept within the track's bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tabletop.errors import Refused
from tabletop.session.decide.common import Situation, known
from tabletop.session.events import Moved
from tabletop.session.state import State

_CHANGE = re.compile(r"[+-]\d{1,15}")
_VALUE = re.compile(r"=\s*[+-]?\d{1,15}")

Change = int | str | tuple[int, int]


def by_effects(situation: Situation, effects: Mapping[str, int | str]) -> Moved:
    """What an exercise's effects do now: a number adds, `=3` sets. Lost at a bound, they still show."""
    return in_place_of(situation.state, {}, effects)


def in_place_of(state: State, was: Mapping[str, int], effects: Mapping[str, int | str]) -> Moved:
    """What effects do where those that moved tracks by `was` no longer count: clamped once."""
    moved: Moved = {}
    for track in dict.fromkeys([*was, *effects]):
        if track in state.index.tracks:  # an exercise inside an old log is read, never checked
            now = state.play.tracks[track]
            value = _after(now - was.get(track, 0), effects.get(track, 0))
            moved[track] = (now, state.index.tracks[track].clamp(value))
    return moved


def _after(before: int, effect: int | str) -> int:
    return int(effect[1:]) if isinstance(effect, str) and effect.startswith("=") else before + int(effect)


def _clamped(situation: Situation, track: str, value: int) -> int:
    return situation.state.index.tracks[track].clamp(value)


def by_hand(situation: Situation, changes: Mapping[str, Change]) -> Moved:
    """What a command's `tracks` do, or Refused: see `commands` for what they may say."""
    return {track: _by_hand(situation, track, change) for track, change in changes.items()}


def _by_hand(situation: Situation, track: str, change: Change) -> tuple[int, int]:
    known("track", track, situation.state.index.tracks)
    before = situation.play.tracks[track]
    if isinstance(change, str):
        if _CHANGE.fullmatch(change):
            return before, _clamped(situation, track, before + int(change))
        if not _VALUE.fullmatch(change):
            raise Refused(
                f"'{change}' is no value for '{track}'.", "Give 4 or '=4' to set it, '+1' or '-1' to move it."
            )
        return before, _within(situation, track, int(change[1:]))
    if isinstance(change, tuple):
        if change[0] != before:
            raise Refused(f"The track '{track}' stands at {before}, not at {change[0]}.", "Give the new value alone.")
        return before, _within(situation, track, change[1])
    return before, _within(situation, track, change)


def _within(situation: Situation, track: str, value: int) -> int:
    bounds = situation.state.index.tracks[track]
    if value != bounds.clamp(value):
        raise Refused(f"The track '{track}' goes from {bounds.min} to {bounds.max}; {value} is outside.")
    return value


def put_back(situation: Situation, moved: Mapping[str, tuple[int, int]]) -> Moved:
    """What taking an event back does now: the tracks less what it moved them by."""
    result: Moved = {}
    for track, (before, after) in moved.items():
        if track in situation.state.index.tracks:
            now = situation.play.tracks[track]
            result[track] = (now, _clamped(situation, track, now - (after - before)))
    return result


def instead(
    situation: Situation,
    was: Mapping[str, int],
    effects: Mapping[str, int | str],
    others: Mapping[str, Change],
) -> Moved:
    """What a revision does: now - what the old answer did + the new effect, clamped once; `others` rule."""
    return {**in_place_of(situation.state, was, effects), **by_hand(situation, others)}
